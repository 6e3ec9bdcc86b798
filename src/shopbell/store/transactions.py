"""One step, one transaction, on the thread that owns the file. Must not know what a step does."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from shopbell.errors import DiskTrouble, ReadOnly
from shopbell.store import connection
from shopbell.store.connection import OpenFile

if TYPE_CHECKING:
    from sqlite_utils import Database

T = TypeVar("T")


def read(opened: OpenFile, db: Database, step: Callable[[Database], T]) -> T:
    """Run `step` on one unchanging view of the file; whatever it tries to write is refused."""
    execute = opened.connection.execute
    execute("PRAGMA query_only = ON")
    execute("BEGIN")
    try:
        _check_version(opened)
        return _whole(step(db))
    finally:
        _roll_back(opened)
        if opened.read_only_reason is None:
            execute("PRAGMA query_only = OFF")


def write(opened: OpenFile, db: Database, step: Callable[[Database], T]) -> T:
    """Run `step` and commit all of it, or nothing if it raises.

    Raises:
        ReadOnly: nothing can be written here.
        TooNew: another process has brought the file up to date meanwhile.
        DiskTrouble: the file is no longer in its place.
    """
    if opened.read_only_reason is not None:
        raise ReadOnly("Nothing can be saved here.", opened.read_only_reason)
    return _run(opened, db, step, "BEGIN IMMEDIATE")


def stage(opened: OpenFile, db: Database, step: Callable[[Database], T]) -> T:
    """Run `step`, which writes temporary tables only, without taking the file's write lock."""
    return _run(opened, db, step, "BEGIN")


def _run(opened: OpenFile, db: Database, step: Callable[[Database], T], begin: str) -> T:
    opened.connection.execute(begin)
    try:
        _check_version(opened)
        result = _whole(step(db))
        _check_place(opened)
        opened.connection.execute("COMMIT")
    except BaseException:
        _roll_back(opened)
        raise
    return result


def _check_version(opened: OpenFile) -> None:
    # A newer Shopbell may have brought the file up to date while this one had it open.
    if connection.schema_version(opened.connection) != opened.version:
        raise connection.too_new()


def _check_place(opened: OpenFile) -> None:
    # On POSIX one can go on writing into a deleted file, and lose it all.
    if not connection.in_place(opened):
        raise DiskTrouble(
            "The shop file is no longer in its place, so the last change was not saved.",
            "Was it moved, deleted or replaced, or its disk taken out? Put it back, then "
            "start Shopbell again.",
        )


def _roll_back(opened: OpenFile) -> None:
    # SQLite has already rolled back by itself after some errors, a full disk for one.
    if opened.connection.in_transaction:
        opened.connection.execute("ROLLBACK")


def _whole(result: T) -> T:
    if inspect.isgenerator(result):
        raise TypeError("a step returned a generator, which would read after its transaction")
    return result
