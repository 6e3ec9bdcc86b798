"""The first bytes of a file: its salt, if it is one of ours. Must not connect to it or write it."""

from __future__ import annotations

import stat
from pathlib import Path

from shopbell.errors import DiskTrouble, FileMissing, NotAShopFile, NotEncrypted
from shopbell.store import connected, keys

_PLAIN_HEADER = b"SQLite format 3\0"


def read_salt(path: Path) -> bytes:
    """Return the file's first 16 bytes, which are its salt.

    Raises:
        FileMissing, NotAShopFile, NotEncrypted, DiskTrouble: each by its own sentence.
    """
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise NotAShopFile("That is a folder or a device, not a shop file.", "Choose a file.")
        header = connected.first_bytes(path, keys.SALT_BYTES)
    except FileNotFoundError:
        raise FileMissing(
            "There is no file at that place.", "Check the path, or make a new shop file."
        ) from None
    except (OSError, ValueError) as error:
        # ValueError: a NUL or a lone surrogate in the path itself.
        raise DiskTrouble(
            "This computer does not let you read that file.",
            "Check the path, who owns the file, and its permissions.",
        ) from error
    if header == _PLAIN_HEADER:
        raise NotEncrypted(
            "That file is an ordinary database: it is not encrypted.",
            "Shopbell never writes to one. Choose your shop file.",
        )
    if not header:
        raise NotAShopFile(
            "That file is empty.", "Choose your shop file, or restore it from a backup."
        )
    if len(header) < keys.SALT_BYTES:
        raise NotAShopFile("That file is too short to be a shop file.", "Choose your shop file.")
    return header
