"""Campaigns at work: the next text is decided, written and claimed in the caller's one transaction.

Must not decide (the judge is handed in) and must not send.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from enum import Enum
from typing import TYPE_CHECKING, Any

from shopbell.domain.campaigns import Campaign, CampaignState, Outcome, Pause
from shopbell.domain.decision import Code, Verdict
from shopbell.domain.facts import TextDraft
from shopbell.domain.gateway import Outcome as Answer
from shopbell.domain.ids import E164, CampaignId, ContactId, Ref, TextId
from shopbell.domain.merge_fields import Unprintable
from shopbell.domain.planning import (
    LastMoment,
    Standing,
    aborted,
    gap,
    gone,
    left_out,
    stands,
    too_late,
)
from shopbell.domain.pricing import rate_of
from shopbell.domain.texts import OutboundText, State
from shopbell.store import campaign_plan, campaigns, outbox
from shopbell.store.budgets import Purse
from shopbell.store.decisions import record
from shopbell.store.gathering import gather
from shopbell.store.outbox import Judge, Route
from shopbell.store.shop_row import load_facts
from shopbell.store.text_moves import move as move_text
from shopbell.store.text_rows import must_get
from shopbell.store.times import maybe_from_text, to_text

if TYPE_CHECKING:
    from sqlite_utils import Database

DraftFor = Callable[[Campaign, E164, str, str | None], tuple[TextDraft, Unprintable | None]]
"""Words a campaign for a number, a name and a coupon code."""

GRACE = timedelta(minutes=10)
"""A start that nobody was there for by then is asked about, never made up for."""

MOST_IN_A_ROW = 3
"""So many texts whose outcome is unknown, or that the gateway would not take, pause a campaign."""

MOST_LOOKED_AT = 50
"""People who may not be texted, passed over in one transaction: others need the file too."""

_HOURS = frozenset({Code.QUIET_HOURS, Code.CLOSED_DAY, Code.HOLIDAY})
_WAITING = "text_id IS NULL AND (outcome = 'send' OR (outcome = 'held' AND next_at <= ?))"


class Claimed(Enum):
    """What a look into the campaigns gave, where it is no text."""

    AGAIN = "again"
    """So many people were held or left out that the file was let go of; there may be more."""


def claim(
    db: Database,
    judge: Judge,
    draft_for: DraftFor,
    route: Route,
    now: datetime,
    purse: Purse | None = None,
) -> OutboundText | Claimed | None:
    """Take the next text of any campaign at work for sending, decided at this moment.

    People who may not be texted now are held or left out on the way, so many at a time. None:
    nothing is due, or the next one does not fit into the `purse` any more; it stays where it is.
    """
    _release(db, now)
    for campaign in campaigns.find(db, (CampaignState.RUNNING,), 0, 1000)[0][::-1]:
        text = _next(db, campaign, judge, draft_for, route, now, purse)
        if text is not None or (purse is not None and purse.stopped):
            return text
    return None


def next_due(db: Database) -> datetime | None:
    """Return when the next text of a campaign may leave; None when none waits."""
    row = db.execute(
        "SELECT min(CASE WHEN k.state = 'starting' THEN k.release_at"
        " WHEN r.outcome = 'send' THEN k.created_at ELSE r.next_at END)"
        " FROM campaign k LEFT JOIN campaign_row r ON r.campaign_id = k.id"
        " AND r.text_id IS NULL AND r.outcome <> 'out'"
        " WHERE k.state IN ('starting', 'running')"
    ).fetchone()
    return maybe_from_text(row[0])


def settled(db: Database, text_id: TextId, answer: Answer, detail: str, now: datetime) -> bool:
    """Draw the consequence of one answer for the text's campaign; True if it is paused by it."""
    row = db.execute(
        "SELECT k.id, k.unknowns, k.troubles FROM campaign_row r JOIN campaign k"
        " ON k.id = r.campaign_id WHERE r.text_id = ? AND k.state = 'running'",
        (text_id,),
    ).fetchone()
    if row is None:
        return False
    campaign_id, unknowns, troubles = CampaignId(row[0]), row[1], row[2]
    unknowns = unknowns + 1 if answer is Answer.UNKNOWN else 0
    refused = answer in {Answer.NOT_SENT_RETRY, Answer.TRY_LATER}
    troubles = troubles + 1 if refused else 0
    db.execute(
        "UPDATE campaign SET unknowns = ?, troubles = ? WHERE id = ?",
        (unknowns, troubles, campaign_id),
    )
    why, pause = "", Pause.GATEWAY
    if answer in {Answer.BAD_LOGIN, Answer.NO_CREDIT}:
        why = f"Paused: the gateway takes no texts. {detail}".strip()
    elif unknowns >= MOST_IN_A_ROW:
        why = f"Paused: of {unknowns} texts in a row nobody knows whether they left. Settle them."
        pause = Pause.UNKNOWN
    elif troubles >= MOST_IN_A_ROW:
        why = f"Paused: the gateway could not be used {troubles} times in a row."
    if why:
        running, paused = CampaignState.RUNNING, CampaignState.PAUSED
        campaigns.move(db, campaign_id, running, paused, now, why=why, pause=pause)
    return bool(why)


def abort(db: Database, campaign: Campaign, why: str, who: str, now: datetime) -> int:
    """End a campaign: nothing more of it leaves. Returns how many people are not texted."""
    texts = db.execute(
        "SELECT t.id, t.state FROM campaign_row r JOIN text t ON t.id = r.text_id"
        " WHERE r.campaign_id = ? AND t.state IN ('waiting', 'held', 'draft')",
        (campaign.id,),
    ).fetchall()
    for text_id, state in texts:
        move_text(db, TextId(text_id), State(state), State.CANCELED, now, "[aborted]", why)
    rows = db.execute(
        "SELECT number, contact_id FROM campaign_row WHERE campaign_id = ? AND text_id IS NULL"
        " AND outcome <> 'out'",
        (campaign.id,),
    ).fetchall()
    for number, contact_id in rows:
        campaign_plan.stand(
            db,
            campaign.id,
            Standing(
                number=E164(number),
                contact_id=None if contact_id is None else ContactId(contact_id),
                outcome=Outcome.OUT,
                reasons=(aborted(why),),
            ),
        )
    campaigns.move(db, campaign.id, campaign.state, CampaignState.ABORTED, now, why=why, who=who)
    return len(texts) + len(rows)


def _release(db: Database, now: datetime) -> None:
    """Let campaigns go whose countdown is over; one that nobody was there for is paused."""
    starting = campaigns.find(db, (CampaignState.STARTING,), 0, 1000)[0]
    for campaign in starting:
        if campaign.release_at is None or campaign.release_at > now:
            continue
        missed = campaign.release_at < now - GRACE
        campaigns.move(
            db,
            campaign.id,
            CampaignState.STARTING,
            CampaignState.PAUSED if missed else CampaignState.RUNNING,
            now,
            why="Paused: Shopbell was closed when it was to start. Should it still go?"
            if missed
            else "",
            pause=Pause.CLOSED,
        )


def _next(
    db: Database,
    campaign: Campaign,
    judge: Judge,
    draft_for: DraftFor,
    route: Route,
    now: datetime,
    purse: Purse | None,
) -> OutboundText | Claimed | None:
    looked_at = 0
    while campaign.last_at is None or now <= campaign.last_at:
        if looked_at == MOST_LOOKED_AT:
            return Claimed.AGAIN
        looked_at += 1
        row = db.execute(
            "SELECT number, contact_id, ref, coupon, outcome FROM campaign_row"
            f" WHERE campaign_id = ? AND {_WAITING} ORDER BY outcome DESC, position LIMIT 1",
            (campaign.id, to_text(now)),
        ).fetchone()
        if row is None:
            break
        standing, text = _decide(db, campaign, row, judge, draft_for, route, now, purse)
        if text is not None or (purse is not None and purse.stopped):
            return text
        campaign_plan.stand(db, campaign.id, standing)
        if row[4] == Outcome.SEND and standing.code in _HOURS:
            campaigns.move(
                db,
                campaign.id,
                CampaignState.RUNNING,
                CampaignState.PAUSED,
                now,
                why="Paused: the hours ended before everybody was texted. Should the rest still go"
                " when they begin again?",
                pause=Pause.HOURS,
            )
            return None
    _finish(db, campaign, now)
    return None


def _decide(
    db: Database,
    campaign: Campaign,
    row: Any,  # noqa: ANN401 - one row of a query
    judge: Judge,
    draft_for: DraftFor,
    route: Route,
    now: datetime,
    purse: Purse | None,
) -> tuple[Standing, OutboundText | None]:
    number, contact_id, ref, coupon = E164(row[0]), row[1], Ref(row[2]), row[3]
    person = gather(db, number, now)
    nobody = Standing(number=number, contact_id=None, outcome=Outcome.OUT, reasons=(gone(),))
    if person.contact is None:
        return nobody, None
    draft, missing = draft_for(campaign, number, person.contact.name, coupon)
    if missing is not None:
        return gap(number, contact_id, missing), None
    here = load_facts(db)
    judged = judge(draft, person, here, now)
    if purse is not None and judged.decision.verdict is Verdict.ALLOW:
        per_part, currency = rate_of(number, here.rules.prices(), route.per_part)
        cost = None if per_part is None else per_part * judged.final.segments
        if not purse.takes(cost, currency):
            return nobody, None
    decision_id = record(db, judged)
    last = LastMoment(at=campaign.last_at or now, why=campaign.last_why)
    standing = stands(judged, number, contact_id, last)
    if judged.decision.verdict is not Verdict.ALLOW:
        return _not_at_once(standing, now), None
    written = outbox.write(db, draft, judged, decision_id, route, ref, now, here)
    db.execute(
        "UPDATE campaign_row SET text_id = ?, segments = ? WHERE campaign_id = ? AND number = ?",
        (written.id, written.final.segments, campaign.id, number),
    )
    text = outbox.start(db, written, judged, decision_id, now)
    if campaign.last_at is not None and (
        text.expires_at is None or campaign.last_at < text.expires_at
    ):
        db.execute(
            "UPDATE text SET expires_at = ? WHERE id = ?", (to_text(campaign.last_at), text.id)
        )
        text = must_get(db, text.id)
    return standing, text


def _not_at_once(standing: Standing, now: datetime) -> Standing:
    """A held person must never be due at once again, or claiming would go round in circles."""
    if standing.next_at is None:
        return standing
    return replace(standing, next_at=max(standing.next_at, now + timedelta(minutes=1)))


def _finish(db: Database, campaign: Campaign, now: datetime) -> None:
    """End a campaign from which nothing more leaves; who could only go too late is left out."""
    over = campaign.last_at is not None and now > campaign.last_at
    if over:
        last = LastMoment(
            at=campaign.last_at or now, why=campaign.last_why or "The campaign's time is over."
        )
        rows = db.execute(
            "SELECT number, contact_id FROM campaign_row WHERE campaign_id = ?"
            " AND text_id IS NULL AND outcome = 'send'",
            (campaign.id,),
        ).fetchall()
        for number, contact_id in rows:
            nobody = Standing(number=E164(number), contact_id=contact_id, outcome=Outcome.SEND)
            campaign_plan.stand(db, campaign.id, left_out(nobody, too_late(last, None, "UTC")))
    more = db.execute(
        "SELECT EXISTS (SELECT 1 FROM campaign_row WHERE campaign_id = ?1 AND text_id IS NULL"
        " AND (outcome = 'send' OR (outcome = 'held' AND next_at <= ?2)))"
        " OR EXISTS (SELECT 1 FROM campaign_row r JOIN text t ON t.id = r.text_id"
        " WHERE r.campaign_id = ?1 AND t.state IN ('waiting', 'sending')"
        " OR (r.campaign_id = ?1 AND t.state = 'held' AND t.not_before IS NOT NULL))",
        (campaign.id, to_text(campaign.last_at or now)),
    ).fetchone()[0]
    if not more or over:
        campaigns.move(db, campaign.id, CampaignState.RUNNING, CampaignState.DONE, now, why="Done.")
