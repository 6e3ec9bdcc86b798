"""A whole look at an open shop file: every page, every table. Must not mend anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopbell.store.backup import faulty_pages, faulty_tables

if TYPE_CHECKING:
    from sqlite_utils import Database


def faults(db: Database) -> tuple[str, ...]:
    """Return what is wrong with the file, one fault each; nothing when all is well."""
    return (*faulty_pages(db.conn), *faulty_tables(db.conn))
