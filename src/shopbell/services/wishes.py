"""Recording what a person wished about being reached. Must not enforce it: the gate does."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Literal
from zoneinfo import ZoneInfo

from shopbell.domain.ids import E164
from shopbell.domain.wishes import Channel, Wishes
from shopbell.errors import BadInput
from shopbell.services.desk import Changed, Desk
from shopbell.store import contacts, wishes

if TYPE_CHECKING:
    from sqlite_utils import Database

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][A-Za-z]{1,7})?")


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
    ) -> Wishes:
        """Record what a person wished about being reached; what is None stays, "" forgets it.

        Args:
            number: whose wish.
            channel: how they would rather hear from the shop.
            paused_until: the first day marketing may come again, on the shop's calendar.
            language: as in BCP 47: "es", "fr-CA".

        Raises:
            BadInput: nobody has this number, the day is over, or the language is none.
        """
        now = self._desk.clock.now()
        until = self._pause_end(paused_until, now) if paused_until else None
        if language and not _LANGUAGE.fullmatch(language):
            raise BadInput(
                f"“{language[:20]}” is not a language.",
                "Write its code: en, es, fr-CA.",
                code="bad_language",
            )

        def step(db: Database) -> Wishes | None:
            contact = contacts.by_number(db, number)
            if contact is None:
                return None
            old = wishes.of_number(db, number)
            new = Wishes(
                channel=old.channel if channel is None else channel or None,
                paused_until=old.paused_until if paused_until is None else until,
                language=old.language if language is None else language,
            )
            wishes.keep(db, contact.id, new, now)
            return new

        kept = await self._desk.store.write(step)
        if kept is None:
            raise BadInput(
                "There is no contact with this number.", "Add it first.", code="no_contact"
            )
        self._desk.tell(Changed.PEOPLE)
        return kept

    def _pause_end(self, day: date, now: datetime) -> datetime:
        begin = datetime.combine(day, time(), ZoneInfo(self._desk.profile.zone)).astimezone(UTC)
        if begin <= now:
            raise BadInput(
                "A pause must end after today.", "Name the day it ends.", code="bad_date"
            )
        return begin
