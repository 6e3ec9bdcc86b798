"""The owner's word on the texts the shop sends by itself: one row. Must not act on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopbell.domain.own_texts import OwnTexts, Welcoming

if TYPE_CHECKING:
    from sqlite_utils import Database


def load(db: Database) -> OwnTexts:
    """Return what was chosen; what a new shop does if nothing was."""
    row = db.execute("SELECT welcoming FROM own_texts").fetchone()
    return OwnTexts() if row is None else OwnTexts(welcoming=Welcoming(row[0]))


def keep(db: Database, chosen: OwnTexts) -> None:
    """Write the choice over the one before."""
    db.execute("INSERT OR REPLACE INTO own_texts VALUES (1, ?)", (chosen.welcoming,))
