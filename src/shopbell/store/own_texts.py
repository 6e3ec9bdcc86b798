"""The owner's word on the texts the shop sends by itself: one row. Must not act on it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from shopbell.domain.own_texts import AnswerTo, OwnTexts, Welcoming

if TYPE_CHECKING:
    from sqlite_utils import Database


def load(db: Database) -> OwnTexts:
    """Return what was chosen; what a new shop does if nothing was."""
    row = db.execute("SELECT welcoming, off, choice FROM own_texts").fetchone()
    if row is None:
        return OwnTexts()
    off = frozenset(map(AnswerTo, json.loads(row[1])))
    return OwnTexts(welcoming=Welcoming(row[0]), off=off, asks_choice=bool(row[2]))


def keep(db: Database, chosen: OwnTexts) -> None:
    """Write the choice over the one before."""
    db.execute(
        "INSERT OR REPLACE INTO own_texts (id, welcoming, off, choice) VALUES (1, ?, ?, ?)",
        (chosen.welcoming, json.dumps(sorted(chosen.off)), int(chosen.asks_choice)),
    )
