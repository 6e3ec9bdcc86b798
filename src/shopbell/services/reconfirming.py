"""The list of people whose yes has run out or soon will. Must not ask them, nor text anybody."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from shopbell.domain.consent import Purpose, standing_topics
from shopbell.domain.draft_words import PLAIN_WORDS
from shopbell.domain.facts import TextDraft
from shopbell.domain.ids import E164
from shopbell.domain.reconfirming import Reconfirm, reconfirm_due
from shopbell.services.desk import Desk
from shopbell.store import consents, shop_row
from shopbell.store.gathering import gather_many

if TYPE_CHECKING:
    from sqlite_utils import Database

_BATCH = 200


class Reconfirming:
    """Whom to ask again."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def due(self, within: timedelta) -> tuple[Reconfirm, ...]:
        """Return whose yes has run out or does within this time, the most urgent first."""
        now = self._desk.clock.now()
        numbers = await self._desk.store.read(consents.numbers)
        found: list[Reconfirm] = []
        # In batches: the till's next key must not wait for the whole list.
        for start in range(0, len(numbers), _BATCH):
            batch = numbers[start : start + _BATCH]
            found += await self._desk.store.read(self._due, batch, within, now)
        return tuple(sorted(found, key=lambda one: (one.until, one.number, one.purpose)))

    def _due(
        self, db: Database, numbers: tuple[E164, ...], within: timedelta, now: datetime
    ) -> list[Reconfirm]:
        here = shop_row.load_facts(db)
        found = []
        for number, person in zip(numbers, gather_many(db, numbers, now), strict=True):
            if person.suppression is not None:
                continue
            for purpose in (Purpose.MARKETING, Purpose.SERVICE):
                topics = sorted(standing_topics(person.consents, purpose))
                draft = TextDraft(
                    number=number,
                    body=PLAIN_WORDS,
                    purpose=purpose,
                    topic=topics[0] if topics else None,
                )
                facts = self._desk.judge(draft, person, here, now).facts
                due = reconfirm_due(facts, self._desk.rules, now, within)
                found += [] if due is None else [due]
        return found
