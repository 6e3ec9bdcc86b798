"""Which shop files this process holds open in SQLite. Must not open any itself.

On POSIX, closing *any* descriptor of a file drops every lock the process has on it, SQLite's
included: after one careless `open()` of ours a second process could write at the same time. So
whoever wants to read a shop file's bytes asks here first, and nobody reads a connected one.
"""

from __future__ import annotations

import os
import threading
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class FileId:
    """One file, whatever path leads to it."""

    device: int
    inode: int


_lock = threading.Lock()
_salts: dict[FileId, tuple[int, bytes]] = {}


def identify(path: Path) -> FileId:
    """Return which file `path` leads to, without opening it."""
    found = os.stat(path)  # noqa: PTH116 - the id pair, in one call that opens nothing
    return FileId(device=found.st_dev, inode=found.st_ino)


def remember(file: FileId, salt: bytes) -> None:
    """Note one more connection of this process to `file`."""
    with _lock:
        count, _ = _salts.get(file, (0, salt))
        _salts[file] = (count + 1, salt)


def forget(file: FileId) -> None:
    """Note that one connection to `file` is closed."""
    with _lock:
        count, salt = _salts[file]
        if count == 1:
            del _salts[file]
        else:
            _salts[file] = (count - 1, salt)


def known_salt(path: Path) -> bytes | None:
    """Return the salt of `path` if this process holds it open, or None if its bytes may be read."""
    with _lock:
        if not _salts:
            return None
        entry = _salts.get(identify(path))
        return None if entry is None else entry[1]
