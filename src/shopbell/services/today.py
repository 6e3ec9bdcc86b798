"""Today: what needs a person, what is on its way, how the month goes. Must not change anything."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from shopbell.domain.texts import LEFT, State
from shopbell.domain.today import Month, Today, by_day, in_order
from shopbell.services.desk import Desk
from shopbell.store import text_rows, today

if TYPE_CHECKING:
    from sqlite_utils import Database

_MOST_HELD = 3


class Days:
    """The day of one shop."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def today(self, *, most: int = 6) -> Today:
        """Return how the day stands, with at most `most` of the things that need a person."""
        now, zone = self._desk.clock.now(), self._desk.profile.zone
        local = now.astimezone(ZoneInfo(zone))
        first = local.replace(day=1, hour=0, minute=0, second=0, microsecond=0)

        def step(db: Database) -> Today:
            found, total = today.needs(db, most)
            needs = in_order(found)[:most]
            counts = text_rows.counts(db, first)
            replies, stops = today.heard(db, first)
            return Today(
                people=today.people(db),
                needs=needs,
                more=total - len(needs),
                due=today.due(db, now),
                held=today.held(db, now, _MOST_HELD),
                month=Month(
                    sent=sum(counts.get(state, 0) for state in LEFT),
                    arrived=counts.get(State.DELIVERED, 0),
                    replies=replies,
                    stops=stops,
                    cost=today.cost(db, first),
                    days=by_day(today.left(db, first), zone, local.date()),
                ),
            )

        return await self._desk.store.read(step)
