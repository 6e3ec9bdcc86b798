"""The tables of a shop file, version by version. Must not hold queries.

Each migration is a frozen piece of history: never edit a released one, add the next.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopbell.store.migrations import Migration
from shopbell.store.schema_first import FIRST
from shopbell.store.schema_later import LATER

if TYPE_CHECKING:
    from sqlite_utils import Database


def _first(db: Database) -> None:
    _run(db, FIRST)
    # Deleted people must not linger in the search index's segments.
    db.execute("INSERT INTO contact_fts (contact_fts, rank) VALUES ('secure-delete', 1)")


def _later(script: str) -> Migration:
    def step(db: Database) -> None:
        _run(db, script)

    return step


def _run(db: Database, script: str) -> None:
    """Run the statements of a script, split at the blank lines: executescript() would commit."""
    for statement in script.split("\n\n"):
        if statement.strip():
            db.execute(statement)


MIGRATIONS = (_first, *map(_later, LATER))
"""Version n of the schema is reached by running the first n of these, in order."""
