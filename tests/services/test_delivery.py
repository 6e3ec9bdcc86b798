"""Delivery: one process, one text at a time, decided again as it leaves, never twice."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta

import pytest

from shopbell.domain.consent import How
from shopbell.domain.gateway import Outcome
from shopbell.domain.ids import E164
from shopbell.domain.template_rules import TemplateKind
from shopbell.domain.texts import State
from shopbell.errors import Busy, GatewayTrouble
from shopbell.services.clock import FixedClock
from shopbell.services.drill import DrillGateway, DrillShelf
from shopbell.services.events import Event, Happened
from shopbell.services.opening import Opener, open_shop
from shops import ANA, BO, NOW, PASSPHRASE, Counter, SteppingClock


async def test_a_text_is_sent_and_its_receipt_fetched(counter: Counter) -> None:
    await counter.agree()
    await counter.submit()
    (text,) = await counter.deliver()
    assert text.state is State.ACCEPTED
    assert text.expires_at is not None
    assert counter.gateway.taken[0].valid_until == text.expires_at
    assert await counter.shop.delivery.sync() == (1, 0)
    assert (await counter.shop.outbox.get(text.id)).state is State.DELIVERED


async def test_every_text_carries_the_end_of_its_window(counter: Counter) -> None:
    await counter.agree()
    await counter.submit()
    (text,) = await counter.deliver()
    assert text.expires_at is not None
    assert text.expires_at > counter.clock.now()
    assert text.expires_at <= NOW + timedelta(hours=8)


async def test_a_person_who_stops_between_writing_and_leaving_gets_nothing(
    counter: Counter,
) -> None:
    await counter.agree()
    text = (await counter.submit()).text
    counter.hears("STOP")
    await counter.shop.delivery.sync()
    assert [text.own for text in await counter.deliver()] == [TemplateKind.STOP]
    assert text is not None
    assert (await counter.shop.outbox.get(text.id)).state is State.CANCELED


async def test_a_text_whose_window_closed_meanwhile_is_held_not_sent(counter: Counter) -> None:
    await counter.agree()
    text = (await counter.submit()).text
    counter.clock.advance(hours=10)
    assert await counter.deliver() == ()
    assert text is not None
    held = await counter.shop.outbox.get(text.id)
    assert held.state is State.HELD
    assert held.not_before is not None
    assert held.not_before > counter.clock.now()
    counter.clock.advance(hours=14)
    assert [t.state for t in await counter.deliver()] == [State.ACCEPTED]
    assert len(counter.gateway.taken) == 1


@pytest.mark.parametrize(
    ("outcome", "state"),
    [
        (Outcome.ACCEPTED, State.ACCEPTED),
        (Outcome.ALREADY_ACCEPTED, State.ACCEPTED),
        (Outcome.UNKNOWN, State.UNKNOWN),
        (Outcome.BAD_NUMBER, State.FAILED),
        (Outcome.BAD_REQUEST, State.FAILED),
        (Outcome.OPTED_OUT, State.FAILED),
        (Outcome.BAD_LOGIN, State.WAITING),
        (Outcome.NO_CREDIT, State.WAITING),
        (Outcome.NOT_SENT_RETRY, State.WAITING),
        (Outcome.TRY_LATER, State.WAITING),
    ],
)
async def test_each_answer_leads_to_its_state(
    counter: Counter, outcome: Outcome, state: State
) -> None:
    await counter.agree()
    await counter.submit()
    counter.gateway.answers.append(outcome)
    (text,) = await counter.deliver()
    assert text.state is state


async def test_an_opt_out_the_gateway_knows_of_becomes_ours(counter: Counter) -> None:
    await counter.agree()
    await counter.submit()
    second = (await counter.submit(body="and the vase too")).text
    counter.gateway.answers.append(Outcome.OPTED_OUT)
    await counter.deliver()
    sheet = await counter.shop.people.sheet(counter.shop.people.read_number(ANA))
    assert sheet.suppression is not None
    assert sheet.suppression.how is How.GATEWAY
    assert second is not None
    assert (await counter.shop.outbox.get(second.id)).state is State.CANCELED
    assert counter.gateway.taken == []


async def test_a_text_that_was_not_sent_is_tried_again_with_growing_waits_then_fails(
    counter: Counter,
) -> None:
    await counter.agree()
    text = (await counter.submit()).text
    assert text is not None
    waits = []
    for _ in range(4):
        counter.gateway.answers.append(Outcome.NOT_SENT_RETRY)
        (tried,) = await counter.deliver()
        assert tried.state is State.WAITING
        assert tried.not_before is not None
        waits.append((tried.not_before - counter.clock.now()).total_seconds())
        assert await counter.deliver() == ()
        counter.clock.advance(seconds=waits[-1])
    assert waits == [30, 60, 120, 240]
    counter.gateway.answers.append(Outcome.NOT_SENT_RETRY)
    (last,) = await counter.deliver()
    assert last.state is State.FAILED
    assert counter.gateway.taken == []


async def test_trouble_with_the_login_stops_the_run_and_shows_at_the_gateway(
    counter: Counter,
) -> None:
    await counter.agree(ANA)
    await counter.agree(BO)
    await counter.submit(number=ANA)
    await counter.submit(number=BO)
    counter.gateway.answers.append(Outcome.BAD_LOGIN)
    assert len(await counter.deliver()) == 1
    assert counter.gateway.taken == []
    state = await counter.shop.gateways.active()
    assert state is not None
    assert state.trouble == "told to say bad_login"


async def test_one_bad_number_never_stops_the_rest(counter: Counter) -> None:
    numbers = [E164(f"+1212555011{n}") for n in range(5)]
    for number in numbers:
        await counter.agree(number)
        await counter.submit(number=number)
    counter.gateway.answers.extend([Outcome.ACCEPTED, Outcome.BAD_NUMBER])
    states = [text.state for text in await counter.deliver()]
    assert states == [State.ACCEPTED, State.FAILED] + [State.ACCEPTED] * 3


async def test_only_one_process_delivers_and_the_next_takes_over(counter: Counter) -> None:
    other = await open_shop(
        counter.path, Opener(secret=PASSPHRASE), clock=FixedClock(NOW), shelf=DrillShelf()
    )
    try:
        assert await counter.shop.delivery.take("the counter screen")
        assert not await other.delivery.take("a till script")
        assert other.delivery.holder is not None
        assert "the counter screen" in other.delivery.holder
        await counter.shop.delivery.let_go()
        assert await other.delivery.take("a till script")
    finally:
        await other.close()


async def test_a_new_holder_makes_half_sent_texts_unknown_and_never_resends(
    counter: Counter,
) -> None:
    await counter.agree()
    text = (await counter.submit()).text
    assert text is not None
    from shopbell.store import outbox

    await counter.shop._desk.store.write(
        outbox.claim, counter.shop._desk.judge, counter.clock.now(), None
    )
    assert (await counter.shop.outbox.get(text.id)).state is State.SENDING
    assert await counter.deliver() == ()
    assert (await counter.shop.outbox.get(text.id)).state is State.UNKNOWN
    assert counter.gateway.taken == []


async def test_an_unreachable_gateway_is_trouble_and_nothing_is_lost(counter: Counter) -> None:
    counter.hears("STOP")
    counter.gateway.unreachable = True
    with pytest.raises(GatewayTrouble):
        await counter.shop.delivery.sync()
    counter.gateway.unreachable = False
    counter.clock.advance(hours=1)
    assert (await counter.shop.delivery.sync())[1] == 1


async def test_a_look_that_brought_only_part_shows_at_the_gateway_until_one_is_whole(
    counter: Counter,
) -> None:
    counter.gateway.trouble = "The receipts could not be read."
    counter.hears("STOP")
    assert (await counter.shop.delivery.sync())[1] == 1
    state = await counter.shop.gateways.active()
    assert state is not None
    assert state.trouble == "The receipts could not be read."
    counter.gateway.trouble = ""
    await counter.shop.delivery.sync()
    state = await counter.shop.gateways.active()
    assert state is not None
    assert state.trouble == ""


async def test_a_text_held_for_a_missing_fact_goes_once_the_fact_is_there(
    counter: Counter,
) -> None:
    await counter.agree()
    from shopbell.store import outbox

    text = (await counter.submit()).text
    assert text is not None

    def hold(db: object) -> None:
        db.execute("UPDATE text SET state = 'held', not_before = NULL")  # type: ignore[attr-defined]

    await counter.shop._desk.store.write(hold)
    assert (
        await counter.shop._desk.store.write(
            outbox.claim, counter.shop._desk.judge, counter.clock.now(), text.id
        )
        is None
    )
    (sent,) = await counter.deliver()
    assert sent.id == text.id
    assert sent.state is State.ACCEPTED


class SlowGateway(DrillGateway):
    """Takes its time, so that a test can leave in the middle."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = asyncio.Event()
        self.go_on = asyncio.Event()

    async def send(self, outgoing):
        self.asked.set()
        await self.go_on.wait()
        return await super().send(outgoing)


async def test_leaving_in_the_middle_of_a_request_still_settles_the_text(counter: Counter) -> None:
    await counter.agree()
    text = (await counter.submit()).text
    assert text is not None
    slow = SlowGateway()
    counter.shop._desk.shelf.gateway = slow  # type: ignore[attr-defined]
    assert await counter.shop.delivery.take("a test")
    task = asyncio.ensure_future(counter.shop.delivery.deliver())
    await slow.asked.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    slow.go_on.set()
    await counter.shop.delivery.finish()
    assert (await counter.shop.outbox.get(text.id)).state is State.ACCEPTED
    assert len(slow.taken) == 1


async def test_the_watcher_delivers_what_another_process_writes(counter: Counter) -> None:
    await counter.agree()
    counter.shop._desk.clock = SteppingClock(counter.clock)
    other = await open_shop(
        counter.path, Opener(secret=PASSPHRASE), clock=counter.clock, shelf=DrillShelf()
    )
    stop = asyncio.Event()
    events: list[Event] = []
    watching = asyncio.ensure_future(
        counter.shop.delivery.watch("the counter screen", stop, events.append)
    )
    try:
        from shopbell.domain.consent import Purpose
        from shopbell.domain.facts import TextDraft

        while not counter.shop.delivery.is_ours:
            await asyncio.sleep(0.01)
        written = await other.outbox.submit(
            TextDraft(number=ANA, body="your order is ready.", purpose=Purpose.SERVICE)
        )
        assert written.text is not None
        for _ in range(500):
            if (await other.outbox.get(written.text.id)).state is State.DELIVERED:
                break
            await asyncio.sleep(0.02)
        assert (await other.outbox.get(written.text.id)).state is State.DELIVERED
    finally:
        stop.set()
        await watching
        await other.close()
    assert {event.kind for event in events} == {Happened.TEXT}
    assert len(counter.gateway.taken) == 1
    assert not counter.shop.delivery.is_ours


class BusyOnce:
    """A store whose file is busy the first time a certain step is to be written."""

    def __init__(self, store: object, step: str) -> None:
        self._store = store
        self._step: str | None = step

    async def write(self, step: Callable[..., object], *more: object) -> object:
        if step.__name__ == self._step:
            self._step = None
            raise Busy("Another window is writing.", "Wait a moment.")
        return await self._store.write(step, *more)  # type: ignore[attr-defined]

    def __getattr__(self, name: str) -> object:
        return getattr(self._store, name)


@pytest.mark.parametrize(
    ("step", "became", "reached"),
    [
        ("_arrive", State.DELIVERED, 1),
        ("_claim", State.DELIVERED, 1),
        ("_settle", State.DELIVERED, 1),
    ],
)
async def test_a_busy_file_is_trouble_and_the_watcher_goes_on(
    counter: Counter, step: str, became: State, reached: int
) -> None:
    await counter.agree()
    written = (await counter.submit()).text
    assert written is not None
    desk = counter.shop._desk
    desk.clock = SteppingClock(counter.clock)
    desk.store = BusyOnce(desk.store, step)  # type: ignore[assignment]
    stop = asyncio.Event()
    events: list[Event] = []
    watching = asyncio.ensure_future(counter.shop.delivery.watch("here", stop, events.append))
    try:
        for _ in range(500):
            if (await counter.shop.outbox.get(written.id)).state is became:
                break
            await asyncio.sleep(0.01)
    finally:
        stop.set()
        await watching
    assert (await counter.shop.outbox.get(written.id)).state is became
    trouble = [event.note for event in events if event.kind is Happened.TROUBLE]
    assert trouble == ["Another window is writing."]
    assert len(counter.gateway.taken) == reached, "never twice, never lost"
