"""What the shop's day looks like, out of the file. Must not decide what is pressing."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from shopbell.domain.campaigns import CampaignState
from shopbell.domain.complaints import Complaint
from shopbell.domain.decision import Reason
from shopbell.domain.ids import E164, DecisionId
from shopbell.domain.texts import LEFT, State
from shopbell.domain.today import Held, Need, NeedKind
from shopbell.store import campaigns, complaints, decisions, replies, text_rows
from shopbell.store.times import from_text, maybe_from_text, to_text

if TYPE_CHECKING:
    from sqlite_utils import Database

_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
_IN_LEFT = f"state IN ({', '.join('?' * len(LEFT))})"


def needs(db: Database, count: int) -> tuple[tuple[Need, ...], int]:
    """Return up to `count` of each kind of need, and how many there are of all kinds."""
    found: list[Need] = []
    wrote, unanswered = replies.waiting(db, count)
    for one in wrote:
        kind = NeedKind.UNCLEAR if one.is_unclear else NeedKind.REPLY
        found.append(_need(kind, one.name or one.sender, one.number, one.text, one.at))
    open_ones = complaints.find(db, open_only=True)
    found += [_complaint(db, one) for one in open_ones[:count]]
    paused, still = campaigns.find(db, (CampaignState.PAUSED,), 0, count)
    found += [_need(NeedKind.PAUSED, one.name, None, one.why, one.updated_at) for one in paused]
    lost, unknown = text_rows.find(db, (State.UNKNOWN,), None, 0, count)
    found += [
        _need(NeedKind.UNKNOWN, one.name or one.number, one.number, one.final.text, one.updated_at)
        for one in lost
    ]
    return tuple(found), unanswered + len(open_ones) + still + unknown


def due(db: Database, now: datetime) -> int:
    """Return how many texts may leave now and have not yet."""
    row = db.execute(
        "SELECT count(*) FROM text WHERE state = 'sending'"
        " OR (state = 'waiting' AND coalesce(not_before, created_at) <= ?)",
        (to_text(now),),
    ).fetchone()
    return int(row[0])


def held(db: Database, now: datetime, count: int) -> tuple[Held, ...]:
    """Return the texts that wait for a moment, by that moment, the soonest first."""
    rows = db.execute(
        "SELECT not_before, count(*), min(decision_id) FROM text"
        " WHERE state = 'held' OR (state = 'waiting' AND not_before > ?)"
        " GROUP BY not_before ORDER BY not_before IS NULL, not_before LIMIT ?",
        (to_text(now), count),
    ).fetchall()
    return tuple(
        Held(count=n, until=maybe_from_text(until), why=_why(db, DecisionId(decision_id)))
        for until, n, decision_id in rows
    )


def left(db: Database, since: datetime) -> tuple[tuple[datetime, int], ...]:
    """Return the minutes in which texts left, and how many did."""
    rows = db.execute(
        "SELECT substr(coalesce(started_at, created_at), 1, 16) || 'Z', count(*) FROM text"
        f" WHERE created_at >= ? AND {_IN_LEFT} GROUP BY 1",
        (to_text(since), *LEFT),
    )
    return tuple((from_text(minute), int(n)) for minute, n in rows)


def cost(db: Database, since: datetime) -> tuple[tuple[str, int], ...]:
    """Return what the texts cost that left, in millionths by currency."""
    rows = db.execute(
        f"SELECT currency, sum(price_micros) FROM text WHERE created_at >= ? AND {_IN_LEFT}"
        " AND currency IS NOT NULL AND price_micros IS NOT NULL GROUP BY 1 ORDER BY 1",
        (to_text(since), *LEFT),
    )
    return tuple((currency, int(micros)) for currency, micros in rows)


def heard(db: Database, since: datetime) -> tuple[int, int]:
    """Return how many replies came, and how many numbers were stopped."""
    stamp = to_text(since)
    wrote = db.execute("SELECT count(*) FROM reply WHERE at >= ?", (stamp,)).fetchone()[0]
    stops = db.execute("SELECT count(*) FROM suppression WHERE at >= ?", (stamp,)).fetchone()[0]
    return int(wrote), int(stops)


def people(db: Database) -> int:
    """Return how many contacts there are."""
    return int(db.execute("SELECT count(*) FROM contact").fetchone()[0])


def _why(db: Database, decision_id: DecisionId) -> str:
    """Return the reason that is over last: the one that sets the moment it waits for."""
    decision = decisions.load(db, decision_id)
    if decision is None or not decision.reasons:
        return ""
    return max(decision.reasons, key=_over).sentence


def _over(reason: Reason) -> tuple[bool, datetime]:
    at = reason.next_allowed_at
    return at is None, at or _LONG_AGO


def _complaint(db: Database, one: Complaint) -> Need:
    row = db.execute("SELECT name FROM contact WHERE number = ?", (one.number,)).fetchone()
    name = (row[0] if row else "") or one.number or ""
    return Need(
        kind=NeedKind.COMPLAINT,
        name=name,
        number=one.number,
        text=one.words,
        at=one.at,
        due=one.due_at,
    )


def _need(kind: NeedKind, name: str, number: E164 | None, text: str, at: datetime) -> Need:
    return Need(kind=kind, name=name, number=number, text=text, at=at)
