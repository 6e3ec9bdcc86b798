"""Many replies, polled and pushed: every certain stop takes effect, none is lost."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from reply_corpus import Labelled, labelled
from shopbell.domain.gateway import Collected
from shopbell.domain.replies import Band, InboundText
from shops import Counter


def some(count: int) -> list[Labelled]:
    """English replies and those that read alike in English, without an open question."""
    fit = [one for one in labelled() if "en" in one.languages and not one.question_open]
    return random.Random(7).sample(fit, min(count, len(fit)))


def number_of(index: int) -> str:
    return f"+1{(212, 305, 312, 415)[index // 100]}55501{index % 100:02d}"


@pytest.mark.parametrize("pushed", [False, True], ids=["polled", "pushed"])
async def test_every_certain_stop_is_stopped_however_it_comes(
    counter: Counter, pushed: bool
) -> None:
    texts = some(200)
    inbound = [
        InboundText(
            sender=number_of(index), text=one.text, gateway_id=f"r{index}", at=counter.clock.now()
        )
        for index, one in enumerate(texts)
    ]
    stops = {inbound[i].sender for i, one in enumerate(texts) if one.expected is Band.OPT_OUT}
    assert len(stops) > 40
    # Out of order, twice, and once more with an id that the gateway uses again.
    again = random.Random(3).sample(inbound, len(inbound))
    again += [replace(one, gateway_id="r0") for one in inbound[:20]]
    if pushed:
        for first in range(0, len(again), 40):
            part = tuple(again[first : first + 40])
            await counter.shop.inbox.take_in("drill", Collected(inbound=part))
            await counter.shop.inbox.take_in("drill", Collected(inbound=part))
    else:
        counter.gateway.replies.extend(again)
        assert await counter.shop.delivery.take("a test")
        await counter.shop.delivery.sync()
        await counter.shop.delivery.sync()
    page = await counter.shop.inbox.find(count=1000)
    read = {(reply.number, reply.text) for reply in page.rows}
    assert read == {(one.sender, one.text) for one in inbound}, "none is lost"
    stopped = {r.number for r in page.rows if r.reading.band is Band.OPT_OUT}
    assert stops <= stopped
