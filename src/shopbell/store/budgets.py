"""The month's budget: kept, counted, and held to. Must not send, and must not judge.

What was used is counted in the transaction that claims the next text, so nothing slips past it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from shopbell.domain.budget import NO_BUDGET, Budget, Month, month_around
from shopbell.domain.campaigns import CampaignState, Pause
from shopbell.domain.ids import CampaignId
from shopbell.store import campaigns
from shopbell.store.times import to_text

if TYPE_CHECKING:
    from sqlite_utils import Database

_LEFT = (
    "(state IN ('sending', 'accepted', 'sent', 'delivered', 'undeliverable', 'unknown')"
    " OR gateway_id IS NOT NULL)"
)
"""Of a text: it left the shop, or may have left it."""


@dataclass(slots=True, kw_only=True)
class Purse:
    """What is left of the month while the next text is chosen."""

    month: Month
    stopped: str = ""
    """Why the next text does not fit; empty while none was refused."""

    def takes(self, micros: int | None, currency: str | None) -> bool:
        """Return whether a text at this price still fits; if not, remember why."""
        self.stopped = self.month.why_not(micros, currency)
        return not self.stopped


def load(db: Database) -> Budget:
    """Return what the owner allows."""
    row = db.execute("SELECT budget_texts, budget_micros, budget_currency FROM sending").fetchone()
    return NO_BUDGET if row is None else Budget(texts=row[0], micros=row[1], currency=row[2])


def save(db: Database, budget: Budget, now: datetime) -> None:
    """Overwrite what the owner allows."""
    db.execute("INSERT OR IGNORE INTO sending (id) VALUES (1)")
    db.execute(
        "UPDATE sending SET budget_texts = ?, budget_micros = ?, budget_currency = ?,"
        " budget_at = ?",
        (budget.texts, budget.micros, budget.currency, to_text(now)),
    )


def month(db: Database, now: datetime, zone: str) -> Month:
    """Return the budget and what has been used of it this month."""
    budget, (starts_at, ends_at) = load(db), month_around(now, zone)
    texts, micros, priced = db.execute(
        "SELECT count(*), coalesce(sum(CASE WHEN currency = ?1 THEN price_micros END), 0),"
        " count(CASE WHEN currency = ?1 THEN price_micros END)"
        f" FROM text WHERE started_at >= ?2 AND {_LEFT}",
        (budget.currency, to_text(starts_at)),
    ).fetchone()
    return Month(
        budget=budget,
        starts_at=starts_at,
        ends_at=ends_at,
        texts=texts,
        micros=micros,
        unpriced=texts - priced,
    )


def purse(db: Database, now: datetime, zone: str) -> Purse | None:
    """Return what is left of this month; None where the owner has set no budget."""
    return Purse(month=month(db, now, zone)) if load(db).is_set else None


def pause_campaigns(db: Database, why: str, now: datetime) -> None:
    """Pause what is running, until the budget is raised or the month turns."""
    for campaign in campaigns.find(db, (CampaignState.RUNNING,), 0, 100_000)[0]:
        campaigns.move(
            db,
            campaign.id,
            CampaignState.RUNNING,
            CampaignState.PAUSED,
            now,
            why=f"Paused: {why} It goes on when the budget is raised or the next month begins.",
            pause=Pause.BUDGET,
        )


def resume_campaigns(db: Database, now: datetime, zone: str) -> int:
    """Let go on what the budget paused, if it was changed since or the month has turned.

    Returns how many campaigns those are. `resume` by hand is possible at any time.
    """
    rows = db.execute(
        "SELECT id FROM campaign WHERE state = 'paused' AND pause = 'budget' AND updated_at <="
        " max(?, coalesce((SELECT budget_at FROM sending), ''))",
        (to_text(month_around(now, zone)[0]),),
    ).fetchall()
    if not rows or month(db, now, zone).why_spent:
        return 0
    for (campaign_id,) in rows:
        campaigns.move(
            db,
            CampaignId(campaign_id),
            CampaignState.PAUSED,
            CampaignState.RUNNING,
            now,
            why="Goes on: the budget has room again.",
        )
    return len(rows)
