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

from shopbell.store.keys import Key


@dataclass(frozen=True, slots=True, kw_only=True)
class FileId:
    """One file, whatever path leads to it."""

    device: int
    inode: int


class InUseError(RuntimeError):
    """This process is connected to the file; reading its bytes would drop SQLite's locks."""


@dataclass(slots=True, kw_only=True)
class _Use:
    key: Key
    salt: bytes
    connections: int


# Held while bytes are read, so that no thread connects in the middle of it.
_gate = threading.Lock()
_uses: dict[FileId, _Use] = {}


def identify(path: Path) -> FileId:
    """Return which file `path` leads to, without opening it."""
    found = path.stat()
    return FileId(device=found.st_dev, inode=found.st_ino)


def claim(path: Path, key: Key, salt: bytes) -> FileId:
    """Note that this process is about to connect to `path`, and return which file that is."""
    with _gate:
        file = identify(path)
        use = _uses.setdefault(file, _Use(key=key, salt=salt, connections=0))
        use.connections += 1
        return file


def forget(file: FileId) -> None:
    """Note that one connection to `file` is closed."""
    with _gate:
        _uses[file].connections -= 1
        if not _uses[file].connections:
            del _uses[file]


def key_in_use(path: Path) -> Key | None:
    """Return the key under which this process is connected to `path`, or None if it is not."""
    with _gate:
        use = _uses.get(identify(path))
        return None if use is None else use.key


def first_bytes(path: Path, count: int) -> bytes:
    """Return the first bytes of a file: the salt, without reading, if it is connected."""
    with _gate:
        use = _uses.get(identify(path))
        if use is not None:
            return use.salt[:count]
        with path.open("rb") as source:
            return source.read(count)


@contextmanager
def raw(path: Path) -> Iterator[BinaryIO]:
    """Open the bytes of a file that this process is not connected to, for reading.

    Raises:
        InUseError: it is connected.
        OSError: as for any file.
    """
    with _gate:
        if identify(path) in _uses:
            raise InUseError("the bytes of a connected file must not be read")
        with path.open("rb") as source:
            yield source


def fsync(path: Path) -> None:
    """Wait until a file nobody is connected to, or a folder, is on the disk.

    Raises:
        InUseError: it is connected.
        OSError: as for any file.
    """
    if os.name == "nt" and path.is_dir():
        return  # Windows has no such thing for folders
    with _gate:
        if identify(path) in _uses:
            raise InUseError("a connected file must not be opened")
        descriptor = os.open(path, os.O_RDWR if os.name == "nt" else os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
