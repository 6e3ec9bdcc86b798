"""Campaigns: written, changed, moved from state to state. Must not plan and must not send."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from shopbell.domain.campaigns import (
    MOVES,
    Audience,
    Campaign,
    CampaignDraft,
    CampaignEvent,
    CampaignState,
    Pause,
)
from shopbell.domain.consent import Purpose
from shopbell.domain.frozen import from_json, to_json
from shopbell.domain.ids import CampaignId
from shopbell.store.times import from_text, maybe_from_text, to_text

if TYPE_CHECKING:
    from sqlite_utils import Database

_COLUMNS = (
    "id, name, body, purpose, topic, audience, not_before, latest, author, revision, state, why,"
    " approved_by, approved_count, release_at, last_at, last_why, planned_at, planned_for,"
    " replaces, started_at, ended_at, created_at, updated_at, pause, second_by"
)


def add(
    db: Database, draft: CampaignDraft, now: datetime, replaces: CampaignId | None = None
) -> Campaign:
    """Write a new draft."""
    stamp = to_text(now)
    row = db.execute(
        "INSERT INTO campaign (name, body, purpose, topic, audience, not_before, latest, author,"
        " revision, state, why, approved_by, last_why, stamp, moved, unknowns, troubles, replaces,"
        " created_at, updated_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1, ?, '', '', '', '', '', 0, 0, ?, ?, ?) RETURNING id",
        (*_values(draft), CampaignState.DRAFT, replaces, stamp, stamp),
    ).fetchone()
    campaign_id = CampaignId(row[0])
    keep_event(db, campaign_id, now, CampaignState.DRAFT, draft.author, "Written.")
    return must_get(db, campaign_id)


def change(db: Database, campaign_id: CampaignId, draft: CampaignDraft, now: datetime) -> Campaign:
    """Overwrite what was said about a campaign; its plan is no longer true."""
    db.execute(
        "UPDATE campaign SET name = ?, body = ?, purpose = ?, topic = ?, audience = ?,"
        " not_before = ?, latest = ?, author = ?, revision = revision + 1, stamp = '',"
        " updated_at = ? WHERE id = ?",
        (*_values(draft), to_text(now), campaign_id),
    )
    return must_get(db, campaign_id)


def get(db: Database, campaign_id: CampaignId) -> Campaign | None:
    """Return one campaign."""
    row = db.execute(f"SELECT {_COLUMNS} FROM campaign WHERE id = ?", (campaign_id,)).fetchone()
    return None if row is None else _campaign(row)


def must_get(db: Database, campaign_id: CampaignId) -> Campaign:
    """Return one campaign that is known to exist."""
    campaign = get(db, campaign_id)
    if campaign is None:
        raise LookupError(f"campaign {campaign_id} is gone")
    return campaign


def find(
    db: Database, states: Sequence[CampaignState], first: int, count: int
) -> tuple[tuple[Campaign, ...], int]:
    """Return campaigns, newest first, and how many there are; no states means all."""
    where = f"WHERE state IN ({', '.join('?' * len(states))})" if states else ""
    total = db.execute(f"SELECT count(*) FROM campaign {where}", list(states)).fetchone()[0]
    rows = db.execute(
        f"SELECT {_COLUMNS} FROM campaign {where} ORDER BY id DESC LIMIT ? OFFSET ?",
        [*states, count, first],
    )
    return tuple(_campaign(row) for row in rows), int(total)


def move(
    db: Database,
    campaign_id: CampaignId,
    old: CampaignState,
    new: CampaignState,
    now: datetime,
    *,
    why: str,
    who: str = "",
    pause: Pause = Pause.SHOP,
) -> Campaign:
    """Move a campaign, legally and only from the state it is thought to be in.

    `pause` says what pauses it, where it is paused.
    """
    if new not in MOVES[old]:
        raise ValueError(f"a campaign that is {old} cannot become {new}")
    stamp = to_text(now)
    ended = stamp if new in {CampaignState.DONE, CampaignState.ABORTED} else None
    moved = db.execute(
        "UPDATE campaign SET state = ?1, why = ?2, updated_at = ?3, unknowns = 0, troubles = 0,"
        " pause = CASE ?1 WHEN 'paused' THEN ?7 ELSE '' END,"
        " second_by = CASE ?1 WHEN 'draft' THEN '' ELSE second_by END,"
        " ended_at = ?4, release_at = CASE ?1 WHEN 'starting' THEN release_at END,"
        # Whose "today" the words mean stays the day it was to start on.
        " started_at = CASE ?1 WHEN 'running' THEN coalesce(started_at, release_at, ?3)"
        " WHEN 'paused' THEN coalesce(started_at, release_at) ELSE started_at END"
        " WHERE id = ?5 AND state = ?6 RETURNING 1",
        (new, why, stamp, ended, campaign_id, old, pause),
    ).fetchone()
    if moved is None:
        raise LookupError(f"campaign {campaign_id} is no longer {old}")
    keep_event(db, campaign_id, now, new, who, why)
    return must_get(db, campaign_id)


def approved(db: Database, campaign_id: CampaignId, by: str, count: int) -> None:
    """Note who said yes, and to how many people; whoever said so second has to say it again."""
    db.execute(
        "UPDATE campaign SET approved_by = ?, approved_count = ?, second_by = '' WHERE id = ?",
        (by, count, campaign_id),
    )


def seconded(db: Database, campaign_id: CampaignId, by: str) -> None:
    """Note who said yes after the first one did."""
    db.execute("UPDATE campaign SET second_by = ? WHERE id = ?", (by, campaign_id))


def released_at(db: Database, campaign_id: CampaignId, at: datetime) -> None:
    """Note when the countdown of a starting campaign ends."""
    db.execute("UPDATE campaign SET release_at = ? WHERE id = ?", (to_text(at), campaign_id))


def keep_event(
    db: Database,
    campaign_id: CampaignId,
    now: datetime,
    state: CampaignState,
    who: str,
    detail: str,
) -> None:
    """Append one thing that happened."""
    db.execute(
        "INSERT INTO campaign_event (campaign_id, at, state, who, detail) VALUES (?, ?, ?, ?, ?)",
        (campaign_id, to_text(now), state, who, detail),
    )


def events(db: Database, campaign_id: CampaignId) -> tuple[CampaignEvent, ...]:
    """Return everything that happened to a campaign, oldest first."""
    rows = db.execute(
        "SELECT at, state, who, detail FROM campaign_event WHERE campaign_id = ? ORDER BY id",
        (campaign_id,),
    )
    return tuple(
        CampaignEvent(at=from_text(at), state=CampaignState(state), who=who, detail=detail)
        for at, state, who, detail in rows
    )


def _values(draft: CampaignDraft) -> tuple[object, ...]:
    return (
        draft.name,
        draft.body,
        draft.purpose,
        draft.topic,
        to_json(draft.audience),
        to_text(draft.not_before),
        to_text(draft.latest),
        draft.author,
    )


def _campaign(row: Sequence[Any]) -> Campaign:
    return Campaign(
        id=CampaignId(row[0]),
        name=row[1],
        body=row[2],
        purpose=Purpose(row[3]),
        topic=row[4],
        audience=from_json(Audience, row[5]),
        not_before=maybe_from_text(row[6]),
        latest=maybe_from_text(row[7]),
        author=row[8],
        revision=row[9],
        state=CampaignState(row[10]),
        why=row[11],
        approved_by=row[12],
        approved_count=row[13],
        release_at=maybe_from_text(row[14]),
        last_at=maybe_from_text(row[15]),
        last_why=row[16],
        planned_at=maybe_from_text(row[17]),
        planned_for=maybe_from_text(row[18]),
        replaces=None if row[19] is None else CampaignId(row[19]),
        started_at=maybe_from_text(row[20]),
        ended_at=maybe_from_text(row[21]),
        created_at=from_text(row[22]),
        updated_at=from_text(row[23]),
        pause=Pause(row[24]) if row[24] else None,
        second_by=row[25],
    )
