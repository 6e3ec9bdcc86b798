"""Opens a file that isn't ours, to be read once from front to back. Must not know what is in it.

Refuses what can't be read, with a sentence that names the file; notices when the file changes
while it is being read; keeps its fingerprint and how far reading is.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Protocol

from shopbell.domain.parking import storable
from shopbell.errors import BadInput

BLOCK = 64 << 10
"""Bytes read at a time."""

_NO_NAME = "a file without a readable name"
_EXPORT_AGAIN = "Export the contacts again and import the new file."


class Source(Protocol):
    """Something from outside, to be read once from front to back."""

    @property
    def name(self) -> str:
        """What the owner calls it."""
        ...

    @property
    def size(self) -> int:
        """Bytes of all of it."""
        ...

    @property
    def bytes_read(self) -> int:
        """Bytes taken so far."""
        ...

    def blocks(self) -> Iterator[bytes]:
        """Yield the content from where reading is."""
        ...

    def sha256(self) -> str:
        """Return the fingerprint of what was read so far, in hexadecimal."""
        ...

    def refuse_if_changed(self) -> None:
        """Raise `BadInput` if it isn't what it was when it was opened."""
        ...

    def close(self) -> None:
        """Let go of it."""
        ...


class OutsideFile:
    """One file, open for reading. Blocks the thread it is used on."""

    def __init__(self, path: Path, file: BinaryIO) -> None:
        self.path = path
        self.name = storable(path.name) or _NO_NAME
        """The file's name as far as it is text: on some disks a name may be any bytes."""
        self.bytes_read = 0
        """Bytes taken from the file so far."""
        self._file = file
        self._digest = hashlib.sha256()
        self._before = os.fstat(file.fileno())
        self.size = self._before.st_size
        """Bytes in the whole file when it was opened."""

    def blocks(self) -> Iterator[bytes]:
        """Yield the content from where reading is.

        Raises:
            BadInput: the disk or the network gave out.
        """
        try:
            while block := self._file.read(BLOCK):
                self.bytes_read += len(block)
                self._digest.update(block)
                yield block
        except OSError as error:
            raise BadInput(
                f'"{self.name}" could not be read to the end: {error.strerror}.',
                "Copy the file to this computer's own disk and import the copy.",
            ) from error

    def whole(self) -> BinaryIO:
        """Return the file at its beginning, for a reader that jumps about in it.

        Its fingerprint is that of all blocks, so they must have been read before.
        """
        self._file.seek(0)
        return self._file

    def sha256(self) -> str:
        """Return the fingerprint of what was read so far, in hexadecimal."""
        return self._digest.hexdigest()

    def refuse_if_changed(self) -> None:
        """Compare the file with what it was when it was opened.

        Raises:
            BadInput: somebody wrote to it, replaced it or took it away.
        """
        try:
            states = {_state(os.fstat(self._file.fileno())), _state(self.path.stat())}
        except OSError:
            states = set()
        if states != {_state(self._before)} or self.bytes_read != self.size:
            raise BadInput(
                f'"{self.name}" changed while it was being read, so nothing was imported.',
                "Save and close it in other programs, then import it again.",
            )

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()


def open_outside(path: Path, shop_file: Path | None = None) -> OutsideFile:
    """Open `path`, if it is an ordinary file with something in it.

    Args:
        path: the file to read.
        shop_file: the open shop file, if any. Opening it a second time and closing it would take
            away SQLite's locks on it, so it is refused before it is touched.

    Raises:
        BadInput: it can't be opened; names the file and the next step.
    """
    try:
        found = path.stat()
        _refuse_by_kind(path, found)
        if shop_file is not None and shop_file.exists() and path.samefile(shop_file):
            raise BadInput(
                f'"{path.name}" is the shop file itself.', "Choose the file with the contacts."
            )
        file = path.open("rb")
    except (OSError, ValueError) as error:
        raise unopened(path, error) from error
    return OutsideFile(path, file)


def _refuse_by_kind(path: Path, found: os.stat_result) -> None:
    if stat.S_ISDIR(found.st_mode):
        raise BadInput(f'"{path}" is a folder, not a file.', "Choose the CSV file inside it.")
    if not stat.S_ISREG(found.st_mode):
        raise BadInput(f'"{path}" is a device, not a file of contacts.', "Choose a CSV file.")
    if found.st_size == 0:
        raise BadInput(f'"{path.name}" is empty: there is nothing in it.', _EXPORT_AGAIN)


def unopened(path: Path, error: OSError | ValueError) -> BadInput:
    """Say in plain words why a file could not be opened."""
    match error:
        case FileNotFoundError() | NotADirectoryError():
            return BadInput(f'There is no file "{path}".', "Check the name and the folder.")
        case PermissionError():
            return BadInput(
                f'This computer does not allow reading "{path}".',
                "Close it in other programs, or copy it to a folder of your own.",
            )
        case OSError():
            return BadInput(
                f'"{path}" cannot be opened: {error.strerror}.', "Check the name and the folder."
            )
        case _:
            return BadInput("That is not a file name.", "Check the name and the folder.")


def _state(found: os.stat_result) -> tuple[int, int, int, int]:
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns
