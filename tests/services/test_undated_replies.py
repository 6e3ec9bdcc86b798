"""Replies whose gateway does not say when they came: each is one reply, however often it comes."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from shopbell.domain.gateway import Collected
from shopbell.domain.replies import InboundText
from shops import ANA, Counter


def undated(counter: Counter, text: str = "ok", *, gateway_id: str = "SM1") -> InboundText:
    now = counter.clock.now()
    return InboundText(sender=ANA, text=text, gateway_id=gateway_id, at=now, is_dated=False)


def dated(at: datetime, text: str = "ok", *, gateway_id: str = "SM1") -> InboundText:
    return InboundText(sender=ANA, text=text, gateway_id=gateway_id, at=at)


async def take_in(counter: Counter, *texts: InboundText) -> int:
    fresh, _ = await counter.shop.inbox.take_in("drill", Collected(inbound=texts))
    return len(fresh)


async def test_a_push_that_is_delivered_again_is_one_reply(counter: Counter) -> None:
    assert await take_in(counter, undated(counter)) == 1
    for minutes in (1, 60, 3 * 24 * 60):
        counter.clock.advance(minutes=minutes)
        assert await take_in(counter, undated(counter)) == 0


async def test_what_was_pushed_and_is_fetched_later_is_one_reply(counter: Counter) -> None:
    came = counter.clock.now() - timedelta(seconds=7)
    assert await take_in(counter, undated(counter)) == 1
    counter.clock.advance(minutes=2)
    assert await take_in(counter, dated(came)) == 0
    other = InboundText(sender=ANA.removeprefix("+"), text="ok", gateway_id="SM1", at=came)
    assert await take_in(counter, other) == 0


async def test_what_was_fetched_and_is_pushed_later_is_one_reply(counter: Counter) -> None:
    assert await take_in(counter, dated(counter.clock.now() - timedelta(minutes=1))) == 1
    counter.clock.advance(minutes=2)
    assert await take_in(counter, undated(counter)) == 0


async def test_other_words_or_another_id_are_another_reply(counter: Counter) -> None:
    assert await take_in(counter, undated(counter)) == 1
    counter.clock.advance(minutes=1)
    assert await take_in(counter, undated(counter, "ok!")) == 1
    assert await take_in(counter, undated(counter, gateway_id="SM2")) == 1


async def test_without_an_id_the_same_words_within_the_hour_are_one_reply(
    counter: Counter,
) -> None:
    nameless = {"gateway_id": ""}
    assert await take_in(counter, undated(counter, **nameless)) == 1
    counter.clock.advance(minutes=59)
    assert await take_in(counter, undated(counter, **nameless)) == 0
    counter.clock.advance(minutes=2)
    assert await take_in(counter, undated(counter, **nameless)) == 1


async def test_a_dated_reply_is_never_taken_for_one_of_another_time(counter: Counter) -> None:
    now = counter.clock.now()
    for minutes in (9, 5, 1):
        assert await take_in(counter, dated(now - timedelta(minutes=minutes))) == 1
        assert await take_in(counter, dated(now - timedelta(minutes=minutes))) == 0


@pytest.mark.parametrize("gateway_id", ["SM1", ""])
async def test_an_undated_stop_stops_at_once_and_is_one_reply(
    counter: Counter, gateway_id: str
) -> None:
    stop = undated(counter, "STOP", gateway_id=gateway_id)
    fresh, _ = await counter.shop.inbox.take_in("drill", Collected(inbound=(stop, stop)))
    assert len(fresh) == 1
    assert fresh[0].at == counter.clock.now()
    counter.clock.advance(minutes=1)
    assert await take_in(counter, undated(counter, "STOP", gateway_id=gateway_id)) == 0
    page = await counter.shop.inbox.find(number=ANA)
    assert [reply.done for reply in page.rows] == [fresh[0].done]
    assert "stop list" in fresh[0].done


async def test_a_secret_that_was_taken_out_does_not_come_back_undated(counter: Counter) -> None:
    card = undated(counter, "my card is 4111 1111 1111 1111")
    fresh, _ = await counter.shop.inbox.take_in("drill", Collected(inbound=(card,)))
    await counter.shop.inbox.redact(fresh[0].id)
    counter.clock.advance(minutes=1)
    assert await take_in(counter, undated(counter, card.text)) == 0
