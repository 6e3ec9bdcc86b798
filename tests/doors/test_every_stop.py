"""Every stop of the corpus, sent by a customer of its own, through the practice gateway."""

from __future__ import annotations

from collections.abc import Iterator

from doors.door import ANA, BO, Street
from reply_corpus import CORPUS, FRESH, labelled
from shopbell.domain.consent import Purpose
from shopbell.domain.decision import Code
from shopbell.domain.facts import TextDraft
from shopbell.domain.ids import E164
from shopbell.domain.people import ContactDraft
from shopbell.domain.replies import Band

STOPS = [
    message
    for path in (CORPUS, *FRESH)
    for message in labelled(path)
    if message.band is Band.OPT_OUT and not message.question_open
]
OTHERS = ["See you at 5!", "Can I stop by tomorrow?", "don't stop the texts, I love them"]
AREAS = "201 202 205 206 212 213 303 305 312 404 415 503 512 602 617 702 713 718 801 919".split()


def numbers() -> Iterator[E164]:
    for area in AREAS:
        for last in range(100, 200):
            yield E164(f"+1{area}5550{last}")


async def test_every_stop_takes_effect_and_nothing_else_does(street: Street) -> None:
    free = (number for number in numbers() if number not in (ANA, BO))
    said = {next(free): message for message in STOPS}
    kept = {next(free): text for text in OTHERS}
    async with street.inside() as shop:
        for number, message in said.items():
            street.practice.reply(number, message.text)
            if message.only_own_language:
                await shop.people.add(ContactDraft(number=number, name="Kim"))
                await shop.wishes.record(number, language=message.language)
        for number, text in kept.items():
            street.practice.reply(number, text)
        assert await shop.delivery.sync() == (0, len(said) + len(kept))

        page = await shop.inbox.find(count=len(said) + len(kept))
        assert page.total == len(page.rows) == len(said) + len(kept)
        by_number = {reply.number: reply for reply in page.rows}
        for number, message in said.items():
            reply = by_number[number]
            assert reply.done == "Put on the stop list.", message
            assert reply.reading.intent is message.intent, message
        assert [by_number[number].done for number in kept] == [""] * len(kept)

        for number in [*list(said)[::100], *kept]:
            draft = TextDraft(number=number, body="Hello", purpose=Purpose.CONVERSATION)
            reasons = (await shop.outbox.check(draft)).judged.decision.reasons
            is_stopped = Code.OPTED_OUT in {reason.code for reason in reasons}
            assert is_stopped is (number in said)
        assert await shop.delivery.sync() == (0, 0)
