"""Builds sample.db, the practice shop: `python tests/sample/build.py [PATH]`.

Everything goes through the services, as an owner would have done it, on a clock that walks from
August to 24 November 2026. All people are invented and all numbers are reserved for fiction
(555-0100 to 555-0199).
"""

from __future__ import annotations

import asyncio
import sys
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from shopbell.domain.consent import Act, ConsentDraft, How, Purpose
from shopbell.domain.facts import TextDraft
from shopbell.domain.gateway import GatewayConfig, Outcome
from shopbell.domain.ids import E164
from shopbell.domain.people import ContactDraft
from shopbell.domain.replies import InboundText
from shopbell.domain.texts import State
from shopbell.services.clock import FixedClock
from shopbell.services.demo import SAMPLE_NOW, SAMPLE_PASSPHRASE
from shopbell.services.drill import DrillGateway, DrillShelf
from shopbell.services.opening import NewShop, Opener, create_shop, open_shop
from shopbell.services.shop import Shop

if TYPE_CHECKING:
    from sqlite_utils import Database

NEW_YORK = ZoneInfo("America/New_York")
FIRST = (
    "Ana Bo Cy Dana Eli Faye Gus Hana Ivo June Kofi Lena Milo Nora Omar Priya Quinn Rosa "
    "Sven Tess Uma Vera Wren Ximena Yusuf Zoë Amir Bea Carlos Dora"
).split()
LAST = (
    "Reyes Lind Moss Cole Okafor Shah Ruiz Hart Nguyen Vale Stone Marsh Pike Frost Lake "
    "Brook Wells Finch Thorne Bell"
).split()
AREAS = ("212", "646", "718", "917", "631", "347", "929", "516", "914", "305", "415", "312")
NOTES = ("likes peonies", "allergic to lilies", "dog called Biscuit", "weekly bouquet, Fridays", "")
SHEET = (
    "Text me about offers and events from Fern & Finch. Up to 4 msgs/month, weekdays 10-6. Not a"
    " condition of purchase. Msg & data rates may apply. Reply STOP to end, HELP for help."
)
READY_WORDS = "Text me when my order is ready. Reply STOP to end."
READY = "hi {first}, your order is ready. We're open until 6."
WREATHS = "winter wreaths are in! Come by before Sunday."


@dataclass(slots=True)
class Builder:
    """The shop while it is being lived in."""

    shop: Shop
    clock: FixedClock
    gateway: DrillGateway
    numbers: list[E164]
    names: list[str]
    heard: int = 0

    def at(self, month: int, day: int, hour: int = 11, minute: int = 0) -> None:
        """Set the clock to a moment in New York, 2026."""
        wanted = datetime(2026, month, day, hour, minute, tzinfo=NEW_YORK)
        self.clock.advance(seconds=(wanted - self.clock.now()).total_seconds())

    async def add_people(self, count: int) -> None:
        """Add the contacts over the summer."""
        for index in range(count):
            name = f"{FIRST[index % len(FIRST)]} {LAST[(index * 7 + index // 60) % len(LAST)]}"
            number = E164(f"+1{AREAS[index % len(AREAS)]}5550{100 + index % 100}")
            self.at(8, 3 + index % 25, 10 + index % 7, index % 60)
            await self.shop.people.add(
                ContactDraft(
                    number=number,
                    name=name,
                    note=NOTES[index % len(NOTES)],
                    email=f"{name.split()[0].lower()}{index}@example.com" if index % 3 else "",
                    tags=("wedding",) if index % 11 == 0 else ("weekly",) if index % 8 == 0 else (),
                    source="typed" if index % 4 else "import:till-august.csv",
                )
            )
            self.numbers.append(number)
            self.names.append(name)

    async def agree(self, index: int, purpose: Purpose, topics: tuple[str, ...]) -> None:
        """Record a yes on the shop's paper sheet, or a spoken one with a witness."""
        spoken = index % 3 == 0 and purpose is Purpose.SERVICE
        marketing = purpose is Purpose.MARKETING
        await self.shop.consents.grant(
            ConsentDraft(
                number=self.numbers[index],
                act=Act.GRANTED,
                purpose=purpose,
                topics=topics,
                wording=SHEET if marketing else READY_WORDS,
                how=How.SPOKEN if spoken else How.PAPER,
                at=self.clock.now() - timedelta(minutes=5),
                witness="Ana" if spoken else None,
                promised_n=4 if marketing else None,
                promised_days=30 if marketing else None,
            )
        )

    async def sign_up(self) -> None:
        """Record who agreed to what, in September and October."""
        for index in range(len(self.numbers)):
            self.at(9 + index % 2, 1 + index % 28, 12, index % 60)
            if index % 4 != 3:
                await self.agree(index, Purpose.SERVICE, ("orders",))
            if index % 2 == 0:
                topics = ("offers", "events") if index % 6 == 0 else ("offers",)
                await self.agree(index, Purpose.MARKETING, topics)

    async def text(
        self, index: int, body: str, purpose: Purpose = Purpose.SERVICE, topic: str = "orders"
    ) -> None:
        """Write, send and have delivered."""
        await self.shop.outbox.submit(
            TextDraft(
                number=self.numbers[index],
                body=body.format(first=self.names[index].split()[0]),
                purpose=purpose,
                topic=topic,
            )
        )
        if not await self.shop.delivery.take("the sample builder"):
            raise SystemExit("another process holds the sample")
        await self.shop.delivery.deliver()
        await self.shop.delivery.sync()
        self.clock.advance(minutes=2)
        await self.shop.delivery.sync()

    async def hear(self, index: int, text: str) -> None:
        """Have somebody write to the shop."""
        self.heard += 1
        self.gateway.replies.append(
            InboundText(
                sender=self.numbers[index],
                text=text,
                gateway_id=f"sample-{self.heard}",
                at=self.clock.now(),
            )
        )
        await self.shop.delivery.sync()

    async def read_everything(self) -> None:
        """Have Ana read all replies."""
        for reply in (await self.shop.inbox.find()).rows:
            await self.shop.inbox.mark_read(reply.id)


async def live(builder: Builder) -> None:
    """Let the autumn happen."""
    for step, index in enumerate((0, 1, 4, 5, 8, 9, 12, 13, 16, 17, 20, 21)):
        builder.at(10, 6 + step, 11 + step % 5, 15)
        await builder.text(index, READY)
        if step % 3 == 0:
            await builder.hear(index, ("thanks!!", "On my way", "🌷 lovely")[step % 3])
    for step, index in enumerate((24, 28, 36)):
        builder.at(10, 20 + step, 12)
        await builder.hear(index, ("STOP", "please take me off the list", "ARRÊT")[step])
    for step, index in enumerate((40, 44)):
        builder.at(10, 27 + step, 13)
        await builder.shop.consents.opt_out(
            builder.numbers[index], How.SPOKEN, "said so at the till"
        )
    for step, index in enumerate(range(2, 30, 2)):
        builder.at(11, 12, 11, step * 4)
        await builder.text(index, WREATHS, Purpose.MARKETING, "offers")
    # Those on the west coast had to wait for their own ten o'clock.
    builder.at(11, 12, 14)
    await builder.shop.delivery.deliver()
    await builder.shop.delivery.sync()
    await builder.read_everything()
    builder.at(11, 20, 12)
    builder.gateway.answers.append(Outcome.BAD_NUMBER)
    await builder.text(32, READY)
    builder.at(11, 21, 12)
    await builder.text(54, "table wreaths, 20% off this Saturday.", Purpose.MARKETING, "offers")
    builder.at(11, 23, 15, 10)
    builder.gateway.answers.append(Outcome.UNKNOWN)
    # A gateway that can be asked would have settled it by now.
    builder.gateway.info = replace(builder.gateway.info, can_look_up=False)
    await builder.text(33, READY)
    await today(builder)


async def today(builder: Builder) -> None:
    """The morning of the day the practice shop opens on."""
    builder.at(11, 23, 19, 30)
    await builder.shop.outbox.submit(
        TextDraft(
            number=builder.numbers[37],
            body="your wreath is ready, we open at 10.",
            purpose=Purpose.SERVICE,
            topic="orders",
        )
    )
    await builder.shop.outbox.submit(
        TextDraft(
            number=builder.numbers[54],
            body="amaryllis are in! Come and see.",
            purpose=Purpose.MARKETING,
            topic="offers",
        )
    )
    builder.at(11, 24, 10, 5)
    await builder.text(0, READY)
    builder.at(11, 24, 10, 12)
    await builder.hear(0, "thanks, see you at noon")
    builder.at(11, 24, 10, 20)
    await builder.hear(5, "Can I pick up Friday?")
    builder.at(11, 24, 10, 33)
    await builder.hear(16, "enough roses for now")
    builder.at(11, 24, 10, 38)
    builder.gateway.receipt_state = State.SENT
    await builder.text(48, READY)


def _never_sent(db: Database) -> None:
    """Forget where the file was when it sent: every copy of it is a practice shop of its own."""
    db.execute("UPDATE sending SET place = ''")


async def build(path: Path) -> None:
    """Build the practice shop at `path`, replacing what is there."""
    path.unlink(missing_ok=True)
    clock = FixedClock(datetime(2026, 8, 1, 14, 0, tzinfo=UTC))
    new = NewShop(
        name="Fern & Finch",
        country="US",
        zone="America/New_York",
        phone="212-555-0100",
        practice=True,
    )
    await create_shop(path, new, SAMPLE_PASSPHRASE, clock)
    gateway = DrillGateway()
    shop = await open_shop(
        path, Opener(secret=SAMPLE_PASSPHRASE), clock=clock, shelf=DrillShelf(gateway)
    )
    try:
        await shop.gateways.set_up(
            GatewayConfig(
                name="practice",
                preset_id="practice",
                account={"url": "http://127.0.0.1:8470", "token": "practice"},
                price_micros=7900,
                currency="USD",
            )
        )
        builder = Builder(shop, clock, gateway, [], [])
        await builder.add_people(120)
        await builder.sign_up()
        await live(builder)
        await shop._desk.store.write(_never_sent)
    finally:
        await shop.close()
    if clock.now() > SAMPLE_NOW:
        raise SystemExit("the story runs past the moment the practice shop opens on")


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[2] / "sample.db"
    asyncio.run(build(target))
    sys.stdout.write(f"{target}: {target.stat().st_size} bytes\n")
