"""Reading the plan of a campaign: numbers and names. Must not change anything."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from shopbell.domain.campaigns import (
    BUCKET_OF_OUTCOME,
    BUCKET_OF_STATE,
    Bucket,
    Outcome,
    ReasonCount,
    Recipient,
    Tally,
)
from shopbell.domain.decision import Code
from shopbell.domain.ids import E164, CampaignId, ContactId, TextId
from shopbell.domain.texts import State
from shopbell.store.decisions import reasons_from_json
from shopbell.store.times import maybe_from_text

if TYPE_CHECKING:
    from sqlite_utils import Database

_FROM = (
    "FROM campaign_row r LEFT JOIN text t ON t.id = r.text_id"
    " LEFT JOIN campaign_reasons s ON s.id = r.reasons_id"
    " LEFT JOIN contact c ON c.id = r.contact_id"
)
_ONE = (
    "SELECT r.number, r.contact_id, c.name, t.state, r.outcome,"
    " CASE WHEN t.id IS NULL THEN s.reasons END, coalesce(t.not_before, r.next_at),"
    " coalesce(t.segments, r.segments), coalesce(t.price_micros, r.price_micros), r.coupon,"
    f" r.text_id {_FROM}"
)
_COUNTED = frozenset({Bucket.SENT, Bucket.WAITING, Bucket.UNKNOWN})
"""Buckets whose parts and price are added up."""


def tally(db: Database, campaign_id: CampaignId) -> Tally:
    """Return where everybody stands, in numbers."""
    rows = db.execute(
        "SELECT t.state, r.outcome, CASE WHEN t.id IS NULL THEN s.code END, count(*),"
        " sum(coalesce(t.segments, r.segments)), sum(coalesce(t.price_micros, r.price_micros)),"
        " sum(coalesce(t.price_micros, r.price_micros) IS NULL),"
        " min(coalesce(t.not_before, r.next_at)), max(coalesce(t.not_before, r.next_at))"
        f" {_FROM} WHERE r.campaign_id = ? GROUP BY 1, 2, 3",
        (campaign_id,),
    )
    people: Counter[Bucket] = Counter()
    reasons: dict[tuple[Bucket, str | None], list[Any]] = {}
    states: Counter[State] = Counter()
    parts = price = without = 0
    for state, outcome, code, count, segments, micros, unpriced, first, last in rows:
        bucket = bucket_of(state, outcome)
        people[bucket] += count
        if state is not None:
            states[State(state)] += count
        held = bucket is Bucket.HELD
        group = reasons.setdefault((bucket, code), [0, [], []])
        group[0] += count
        group[1] += [first] if held and first else []
        group[2] += [last] if held and last else []
        if bucket in _COUNTED:
            parts, price, without = parts + segments, price + (micros or 0), without + unpriced
    return Tally(
        chosen=sum(people.values()),
        by_bucket=tuple((bucket, people[bucket]) for bucket in Bucket),
        by_reason=tuple(
            ReasonCount(
                bucket=bucket,
                code=None if code is None else Code(code),
                count=count,
                first_at=maybe_from_text(min(firsts, default=None)),
                last_at=maybe_from_text(max(lasts, default=None)),
            )
            for (bucket, code), (count, firsts, lasts) in sorted(
                reasons.items(), key=lambda one: (list(Bucket).index(one[0][0]), -one[1][0])
            )
        ),
        parts=parts,
        price_micros=price,
        without_price=without,
        by_state=tuple((state, states[state]) for state in State if states[state]),
    )


def buckets(
    db: Database, campaign_ids: Sequence[CampaignId]
) -> dict[CampaignId, dict[Bucket, int]]:
    """Return how many people stand where in each of these campaigns."""
    people = {campaign_id: dict.fromkeys(Bucket, 0) for campaign_id in campaign_ids}
    rows = db.execute(
        "SELECT r.campaign_id, t.state, r.outcome, count(*) FROM campaign_row r"
        " LEFT JOIN text t ON t.id = r.text_id"
        f" WHERE r.campaign_id IN ({_marks(campaign_ids)}) GROUP BY 1, 2, 3",
        list(campaign_ids),
    )
    for campaign_id, state, outcome, count in rows:
        people[CampaignId(campaign_id)][bucket_of(state, outcome)] += count
    return people


def find(
    db: Database,
    campaign_id: CampaignId,
    buckets: Sequence[Bucket],
    code: Code | None,
    first: int,
    count: int,
) -> tuple[tuple[Recipient, ...], int]:
    """Return people of a plan in leaving order, and how many there are; no bucket means all."""
    where, conditions = ["r.campaign_id = ?"], list[object]([campaign_id])
    if buckets:
        states = [state for state, bucket in BUCKET_OF_STATE.items() if bucket in buckets]
        outcomes = [one for one, bucket in BUCKET_OF_OUTCOME.items() if bucket in buckets]
        where.append(
            f"(t.state IN ({_marks(states)})"
            f" OR (r.text_id IS NULL AND r.outcome IN ({_marks(outcomes)})))"
        )
        conditions += [*states, *outcomes]
    if code is not None:
        where.append("r.text_id IS NULL AND s.code = ?")
        conditions.append(code)
    clause = " AND ".join(where)
    total = db.execute(f"SELECT count(*) {_FROM} WHERE {clause}", conditions).fetchone()[0]
    rows = db.execute(
        f"{_ONE} WHERE {clause} ORDER BY r.position LIMIT ? OFFSET ?",
        [*conditions, count, first],
    )
    return tuple(_recipient(row) for row in rows), int(total)


def one(db: Database, campaign_id: CampaignId, number: E164) -> Recipient | None:
    """Return one person of a plan."""
    row = db.execute(
        f"{_ONE} WHERE r.campaign_id = ? AND r.number = ?", (campaign_id, number)
    ).fetchone()
    return None if row is None else _recipient(row)


def campaign_of(db: Database, text_id: TextId) -> CampaignId | None:
    """Return the campaign a text is of, if it is of one."""
    row = db.execute(
        "SELECT campaign_id FROM campaign_row WHERE text_id = ?", (text_id,)
    ).fetchone()
    return None if row is None else CampaignId(row[0])


def window_ends(db: Database, campaign_id: CampaignId) -> tuple[datetime | None, ...]:
    """Return when the window ends of each person who may go, in leaving order."""
    rows = db.execute(
        "SELECT window_ends_at FROM campaign_row WHERE campaign_id = ? AND outcome = 'send'"
        " AND text_id IS NULL ORDER BY position",
        (campaign_id,),
    )
    return tuple(maybe_from_text(row[0]) for row in rows)


def bucket_of(state: str | None, outcome: str) -> Bucket:
    """Return where somebody stands: by their text, or by the plan while there is none."""
    return BUCKET_OF_OUTCOME[Outcome(outcome)] if state is None else BUCKET_OF_STATE[State(state)]


def _recipient(row: Sequence[Any]) -> Recipient:
    return Recipient(
        number=E164(row[0]),
        contact_id=None if row[1] is None else ContactId(row[1]),
        name=row[2] or "",
        bucket=bucket_of(row[3], row[4]),
        outcome=Outcome(row[4]),
        reasons=() if row[5] is None else reasons_from_json(row[5]),
        next_at=maybe_from_text(row[6]),
        segments=row[7],
        price_micros=row[8],
        coupon=row[9],
        text_id=None if row[10] is None else TextId(row[10]),
        state=None if row[3] is None else State(row[3]),
    )


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))
