"""The plan of a campaign as stored: who stands where. Must not judge, and must not write a text."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from shopbell.domain.campaigns import Moved, Outcome
from shopbell.domain.decision import Code, Reason
from shopbell.domain.ids import E164, CampaignId, Ref
from shopbell.domain.planning import LastMoment, Standing, main_reason
from shopbell.domain.texts import LEFT, State
from shopbell.store.decisions import reasons_to_json
from shopbell.store.times import to_text

if TYPE_CHECKING:
    from sqlite_utils import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class OldRow:
    """What a plan says about somebody, as far as the next plan needs it."""

    outcome: Outcome
    taken_out: bool
    coupon: str | None
    ref: Ref | None
    has_left: bool
    """A text is written for them: a new plan leaves them alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRow:
    """Where somebody stands now, with what belongs to them for good."""

    standing: Standing
    price_micros: int | None
    coupon: str | None
    ref: Ref | None
    taken_out: bool = False


def old_rows(db: Database, campaign_id: CampaignId) -> dict[E164, OldRow]:
    """Return everybody of the plan before, in leaving order."""
    rows = db.execute(
        "SELECT number, outcome, taken_out, coupon, ref, text_id IS NOT NULL FROM campaign_row"
        " WHERE campaign_id = ? ORDER BY position",
        (campaign_id,),
    )
    return {
        E164(number): OldRow(
            outcome=Outcome(outcome),
            taken_out=bool(taken_out),
            coupon=coupon,
            ref=None if ref is None else Ref(ref),
            has_left=bool(has_left),
        )
        for number, outcome, taken_out, coupon, ref, has_left in rows
    }


def replace(db: Database, campaign_id: CampaignId, rows: Sequence[NewRow]) -> None:
    """Write a new plan over the old one. Who has a text already keeps their row."""
    db.execute("DELETE FROM campaign_row WHERE campaign_id = ? AND text_id IS NULL", (campaign_id,))
    db.execute(
        "DELETE FROM campaign_reasons WHERE campaign_id = ? AND id NOT IN"
        " (SELECT reasons_id FROM campaign_row WHERE reasons_id IS NOT NULL)",
        (campaign_id,),
    )
    known: dict[str, int] = {}
    # Most people share their reasons with others: the very same ones are put into words once.
    ids = {
        id(reasons): _reasons(db, campaign_id, reasons, known)
        for reasons in {id(row.standing.reasons): row.standing.reasons for row in rows}.values()
    }
    db.conn.executemany(
        "INSERT INTO campaign_row (campaign_id, number, contact_id, position, outcome, reasons_id,"
        " next_at, window_ends_at, segments, price_micros, coupon, taken_out, ref)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (campaign_id, number) DO NOTHING",
        # In the order of the table's key: a new page is filled after another, and none split.
        sorted(
            _values(campaign_id, position, row, ids[id(row.standing.reasons)])
            for position, row in enumerate(rows, start=1)
        ),
    )


def planned(
    db: Database,
    campaign_id: CampaignId,
    *,
    now: datetime,
    planned_for: datetime,
    last: LastMoment,
    stamp: str,
    moved: Sequence[Moved],
) -> None:
    """Note for when the plan was made and what it rests on."""
    db.execute(
        "UPDATE campaign SET planned_at = ?, planned_for = ?, last_at = ?, last_why = ?,"
        " stamp = ?, moved = ? WHERE id = ?",
        (
            to_text(now),
            to_text(planned_for),
            to_text(last.at),
            last.why,
            stamp,
            json.dumps([[one.before, one.after, one.code, one.count] for one in moved]),
            campaign_id,
        ),
    )


def moved_of(db: Database, campaign_id: CampaignId) -> tuple[Moved, ...]:
    """Return who stands elsewhere than in the plan before."""
    row = db.execute("SELECT moved FROM campaign WHERE id = ?", (campaign_id,)).fetchone()
    return tuple(
        Moved(
            before=None if before is None else Outcome(before),
            after=None if after is None else Outcome(after),
            code=None if code is None else Code(code),
            count=count,
        )
        for before, after, code, count in json.loads(row[0] or "[]")
    )


def kept_stamp(db: Database, campaign_id: CampaignId) -> str:
    """Return the stamp the plan rests on; empty before the first plan."""
    row = db.execute("SELECT stamp FROM campaign WHERE id = ?", (campaign_id,)).fetchone()
    return str(row[0])


def put_back(db: Database, campaign_id: CampaignId, number: E164) -> None:
    """Forget that somebody was left out; the next plan decides about them."""
    db.execute(
        "UPDATE campaign_row SET taken_out = 0 WHERE campaign_id = ? AND number = ?",
        (campaign_id, number),
    )


def leave_out_texted(db: Database, new_id: CampaignId, old_id: CampaignId) -> None:
    """Leave out of a new campaign who got the old one, or of whom nobody knows whether they did."""
    had_it = sorted(LEFT - {State.FAILED, State.UNDELIVERABLE})
    marks = ", ".join("?" * len(had_it))
    db.execute(
        "INSERT INTO campaign_row (campaign_id, number, contact_id, position, outcome, segments,"
        " taken_out) SELECT ?, r.number, r.contact_id, r.position, 'out', 0, 1 FROM campaign_row r"
        f" JOIN text t ON t.id = r.text_id WHERE r.campaign_id = ? AND t.state IN ({marks})",
        (new_id, old_id, *had_it),
    )


def stand(
    db: Database, campaign_id: CampaignId, standing: Standing, *, taken_out: bool = False
) -> None:
    """Put one person whose text is not written yet where they stand now.

    Who is left out gives their coupon code back: it never left.
    """
    known: dict[str, int] = {}
    db.execute(
        "UPDATE campaign_row SET outcome = ?1, reasons_id = ?2, next_at = ?3, taken_out = ?4,"
        " window_ends_at = ?5, coupon = CASE ?1 WHEN 'out' THEN NULL ELSE coupon END"
        " WHERE campaign_id = ?6 AND number = ?7 AND text_id IS NULL",
        (
            standing.outcome,
            _reasons(db, campaign_id, standing.reasons, known),
            to_text(standing.next_at),
            int(taken_out),
            to_text(standing.window_ends_at),
            campaign_id,
            standing.number,
        ),
    )


def stamp_of(db: Database, *, with_texts: bool) -> str:
    """Return a text that changes with anything that may change a plan.

    A running campaign writes texts itself: it asks without them.
    """
    parts: Iterable[Any] = db.execute(
        "SELECT (SELECT max(id) FROM consent), (SELECT count(*) FROM suppression),"
        " (SELECT max(at) FROM suppression), (SELECT count(*) FROM contact),"
        " (SELECT max(updated_at) FROM contact), (SELECT max(id) FROM reply),"
        " (SELECT count(*) FROM reply WHERE band = 'hold' AND judged_at IS NULL),"
        " (SELECT name || country || zone || hours || rules FROM shop),"
        " (SELECT max(recorded_at) || coalesce(max(closed_at), '') FROM complaint),"
        " (SELECT name || price_micros FROM gateway WHERE active = 1),"
        " CASE WHEN ? THEN (SELECT max(id) FROM text) END",
        (int(with_texts),),
    ).fetchone()
    return "|".join(str(part) for part in parts)


def forget(db: Database, number: E164) -> int:
    """Take somebody out of every plan, so that no trace of the number stays; for erasure."""
    return len(
        db.execute("DELETE FROM campaign_row WHERE number = ? RETURNING 1", (number,)).fetchall()
    )


def _values(
    campaign_id: CampaignId, position: int, row: NewRow, reasons_id: int | None
) -> tuple[object, ...]:
    standing = row.standing
    return (
        campaign_id,
        standing.number,
        standing.contact_id,
        position,
        standing.outcome,
        reasons_id,
        to_text(standing.next_at),
        to_text(standing.window_ends_at),
        standing.segments,
        row.price_micros,
        row.coupon,
        int(row.taken_out),
        row.ref,
    )


def _reasons(
    db: Database, campaign_id: CampaignId, reasons: tuple[Reason, ...], known: dict[str, int]
) -> int | None:
    main = main_reason(reasons)
    if main is None:
        return None
    text = reasons_to_json(reasons)
    if text not in known:
        row = db.execute(
            "INSERT INTO campaign_reasons (campaign_id, code, reasons) VALUES (?1, ?2, ?3)"
            " ON CONFLICT (campaign_id, reasons) DO UPDATE SET code = ?2 RETURNING id",
            (campaign_id, main.code, text),
        ).fetchone()
        known[text] = int(row[0])
    return known[text]
