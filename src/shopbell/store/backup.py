"""A copy of an open file that is proved good before it gets its name.

Must not decide where copies go or how many are kept.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from shopbell.errors import BadInput, DiskTrouble
from shopbell.store import connected, connection, trouble
from shopbell.store.connection import OpenFile
from shopbell.store.keys import SALT_BYTES
from shopbell.store.pages import check_pages

if TYPE_CHECKING:
    from sqlite3 import Connection


def back_up(opened: OpenFile, target: Path) -> None:
    """Copy the file as it is now to `target`, under the same key and salt.

    The copy grows as `target` with ".partial" added and is verified page by page, table by table,
    before it is renamed. Other processes may go on writing meanwhile.

    Raises:
        BadInput: something is at `target` already.
        DiskFull, DiskTrouble: there is no good copy; nothing is left behind.
    """
    target = target.absolute()
    partial = target.with_name(target.name + ".partial")
    if target.exists():
        raise BadInput(
            "There is already a file at that place.", "Choose another name.", code="file_exists"
        )
    try:
        # One that a crash left behind is of no use to anybody.
        partial.unlink(missing_ok=True)
        os.close(os.open(partial, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except OSError as error:
        raise DiskTrouble(
            "The backup cannot be written in that folder.",
            "Check that the folder exists and that you may write to it.",
        ) from error
    try:
        with trouble.explained():
            _copy(opened, partial)
        _check_bytes(opened, partial)
        connected.fsync(partial)
        partial.rename(target)
        connected.fsync(target.parent)
    except BaseException:
        partial.unlink(missing_ok=True)
        partial.with_name(partial.name + "-journal").unlink(missing_ok=True)
        raise


def _copy(opened: OpenFile, partial: Path) -> None:
    source = opened.connection
    with connection.briefly(partial, opened.key, opened.salt) as copy:
        # One view for copying and counting. In one go: a copy made in steps starts afresh
        # whenever another process commits, and may never end.
        source.execute("BEGIN")
        try:
            rows = row_counts(source)
            source.backup(copy)
        finally:
            source.execute("ROLLBACK")
        copy.execute("PRAGMA journal_mode = DELETE").fetchone()
        if faulty_pages(copy) or faulty_tables(copy) or row_counts(copy) != rows:
            raise _not_verified()


def _check_bytes(opened: OpenFile, partial: Path) -> None:
    with connected.raw(partial) as source:
        if source.read(SALT_BYTES) != opened.salt:
            raise trouble.encryption_broken()
    if check_pages(partial, opened.key, opened.salt).bad:
        raise _not_verified()


def faulty_pages(file: Connection) -> list[str]:
    """Return what SQLCipher says against the pages of a file that has no log."""
    return [str(row[0]) for row in file.execute("PRAGMA cipher_integrity_check")]


def faulty_tables(file: Connection) -> list[str]:
    """Return what SQLite says against the tables and the links between them."""
    found = [str(row[0]) for row in file.execute("PRAGMA quick_check") if row[0] != "ok"]
    strays = file.execute("PRAGMA foreign_key_check").fetchall()
    return found + [f"a row of {row[0]} points nowhere" for row in strays]


def row_counts(file: Connection) -> dict[str, int]:
    """Return how many rows each table has, to compare a file with its copy."""
    tables = file.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"
    ).fetchall()
    counts: dict[str, int] = {}
    for (name,) in tables:
        quoted = '"' + name.replace('"', '""') + '"'
        counts[name] = file.execute(f"SELECT count(*) FROM {quoted}").fetchone()[0]
    return counts


def _not_verified() -> DiskTrouble:
    return DiskTrouble(
        "The backup failed: what was written is not what was read.",
        "Earlier backups are kept. Check the disk, then try again.",
    )
