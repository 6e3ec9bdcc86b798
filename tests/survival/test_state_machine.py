"""Campaigns, quick texts, stops, crashes and a moody gateway in any order: what must always hold.

After every step: every plan balances; nobody has a text twice; nothing reaches anybody after their
stop, or anybody at all while sending is off; the caps hold; the file's own sums come out. In the
end everything comes to rest and nobody is lost.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import tempfile
from collections import Counter as Counts
from collections.abc import Coroutine
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from crowds import campaign, crowd, number
from shopbell.domain.campaigns import Bucket, CampaignState
from shopbell.domain.consent import How, Purpose
from shopbell.domain.ids import CampaignId
from shopbell.domain.texts import State
from shopbell.errors import ShopbellError
from shopbell.services.clock import FixedClock
from shopbell.services.drill import DrillShelf
from shopbell.services.opening import Opener, open_shop
from shopbell.services.shop import Shop
from shopbell.store import balances
from shops import NOW, PASSPHRASE, Counter, open_counter
from survival.moody import DiedError, Mood, MoodyGateway

NIGHTLY = bool(os.environ.get("SHOPBELL_NIGHTLY"))
PEOPLE = 5
PROMISED = (2, 30)
"""What the welcome said: at most two offers in thirty days."""
CAPS = {
    Purpose.MARKETING: ((1, timedelta(days=7)), (PROMISED[0], timedelta(days=PROMISED[1]))),
    Purpose.SERVICE: ((3, timedelta(days=7)),),
}
"""The limits of docs/rules.md, written down here once more."""

Found = TypeVar("Found")
people = st.integers(0, PEOPLE - 1)
moods = st.lists(st.sampled_from(Mood), max_size=6)

_MADE: list[Path] = []


async def _make() -> Path:
    """Make the shop once; every run of the machine takes a copy."""
    folder = Path(tempfile.mkdtemp())
    counter = await open_counter(folder / "shop.db", at=NOW)
    numbers = await crowd(counter, PEOPLE, promised=PROMISED)
    for one in numbers:
        await counter.agree(one, Purpose.SERVICE, ("orders",))
    await counter.shop.close()
    return folder / "shop.db"


class Street(RuleBasedStateMachine):
    """One shop, a few customers, and everything that can happen to them."""

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        if not _MADE:
            _MADE.append(self.do(_make()))
        self.folder = Path(tempfile.mkdtemp())
        self.file = self.folder / "shop.db"
        shutil.copyfile(_MADE[0], self.file)
        self.clock = FixedClock(NOW)
        self.gateway = MoodyGateway(self.clock)
        self.campaigns: list[CampaignId] = []
        self.chosen: dict[CampaignId, int] = {}
        self.stopped: dict[str, int] = {}
        """How many texts each number had got in all when it said stop."""
        self.off_at: int | None = None
        """How many texts had left when sending was turned off."""
        self.written = 0
        self.shop = self.do(self._open())

    def do(self, job: Coroutine[Any, Any, Found]) -> Found:
        """Run something of the shop to its end."""
        return self.runner.run(job)

    def counter(self) -> Counter:
        return Counter(shop=self.shop, clock=self.clock, gateway=self.gateway, path=self.file)

    def try_to(self, job: Coroutine[Any, Any, object]) -> bool:
        """Do what may be refused; a refusal changes nothing."""
        try:
            self.do(job)
        except ShopbellError:
            return False
        return True

    async def _open(self) -> Shop:
        shop = await open_shop(
            self.file,
            Opener(secret=PASSPHRASE),
            clock=self.clock,
            shelf=DrillShelf(self.gateway),
        )
        # The copy was made by the test, not by an owner: this is the file to send from.
        await shop.sending.turn_on()
        return shop

    async def _deliver(self) -> None:
        assert await self.shop.delivery.take("the machine")
        await self.shop.delivery.deliver()

    @rule(body=st.sampled_from(["wreaths!", "{first_name|there}, tulips!", "roses, today only!"]))
    def write_and_start_a_campaign(self, body: str) -> None:
        if len(self.campaigns) == 3:
            return
        made = self.do(
            campaign(
                self.counter(),
                body,
            )
        )
        self.campaigns.append(made.id)
        plan = self.do(self.shop.plans.plan(made.id))
        if self.try_to(self.shop.runs.approve(made.id, plan.to_send)):
            self.chosen[made.id] = plan.tally.chosen
            self.try_to(self.shop.runs.start(made.id))
            self.clock.advance(seconds=61)

    @rule(person=people, topic=st.sampled_from([None, "orders"]))
    def write_a_quick_text(self, person: int, topic: str | None) -> None:
        self.written += 1
        counter = self.counter()
        body = f"your order {self.written} is ready."
        self.do(counter.submit(body, number(person), Purpose.SERVICE, topic))

    @rule(moods=moods)
    def deliver(self, moods: list[Mood]) -> None:
        self.gateway.moods.extend(moods)
        try:
            self.do(self._deliver())
        except DiedError:
            self.do(self.shop.close())
            self.shop = self.do(self._open_again())
        self.gateway.moods.clear()

    async def _open_again(self) -> Shop:
        return await open_shop(
            self.file,
            Opener(secret=PASSPHRASE),
            clock=self.clock,
            shelf=DrillShelf(self.gateway),
        )

    @rule(receipt=st.sampled_from([None, State.DELIVERED, State.FAILED, State.UNDELIVERABLE]))
    def fetch(self, receipt: State | None) -> None:
        self.gateway.receipt_state = receipt
        self.do(self.shop.delivery.sync())

    @rule(hours=st.sampled_from([0.1, 1, 7, 24, 24 * 8]))
    def time_passes(self, hours: float) -> None:
        self.clock.advance(hours=hours)

    @rule(person=people, how=st.sampled_from([How.SPOKEN, How.PHONE, How.TEXT]))
    def somebody_says_stop(self, person: int, how: How) -> None:
        one = number(person)
        if how is How.TEXT:
            counter = self.counter()
            counter.hears("STOP", one, f"in-{len(self.stopped)}-{person}")
            self.do(self.shop.delivery.sync())
        else:
            self.do(self.shop.consents.opt_out(one, how))
        self.stopped.setdefault(one, self.texts_to(one))

    @precondition(lambda self: self.campaigns)
    @rule(
        which=st.integers(0, 2),
        what=st.sampled_from(["pause", "resume", "abort", "take_back"]),
    )
    def the_owner_steps_in(self, which: int, what: str) -> None:
        made = self.campaigns[which % len(self.campaigns)]
        self.try_to(getattr(self.shop.runs, what)(made))

    @rule(word=st.booleans())
    def the_owner_settles_an_unknown(self, word: bool) -> None:
        unknown = self.do(self.shop.outbox.find((State.UNKNOWN,), count=1)).rows
        if unknown:
            self.try_to(self.shop.outbox.settle(unknown[0].id, word))

    @rule()
    def the_owner_turns_sending(self) -> None:
        if self.off_at is None:
            self.do(self.shop.sending.turn_off("enough"))
            self.off_at = len(self.gateway.phones)
        else:
            self.do(self.shop.sending.turn_on())
            self.off_at = None

    def texts_to(self, one: str) -> int:
        return sum(text.to == one for text in self.gateway.phones)

    @invariant()
    def every_plan_balances(self) -> None:
        for made in self.campaigns:
            tally = self.do(self.shop.plans.show(made)).tally
            assert tally.balances
            if made in self.chosen:
                assert tally.chosen == self.chosen[made]

    @invariant()
    def nobody_has_a_text_twice(self) -> None:
        refs = Counts(text.ref for text in self.gateway.phones)
        assert set(refs.values()) <= {1}
        texts = self.do(self.shop.outbox.find(count=1000)).rows
        assert {text.ref for text in texts} >= set(refs)
        for made in self.campaigns:
            rows = self.do(self.shop.plans.people(made, count=100)).rows
            mine = [row.text_id for row in rows if row.text_id is not None]
            assert len(set(mine)) == len(mine)
            assert len({row.number for row in rows}) == len(rows)
        copies = Counts((text.to, text.text) for text in self.gateway.phones)
        words = {text.final.text for text in texts}
        allowed = Counts((text.number, text.final.text) for text in texts)
        assert all(copies[key] <= allowed[key] for key in copies if key[1] in words)

    @invariant()
    def nothing_reaches_anybody_after_their_stop(self) -> None:
        for one, before in self.stopped.items():
            assert self.texts_to(one) == before

    @invariant()
    def nothing_leaves_while_sending_is_off(self) -> None:
        assert self.off_at is None or len(self.gateway.phones) == self.off_at

    @invariant()
    def the_caps_hold(self) -> None:
        purposes = {
            text.ref: text.purpose for text in self.do(self.shop.outbox.find(count=1000)).rows
        }
        for purpose, caps in CAPS.items():
            mine = [text for text in self.gateway.phones if purposes[text.ref] is purpose]
            for text in mine:
                for most, stretch in caps:
                    within = [
                        other
                        for other in mine
                        if other.to == text.to and text.at - stretch < other.at <= text.at
                    ]
                    assert len(within) <= most, (purpose, most, stretch)

    @invariant()
    def the_sums_of_the_file_come_out(self) -> None:
        found = self.do(self.shop._desk.store.read(balances.all_balances))
        assert all(one.ok for one in found), found

    def teardown(self) -> None:
        try:
            self.come_to_rest()
        finally:
            self.do(self.shop.close())
            self.runner.close()
            shutil.rmtree(self.folder)

    def come_to_rest(self) -> None:
        """What the next weeks bring when nothing goes wrong any more."""
        self.do(self.shop.sending.turn_on())
        self.off_at = None
        for _ in range(6):
            for made in self.campaigns:
                self.try_to(self.shop.runs.resume(made))
            self.do(self._deliver())
            self.do(self.shop.delivery.sync())
            self.do(self._deliver())
            self.clock.advance(minutes=11)
        for text in self.do(self.shop.outbox.find((State.UNKNOWN,), count=1000)).rows:
            self.do(self.shop.outbox.settle(text.id, word=False))
        self.clock.advance(days=40)
        for _ in range(3):
            for made in self.campaigns:
                self.try_to(self.shop.runs.resume(made))
            self.do(self._deliver())
            self.clock.advance(hours=25)
        moving = (State.WAITING, State.SENDING, State.UNKNOWN)
        left = self.do(self.shop.outbox.find(moving, count=100)).rows
        assert not [text for text in left if not self._of_a_campaign_that_rests(text.id)]
        for made in self.chosen:
            plan = self.do(self.shop.plans.show(made))
            assert plan.tally.balances
            if plan.campaign.state is CampaignState.DONE:
                assert plan.tally.of(Bucket.WAITING) == plan.tally.of(Bucket.UNKNOWN) == 0
        self.nobody_has_a_text_twice()
        self.nothing_reaches_anybody_after_their_stop()
        self.the_caps_hold()

    def _of_a_campaign_that_rests(self, text_id: int) -> bool:
        for made in self.campaigns:
            rows = self.do(self.shop.plans.people(made, count=100)).rows
            if any(row.text_id == text_id for row in rows):
                state = self.do(self.shop.campaigns.get(made)).state
                return state in {CampaignState.APPROVED, CampaignState.STARTING}
        return False


TestStreet = pytest.mark.timeout(3600 if NIGHTLY else 120)(Street.TestCase)
TestStreet.settings = settings(
    max_examples=300 if NIGHTLY else 4,
    stateful_step_count=60 if NIGHTLY else 14,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    derandomize=not NIGHTLY,
    phases=(Phase.explicit, Phase.generate),
    report_multiple_bugs=False,
)
