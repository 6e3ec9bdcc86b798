"""Wishes by text: recorded with the text as evidence, said back once, and kept by the gate."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import pytest

from services.test_answers import answers, events, hear, off, sent
from shopbell.domain.consent import Act, Purpose, standing_topics
from shopbell.domain.decision import Code, Verdict
from shopbell.domain.own_texts import AnswerTo, OwnTexts
from shopbell.domain.promises import Frequency
from shopbell.domain.template_rules import TemplateKind
from shopbell.domain.wishes import Channel
from shopbell.services.outbox import Submitted
from shops import ANA, BO, Counter

WORDS = "Text me about offers from Fern & Finch. Up to 4 texts a month. Reply STOP to end."
CHOOSE = (
    "Fern & Finch: welcome! You'll get up to 4 texts a month, weekdays 10-6, Sat 10-5. Choose what"
    " you hear about: reply 1 offers, 2 events, 3 both. Prefer email or a call? Reply EMAIL or"
    " CALL. Reply HELP for help, STOP to end. Msg&data rates may apply."
)


async def agrees(counter: Counter, *topics: str) -> None:
    await counter.agree(ANA, Purpose.MARKETING, topics or ("offers",), wording=WORDS)
    await counter.agree(ANA, Purpose.SERVICE, ("orders",))


async def chosen(counter: Counter) -> frozenset[str]:
    return standing_topics(await events(counter), Purpose.MARKETING)


async def asked_to_choose(counter: Counter, *topics: str) -> None:
    """Welcome them with the question which topics they want."""
    await counter.shop.welcomes.choose(OwnTexts(asks_choice=True))
    await agrees(counter, *topics)
    welcomed = await counter.shop.welcomes.send(ANA)
    assert isinstance(welcomed, Submitted)
    assert await sent(counter) == [CHOOSE]


@pytest.mark.parametrize(
    ("said", "noted"),
    [
        ("PAUSE 30", "no offers until 24 Dec"),
        ("pause 1", "no offers until 25 Nov"),
        ("LESS", "at most 2 offer texts a month"),
        ("CALL", "we will call you instead of texting"),
        ("EMAIL", "we will e-mail you instead of texting"),
        ("ONLY ORDERS", "only news about your orders from now on"),
    ],
)
async def test_a_wish_is_said_back_once(counter: Counter, said: str, noted: str) -> None:
    await agrees(counter)
    await hear(counter, said)
    text = f"Fern & Finch: noted, {noted}. HELP for help, STOP to end."
    assert await sent(counter) == [text]
    await hear(counter, said)
    assert await sent(counter) == [text], "one automatic answer a day"


async def test_a_pause_holds_offers_and_not_orders(counter: Counter) -> None:
    await agrees(counter)
    reply = await hear(counter, "PAUSE 7")
    assert reply.done == "Asked for a pause: noted."
    held = await counter.submit("roses", purpose=Purpose.MARKETING, topic="offers")
    assert held.judged.decision.verdict is Verdict.HOLD
    assert Code.CHANNEL_PREFERENCE in {r.code for r in held.judged.decision.reasons}
    assert (await counter.submit(topic="orders")).judged.decision.verdict is Verdict.ALLOW


async def test_less_halves_what_was_promised_and_again(counter: Counter) -> None:
    await agrees(counter)
    for most in (Frequency(n=2, days=30), Frequency(n=1, days=30), Frequency(n=1, days=60)):
        await hear(counter, "LESS")
        assert (await counter.shop.wishes.of(ANA)).most == most


async def test_less_is_a_limit_that_the_gate_keeps(counter: Counter) -> None:
    await agrees(counter)
    await counter.shop.wishes.record(ANA, most=Frequency(n=1, days=60))
    await counter.submit("roses", purpose=Purpose.MARKETING, topic="offers")
    await counter.deliver()
    counter.clock.advance(days=35)
    held = await counter.submit("tulips", purpose=Purpose.MARKETING, topic="offers")
    (reason,) = held.judged.decision.reasons
    assert (reason.code, reason.verdict) == (Code.CAP_PERSON, Verdict.HOLD)
    assert "what they asked for is 1" in reason.sentence
    assert reason.next_allowed_at is not None
    assert reason.next_allowed_at > counter.clock.now() + timedelta(days=24)


async def test_the_shop_takes_a_limit_back_when_they_say_so(counter: Counter) -> None:
    await counter.add()
    await counter.shop.wishes.record(ANA, most=Frequency(n=1, days=60))
    assert (await counter.shop.wishes.record(ANA, most="")).most is None


@pytest.mark.parametrize(
    ("said", "channel"), [("CALL ME", Channel.CALL), ("e-mail", Channel.EMAIL)]
)
async def test_another_channel_is_a_wish_until_they_take_it_back(
    counter: Counter, said: str, channel: Channel
) -> None:
    await agrees(counter)
    await hear(counter, said)
    assert (await counter.shop.wishes.of(ANA)).channel is channel
    assert (await counter.submit(topic="orders")).text is None
    await hear(counter, "TEXT")
    assert (await counter.shop.wishes.of(ANA)).channel is Channel.TEXT
    assert (await counter.submit(topic="orders")).text is not None


async def test_only_orders_is_a_no_to_offers_with_the_text_as_evidence(counter: Counter) -> None:
    await agrees(counter, "offers", "events")
    waiting = (await counter.submit("roses", purpose=Purpose.MARKETING, topic="offers")).text
    assert waiting is not None
    await hear(counter, "Only orders")
    no = (await events(counter))[-1]
    assert (no.act, no.purpose, no.topics, no.wording) == (
        Act.REVOKED,
        Purpose.MARKETING,
        (),
        "Only orders",
    )
    assert no.evidence_sha256 == hashlib.sha256(b"Only orders").hexdigest()
    assert (await counter.shop.outbox.get(waiting.id)).state == "canceled"
    assert (await counter.submit(topic="orders")).text is not None
    assert (await counter.submit(purpose=Purpose.MARKETING, topic="offers")).text is None


async def test_the_welcome_asks_for_topics_and_channel_where_the_owner_wants_it(
    counter: Counter,
) -> None:
    await asked_to_choose(counter, "offers")
    (text,) = await answers(counter)
    assert (text.own, text.final.segments) == (TemplateKind.WELCOME_CHOICE, 2)


@pytest.mark.parametrize(
    ("had", "said", "then"),
    [
        (("offers", "events"), "1", {"offers"}),
        (("offers", "events"), "2", {"events"}),
        (("offers", "events"), "3", {"offers", "events"}),
        (("offers",), "2", {"events"}),
        (("offers",), "1 and 2", {"offers", "events"}),
        (("offers",), "1", {"offers"}),
    ],
)
async def test_a_number_chooses_the_topics(
    counter: Counter, had: tuple[str, ...], said: str, then: set[str]
) -> None:
    await asked_to_choose(counter, *had)
    reply = await hear(counter, said)
    assert reply.done.startswith("Chose what to hear about: noted.")
    assert await chosen(counter) == then


async def test_a_chosen_topic_is_a_yes_in_the_words_of_the_welcome(counter: Counter) -> None:
    await asked_to_choose(counter, "offers")
    await hear(counter, "3")
    yes = (await events(counter))[-1]
    assert (yes.act, yes.topics, yes.wording) == (Act.GRANTED, ("events",), CHOOSE)
    assert (yes.promised_n, yes.promised_days) == (4, 30)
    assert yes.evidence_sha256 == hashlib.sha256(b"3").hexdigest()


async def test_a_topic_to_be_confirmed_is_not_added_by_a_number(counter: Counter) -> None:
    await counter.shop.topics.change("events", confirm=True)
    await asked_to_choose(counter, "offers")
    await hear(counter, "3")
    assert await chosen(counter) == {"offers"}


@pytest.mark.parametrize("said", ["4", "0", "1 9", "12"])
async def test_numbers_that_were_not_offered_choose_nothing(counter: Counter, said: str) -> None:
    await asked_to_choose(counter, "offers")
    reply = await hear(counter, said)
    assert (reply.done, await chosen(counter)) == ("", {"offers"})


async def test_a_number_without_the_question_means_nothing(counter: Counter) -> None:
    await agrees(counter)
    reply = await hear(counter, "2")
    assert (reply.done, await chosen(counter)) == ("", {"offers"})


async def test_a_number_after_another_text_is_an_answer_to_that(counter: Counter) -> None:
    await asked_to_choose(counter, "offers")
    counter.clock.advance(hours=1)
    await counter.submit("How many bouquets?", topic="orders")
    await counter.deliver()
    await hear(counter, "2")
    assert await chosen(counter) == {"offers"}


async def test_a_number_after_a_week_means_nothing(counter: Counter) -> None:
    await asked_to_choose(counter, "offers")
    await hear(counter, "2", minutes=7 * 24 * 60)
    assert await chosen(counter) == {"offers"}


async def test_a_stranger_has_no_wishes(counter: Counter) -> None:
    reply = await hear(counter, "PAUSE 30", BO)
    assert reply.done == ""
    assert await answers(counter) == []


async def test_who_said_stop_has_nothing_left_to_wish_for(counter: Counter) -> None:
    await agrees(counter)
    await hear(counter, "STOP")
    reply = await hear(counter, "LESS")
    assert reply.done == ""
    assert (await counter.shop.wishes.of(ANA)).most is None


async def test_a_wish_is_kept_though_nobody_answers_it(counter: Counter) -> None:
    await agrees(counter)
    await off(counter, AnswerTo.WISH)
    await hear(counter, "PAUSE 7")
    assert await answers(counter) == []
    assert (await counter.shop.wishes.of(ANA)).paused_until is not None


async def test_a_wish_is_said_back_in_their_language(counter: Counter) -> None:
    await agrees(counter)
    await counter.shop.wishes.record(ANA, language="de")
    await hear(counter, "PAUSE 30")
    (text,) = await sent(counter)
    assert text.startswith("Fern & Finch: Notiert: keine Angebote bis 24 Dez.")
