"""The driver's errors in plain words. Must not touch files or connections."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum

from shopbell.errors import (
    Busy,
    Damaged,
    DiskFull,
    DiskTrouble,
    EncryptionBroken,
    ReadOnly,
    VaultError,
    WrongPassphrase,
)
from shopbell.store import driver


class Code(IntEnum):
    """SQLite's primary result codes, the low byte of the extended ones (sqlite.org/rescode)."""

    BUSY = 5
    LOCKED = 6
    READONLY = 8
    IOERR = 10
    CORRUPT = 11
    FULL = 13
    CANTOPEN = 14
    NOTADB = 26


_BY_WORDS = {
    "database is locked": Code.BUSY,
    "attempt to write a readonly database": Code.READONLY,
    "disk I/O error": Code.IOERR,
    "database disk image is malformed": Code.CORRUPT,
    "database or disk is full": Code.FULL,
    "unable to open database file": Code.CANTOPEN,
    "file is not a database": Code.NOTADB,
}
"""SQLite's own words, for what the driver raises without a code: its `backup` does."""


def code_of(error: BaseException) -> int:
    """Return SQLite's primary result code of a driver's error, 0 if it has none."""
    code = getattr(error, "sqlite_errorcode", None)
    return _BY_WORDS.get(str(error), 0) if code is None else int(code) & 0xFF


def in_plain_words(error: BaseException) -> VaultError | None:
    """Return what a person can be told, or None if the error is a mistake in our own SQL."""
    match code_of(error):
        case Code.BUSY | Code.LOCKED:
            return Busy(
                "Another Shopbell window is saving something and did not finish in time.",
                "Nothing was changed here. Try again in a moment.",
            )
        case Code.READONLY:
            return ReadOnly(
                "The shop file can only be read here, so nothing was saved.",
                "Copy it to a folder on this computer that you can write to.",
            )
        case Code.IOERR | Code.CANTOPEN:
            return DiskTrouble(
                "The disk reported an error. The last change was not saved.",
                "Check the disk and its free space, then open the file again.",
            )
        case Code.CORRUPT | Code.NOTADB:
            return Damaged(
                "The shop file is damaged.", "Close Shopbell and restore the newest good backup."
            )
        case Code.FULL:
            return DiskFull(
                "The disk is full. The last change was not saved.",
                "Make room on the disk, then try again.",
            )
        case _:
            return None


def encryption_broken() -> EncryptionBroken:
    """Return the error for a SQLite that takes a key and ignores it."""
    return EncryptionBroken(
        "Encryption is not working on this computer. Nothing was saved.",
        "Another program has put its own SQLite in front of ours. Install Shopbell afresh "
        "in its own environment.",
    )


def wrong_key(by_code: bool) -> WrongPassphrase:
    """Return the error for a key under which nothing in the file verifies."""
    if by_code:
        return WrongPassphrase(
            "That recovery code does not open this file.",
            "A new code comes with every new passphrase: use the newest sheet of this file.",
        )
    return WrongPassphrase(
        "That passphrase does not open this file.",
        "Check capitals and the keyboard layout, or use the recovery code from your sheet. "
        "If neither opens it, the first bytes of the file may be damaged.",
    )


@contextmanager
def explained() -> Iterator[None]:
    """Turn the driver's errors into ours; mistakes in our own SQL pass through as they are."""
    try:
        yield
    except driver.load().Error as error:
        plain = in_plain_words(error)
        if plain is None:
            raise
        raise plain from error
