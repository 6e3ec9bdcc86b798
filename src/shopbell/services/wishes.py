"""Recording what a person wished about being reached. Must not enforce it: the gate does."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Literal

from shopbell.domain.ids import E164
from shopbell.domain.promises import Frequency
from shopbell.domain.wish_changes import WishChange, changed
from shopbell.domain.wishes import Channel, Wishes
from shopbell.errors import BadInput
from shopbell.services.changed import Changed
from shopbell.services.desk import Desk
from shopbell.store import contacts, wishes

if TYPE_CHECKING:
    from sqlite_utils import Database


class WishBook:
    """The wishes of one shop's contacts."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def of(self, number: E164) -> Wishes:
        """Return what is on file; the defaults if nothing is."""
        return await self._desk.store.read(wishes.of_number, number)

    async def record(
        self,
        number: E164,
        *,
        channel: Channel | Literal[""] | None = None,
        paused_until: date | Literal[""] | None = None,
        language: str | None = None,
        hours: str | None = None,
        most: Frequency | Literal[""] | None = None,
    ) -> Wishes:
        """Record what a person wished about being reached; what is None stays, "" forgets it.

        Args: see `WishChange`.

        Raises:
            BadInput: nobody has this number, or the change makes no sense.
        """
        change = WishChange(
            channel=channel,
            paused_until=paused_until,
            language=language,
            hours=hours,
            most=most,
        )
        zone, now = self._desk.profile.zone, self._desk.clock.now()

        def step(db: Database) -> Wishes | None:
            contact = contacts.by_number(db, number)
            if contact is None:
                return None
            new = changed(wishes.of_number(db, number), change, zone, now)
            wishes.keep(db, contact.id, new, now)
            return new

        kept = await self._desk.store.write(step)
        if kept is None:
            raise BadInput(
                "There is no contact with this number.", "Add it first.", code="no_contact"
            )
        self._desk.tell(Changed.PEOPLE)
        return kept
