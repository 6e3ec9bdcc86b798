"""Practice shops for tests: made once, copied per test, opened over the drill gateway."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from shopbell.domain.consent import Act, ConsentDraft, How, Purpose
from shopbell.domain.facts import TextDraft
from shopbell.domain.gateway import GatewayConfig
from shopbell.domain.ids import E164
from shopbell.domain.people import ContactDraft
from shopbell.domain.replies import InboundText
from shopbell.domain.secret import Secret
from shopbell.domain.texts import OutboundText
from shopbell.services.clock import FixedClock, SystemClock
from shopbell.services.consent_steps import Recorded
from shopbell.services.drill import DrillGateway, DrillShelf
from shopbell.services.opening import NewShop, Opener, create_shop, open_shop
from shopbell.services.outbox import Submitted
from shopbell.services.shop import Shop

PASSPHRASE = Secret("maple harbor violin candle")
NOW = datetime(2026, 11, 24, 15, 42, tzinfo=UTC)
"""Tue 24 Nov 2026, 10:42 in New York."""

ANA = E164("+12125550101")
BO = E164("+12125550102")
WORDS = "Text me when my order is ready."


@dataclass(slots=True, kw_only=True)
class Counter:
    """An opened shop with everything a test wants to turn."""

    shop: Shop
    clock: FixedClock
    gateway: DrillGateway
    path: Path

    async def add(self, number: E164 = ANA, name: str = "Ana Reyes") -> None:
        """Add a contact."""
        await self.shop.people.add(ContactDraft(number=number, name=name))

    async def agree(
        self,
        number: E164 = ANA,
        purpose: Purpose = Purpose.SERVICE,
        topics: tuple[str, ...] = (),
        **changes: object,
    ) -> Recorded:
        """Record a yes from a paper sheet, an hour ago."""
        recorded = await self.shop.consents.grant(
            a_yes(number, purpose, topics, at=self.clock.now() - timedelta(hours=1), **changes)
        )
        assert isinstance(recorded, Recorded), recorded
        return recorded

    async def submit(
        self,
        body: str = "your order is ready.",
        number: E164 = ANA,
        purpose: Purpose = Purpose.SERVICE,
        topic: str | None = None,
    ) -> Submitted:
        """Write a text to the outbox."""
        return await self.shop.outbox.submit(
            TextDraft(number=number, body=body, purpose=purpose, topic=topic)
        )

    async def deliver(self) -> tuple[OutboundText, ...]:
        """Take the lease and send what is due."""
        assert await self.shop.delivery.take("a test")
        return await self.shop.delivery.deliver()

    def hears(self, text: str, number: str = ANA, gateway_id: str = "in-1") -> None:
        """Have a customer write something."""
        self.gateway.replies.append(
            InboundText(sender=number, text=text, gateway_id=gateway_id, at=self.clock.now())
        )


def a_yes(
    number: E164 = ANA,
    purpose: Purpose = Purpose.SERVICE,
    topics: tuple[str, ...] = (),
    *,
    at: datetime = NOW,
    how: How = How.PAPER,
    wording: str = WORDS,
    witness: str | None = None,
    promised_n: int | None = None,
    promised_days: int | None = None,
) -> ConsentDraft:
    """Return a yes to be recorded."""
    return ConsentDraft(
        number=number,
        act=Act.GRANTED,
        purpose=purpose,
        topics=topics,
        wording=wording,
        how=how,
        at=at,
        witness=witness,
        promised_n=promised_n,
        promised_days=promised_days,
    )


class SteppingClock(FixedClock):
    """Stands still like its original but really sleeps a moment, so that others get a turn."""

    def __init__(self, original: FixedClock) -> None:
        super().__init__(original.now())

    async def sleep(self, seconds: float) -> None:
        self.advance(seconds=seconds)
        await SystemClock().sleep(0.005)


async def open_counter(
    path: Path, passphrase: Secret = PASSPHRASE, at: datetime = NOW, practice: bool = True
) -> Counter:
    """Make and open a shop at `path`."""
    clock = FixedClock(at)
    gateway = DrillGateway()
    new = NewShop(
        name="Fern & Finch",
        country="US",
        zone="America/New_York",
        phone="212-555-0100",
        practice=practice,
    )
    await _make(path, new, passphrase, clock)
    shop = await open_shop(path, Opener(secret=passphrase), clock=clock, shelf=DrillShelf(gateway))
    await shop.gateways.set_up(
        GatewayConfig(
            name="drill", preset_id="practice", account={}, price_micros=7900, currency="USD"
        )
    )
    return Counter(shop=shop, clock=clock, gateway=gateway, path=path)


_MADE: dict[tuple[NewShop, str, datetime], bytes] = {}


async def _make(path: Path, new: NewShop, passphrase: Secret, clock: FixedClock) -> None:
    """Make the file, or copy one that was made just so: a file nobody used holds nothing."""
    alike = (new, passphrase.reveal(), clock.now())
    if alike in _MADE:
        path.write_bytes(_MADE[alike])
        path.chmod(0o600)
        return
    await create_shop(path, new, passphrase, clock)
    _MADE[alike] = path.read_bytes()
