"""Which shop files this process holds open in SQLite, and the one way to read a file's raw bytes.

On POSIX, closing *any* descriptor of a file drops every lock the process has on it, SQLite's
included: after one careless `open()` of ours a second process could write at the same time. So
the bytes of a shop file are read through `raw` only, which refuses a connected one.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO


@dataclass(frozen=True, slots=True, kw_only=True)
class FileId:
    """One file, whatever path leads to it."""

    device: int
    inode: int


# Held while bytes are read, so that no thread connects in the middle of it.
_gate = threading.Lock()
_connections: dict[FileId, tuple[int, bytes]] = {}


def identify(path: Path) -> FileId:
    """Return which file `path` leads to, without opening it."""
    found = path.stat()
    return FileId(device=found.st_dev, inode=found.st_ino)


def claim(path: Path, salt: bytes) -> FileId:
    """Note that this process is about to connect to `path`, and return which file that is."""
    with _gate:
        file = identify(path)
        count, _ = _connections.get(file, (0, salt))
        _connections[file] = (count + 1, salt)
        return file


def forget(file: FileId) -> None:
    """Note that one connection to `file` is closed."""
    with _gate:
        count, salt = _connections.pop(file)
        if count > 1:
            _connections[file] = (count - 1, salt)


def salt_in_use(path: Path) -> bytes | None:
    """Return the salt of `path` if this process is connected to it, or None if it is not."""
    with _gate:
        entry = _connections.get(identify(path))
        return None if entry is None else entry[1]


@contextmanager
def raw(path: Path) -> Iterator[BinaryIO]:
    """Open the bytes of a file that this process is not connected to, for reading.

    Raises:
        RuntimeError: this process is connected to it; reading would drop SQLite's locks.
        OSError: as for any file.
    """
    with _gate:
        if identify(path) in _connections:
            raise RuntimeError("the bytes of a connected file must not be read")
        with path.open("rb") as source:
            yield source


def fsync(path: Path) -> None:
    """Wait until a file nobody is connected to, or a folder, is on the disk."""
    if os.name == "nt" and path.is_dir():
        return  # Windows has no such thing for folders
    with _gate:
        if identify(path) in _connections:
            raise RuntimeError("a connected file must not be opened")
        descriptor = os.open(path, os.O_RDWR if os.name == "nt" else os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
