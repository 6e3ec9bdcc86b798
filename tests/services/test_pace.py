"""Texts leave at the owner's pace, and between two of them the shop is still listened to."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from crowds import campaign, crowd, number
from shopbell.domain.campaigns import CampaignState
from shopbell.domain.pace import OwnPace
from shopbell.errors import BadInput
from shopbell.services.events import Event, Happened
from shops import Counter, SteppingClock


async def paced(counter: Counter, between: float, jitter: float = 0.0) -> None:
    await counter.shop.gateways.set_pace("drill", OwnPace(between=between, jitter=jitter))


async def running(counter: Counter, people: int) -> int:
    await crowd(counter, people)
    made = await campaign(counter)
    await counter.shop.runs.approve(made.id)
    await counter.shop.runs.start(made.id, hold_seconds=0)
    return made.id


async def test_a_pace_is_kept_and_left_to_the_gateway_again(counter: Counter) -> None:
    gateways = counter.shop.gateways
    assert (await gateways.pace()).average == 0
    await paced(counter, 8, 4)
    assert (await gateways.pace()).words == "1 text every 8 to 12 s"
    state = await gateways.active()
    assert state is not None
    assert state.pace == OwnPace(between=8, jitter=4)
    await gateways.set_up(state.config)
    assert (await gateways.pace()).average == 10, "setting the account anew keeps it"
    await gateways.set_pace("drill", None)
    assert (await gateways.pace()).average == 0


async def test_no_pace_is_faster_than_the_gateway(counter: Counter) -> None:
    counter.gateway.info = replace(counter.gateway.info, per_second=0.5)
    await paced(counter, 1)
    assert (await counter.shop.gateways.pace()).between == 2


@pytest.mark.parametrize(
    ("name", "own", "code"),
    [
        ("drill", OwnPace(between=601), "bad_pace"),
        ("drill", OwnPace(between=float("nan")), "bad_pace"),
        ("nobody", OwnPace(between=1), "no_gateway"),
        ("nobody", None, "no_gateway"),
    ],
)
async def test_what_cannot_be_a_pace_changes_nothing(
    counter: Counter, name: str, own: OwnPace | None, code: str
) -> None:
    await paced(counter, 3)
    with pytest.raises(BadInput) as told:
        await counter.shop.gateways.set_pace(name, own)
    assert told.value.code == code
    assert (await counter.shop.gateways.pace()).average == 3


async def test_a_plan_counts_with_the_pace_and_names_it(counter: Counter) -> None:
    await crowd(counter, 11)
    made = await campaign(counter)
    assert (await counter.shop.plans.plan(made.id)).fit.seconds == 0
    await paced(counter, 8, 4)
    plan = await counter.shop.plans.show(made.id)
    assert (plan.fit.seconds, plan.pace) == (100, "1 text every 8 to 12 s")


async def test_a_pace_too_slow_for_the_window_cannot_start(counter: Counter) -> None:
    await crowd(counter, 100)
    made = await campaign(counter)
    await counter.shop.runs.approve(made.id, 100)
    await paced(counter, 600)
    with pytest.raises(BadInput) as told:
        await counter.shop.runs.start(made.id)
    assert told.value.code == "cannot_finish"


async def test_delivering_once_waits_between_two_texts(counter: Counter) -> None:
    await running(counter, 4)
    await paced(counter, 10, 5)
    before = counter.clock.now()
    assert len(await counter.deliver()) == 4
    # After the last one too: the next round must not come too soon.
    assert 40 <= (counter.clock.now() - before).total_seconds() <= 60.1


async def test_in_slices_it_rests_instead_and_comes_back(counter: Counter) -> None:
    await running(counter, 3)
    await paced(counter, 30)
    assert await counter.shop.delivery.take("a test")
    deliver = counter.shop.delivery.deliver
    assert len(await deliver(seconds=2)) == 1
    assert await deliver(seconds=2) == ()
    counter.clock.advance(seconds=29)
    assert await deliver(seconds=2) == ()
    counter.clock.advance(seconds=1)
    assert len(await deliver(seconds=2)) == 1


async def test_a_stop_between_two_texts_is_heard_before_the_next(counter: Counter) -> None:
    made = await running(counter, 2)
    await paced(counter, 60)
    counter.shop._desk.clock = SteppingClock(counter.clock)
    stop, events = asyncio.Event(), list[Event]()

    def seen(event: Event) -> None:
        events.append(event)
        if event.kind is Happened.TEXT and len(counter.gateway.taken) == 1:
            other = next(
                one for one in (number(0), number(1)) if one != counter.gateway.taken[0].to
            )
            counter.hears("STOP", other)

    watching = asyncio.ensure_future(counter.shop.delivery.watch("here", stop, seen))
    try:
        for _ in range(3000):
            found = await counter.shop.campaigns.find((CampaignState.DONE,))
            if [one.id for one in found.rows] == [made]:
                break
            await asyncio.sleep(0.01)
    finally:
        stop.set()
        await watching
    bodies = [one.text for one in counter.gateway.taken if "wreaths" in one.text]
    assert len(bodies) == 1, "who said stop got nothing"
