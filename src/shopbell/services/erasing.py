"""Forgetting a person. Must not be done by accident: the caller has asked, and shown what goes."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from shopbell.domain.erasing import Erasure
from shopbell.domain.ids import E164
from shopbell.errors import BadInput, Busy
from shopbell.services.changed import Changed
from shopbell.services.desk import Desk
from shopbell.store import contacts, erasure, links

if TYPE_CHECKING:
    from sqlite_utils import Database


class Erasing:
    """Forgets people of one shop file."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def preview(self, number: E164) -> Erasure:
        """Return what would go and what would stay; changes nothing."""

        def step(db: Database) -> Erasure:
            return erasure.count(db, _every(db, number))

        return await self._desk.store.read(step)

    async def erase(self, number: E164, confirm: str) -> Erasure:
        """Forget the person with this number and all their other numbers.

        `confirm` is what somebody typed: the last four digits of the number.

        Raises:
            BadInput: it is not, or a text to them is on its way at this moment.
        """
        if confirm.strip() != number[-4:]:
            raise BadInput(
                "That is not the end of this number.",
                "Type its last four digits to erase the person.",
                code="not_confirmed",
            )
        now = self._desk.clock.now()

        def step(db: Database) -> Erasure:
            every = _every(db, number)
            if erasure.on_the_way(db, every):
                raise BadInput(
                    "A text to this person is on its way at this moment.",
                    "Try again in a minute, or settle the text first.",
                    code="on_the_way",
                )
            return erasure.erase(db, every, now)

        done = await self._desk.store.write(step)
        # The pages as they were must leave the journal, too.
        # Where another window reads, it or closing the file does it later.
        with suppress(Busy):
            await self._desk.store.checkpoint()
        self._desk.tell(
            Changed.PEOPLE, Changed.CONSENT, Changed.TEXTS, Changed.REPLIES, Changed.CAMPAIGNS
        )
        return done


def _every(db: Database, number: E164) -> Sequence[E164]:
    contact = contacts.by_number(db, number)
    if contact is None:
        return (number,)
    return tuple(one.number for one in links.whole_person(db, contact.id))
