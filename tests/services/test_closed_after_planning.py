"""A day off that is said after the plan was made: who moved is shown, nobody is texted, it asks."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from crowds import campaign, crowd
from shopbell.domain.campaigns import Bucket, Campaign, CampaignState, Moved, Outcome, Pause
from shopbell.domain.consent import Purpose
from shopbell.domain.decision import Code
from shopbell.domain.facts import TextDraft
from shopbell.domain.texts import State
from shopbell.errors import BadInput
from shops import ANA, Counter

TODAY = date(2026, 11, 24)


async def planned(counter: Counter, people: int = 3) -> Campaign:
    await crowd(counter, people)
    made = await campaign(counter)
    await counter.shop.plans.plan(made.id)
    return made


async def close_today(counter: Counter) -> None:
    await counter.shop.rules.close(TODAY, note="stocktaking")


async def test_the_plan_shows_who_moved_and_moves_them_back(counter: Counter) -> None:
    made = await planned(counter)
    await close_today(counter)
    plan = await counter.shop.plans.show(made.id)
    assert plan.moved == (
        Moved(before=Outcome.SEND, after=Outcome.HELD, code=Code.CLOSED_DAY, count=3),
    )
    assert (plan.to_send, plan.tally.of(Bucket.HELD)) == (0, 3)
    (held,) = [one for one in plan.tally.by_reason if one.bucket is Bucket.HELD]
    assert held.first_at is not None
    assert held.first_at > counter.clock.now() + timedelta(hours=12)
    await counter.shop.rules.reopen(TODAY)
    again = await counter.shop.plans.show(made.id)
    assert again.moved == (Moved(before=Outcome.HELD, after=Outcome.SEND, code=None, count=3),)
    assert again.to_send == 3


async def test_what_was_approved_before_the_day_off_cannot_start_on_it(counter: Counter) -> None:
    made = await planned(counter)
    await counter.shop.runs.approve(made.id)
    await close_today(counter)
    with pytest.raises(BadInput) as told:
        await counter.shop.runs.start(made.id)
    assert told.value.code == "nobody"


@pytest.mark.parametrize("sent", [0, 2])
async def test_a_day_off_said_while_it_runs_stops_the_rest_and_asks(
    counter: Counter, sent: int
) -> None:
    made = await planned(counter)
    await counter.shop.runs.approve(made.id)
    await counter.shop.runs.start(made.id, hold_seconds=0)
    assert await counter.shop.delivery.take("a test")
    config, gateway = await counter.shop.gateways.connect()
    for _ in range(sent):
        assert await counter.shop.delivery._next(config, gateway, None) is not None
    await close_today(counter)
    assert await counter.deliver() == ()
    stopped = await counter.shop.campaigns.get(made.id)
    assert (stopped.state, stopped.pause) == (CampaignState.PAUSED, Pause.HOURS)
    assert "Should the rest still go" in stopped.why
    counter.clock.advance(hours=24)
    assert await counter.deliver() == (), "the next day it waits for a word"
    await counter.shop.runs.resume(made.id)
    assert len(await counter.deliver()) == 3 - sent
    assert len({one.to for one in counter.gateway.taken}) == 3


async def test_one_text_for_a_day_that_is_then_closed_is_held_with_the_reason(
    counter: Counter,
) -> None:
    await counter.agree()
    noon = counter.clock.now() + timedelta(hours=2)
    draft = TextDraft(number=ANA, body="your order is ready.", purpose=Purpose.SERVICE)
    text = (await counter.shop.outbox.submit(draft, not_before=noon)).text
    assert text is not None
    await close_today(counter)
    counter.clock.advance(hours=3)
    assert await counter.deliver() == ()
    held = await counter.shop.outbox.get(text.id)
    assert held.state is State.HELD
    decision = await counter.shop.outbox.decision(held.decision_id)
    assert decision is not None
    assert Code.CLOSED_DAY in {reason.code for reason in decision.reasons}
    assert held.not_before is not None
    assert held.not_before > counter.clock.now()
