"""A door is a way into the shop: the services themselves, the command line, the screens.

Every promise is kept at every door, so each door does the same few jobs and answers what it said.
The street outside is real: one practice gateway over HTTP, which knows what reached a phone.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from shopbell.domain.consent import Act, ConsentDraft, How, Purpose
from shopbell.domain.gateway import GatewayConfig
from shopbell.domain.ids import E164, TextId
from shopbell.domain.people import Contact, ContactDraft
from shopbell.domain.replies import Reply
from shopbell.domain.secret import Secret
from shopbell.domain.texts import OutboundText
from shopbell.gateways.practice import PracticeGateway
from shopbell.gateways.practice_store import PracticeText
from shopbell.gateways.shelf import Shelf
from shopbell.services.clock import ShiftedClock, SystemClock
from shopbell.services.opening import NewShop, Opener, create_shop, open_shop
from shopbell.services.shop import Shop

PASSPHRASE = Secret("maple harbor violin candle")
ANA = E164("+12125550101")
BO = E164("+12125550102")
READY = "your order is ready"
ORDERS = "orders"
OFFERS = "offers"


class Door(Protocol):
    """The jobs of a counter. Each answers in words what the door said."""

    async def send(self, number: E164, text: str, purpose: Purpose = Purpose.SERVICE) -> str:
        """Text somebody: about orders, or (marketing) about offers."""
        ...

    async def stop(self, number: E164) -> str:
        """Write down a stop that was said in the shop."""
        ...

    async def fetch(self) -> str:
        """Ask the gateway for replies and receipts."""
        ...

    async def bring_in(self, file: Path) -> str:
        """Import a list."""
        ...

    async def settle(self, text_id: TextId) -> str:
        """Find out what became of a text nobody knows about."""
        ...


@dataclass(slots=True, kw_only=True)
class Street:
    """A shop file, the practice gateway, and the day they are in."""

    file: Path
    practice: PracticeGateway
    now: datetime

    def clock(self) -> ShiftedClock:
        """Return a clock that starts at this street's moment."""
        return ShiftedClock(self.now, SystemClock())

    def reached(self, number: E164 = ANA) -> list[PracticeText]:
        """Return the texts that reached a phone, as often as they did."""
        return [
            text for text in self.practice.seen() for _ in range(text.arrivals) if text.to == number
        ]

    @asynccontextmanager
    async def inside(self) -> AsyncIterator[Shop]:
        """Open the file by the services, to prepare something or to look."""
        clock = self.clock()
        shop = await open_shop(
            self.file,
            Opener(secret=PASSPHRASE),
            clock=SystemClock(),
            shelf=Shelf(now=clock.now),
            pretend_clock=clock,
        )
        try:
            yield shop
        finally:
            await shop.close()

    async def open_up(self) -> None:
        """Make the shop, with a gateway and two customers who agreed to nothing yet."""
        new = NewShop(name="Fern & Finch", country="US", zone="America/New_York", practice=True)
        await create_shop(self.file, new, PASSPHRASE, SystemClock())
        async with self.inside() as shop:
            await shop.gateways.set_up(
                GatewayConfig(
                    name="practice",
                    preset_id="practice",
                    account=self.practice.account,
                    price_micros=7_900,
                    currency="USD",
                )
            )
            for number, name in ((ANA, "Ana Reyes"), (BO, "Bo Lind")):
                await shop.people.add(ContactDraft(number=number, name=name))

    async def agree(
        self,
        number: E164 = ANA,
        purpose: Purpose = Purpose.SERVICE,
        promised: tuple[int, int] | tuple[None, None] = (None, None),
    ) -> None:
        """Record a yes: to order updates, or (marketing) to offers."""
        async with self.inside() as shop:
            await shop.consents.grant(
                ConsentDraft(
                    number=number,
                    act=Act.GRANTED,
                    purpose=purpose,
                    topics=(OFFERS if purpose is Purpose.MARKETING else ORDERS,),
                    wording="Text me.",
                    how=How.PAPER,
                    at=self.now,
                    promised_n=promised[0],
                    promised_days=promised[1],
                )
            )

    async def texts(self) -> tuple[OutboundText, ...]:
        """Return every text on file, newest first."""
        async with self.inside() as shop:
            return (await shop.outbox.find()).rows

    async def replies(self) -> tuple[Reply, ...]:
        """Return every reply on file."""
        async with self.inside() as shop:
            return (await shop.inbox.find()).rows

    async def contact(self, number: E164) -> Contact | None:
        """Return who has this number."""
        async with self.inside() as shop:
            return await shop.people.by_number(number)

    async def is_stopped(self, number: E164) -> bool:
        """Return whether this number is on the stop list."""
        async with self.inside() as shop:
            sheet = await shop.people.sheet(shop.people.read_number(number))
            return sheet.suppression is not None


def topic_of(purpose: Purpose) -> str | None:
    """Return what a text of this purpose is about on this street."""
    return {Purpose.SERVICE: ORDERS, Purpose.MARKETING: OFFERS}.get(purpose)


def plain(said: str) -> str:
    """Return what was said as one line without frames and arrows, for looking up phrases."""
    letters = "".join(c if c.isprintable() and not "\u2500" <= c <= "\u259f" else " " for c in said)
    return " ".join(letters.split())
