"""A campaign through Kannel, whose bearerbox is stopped and started in the middle, or is aborted.

The numbers of the shop file agree with what the fake SMS centre saw. By day to some people, with
SHOPBELL_NIGHTLY to three hundred.
"""

from __future__ import annotations

import asyncio
import os
from collections import Counter as Counts
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest

import shopbell.gateways
from apart import Hasty
from crowds import campaign, crowd
from gateways.kannel import Kannel, running_kannel
from shopbell.domain.campaigns import Bucket, CampaignState
from shopbell.domain.consent import Purpose
from shopbell.domain.gateway import Collected, GatewayConfig
from shopbell.domain.ids import E164, CampaignId
from shopbell.domain.replies import InboundText
from shopbell.domain.texts import State
from shopbell.gateways.connection import Connection
from shopbell.gateways.engine import Engine, Patience
from shopbell.gateways.preset import Reach
from shopbell.gateways.preset_reader import read_preset
from shopbell.gateways.shelf import Shelf
from shopbell.services.clock import SystemClock
from shopbell.services.opening import Opener, open_shop
from shopbell.services.shop import Shop
from shops import NOW, PASSPHRASE, open_counter

NIGHTLY = bool(os.environ.get("SHOPBELL_NIGHTLY"))
PEOPLE = 300 if NIGHTLY else 30
STRANGER = "+13155550199"
pytestmark = pytest.mark.timeout(900 if NIGHTLY else 120)


@pytest.fixture(scope="module")
def kannel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kannel]:
    with running_kannel(tmp_path_factory.mktemp("kannel")) as running:
        yield running


class Impatient(Shelf):
    """Kannel, for which nobody waits longer than a second."""

    def __init__(self, clock: Hasty) -> None:
        super().__init__(now=clock.now)
        self._clock = clock

    def connect(self, config: GatewayConfig) -> Connection:
        """Return the connection."""
        (folder,) = shopbell.gateways.__path__
        preset = read_preset((Path(folder) / "presets" / "kannel.toml").read_text(), "kannel.toml")
        engine = Engine(Reach.PRIVATE, Patience(connect=5, read=1, total=1))
        return Connection(preset, config, self._clock.now, engine)


@asynccontextmanager
async def shop_at(kannel: Kannel, folder: Path) -> AsyncIterator[tuple[Shop, CampaignId]]:
    """Open a shop that listens to Kannel, with a campaign that is about to leave."""
    counter = await open_counter(folder / "shop.db", at=NOW, practice=False)
    await crowd(counter, PEOPLE)
    made = await campaign(counter)
    await counter.shop.runs.approve(made.id, PEOPLE)
    await counter.shop.runs.start(made.id, hold_seconds=0)
    await counter.shop.close()
    clock = Hasty((NOW + timedelta(seconds=1) - SystemClock().now()).total_seconds())
    opener = Opener(secret=PASSPHRASE)
    shop = await open_shop(folder / "shop.db", opener, clock=clock, shelf=Impatient(clock))
    await shop.gateways.set_up(
        GatewayConfig(
            name="kannel",
            preset_id="kannel",
            account=kannel.account,
            price_micros=7900,
            currency="USD",
        )
    )
    # Nobody may be texted in bulk before a STOP has come in. Kannel would say that it is today.
    stop = InboundText(sender=STRANGER, text="STOP", gateway_id="stop-1", at=clock.now())
    await shop.inbox.take_in("kannel", Collected(inbound=(stop,)))
    try:
        async with shop.delivery.listening():
            assert await shop.delivery.take("a test")
            yield shop, made.id
    finally:
        await shop.close()


async def states(shop: Shop) -> Counts[State]:
    """Where the texts of the campaign stand."""
    texts = (await shop.outbox.find(count=1000)).rows
    return Counts(text.state for text in texts if text.purpose is Purpose.MARKETING)


def phones(kannel: Kannel, before: int) -> Counts[E164]:
    """How often each number got the campaign, as the fake centre saw it."""
    lines = [line for line in kannel.phones_got()[before:] if "wreaths" in line]
    return Counts(E164(line.split()[1]) for line in lines)


async def until_phones_got(kannel: Kannel, before: int, count: int) -> None:
    while phones(kannel, before).total() < count:
        await asyncio.sleep(0.02)


async def until_all_told(shop: Shop) -> None:
    """Wait until a report has told of every text that left."""
    while set(await states(shop)) - {State.DELIVERED, State.CANCELED}:
        await asyncio.sleep(0.05)


async def test_bearerbox_stopped_and_started_in_the_middle_everybody_gets_one(
    kannel: Kannel, tmp_path: Path
) -> None:
    before = len(kannel.phones_got())
    async with shop_at(kannel, tmp_path) as (shop, made):
        sending = asyncio.ensure_future(shop.delivery.deliver())
        try:
            await until_phones_got(kannel, before, PEOPLE // 3)
            kannel.freeze()
            await sending
            found = await shop.campaigns.get(made)
            assert found.state is CampaignState.PAUSED
            assert (await states(shop))[State.UNKNOWN] == 3
        finally:
            kannel.thaw()
        # Their reports carry our reference: nobody has to be asked, and nothing is sent again.
        while (await states(shop))[State.UNKNOWN]:
            await asyncio.sleep(0.05)
        await shop.runs.resume(made)
        await shop.delivery.deliver()
        await until_all_told(shop)
        await until_phones_got(kannel, before, PEOPLE)
        seen = phones(kannel, before)
        assert (len(seen), set(seen.values())) == (PEOPLE, {1})
        tally = (await shop.plans.show(made)).tally
        assert tally.balances
        assert tally.of(Bucket.SENT) == tally.chosen == PEOPLE
        assert await states(shop) == {State.DELIVERED: PEOPLE}


async def test_aborted_in_the_middle_the_numbers_agree_with_what_the_centre_saw(
    kannel: Kannel, tmp_path: Path
) -> None:
    before = len(kannel.phones_got())
    async with shop_at(kannel, tmp_path) as (shop, made):
        sending = asyncio.ensure_future(shop.delivery.deliver())
        await until_phones_got(kannel, before, PEOPLE // 3)
        await shop.runs.abort(made, by="Ana")
        await sending
        await until_all_told(shop)
        left = (await states(shop))[State.DELIVERED]
        await until_phones_got(kannel, before, left)
        seen = phones(kannel, before)
        tally = (await shop.plans.show(made)).tally
        assert tally.balances
        assert tally.of(Bucket.SENT) == left == sum(seen.values()) == len(seen)
        assert tally.of(Bucket.SKIPPED) == PEOPLE - left
        assert PEOPLE // 3 <= left < PEOPLE
