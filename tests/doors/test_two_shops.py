"""Two Shopbells that text each other fall silent: at most one automatic text from each."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from doors.door import ANA, BO, Street
from shopbell.domain.consent import Act, ConsentDraft, How, Purpose
from shopbell.domain.ids import E164
from shopbell.domain.own_texts import OwnTexts
from shopbell.domain.people import ContactDraft
from shopbell.gateways.practice import PracticeGateway
from shopbell.gateways.practice_script import Script
from shopbell.services.clock import SystemClock
from shopbell.services.shop import Shop

WORDS = "Text me about offers from Fern & Finch. Up to 4 texts a month. Reply STOP to end."
FIRST = ["HELP", "STOP", "START", "info"]
ROUNDS = 3
"""More than any exchange of theirs takes."""


@dataclass(slots=True, kw_only=True)
class Side:
    """One Shopbell, its number, and the gateway its texts leave through."""

    shop: Shop
    practice: PracticeGateway
    number: E164
    passed_on: int = field(default=0)

    async def turn(self, other: Side) -> None:
        """Fetch, answer, deliver; then hand what left over to the other one's gateway."""
        await self.shop.delivery.sync()
        assert await self.shop.delivery.take("a test")
        await self.shop.delivery.deliver()
        left = self.left()
        for text in left[self.passed_on :]:
            other.practice.reply(self.number, text)
        self.passed_on = len(left)

    def left(self) -> list[str]:
        return [text.text for text in self.practice.seen() for _ in range(text.arrivals)]


@contextmanager
def a_gateway() -> Iterator[PracticeGateway]:
    gateway = PracticeGateway(now=SystemClock().now, script=Script(delay_s=0))
    gateway.start()
    yield gateway
    gateway.stop()


@asynccontextmanager
async def a_side(street: Street, number: E164, customer: E164) -> AsyncIterator[Side]:
    async with street.inside() as shop:
        await shop.change_profile(phone="212-555-0100")
        await shop.welcomes.choose(OwnTexts(off=frozenset()))
        if await shop.people.by_number(customer) is None:
            await shop.people.add(ContactDraft(number=customer, name="The other shop"))
        for purpose, topic in ((Purpose.MARKETING, "offers"), (Purpose.SERVICE, "orders")):
            await shop.consents.grant(
                ConsentDraft(
                    number=customer,
                    act=Act.GRANTED,
                    purpose=purpose,
                    topics=(topic,),
                    wording=WORDS,
                    how=How.PAPER,
                    at=street.now,
                )
            )
        yield Side(shop=shop, practice=street.practice, number=number)


async def test_two_shopbells_answering_each_other_fall_silent(
    tmp_path: Path, now: datetime
) -> None:
    with a_gateway() as one, a_gateway() as other:
        streets = [
            Street(file=tmp_path / f"{name}.db", practice=practice, now=now)
            for name, practice in (("fern", one), ("finch", other))
        ]
        for street in streets:
            await street.open_up()
        async with a_side(streets[0], ANA, BO) as fern, a_side(streets[1], BO, ANA) as finch:
            for first in FIRST:
                before = len(fern.left()), len(finch.left())
                fern.practice.reply(finch.number, first)
                for _ in range(ROUNDS):
                    await fern.turn(finch)
                    await finch.turn(fern)
                texts = len(fern.left()) - before[0], len(finch.left()) - before[1]
                assert max(texts) <= 1, (first, fern.left(), finch.left())
            assert 0 < len(fern.left()) <= 3, "one a day, and one for a stop, and one for a START"
            assert len(finch.left()) <= 1
