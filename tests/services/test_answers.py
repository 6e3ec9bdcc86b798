"""Automatic answers: each to one text of theirs, once, by the outbox, and never to a robot."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import timedelta

import pytest

from shopbell.domain.consent import Act, ConsentEvent, How, Purpose
from shopbell.domain.gateway import Collected, Outcome
from shopbell.domain.ids import E164
from shopbell.domain.own_texts import AnswerTo, OwnTexts
from shopbell.domain.replies import InboundText, Reply
from shopbell.domain.template_rules import TemplateKind
from shopbell.domain.texts import OutboundText, State
from shopbell.services.drill import DRILL
from shops import ANA, BO, Counter, a_yes

WORDS = "Text me about offers from Fern & Finch. Up to 4 texts a month. Reply STOP to end."
STOPPED = "Fern & Finch: you are unsubscribed. No more messages will be sent. Help: 212-555-0100."
HELP = (
    "Fern & Finch shop texts: help at 212-555-0100. Up to 4 msgs/month. Msg&data rates may apply."
    " Reply STOP to end."
)
SORRY = "Fern & Finch: sorry, wrong number on our side. We've removed it and won't text again."
BACK = (
    "Fern & Finch: you're back on our list, up to 4 offer texts/month, weekdays 10-6, Sat 10-5."
    " HELP for help, STOP to end. Msg&data rates may apply."
)


async def hear(counter: Counter, text: str, number: str = ANA, minutes: int = 5) -> Reply:
    """Have somebody write, some minutes after the last time, and fetch it."""
    counter.clock.advance(minutes=minutes)
    counter.hears(text, number, gateway_id=f"in-{len(counter.gateway.replies)}")
    await counter.shop.delivery.sync()
    page = await counter.shop.inbox.find(count=500)
    return max(page.rows, key=lambda reply: reply.id)


async def sent(counter: Counter) -> list[str]:
    """Deliver what waits and return every text that ever left."""
    await counter.deliver()
    return [text.text for text in counter.gateway.taken]


async def signs_up(counter: Counter, number: E164 = ANA, **changes: object) -> None:
    await counter.agree(number, Purpose.MARKETING, ("offers",), **{"wording": WORDS, **changes})


async def answers(counter: Counter) -> list[OutboundText]:
    rows = (await counter.shop.outbox.find(count=500)).rows
    return [text for text in rows if text.own is not None]


async def events(counter: Counter) -> tuple[ConsentEvent, ...]:
    sheet = await counter.shop.people.sheet(counter.shop.people.read_number(ANA))
    return sheet.ledger


async def no_to(counter: Counter, purpose: Purpose, topics: tuple[str, ...]) -> None:
    draft = a_yes(ANA, purpose, topics, at=counter.clock.now())
    await counter.shop.consents.revoke(replace(draft, act=Act.REVOKED))


async def off(counter: Counter, *what: AnswerTo) -> None:
    await counter.shop.welcomes.choose(OwnTexts(off=frozenset(what)))


@pytest.mark.parametrize(
    ("said", "answered", "kind"),
    [
        ("STOP", STOPPED, TemplateKind.STOP),
        ("please take me off your list", STOPPED, TemplateKind.STOP),
        ("wrong number", SORRY, TemplateKind.WRONG_NUMBER),
        ("HELP", HELP, TemplateKind.HELP),
        ("info", HELP, TemplateKind.HELP),
    ],
)
async def test_a_text_is_answered_once_by_the_outbox(
    counter: Counter, said: str, answered: str, kind: TemplateKind
) -> None:
    await signs_up(counter)
    await hear(counter, said)
    (text,) = await answers(counter)
    assert (text.own, text.purpose, text.state) == (kind, Purpose.COMPLIANCE, State.WAITING)
    assert await sent(counter) == [answered]
    await hear(counter, said)
    assert await sent(counter) == [answered]


async def test_a_second_stop_is_not_confirmed_again_on_any_later_day(counter: Counter) -> None:
    await signs_up(counter)
    for _ in range(3):
        await hear(counter, "STOP", minutes=60 * 25)
    assert await sent(counter) == []
    assert len(await answers(counter)) == 1, "written once, and five minutes too old since"


async def test_a_stop_that_is_heard_of_too_late_is_kept_without_a_word(counter: Counter) -> None:
    await signs_up(counter)
    counter.hears("STOP")
    counter.clock.advance(minutes=6)
    await counter.shop.delivery.sync()
    (reply,) = (await counter.shop.inbox.find()).rows
    assert reply.done.startswith("Put on the stop list.")
    assert await sent(counter) == []


async def test_a_stop_is_confirmed_though_a_help_was_answered_that_day(counter: Counter) -> None:
    await signs_up(counter)
    await hear(counter, "HELP")
    assert await sent(counter) == [HELP]
    await hear(counter, "STOP")
    assert await sent(counter) == [HELP, STOPPED]


async def test_one_answer_a_day_is_enough(counter: Counter) -> None:
    await signs_up(counter)
    await hear(counter, "HELP")
    assert await sent(counter) == [HELP]
    second = await hear(counter, "info")
    assert "one is enough" in second.done
    await hear(counter, "HELP", minutes=60 * 24)
    assert await sent(counter) == [HELP, HELP]


async def test_an_answer_that_never_left_does_not_use_up_the_day(counter: Counter) -> None:
    await signs_up(counter)
    await hear(counter, "HELP")
    counter.gateway.answers.append(Outcome.BAD_REQUEST)
    assert await sent(counter) == []
    await hear(counter, "HELP")
    assert await sent(counter) == [HELP]


@pytest.mark.parametrize("sender", ["FERNBANK", "12345", "911", ""])
@pytest.mark.parametrize("said", ["HELP", "STOP", "START"])
async def test_names_and_short_codes_are_never_answered(
    counter: Counter, sender: str, said: str
) -> None:
    await hear(counter, said, sender)
    assert await answers(counter) == []


@pytest.mark.parametrize("number", ["+18005550199", "+442079460123"])
async def test_numbers_that_take_no_texts_are_never_answered(counter: Counter, number: str) -> None:
    reply = await hear(counter, "HELP", number)
    assert await answers(counter) == []
    assert reply.done == "" or reply.done.startswith("Not answered:")


async def test_a_stranger_is_helped_but_gets_no_confirmation_of_a_stop(counter: Counter) -> None:
    await hear(counter, "STOP", BO)
    assert await answers(counter) == [], "we never texted them: there is nothing to confirm"
    await hear(counter, "HELP", ANA)
    assert await sent(counter) == [HELP]


async def test_the_gateway_that_confirms_stops_does_it_alone(counter: Counter) -> None:
    await signs_up(counter)
    counter.gateway.info = replace(DRILL, answers_itself=frozenset({"stop"}))
    await hear(counter, "STOP")
    assert await answers(counter) == []
    await signs_up(counter, BO)
    await hear(counter, "HELP", BO)
    assert [text.own for text in await answers(counter)] == [TemplateKind.HELP]


@pytest.mark.parametrize(
    ("what", "said"),
    [
        (AnswerTo.STOP, "STOP"),
        (AnswerTo.WRONG_NUMBER, "wrong number"),
        (AnswerTo.HELP, "HELP"),
    ],
)
async def test_the_owner_switches_each_off(counter: Counter, what: AnswerTo, said: str) -> None:
    await signs_up(counter)
    await off(counter, what)
    reply = await hear(counter, said)
    assert await answers(counter) == []
    assert "Not answered" not in reply.done
    await off(counter)
    await signs_up(counter, BO)
    await hear(counter, said, BO)
    assert len(await answers(counter)) == 1


async def test_a_stop_takes_back_an_answer_that_waits_and_is_confirmed(counter: Counter) -> None:
    await signs_up(counter)
    await hear(counter, "HELP")
    await hear(counter, "STOP")
    assert await sent(counter) == [STOPPED]


async def test_an_unclear_stop_holds_every_automatic_answer(counter: Counter) -> None:
    await signs_up(counter)
    await hear(counter, "not interested")
    reply = await hear(counter, "HELP")
    assert await answers(counter) == []
    assert "may be a stop" in reply.done


async def test_a_help_after_a_stop_is_not_answered(counter: Counter) -> None:
    await signs_up(counter)
    await hear(counter, "STOP")
    assert await sent(counter) == [STOPPED]
    reply = await hear(counter, "HELP")
    assert "said stop" in reply.done
    assert await sent(counter) == [STOPPED]


async def test_help_without_anything_to_call_says_what_is_missing(counter: Counter) -> None:
    await counter.shop.change_profile(phone="")
    reply = await hear(counter, "HELP")
    assert "cannot be written without a phone number" in reply.done
    assert await answers(counter) == []


async def test_help_states_the_number_that_this_person_was_promised(counter: Counter) -> None:
    await signs_up(counter, wording=WORDS.replace("4 texts a month", "2 texts a month"))
    await hear(counter, "HELP")
    assert await sent(counter) == [HELP.replace("Up to 4", "Up to 2")]


async def test_answers_are_in_the_language_of_whoever_wrote(counter: Counter) -> None:
    await signs_up(counter)
    await counter.shop.wishes.record(ANA, language="es-MX")
    await hear(counter, "baja")
    (text,) = await sent(counter)
    assert text.startswith("Fern & Finch: te hemos dado de baja.")


async def test_a_stop_at_night_is_confirmed_at_once(counter: Counter) -> None:
    await signs_up(counter)
    counter.clock.advance(hours=12)
    await hear(counter, "STOP")
    assert await sent(counter) == [STOPPED]


async def test_start_brings_back_what_the_stop_ended_and_says_so(counter: Counter) -> None:
    await signs_up(counter)
    await counter.agree(ANA, Purpose.SERVICE, ("orders",))
    await hear(counter, "STOP")
    await sent(counter)
    reply = await hear(counter, "START")
    assert reply.done == "Wants texts again: what the stop ended is allowed again."
    assert await sent(counter) == [
        STOPPED,
        BACK.replace("4 offer texts", "4 offer and order texts"),
    ]
    sheet = await counter.shop.people.sheet(counter.shop.people.read_number(ANA))
    assert sheet.suppression is None
    assert (await counter.submit(topic="orders")).text is not None


async def test_start_is_a_new_act_with_their_text_as_its_evidence(counter: Counter) -> None:
    await signs_up(counter)
    await hear(counter, "STOP")
    await hear(counter, "START")
    granted = [e for e in await events(counter) if e.act is Act.GRANTED]
    assert [(e.how, e.topics, e.wording) for e in granted] == [
        (How.PAPER, ("offers",), WORDS),
        (How.TEXT, ("offers",), WORDS),
    ]
    assert granted[1].evidence_sha256 == hashlib.sha256(b"START").hexdigest()
    assert (granted[1].promised_n, granted[1].promised_days) == (4, 30)
    assert (await counter.shop.consents.check_ledger())[0] is None


async def test_start_brings_back_the_number_that_the_welcome_promised_last(
    counter: Counter,
) -> None:
    await signs_up(counter)
    less = "up to 1 offer text a month. Reply HELP for help, STOP to end. Msg&data rates may apply."
    await counter.shop.welcomes.send(ANA, body=less)
    await sent(counter)
    await hear(counter, "STOP")
    await hear(counter, "START")
    granted = [e for e in await events(counter) if e.act is Act.GRANTED]
    assert (granted[-1].promised_n, granted[-1].promised_days) == (1, 30)
    assert "up to 1 offer text/month" in (await sent(counter))[-1]


async def test_start_brings_back_nothing_that_was_given_up_before_the_stop(
    counter: Counter,
) -> None:
    await counter.agree(ANA, Purpose.MARKETING, ("offers", "events"), wording=WORDS)
    await no_to(counter, Purpose.MARKETING, ("events",))
    await hear(counter, "STOP")
    await hear(counter, "START")
    granted = [e for e in await events(counter) if e.act is Act.GRANTED]
    assert granted[-1].topics == ("offers",)


async def test_start_brings_back_nothing_that_was_refused_after_the_stop(counter: Counter) -> None:
    await signs_up(counter)
    await hear(counter, "STOP")
    counter.clock.advance(minutes=5)
    await no_to(counter, Purpose.MARKETING, ())
    reply = await hear(counter, "START")
    assert "new sign-up" in reply.done
    assert (await counter.submit(purpose=Purpose.MARKETING, topic="offers")).text is None


async def test_start_from_somebody_who_agreed_to_nothing_brings_nothing(counter: Counter) -> None:
    await counter.add()
    await hear(counter, "STOP")
    reply = await hear(counter, "START")
    assert "record a new sign-up" in reply.done
    sheet = await counter.shop.people.sheet(counter.shop.people.read_number(ANA))
    assert sheet.suppression is not None


async def test_start_without_a_stop_changes_nothing_and_is_not_answered(counter: Counter) -> None:
    await signs_up(counter)
    reply = await hear(counter, "START")
    assert reply.done.startswith("They had not said stop: nothing has changed.")
    assert await answers(counter) == []


async def test_a_start_from_before_the_stop_that_comes_late_brings_nothing(
    counter: Counter,
) -> None:
    await signs_up(counter)
    before = counter.clock.now() + timedelta(minutes=1)
    await hear(counter, "STOP")
    late = InboundText(sender=ANA, text="START", gateway_id="late", at=before)
    await counter.shop.inbox.take_in("drill", Collected(inbound=(late,)))
    assert (await counter.submit()).text is None
    sheet = await counter.shop.people.sheet(counter.shop.people.read_number(ANA))
    assert sheet.suppression is not None


async def test_a_stop_from_before_the_start_that_comes_late_stops(counter: Counter) -> None:
    await signs_up(counter)
    await hear(counter, "STOP")
    between = counter.clock.now() + timedelta(minutes=1)
    await hear(counter, "START")
    late = InboundText(sender=ANA, text="unsubscribe", gateway_id="late", at=between)
    await counter.shop.inbox.take_in("drill", Collected(inbound=(late,)))
    sheet = await counter.shop.people.sheet(counter.shop.people.read_number(ANA))
    assert sheet.suppression is not None, "in doubt they do not want texts"


async def test_a_start_switched_off_is_kept_but_not_answered(counter: Counter) -> None:
    await signs_up(counter)
    await off(counter, AnswerTo.START, AnswerTo.STOP)
    await hear(counter, "STOP")
    await hear(counter, "START")
    assert await answers(counter) == []
    assert (await counter.submit(purpose=Purpose.MARKETING, topic="offers")).text is not None


async def test_a_robot_that_says_stop_and_start_all_day_gets_two_texts(counter: Counter) -> None:
    await signs_up(counter)
    for _ in range(10):
        await hear(counter, "STOP")
        await sent(counter)
        await hear(counter, "START")
        await sent(counter)
    assert await sent(counter) == [STOPPED, BACK]
