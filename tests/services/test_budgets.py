"""The month's budget: nothing leaves beyond it, whatever sends; campaigns pause and go on."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from crowds import campaign, crowd
from shopbell.domain.budget import NO_BUDGET, Budget
from shopbell.domain.campaigns import Campaign, CampaignState, Pause
from shopbell.domain.gateway import GatewayConfig, Outcome
from shopbell.domain.texts import State
from shopbell.errors import BadInput
from shopbell.services.opening import Opener, open_shop
from shops import ANA, BO, PASSPHRASE, Counter, SteppingClock

PART = 7_900
"""What the counter's gateway takes for a part."""


async def limit(counter: Counter, **limits: object) -> None:
    await counter.shop.budgets.set_to(Budget(**limits))  # type: ignore[arg-type]


async def used(counter: Counter) -> int:
    return (await counter.shop.budgets.month()).texts


async def started(counter: Counter, people: int, body: str = "wreaths!") -> Campaign:
    await crowd(counter, people)
    made = await campaign(counter, body)
    await counter.shop.runs.approve(made.id)
    await counter.shop.runs.start(made.id)
    counter.clock.advance(seconds=61)
    return made


async def state(counter: Counter, made: Campaign) -> tuple[CampaignState, Pause | None]:
    now = await counter.shop.campaigns.get(made.id)
    return now.state, now.pause


class TestAHardStop:
    async def test_without_one_the_month_is_only_counted(self, counter: Counter) -> None:
        await counter.add()
        await counter.agree()
        await counter.submit()
        assert await used(counter) == 0
        await counter.deliver()
        assert await used(counter) == 1
        assert (await counter.shop.budgets.month()).budget == NO_BUDGET

    @pytest.mark.parametrize(
        "limits",
        [
            {"texts": 1},
            {"micros": PART, "currency": "USD"},
            {"texts": 1, "micros": 10**9, "currency": "USD"},
        ],
    )
    async def test_a_text_that_does_not_fit_waits_and_is_not_judged_again_and_again(
        self, counter: Counter, limits: dict[str, object]
    ) -> None:
        for number, name in ((ANA, "Ana"), (BO, "Bo")):
            await counter.add(number, name)
            await counter.agree(number)
            await counter.submit(number=number)
        await limit(counter, **limits)
        assert len(await counter.deliver()) == 1
        decisions = len(await counter.shop.outbox.decisions_about(BO))
        for _ in range(3):
            assert await counter.deliver() == ()
        (waiting,) = (await counter.shop.outbox.find((State.WAITING,))).rows
        assert waiting.number == BO
        assert len(await counter.shop.outbox.decisions_about(BO)) == decisions
        assert len(counter.gateway.taken) == 1
        await limit(counter, texts=2)
        assert len(await counter.deliver()) == 1

    async def test_a_cheaper_text_does_not_slip_past_a_dear_one(self, counter: Counter) -> None:
        for number in (ANA, BO):
            await counter.add(number, "Ana")
            await counter.agree(number)
        await limit(counter, micros=2 * PART, currency="USD")
        await counter.submit("word " * 70, ANA)
        await counter.submit("short.", BO)
        assert await counter.deliver() == ()

    async def test_what_certainly_did_not_leave_is_not_counted(self, counter: Counter) -> None:
        await counter.add()
        await counter.agree()
        for answer in (Outcome.BAD_NUMBER, Outcome.UNKNOWN, Outcome.ACCEPTED):
            counter.gateway.answers.append(answer)
            await counter.submit(f"{answer}.")
        await counter.deliver()
        # Nobody knows of one of them, so it counts.
        assert await used(counter) == 2
        await limit(counter, micros=10**6, currency="USD")
        assert (await counter.shop.budgets.month()).micros == 2 * PART

    async def test_another_process_counts_the_same(self, counter: Counter) -> None:
        await crowd(counter, 4)
        await limit(counter, texts=3)
        made = await campaign(counter)
        await counter.shop.runs.approve(made.id)
        await counter.shop.runs.start(made.id)
        counter.clock.advance(seconds=61)
        await counter.shop.delivery.take("a test")
        await counter.shop.delivery.deliver(seconds=0)
        await counter.shop.delivery.let_go()
        shelf = counter.shop._desk.shelf
        opener = Opener(secret=PASSPHRASE)
        other = await open_shop(counter.path, opener, clock=counter.clock, shelf=shelf)
        try:
            assert await other.delivery.take("another")
            assert len(await other.delivery.deliver()) == 2
        finally:
            await other.close()
        assert len(counter.gateway.taken) == 3

    async def test_why_nothing_leaves_is_told(self, counter: Counter) -> None:
        assert await counter.shop.sending.stopped() == ""
        await limit(counter, texts=0)
        assert await counter.shop.sending.stopped() == "This month's budget of 0 texts is used up."
        await counter.shop.sending.turn_off("rain")
        assert await counter.shop.sending.stopped() == "Sending was turned off: rain"

    async def test_money_needs_a_price_to_count_with(self, counter: Counter) -> None:
        with pytest.raises(BadInput) as refused:
            await limit(counter, micros=10**6, currency="EUR")
        assert refused.value.code == "no_price"
        assert "EUR" in refused.value.message
        assert not (await counter.shop.budgets.month()).budget.is_set

    async def test_a_text_without_a_price_does_not_pass_a_budget_of_money(
        self, counter: Counter
    ) -> None:
        await counter.add()
        await counter.agree()
        await limit(counter, micros=10**6, currency="USD")
        await counter.shop.gateways.set_up(
            GatewayConfig(
                name="drill", preset_id="practice", account={}, price_micros=None, currency=None
            )
        )
        await counter.submit()
        assert await counter.deliver() == ()
        await limit(counter, texts=1)
        assert len(await counter.deliver()) == 1


class TestACampaign:
    async def test_it_pauses_with_the_reason_and_the_numbers_are_exact(
        self, counter: Counter
    ) -> None:
        made = await started(counter, 5)
        await limit(counter, texts=3)
        assert len(await counter.deliver()) == 3
        assert await state(counter, made) == (CampaignState.PAUSED, Pause.BUDGET)
        why = (await counter.shop.campaigns.get(made.id)).why
        assert why.startswith("Paused: This month's budget of 3 texts is used up.")
        plan = await counter.shop.plans.show(made.id)
        assert plan.tally.balances
        assert {bucket.value: n for bucket, n in plan.tally.by_bucket if n} == {
            "sent": 3,
            "waiting": 2,
        }
        assert await counter.deliver() == ()
        assert await state(counter, made) == (CampaignState.PAUSED, Pause.BUDGET)

    async def test_it_goes_on_when_the_budget_is_raised(self, counter: Counter) -> None:
        made = await started(counter, 5)
        await limit(counter, texts=3)
        await counter.deliver()
        counter.clock.advance(minutes=1)
        await limit(counter, texts=4)
        assert len(await counter.deliver()) == 1
        assert await state(counter, made) == (CampaignState.PAUSED, Pause.BUDGET)
        counter.clock.advance(minutes=1)
        await counter.shop.budgets.set_to(NO_BUDGET)
        assert len(await counter.deliver()) == 1
        assert await state(counter, made) == (CampaignState.DONE, None)
        assert len({text.to for text in counter.gateway.taken}) == 5

    async def test_money_pauses_it_too_and_does_not_flap(self, counter: Counter) -> None:
        made = await started(counter, 4)
        await limit(counter, micros=3 * PART - 1, currency="USD")
        assert len(await counter.deliver()) == 2
        for _ in range(3):
            counter.clock.advance(minutes=1)
            assert await counter.deliver() == ()
        events = await counter.shop.campaigns.events(made.id)
        assert [event.state.value for event in events][-2:] == ["running", "paused"]
        assert "0.007899 USD is left" in events[-1].detail

    async def test_it_goes_on_when_the_month_turns_and_the_shop_is_open(
        self, counter: Counter
    ) -> None:
        counter.clock.advance(days=6)  # Mon 30 Nov
        made = await started(counter, 5)
        await limit(counter, texts=3)
        await counter.deliver()
        counter.clock.advance(hours=14)  # Tue 1 Dec, 00:43
        assert await counter.deliver() == ()
        assert await state(counter, made) == (CampaignState.PAUSED, Pause.BUDGET)
        counter.clock.advance(hours=10)
        assert len(await counter.deliver()) == 2
        assert await state(counter, made) == (CampaignState.DONE, None)
        assert await used(counter) == 2

    async def test_what_somebody_paused_stays_paused(self, counter: Counter) -> None:
        made = await started(counter, 3)
        await counter.shop.runs.pause(made.id)
        counter.clock.advance(minutes=1)
        await limit(counter, texts=100)
        assert await counter.deliver() == ()
        assert await state(counter, made) == (CampaignState.PAUSED, Pause.SHOP)

    async def test_a_quick_text_does_not_pass_either(self, counter: Counter) -> None:
        made = await started(counter, 2)
        await counter.agree(BO)
        await limit(counter, texts=2)
        await counter.deliver()
        assert await state(counter, made) == (CampaignState.DONE, None)
        submitted = await counter.submit(number=counter.gateway.taken[0].to)
        assert submitted.judged is not None
        assert await counter.deliver() == ()

    async def test_the_watcher_waits_and_goes_on_by_itself(self, counter: Counter) -> None:
        made = await started(counter, 3)
        await limit(counter, texts=2)
        counter.shop._desk.clock = SteppingClock(counter.clock)
        stop = asyncio.Event()
        watching = asyncio.create_task(counter.shop.delivery.watch("a test", stop, lambda _: None))
        try:
            await until(counter, made, CampaignState.PAUSED)
            await limit(counter, texts=3)
            await until(counter, made, CampaignState.DONE)
        finally:
            stop.set()
            await watching
        assert len(counter.gateway.taken) == 3


async def until(counter: Counter, made: Campaign, wanted: CampaignState) -> None:
    for _ in range(1000):
        if (await state(counter, made))[0] is wanted:
            return
        await asyncio.sleep(0.005)
    raise AssertionError(await state(counter, made))


async def test_last_months_texts_are_last_months(counter: Counter) -> None:
    await counter.add()
    await counter.agree()
    await counter.submit()
    await counter.deliver()
    counter.clock.advance(days=10)
    month = await counter.shop.budgets.month()
    assert (month.texts, month.micros) == (0, 0)
    assert month.ends_at - month.starts_at == timedelta(days=31)
