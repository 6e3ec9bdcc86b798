"""A shop with many customers, a gateway that counts, and senders that can be killed.

The senders are processes of their own; the gateway lives on in the test's process whatever dies.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from multiprocessing.process import BaseProcess
from pathlib import Path

from apart import Hasty, add_texts, recovery_code, started, watch
from crowds import campaign, crowd
from shopbell.domain.campaigns import Bucket, CampaignState
from shopbell.domain.gateway import GatewayConfig
from shopbell.domain.ids import CampaignId
from shopbell.domain.texts import State
from shopbell.gateways.practice import PracticeGateway
from shopbell.gateways.practice_script import Script
from shopbell.services.clock import SystemClock
from shopbell.services.opening import Opener, open_shop
from shopbell.services.shop import Shop
from shopbell.wiring import real_tools
from shops import NOW, PASSPHRASE, open_counter

ENDS = frozenset({CampaignState.DONE, CampaignState.PAUSED, CampaignState.ABORTED})


@dataclass(slots=True, kw_only=True)
class Street:
    """One shop file, its customers, and what reached their phones."""

    file: Path
    gateway: PracticeGateway
    code: str
    shift_s: float
    """How far the shop's time is from ours: there it is a Tuesday morning."""
    campaign_id: CampaignId | None
    numbers: tuple[str, ...]

    def sender(self, who: str, log: Path | None = None) -> BaseProcess:
        """Start a process that delivers until it is killed."""
        kept = None if log is None else str(log)
        return started(watch, str(self.file), self.code, self.shift_s, who, kept)

    def script(self, numbers: tuple[str, ...]) -> BaseProcess:
        """Start a process that writes a text to each of these numbers."""
        return started(add_texts, str(self.file), self.code, self.shift_s, numbers)

    @asynccontextmanager
    async def inside(self) -> AsyncIterator[Shop]:
        """Open the shop in this process."""
        clock = Hasty(self.shift_s)
        shop = await open_shop(
            self.file,
            Opener(secret=PASSPHRASE),
            clock=clock,
            shelf=real_tools(SystemClock()).shelf(clock),
        )
        try:
            yield shop
        finally:
            await shop.close()

    def arrived(self) -> Counter[str]:
        """How often each number's phone got a text."""
        return Counter({text.to: text.arrivals for text in self.gateway.seen()})

    def taken(self) -> int:
        """How many texts the gateway has taken so far."""
        return len(self.gateway.seen())

    async def until_taken(self, count: int, *senders: BaseProcess) -> None:
        """Wait until the gateway has taken so many texts; no sender may have ended before."""
        while self.taken() < count:
            assert all(sender.is_alive() for sender in senders), "a sender ended by itself"
            await asyncio.sleep(0.002)

    async def finish(self) -> None:
        """Do what the next hours at the counter bring, until nothing is left to do."""
        assert self.campaign_id is not None
        async with self.inside() as shop:
            assert await shop.delivery.take("the counter")
            for _ in range(20):
                await shop.delivery.deliver()
                await shop.delivery.sync()
                left = await shop.outbox.find((State.WAITING, State.SENDING, State.UNKNOWN))
                state = (await shop.campaigns.get(self.campaign_id)).state
                if state in ENDS and not left.total:
                    break

    async def proved(self) -> Counter[str]:
        """Everybody has one text, the plan balances, every row says so; returns what happened."""
        assert self.campaign_id is not None
        assert self.arrived() == dict.fromkeys(self.numbers, 1)
        async with self.inside() as shop:
            plan = await shop.plans.show(self.campaign_id)
            assert plan.tally.balances
            assert plan.tally.of(Bucket.SENT) == plan.tally.chosen == len(self.numbers)
            assert plan.campaign.state is CampaignState.DONE
            texts = await shop.outbox.find(count=10_000)
            assert texts.total == len(self.numbers)
            assert {text.state for text in texts.rows} <= {State.ACCEPTED, State.DELIVERED}
            assert {text.ref for text in texts.rows} == {one.ref for one in self.gateway.seen()}
            assert (await shop.checking.whole()).ok
            happened: Counter[str] = Counter()
            for text in texts.rows:
                happened.update(event.word for event in await shop.outbox.events(text.id))
        beside = {path.name for path in self.file.parent.iterdir() if path.is_file()}
        assert beside == {self.file.name}
        return happened


@asynccontextmanager
async def street(folder: Path, people: int, *, start: bool = True) -> AsyncIterator[Street]:
    """Make a shop with `people` customers; `start` a campaign to all of them."""
    gateway = PracticeGateway(now=SystemClock().now, script=Script(delay_s=0))
    gateway.start()
    try:
        counter = await open_counter(folder / "shop.db", at=NOW)
        shop = counter.shop
        numbers = await crowd(counter, people)
        await shop.gateways.set_up(
            GatewayConfig(
                name="practice",
                preset_id="practice",
                account=gateway.account,
                price_micros=7900,
                currency="USD",
            )
        )
        made = await campaign(counter) if start else None
        if made is not None:
            await shop.runs.approve(made.id, people)
            await shop.runs.start(made.id, hold_seconds=0)
        await shop.close()
        begin = NOW + timedelta(seconds=1)
        yield Street(
            file=folder / "shop.db",
            gateway=gateway,
            code=recovery_code(folder / "shop.db", PASSPHRASE),
            shift_s=(begin - SystemClock().now()).total_seconds(),
            campaign_id=made and made.id,
            numbers=numbers,
        )
    finally:
        gateway.stop()
