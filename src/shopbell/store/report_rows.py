"""Reading what reports are made of: texts, replies and stops by minute. Must not change anything.

By minute, because only the caller knows which minutes make a day where the shop is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from shopbell.domain.campaigns import CampaignState
from shopbell.domain.consent import How
from shopbell.domain.ids import E164, CampaignId
from shopbell.domain.reports import ANSWER_WITHIN, HeardFromUs, Numbers
from shopbell.domain.texts import State
from shopbell.store.shop_row import blind_key, hashed
from shopbell.store.times import from_text, maybe_from_text, to_text

if TYPE_CHECKING:
    from sqlite_utils import Database

_TAKEN = (
    "(t.state IN ('accepted', 'sent', 'delivered') OR (t.state IN ('failed', 'undeliverable',"
    " 'expired', 'canceled') AND EXISTS (SELECT 1 FROM text_event e WHERE e.text_id = t.id"
    " AND e.state IN ('accepted', 'sent', 'delivered'))))"
)
"""Texts the gateway took, whatever became of them: those are paid."""

_OVER = "t.state IN ('failed', 'undeliverable', 'expired')"


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """Some numbers of one minute and one campaign."""

    minute: datetime
    campaign_id: CampaignId | None
    """None: texts to one person."""
    numbers: Numbers


def texts(db: Database, since: datetime, until: datetime) -> Iterator[Counted]:
    """Return what left from `since` to before `until`, and what became of it."""
    rows = db.execute(
        "SELECT substr(t.started_at, 1, 16), r.campaign_id, coalesce(t.currency, ''),"
        f" sum({_TAKEN}), sum(t.state = 'delivered'), sum({_OVER}), sum(t.state = 'unknown'),"
        f" sum({_TAKEN} * t.segments), sum({_TAKEN} * coalesce(t.price_micros, 0)),"
        f" sum({_TAKEN} AND t.price_micros IS NULL)"
        " FROM text t LEFT JOIN campaign_row r ON r.text_id = t.id"
        " WHERE t.started_at >= ? AND t.started_at < ? GROUP BY 1, 2, 3",
        (to_text(since), to_text(until)),
    )
    for minute, campaign, currency, sent, arrived, failed, unknown, parts, micros, free in rows:
        yield Counted(
            minute=_minute(minute),
            campaign_id=campaign,
            numbers=Numbers(
                sent=sent,
                delivered=arrived,
                failed=failed,
                unknown=unknown,
                parts=parts,
                cost=((currency, micros),) if currency and sent > free else (),
                without_price=free,
            ),
        )


def replies(db: Database, since: datetime, until: datetime) -> Iterator[Counted]:
    """Return what customers wrote, each for the campaign whose text they had last."""
    rows = db.execute(
        "SELECT substr(q.at, 1, 16), (SELECT r.campaign_id FROM text t LEFT JOIN campaign_row r"
        " ON r.text_id = t.id WHERE t.number = q.number AND t.started_at <= q.at"
        " AND t.started_at >= strftime('%Y-%m-%dT%H:%M:%fZ', q.at, ?)"
        " ORDER BY t.started_at DESC LIMIT 1) AS campaign, count(*)"
        " FROM reply q WHERE q.at >= ? AND q.at < ? GROUP BY 1, 2",
        (f"-{ANSWER_WITHIN.total_seconds():.0f} seconds", to_text(since), to_text(until)),
    )
    for minute, campaign, count in rows:
        yield Counted(minute=_minute(minute), campaign_id=campaign, numbers=Numbers(replied=count))


def stops(db: Database, since: datetime, until: datetime) -> Iterator[Counted]:
    """Return who said no to all texts, each for the campaign whose text they had last.

    People who came in a list of stops said no to nobody in this time.
    """
    found = db.execute(
        "SELECT bidx, at FROM suppression WHERE at >= ? AND at < ? AND how <> ?",
        (to_text(since), to_text(until), How.IMPORT),
    ).fetchall()
    if not found:
        return
    key = blind_key(db)
    texted = db.execute(
        "SELECT t.number, t.started_at, r.campaign_id FROM text t LEFT JOIN campaign_row r"
        " ON r.text_id = t.id WHERE t.started_at >= ? AND t.started_at < ? ORDER BY t.started_at",
        (to_text(since - ANSWER_WITHIN), to_text(until)),
    ).fetchall()
    by_hash: dict[bytes, list[tuple[datetime, CampaignId | None]]] = {}
    hashes: dict[str, bytes] = {}
    for number, started, campaign in texted:
        if number not in hashes:
            hashes[number] = hashed(key, E164(number))
        by_hash.setdefault(hashes[number], []).append((from_text(started), campaign))
    for bidx, at_text in found:
        at, campaign_id = from_text(at_text), None
        for started_at, campaign in by_hash.get(bytes(bidx), ()):
            if started_at <= at <= started_at + ANSWER_WITHIN:
                campaign_id = campaign
        yield Counted(minute=at, campaign_id=campaign_id, numbers=Numbers(stopped=1))


def most(db: Database, since: datetime, until: datetime, count: int) -> tuple[HeardFromUs, ...]:
    """Return who had the most texts; the latest first among equals."""
    rows = db.execute(
        "SELECT t.number, max(coalesce(c.name, '')), count(*), sum(t.purpose = 'marketing'),"
        " max(t.started_at) FROM text t LEFT JOIN contact c ON c.number = t.number"
        f" WHERE t.started_at >= ? AND t.started_at < ? AND {_TAKEN}"
        " GROUP BY t.number ORDER BY 3 DESC, 5 DESC, 1 LIMIT ?",
        (to_text(since), to_text(until), count),
    )
    return tuple(
        HeardFromUs(
            number=E164(number),
            name=name,
            texts=texts_,
            marketing=marketing,
            last_at=from_text(last),
        )
        for number, name, texts_, marketing, last in rows
    )


def failed(db: Database, since: datetime, until: datetime) -> tuple[tuple[State, str, int], ...]:
    """Return texts that did not arrive: state, last word on their history, how many."""
    rows = db.execute(
        "SELECT t.state, coalesce((SELECT e.word FROM text_event e WHERE e.text_id = t.id"
        " AND e.state = t.state ORDER BY e.id DESC LIMIT 1), ''), count(*) FROM text t"
        f" WHERE t.started_at >= ? AND t.started_at < ? AND {_OVER} GROUP BY 1, 2",
        (to_text(since), to_text(until)),
    )
    return tuple((State(state), word, count) for state, word, count in rows)


def campaigns(db: Database) -> dict[CampaignId, tuple[str, CampaignState, datetime | None]]:
    """Return the name, the state and the start of every campaign."""
    rows = db.execute("SELECT id, name, state, started_at FROM campaign")
    return {
        CampaignId(row[0]): (row[1], CampaignState(row[2]), maybe_from_text(row[3])) for row in rows
    }


def _minute(text: str) -> datetime:
    return from_text(f"{text}:00Z")
