"""Texts that leave only when somebody says so: their moment has passed. Must not send.

The others of the outbox go by themselves; these are listed until the owner lets them go or takes
them back.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from shopbell.domain.ids import TextId
from shopbell.store.text_moves import keep_event
from shopbell.store.text_rows import must_get
from shopbell.store.times import to_text

if TYPE_CHECKING:
    from sqlite_utils import Database

IS_MISSED = "EXISTS (SELECT 1 FROM missed_text a WHERE a.text_id = t.id)"
"""Of a text `t`: somebody has to say whether it still goes."""

_WAITS = "t.state IN ('waiting', 'held')"


def ask_about_all(db: Database, why: str, now: datetime) -> int:
    """Ask about everything that waits or is held; return how many texts that are."""
    rows = db.execute(f"SELECT t.id FROM text t WHERE {_WAITS} AND NOT {IS_MISSED}").fetchall()
    for (text_id,) in rows:
        ask_about(db, TextId(text_id), why, now)
    return len(rows)


def ask_about(db: Database, text_id: TextId, why: str, now: datetime) -> None:
    """Let one text wait for somebody's word."""
    db.execute(
        "INSERT INTO missed_text (text_id, at, why) VALUES (?, ?, ?)", (text_id, to_text(now), why)
    )
    keep_event(db, text_id, now, must_get(db, text_id).state, "[asked the shop]", why)


def all_missed(db: Database) -> tuple[TextId, ...]:
    """Return every text that waits for somebody's word, oldest first."""
    rows = db.execute(f"SELECT t.id FROM text t WHERE {_WAITS} AND {IS_MISSED} ORDER BY t.id")
    return tuple(TextId(row[0]) for row in rows)


def let_go(db: Database, text_id: TextId, now: datetime) -> bool:
    """Let a text go after all, decided again as it leaves; False when it was not asked about."""
    removed = db.execute(
        "DELETE FROM missed_text WHERE text_id = ? RETURNING 1", (text_id,)
    ).fetchone()
    if removed is None:
        return False
    db.execute(
        "UPDATE text SET not_before = ?1 WHERE id = ?2"
        " AND (not_before < ?1 OR (not_before IS NULL AND state = 'waiting'))",
        (to_text(now), text_id),
    )
    keep_event(db, text_id, now, must_get(db, text_id).state, "[owner]", "The shop lets it go.")
    return True
