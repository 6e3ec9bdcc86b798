"""Bringing a file from one schema version to the next. Must not hold any schema itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from sqlite_utils import Database

Migration: TypeAlias = "Callable[[Database], None]"
"""One step from a schema version to the next; runs inside our transaction."""


def migrate(db: Database, migrations: Sequence[Migration]) -> None:
    """Run what is missing, in the transaction that is open, and note the version reached.

    sqlite-utils keeps the list of what was done; `user_version` is the same fact where a file can
    be judged before anything of it is trusted.
    """
    from sqlite_utils import Migrations

    plan = Migrations("shopbell")
    for number, migration in enumerate(migrations, start=1):
        # Named by number: renaming a function must not make it run again.
        plan(name=f"version {number}")(migration)
    plan.apply(db)
    db.execute(f"PRAGMA user_version = {len(migrations)}")
