"""Bringing a file from one schema version to the next. Must not hold any schema itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from shopbell.errors import Damaged, ReadOnly, VaultError
from shopbell.store import trouble
from shopbell.store.backup import back_up, faulty_tables
from shopbell.store.connection import OpenFile, schema_version, too_new

if TYPE_CHECKING:
    from sqlite_utils import Database

Migration: TypeAlias = "Callable[[Database], None]"
"""One step from a schema version to the next; runs inside our transaction."""


def migrate(db: Database, migrations: Sequence[Migration]) -> None:
    """Run what is missing, in the transaction that is open, and note the version reached.

    sqlite-utils keeps the list of what was done; `user_version` is the same fact where a file can
    be judged before anything else in it is trusted.
    """
    from sqlite_utils import Migrations

    plan = Migrations("shopbell")
    for number, migration in enumerate(migrations, start=1):
        # Named by number: renaming a function must not make it run again.
        plan(name=f"version {number}")(migration)
    plan.apply(db)
    db.execute(f"PRAGMA user_version = {len(migrations)}")


def bring_up_to_date(opened: OpenFile, migrations: Sequence[Migration]) -> OpenFile:
    """Return the file with all `migrations` done, behind a verified backup beside it.

    Raises:
        ReadOnly: the file needs updating but cannot be written here.
        DiskFull, DiskTrouble: there could be no backup, so nothing was done.
        VaultError: a step failed; the file is as it was and the backup is named.
    """
    if opened.version == len(migrations):
        return opened
    if opened.read_only_reason is not None:
        raise ReadOnly(
            "This file was made by an older Shopbell and has to be brought up to date first.",
            f"That needs writing, but: {opened.read_only_reason}",
        )
    backup = _free_name(opened.path, opened.version)
    back_up(opened, backup)
    try:
        with trouble.explained():
            _migrate_whole(opened, migrations)
    except Exception as error:
        # Whatever a step raises, the person needs to know that the file is as it was.
        raise VaultError(
            "The shop file could not be brought up to date. It is as it was.",
            f"A verified copy is beside it: {backup.name}. Update Shopbell and try again.",
            code=getattr(error, "code", None) or "update_failed",
        ) from error
    return replace(opened, version=len(migrations))


def _migrate_whole(opened: OpenFile, migrations: Sequence[Migration]) -> None:
    from sqlite_utils import Database

    db = Database(opened.connection, execute_plugins=False)
    opened.connection.execute("BEGIN IMMEDIATE")
    try:
        # Another process may have been quicker.
        version = schema_version(opened.connection)
        if version > len(migrations):
            raise too_new()
        if version < len(migrations):
            migrate(db, migrations)
            if faulty_tables(opened.connection):
                raise Damaged("After the update the tables did not check out.")
        opened.connection.execute("COMMIT")
    except BaseException:
        if opened.connection.in_transaction:
            opened.connection.execute("ROLLBACK")
        raise


def _free_name(path: Path, version: int) -> Path:
    stem = f"{path.stem}-before-update-v{version}"
    candidate = path.with_name(stem + path.suffix)
    number = 2
    while candidate.exists():
        candidate = path.with_name(f"{stem}-{number}{path.suffix}")
        number += 1
    return candidate
