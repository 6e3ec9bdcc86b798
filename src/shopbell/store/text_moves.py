"""Moving a text from state to state, and keeping what happened on the way.

The only place that writes `text.state`. Must not decide which move.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from shopbell.domain.ids import DecisionId, TextId
from shopbell.domain.texts import State, may_move
from shopbell.store.times import to_text

if TYPE_CHECKING:
    from sqlite_utils import Database


def move(
    db: Database,
    text_id: TextId,
    old: State,
    new: State,
    now: datetime,
    word: str,
    detail: str,
    decision_id: DecisionId | None = None,
) -> None:
    """Move a text, legally and only from the state it is thought to be in."""
    if not may_move(old, new):
        raise ValueError(f"a text that is {old} cannot become {new}")
    moved = db.execute(
        "UPDATE text SET state = ?, detail = ?, updated_at = ?,"
        " decision_id = coalesce(?, decision_id) WHERE id = ? AND state = ? RETURNING 1",
        (new, detail, to_text(now), decision_id, text_id, old),
    ).fetchone()
    if moved is None:
        raise LookupError(f"text {text_id} is no longer {old}")
    keep_event(db, text_id, now, new, word, detail)


def keep_event(
    db: Database, text_id: TextId, now: datetime, state: State, word: str, detail: str
) -> None:
    """Append one thing that happened."""
    db.execute(
        "INSERT INTO text_event (text_id, at, state, word, detail) VALUES (?, ?, ?, ?, ?)",
        (text_id, to_text(now), state, word, detail),
    )
