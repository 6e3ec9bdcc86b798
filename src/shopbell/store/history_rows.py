"""Searching through every text: by words, number, state, campaign and time. Changes nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from shopbell.domain.text_search import Search
from shopbell.domain.texts import OutboundText
from shopbell.store.text_rows import COLUMNS, FROM, text_of_row
from shopbell.store.times import to_text

if TYPE_CHECKING:
    from sqlite_utils import Database

_PHONE = re.compile(r"[\d\s().+/-]*\d[\d\s().+/-]*")
_FEWEST_DIGITS = 4
_SPECIAL = {"%": "!%", "_": "!_", "!": "!!"}


def find(
    db: Database, search: Search, first: int, count: int
) -> tuple[tuple[OutboundText, ...], int]:
    """Return texts that match, newest first, and how many there are."""
    where, values = _conditions(search)
    total = db.execute(f"SELECT count(*) {FROM} {where}", values).fetchone()[0]
    rows = db.execute(
        f"SELECT {COLUMNS} {FROM} {where} ORDER BY t.id DESC LIMIT ? OFFSET ?",
        [*values, count, first],
    )
    return tuple(text_of_row(row) for row in rows), int(total)


def _conditions(search: Search) -> tuple[str, list[object]]:
    parts: list[str] = []
    values: list[object] = []
    if search.number is not None:
        parts.append("t.number = ?")
        values.append(search.number)
    if search.states:
        parts.append(f"t.state IN ({', '.join('?' * len(search.states))})")
        values.extend(search.states)
    if search.campaign_id is not None:
        parts.append(
            "EXISTS (SELECT 1 FROM campaign_row r WHERE r.text_id = t.id AND r.campaign_id = ?)"
        )
        values.append(search.campaign_id)
    # A text belongs to the day it left; one that has not left, to the day it was written.
    when = "coalesce(t.started_at, t.created_at)"
    if search.since is not None:
        parts.append(f"{when} >= ?")
        values.append(to_text(search.since))
    if search.until is not None:
        parts.append(f"{when} < ?")
        values.append(to_text(search.until))
    if found := digits(search.words):
        parts.append("instr(t.number, ?)")
        values.append(found)
    else:
        for word in search.words.split():
            parts.append("(t.final_text LIKE ? ESCAPE '!' OR c.name LIKE ? ESCAPE '!')")
            values.extend((pattern(word),) * 2)
    return (f"WHERE {' AND '.join(parts)}" if parts else ""), values


def pattern(word: str) -> str:
    """A word anywhere, in any case; SQLite folds ASCII only, so any other letter stands for any."""
    return f"%{''.join(_SPECIAL.get(char, char) if char.isascii() else '_' for char in word)}%"


def digits(words: str) -> str:
    """The digits of what looks like a number; empty when it does not, or they are too few."""
    if not _PHONE.fullmatch(words.strip()):
        return ""
    found = "".join(char for char in words if char.isdigit())
    return found if len(found) >= _FEWEST_DIGITS else ""
