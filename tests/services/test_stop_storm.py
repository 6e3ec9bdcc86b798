"""Stops in bad weather: out of order, twice, by two ways, among other texts. None is lost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from random import Random

from reply_corpus import CORPUS, FRESH, labelled
from shopbell.domain.gateway import Collected
from shopbell.domain.ids import E164
from shopbell.domain.people import ContactDraft
from shopbell.domain.replies import Band, InboundText
from shopbell.domain.template_rules import TemplateKind
from shops import Counter

STOPS = [
    message.text
    for path in (CORPUS, *FRESH)
    for message in labelled(path)
    if message.band is Band.OPT_OUT and not message.question_open and not message.only_own_language
]
EVERY = 30
"""Every so manieth stop of the corpus: tests/doors/test_every_stop.py has all, in fair weather."""
AROUND = ("HELP", "START", "see you at 5", "LESS", "PAUSE 30", "YES", "1")
AREAS = ("201", "202", "205", "206", "212", "213", "303", "305")


def numbers() -> Iterator[E164]:
    for area in AREAS:
        for last in range(100, 200):
            yield E164(f"+1{area}5550{last}")


async def test_no_stop_is_lost_whatever_the_order_and_however_often(
    counter: Counter,
) -> None:
    random = Random(1)
    said = dict(zip(numbers(), STOPS[::EVERY], strict=False))
    for number in said:
        await counter.shop.people.add(ContactDraft(number=number, name="Kim"))
    now = counter.clock.now()
    texts = []
    for n, (number, stop) in enumerate(said.items()):
        before, after = random.sample(AROUND[:1] + AROUND[2:], 2)
        for minutes, text in ((0, before), (1, stop), (2, after), (-1, "START")):
            moment = now - timedelta(minutes=3 - minutes)
            texts.append(
                InboundText(sender=number, text=text, gateway_id=f"{n}:{minutes}", at=moment)
            )
    texts += random.sample(texts, len(texts) // 4)
    random.shuffle(texts)
    for first in range(0, len(texts), 40):
        batch = tuple(texts[first : first + 40])
        gateway = random.choice(("drill", "listener"))
        await counter.shop.inbox.take_in(gateway, Collected(inbound=batch))

    page = await counter.shop.people.find(count=2000)
    stopped = {row.number for row in page.rows if row.suppressed}
    assert {said[number] for number in said if number not in stopped} == set()

    await counter.deliver()
    confirmed = [text.to for text in counter.gateway.taken]
    assert len(confirmed) == len(set(confirmed)), "one confirmation, never two"
    rows = (await counter.shop.outbox.find(count=2000)).rows
    endings = {TemplateKind.STOP, TemplateKind.WRONG_NUMBER}
    left = [text for text in rows if text.started_at is not None]
    assert {text.own for text in left} <= endings, "nothing else leaves after a stop"
