"""The inbox by who wrote: lines of it, and what was said in turn. Changes only what was seen."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING

from shopbell.domain.ids import E164, TextId
from shopbell.domain.threads import Conversation, Thread, in_turn
from shopbell.store.history_rows import digits, pattern
from shopbell.store.replies import COLUMNS, FROM, reply_of_row
from shopbell.store.text_rows import find as find_texts
from shopbell.store.times import to_text

if TYPE_CHECKING:
    from sqlite_utils import Database

_WHO = "coalesce(r.number, r.sender)"
_UNCLEAR = "(r.band = 'hold' AND r.judged_at IS NULL)"
_WHEN = "min(r.at, r.received_at)"
"""Never later than it came in: a gateway whose clock is ahead must not stay on top for ever."""
_NEED = 18
"""Columns of a reply; what a thread adds comes after them."""


def find(db: Database, words: str, first: int, count: int) -> tuple[tuple[Thread, ...], int]:
    """Return threads and how many there are: unclear stops, then unread, then the newest.

    With `words`, those in which each word stands in a reply or in the name, or the number has
    these digits.
    """
    among, values = _among(words)
    total = db.execute(
        f"SELECT count(*) FROM (SELECT DISTINCT {_WHO} FROM reply r {among})", values
    ).fetchone()[0]
    rows = db.execute(
        f"SELECT {COLUMNS}, f.replies, f.unread, ("
        # Our newest text to them counts only if it did not arrive.
        "SELECT CASE WHEN t.state IN ('failed', 'undeliverable', 'expired') THEN t.id END"
        " FROM text t WHERE t.number = r.number AND t.state <> 'canceled'"
        " ORDER BY t.id DESC LIMIT 1)"
        f" {FROM} JOIN (SELECT id, replies, unread FROM ("
        "SELECT r.id, count(*) OVER who AS replies, sum(r.read_at IS NULL) OVER who AS unread,"
        f" row_number() OVER (PARTITION BY {_WHO} ORDER BY {_UNCLEAR} DESC, {_WHEN} DESC,"
        f" r.id DESC) AS nth FROM reply r {among} WINDOW who AS (PARTITION BY {_WHO})"
        ") WHERE nth = 1) f ON f.id = r.id"
        f" ORDER BY {_UNCLEAR} DESC, f.unread > 0 DESC, {_WHEN} DESC, r.id DESC LIMIT ? OFFSET ?",
        (*values, count, first),
    )
    return tuple(
        Thread(
            reply=reply_of_row(row),
            replies=row[_NEED],
            unread=row[_NEED + 1],
            failed=None if row[_NEED + 2] is None else TextId(row[_NEED + 2]),
        )
        for row in rows
    ), int(total)


def conversation(db: Database, sender: str, most: int) -> Conversation:
    """Return the newest part of what was said by and to a number, or by a sender without one."""
    theirs, values = _of(sender)
    total = db.execute(f"SELECT count(*) FROM reply r WHERE {theirs}", values).fetchone()[0]
    rows = db.execute(
        f"SELECT {COLUMNS} {FROM} WHERE {theirs} ORDER BY {_WHEN} DESC, r.id DESC LIMIT ?",
        (*values, most),
    )
    replies = [reply_of_row(row) for row in rows]
    # A sender may begin with "+" and be no number all the same: what was stored knows better.
    fallback = E164(sender) if sender.startswith("+") else None
    number = replies[0].number if replies else fallback
    texts, sent = ((), 0) if number is None else find_texts(db, (), number, 0, most)
    said = in_turn(replies, texts, most)
    contact = db.execute("SELECT name FROM contact WHERE number = ?", (number,)).fetchone()
    return Conversation(
        sender=sender,
        number=number,
        name="" if contact is None else contact[0],
        said=said,
        earlier=int(total) + sent - len(said),
    )


def mark_read(db: Database, sender: str, now: datetime) -> int:
    """Remember that somebody saw everything of a sender; return how many were unread."""
    theirs, values = _of(sender)
    return int(
        db.execute(
            f"UPDATE reply AS r SET read_at = ? WHERE {theirs} AND r.read_at IS NULL",
            (to_text(now), *values),
        ).rowcount
    )


def _of(sender: str) -> tuple[str, tuple[str, ...]]:
    # Two conditions instead of `_WHO = ?`, so that the index on the number serves.
    return "(r.number = ? OR (r.number IS NULL AND r.sender = ?))", (sender, sender)


def _among(words: str) -> tuple[str, list[object]]:
    """Return which replies count: those of the threads in which the words stand."""
    if not words.strip():
        return "", []
    parts: list[str] = []
    values: list[object] = []
    if found := digits(words):
        parts.append("instr(q.number, ?)")
        values.append(found)
    for word in [] if parts else re.findall(r"\S+", words):
        parts.append(
            "(q.text LIKE ? ESCAPE '!' OR n.name LIKE ? ESCAPE '!'"
            " OR (q.number IS NULL AND q.sender LIKE ? ESCAPE '!'))"
        )
        values.extend((pattern(word),) * 3)
    return (
        f"WHERE {_WHO} IN (SELECT coalesce(q.number, q.sender) FROM reply q"
        f" LEFT JOIN contact n ON n.id = q.contact_id WHERE {' AND '.join(parts)})"
    ), values
