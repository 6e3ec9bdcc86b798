"""Reports over some days of the shop, and a search through every text. Must not change anything."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from shopbell.domain.decision import Decision
from shopbell.domain.failures import Cause, Failure, cause_of, failure
from shopbell.domain.ids import CampaignId
from shopbell.domain.people import Page
from shopbell.domain.reports import (
    NOTHING,
    CampaignNumbers,
    DayNumbers,
    FailureCount,
    Numbers,
    Report,
    days_from,
)
from shopbell.domain.text_search import Search
from shopbell.domain.texts import OutboundText, TextEvent
from shopbell.errors import BadInput
from shopbell.services.desk import Desk
from shopbell.store import decisions, history_rows, report_rows, text_rows
from shopbell.store.report_rows import Counted

if TYPE_CHECKING:
    from sqlite_utils import Database

USUAL_DAYS = 30
LONGEST_DAYS = 3660
MOST = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """One text of the history, with all that is known about it."""

    text: OutboundText
    decision: Decision | None
    events: tuple[TextEvent, ...]

    @property
    def failure(self) -> Failure | None:
        """Why it did not arrive and what helps; None if it has not failed."""
        return failure_of(self.text, self.events)


def failure_of(text: OutboundText, events: Iterable[TextEvent]) -> Failure | None:
    """Return why a text did not arrive and what helps; None if it has not failed."""
    words = [event.word for event in events if event.state is text.state]
    cause = cause_of(text.state, words[-1] if words else "")
    return None if cause is None else failure(cause)


class Reports:
    """What one shop file can tell about its past."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def usual_days(self) -> tuple[date, date]:
        """Return the last thirty days, today included, where the shop is."""
        today = self._desk.clock.now().astimezone(self._zone).date()
        return today - timedelta(days=USUAL_DAYS - 1), today

    async def report(
        self, first: date | None = None, last: date | None = None, *, most: int = MOST
    ) -> Report:
        """Return everything about the days from `first` to `last`, as the shop's clock has them.

        Raises:
            BadInput: the days are in the wrong order, or too many.
        """
        usual_first, usual_last = self.usual_days()
        last = last or max(usual_last, first or usual_last)
        first = first or min(usual_first, last)
        if first > last:
            raise BadInput(
                f"The first day, {first}, is after the last, {last}.",
                "Give the earlier day with --from.",
                code="bad_days",
            )
        if (last - first).days >= LONGEST_DAYS:
            raise BadInput("That is more than ten years.", "Choose fewer days.", code="bad_days")
        return await self._desk.store.read(self._report, first, last, most)

    async def history(self, search: Search, *, first: int = 0, count: int = 50) -> Page[Chapter]:
        """Return a window of the texts that match, newest first, each with all that is known."""

        def step(db: Database) -> Page[Chapter]:
            rows, total = history_rows.find(db, search, first, count)
            chapters = tuple(
                Chapter(
                    text=text,
                    decision=decisions.load(db, text.decision_id),
                    events=text_rows.events(db, text.id),
                )
                for text in rows
            )
            return Page(rows=chapters, first=first, total=total)

        return await self._desk.store.read(step)

    def day_begins(self, day: date) -> datetime:
        """Return the first moment of a day where the shop is."""
        return datetime.combine(day, time(), self._zone)

    @property
    def _zone(self) -> ZoneInfo:
        return ZoneInfo(self._desk.profile.zone)

    def _report(self, db: Database, first: date, last: date, most: int) -> Report:
        since, until = self.day_begins(first), self.day_begins(last + timedelta(days=1))
        days = dict.fromkeys(days_from(first, last), NOTHING)
        by_campaign: dict[CampaignId, Numbers] = {}
        sources = (report_rows.texts, report_rows.replies, report_rows.stops)
        for counted in (one for source in sources for one in source(db, since, until)):
            self._add(counted, days, by_campaign)
        causes: Counter[Cause] = Counter()
        for state, word, count in report_rows.failed(db, since, until):
            cause = cause_of(state, word)
            if cause is not None:
                causes[cause] += count
        return Report(
            first=first,
            last=last,
            days=tuple(DayNumbers(day=day, numbers=numbers) for day, numbers in days.items()),
            campaigns=_campaigns(db, by_campaign),
            most=report_rows.most(db, since, until, most),
            failures=tuple(
                FailureCount(cause=cause, count=count) for cause, count in causes.most_common()
            ),
        )

    def _add(
        self,
        counted: Counted,
        days: dict[date, Numbers],
        by_campaign: dict[CampaignId, Numbers],
    ) -> None:
        day = counted.minute.astimezone(self._zone).date()
        days[day] += counted.numbers
        if counted.campaign_id is not None:
            before = by_campaign.get(counted.campaign_id, NOTHING)
            by_campaign[counted.campaign_id] = before + counted.numbers


def _campaigns(db: Database, by_campaign: dict[CampaignId, Numbers]) -> tuple[CampaignNumbers, ...]:
    known = report_rows.campaigns(db)
    found = []
    for campaign_id, numbers in by_campaign.items():
        name, state, started_at = known[campaign_id]
        found.append(
            CampaignNumbers(
                id=campaign_id, name=name, state=state, started_at=started_at, numbers=numbers
            )
        )
    return tuple(sorted(found, key=lambda one: one.id, reverse=True))
