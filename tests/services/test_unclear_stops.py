"""A reply that may be a stop: only answers meanwhile, asked about, and a stop after a day."""

from __future__ import annotations

from datetime import timedelta

import pytest

from shopbell.domain.consent import How, Purpose
from shopbell.domain.decision import Code, Verdict
from shopbell.domain.ids import TextId
from shopbell.domain.replies import Band, Intent, Reply
from shopbell.domain.stop_question import QUESTIONS, UNCLEAR_FOR, question_in
from shopbell.domain.stops import read_reply
from shopbell.domain.texts import State
from shopbell.errors import BadInput
from shopbell.services.rules import packaged_rules
from shops import ANA, BO, Counter


async def unclear(counter: Counter, text: str = "not interested") -> Reply:
    counter.hears(text)
    await counter.shop.delivery.sync()
    (reply,) = (await counter.shop.inbox.find(number=ANA)).rows
    assert reply.is_unclear
    return reply


async def answered(counter: Counter, text: str) -> Reply:
    counter.clock.advance(minutes=5)
    counter.hears(text, gateway_id="in-2")
    await counter.shop.delivery.sync()
    rows = (await counter.shop.inbox.find(number=ANA)).rows
    return next(reply for reply in rows if reply.text == text)


async def is_stopped(counter: Counter) -> bool:
    reasons = (await counter.submit()).judged.decision.reasons
    return Code.OPTED_OUT in {reason.code for reason in reasons}


async def test_meanwhile_only_answers_may_go(counter: Counter) -> None:
    await counter.agree()
    await counter.agree(purpose=Purpose.MARKETING)
    await unclear(counter)
    for purpose, verdict in (
        (Purpose.SERVICE, Verdict.HOLD),
        (Purpose.MARKETING, Verdict.HOLD),
        (Purpose.COMPLIANCE, Verdict.REFUSE),
    ):
        decision = (await counter.submit(purpose=purpose)).judged.decision
        assert (decision.verdict, decision.next_allowed_at) == (verdict, None)
        assert Code.HELD_AMBIGUOUS_STOP in {reason.code for reason in decision.reasons}
    answer = await counter.submit("which one?", purpose=Purpose.CONVERSATION)
    assert answer.judged.decision.verdict is Verdict.ALLOW


@pytest.mark.parametrize(("is_stop", "state"), [(False, State.ACCEPTED), (True, State.CANCELED)])
async def test_a_text_on_its_way_waits_for_the_word_about_the_reply(
    counter: Counter, is_stop: bool, state: State
) -> None:
    await counter.agree()
    sent = await counter.submit()
    assert sent.text is not None
    reply = await unclear(counter)
    await counter.deliver()
    assert await state_of(counter, sent.text.id) is State.HELD
    counter.clock.advance(minutes=5)
    await counter.shop.inbox.judge_unclear(reply.id, is_stop=is_stop)
    await counter.deliver()
    assert await state_of(counter, sent.text.id) is state


async def test_a_text_held_by_an_unclear_reply_goes_nowhere_after_a_day(counter: Counter) -> None:
    await counter.agree()
    await unclear(counter)
    written = await counter.submit()
    assert written.text is not None
    assert written.text.state is State.HELD
    counter.clock.advance(hours=24)
    await counter.deliver()
    assert await state_of(counter, written.text.id) is State.CANCELED
    assert await is_stopped(counter)


async def state_of(counter: Counter, text_id: TextId) -> State:
    """Return what became of a text."""
    rows = (await counter.shop.outbox.find(count=100)).rows
    return next(text.state for text in rows if text.id == text_id)


async def test_after_a_day_without_a_word_it_is_a_stop(counter: Counter) -> None:
    await counter.agree()
    reply = await unclear(counter)
    assert reply.stop_at == counter.clock.now() + UNCLEAR_FOR
    counter.clock.advance(hours=23, minutes=59)
    await counter.shop.delivery.sync()
    assert not await is_stopped(counter)
    counter.clock.advance(minutes=1)
    await counter.shop.delivery.sync()
    assert await is_stopped(counter)
    reply = await counter.shop.inbox.get(reply.id)
    assert reply.done == (
        "Nobody judged it in a day, so it is a stop. Put on the stop list. 1 waiting text canceled."
    )
    assert (reply.is_unclear, reply.stop_at) == (False, None)
    assert await counter.shop.inbox.let_time_judge() == 0


async def test_time_judges_before_anything_is_delivered(counter: Counter) -> None:
    await counter.agree()
    answer = (await counter.submit(purpose=Purpose.CONVERSATION)).text
    assert answer is None, "nobody has written, so there is nothing to answer"
    await unclear(counter)
    waiting = (await counter.submit("why?", purpose=Purpose.CONVERSATION)).text
    assert waiting is not None
    counter.clock.advance(hours=24)
    assert await counter.deliver() == ()
    assert counter.gateway.taken == []
    assert (await counter.shop.outbox.get(waiting.id)).state is State.CANCELED


async def test_time_judges_even_when_the_gateway_cannot_be_reached(counter: Counter) -> None:
    await counter.agree()
    await unclear(counter)
    counter.gateway.unreachable = True
    counter.clock.advance(hours=24)
    with pytest.raises(Exception, match="cannot be reached"):
        await counter.shop.delivery.sync()
    assert await is_stopped(counter)


async def test_an_unclear_reply_without_a_number_is_closed_by_time(counter: Counter) -> None:
    counter.hears("not interested", number="FERNBANK")
    await counter.shop.delivery.sync()
    counter.clock.advance(hours=24)
    assert await counter.shop.inbox.let_time_judge() == 1
    (reply,) = (await counter.shop.inbox.find()).rows
    assert reply.done == "The sender has no number that could be texted."
    assert not reply.is_unclear


async def test_what_a_person_judged_is_not_judged_by_time(counter: Counter) -> None:
    await counter.agree()
    reply = await unclear(counter)
    await counter.shop.inbox.judge_unclear(reply.id, is_stop=False)
    counter.clock.advance(hours=48)
    assert await counter.shop.inbox.let_time_judge() == 0
    assert not await is_stopped(counter)


async def test_a_clear_stop_later_closes_what_was_unclear(counter: Counter) -> None:
    await counter.agree()
    reply = await unclear(counter)
    await answered(counter, "STOP")
    reply = await counter.shop.inbox.get(reply.id)
    assert (reply.is_unclear, reply.done) == (False, "It counts as a stop.")
    assert await counter.shop.inbox.unread() == (2, 0)


async def test_somebody_elses_unclear_reply_stays_unclear(counter: Counter) -> None:
    await unclear(counter)
    counter.hears("STOP", number=BO, gateway_id="bo")
    await counter.shop.delivery.sync()
    assert (await counter.shop.inbox.unread())[1] == 1


async def test_they_are_asked_once_by_a_text_the_gate_let_go(counter: Counter) -> None:
    await counter.agree()
    reply = await unclear(counter)
    asked = await counter.shop.inbox.ask(reply.id)
    assert asked.judged.decision.verdict is Verdict.ALLOW
    await counter.deliver()
    assert [text.text for text in counter.gateway.taken] == [f"Fern & Finch: {QUESTIONS[0]}"]
    reply = await counter.shop.inbox.get(reply.id)
    assert reply.is_unclear
    assert reply.asked_at == counter.clock.now()
    with pytest.raises(BadInput, match="asked already"):
        await counter.shop.inbox.ask(reply.id)


@pytest.mark.parametrize("answer", ["No", "STOP", "no thanks", "please stop texting me"])
async def test_no_to_the_question_is_a_stop(counter: Counter, answer: str) -> None:
    await counter.agree()
    reply = await unclear(counter)
    await counter.shop.inbox.ask(reply.id)
    assert (await answered(counter, answer)).reading.band is Band.OPT_OUT
    assert await is_stopped(counter)
    assert not (await counter.shop.inbox.get(reply.id)).is_unclear


async def test_yes_to_the_question_is_not_a_stop(counter: Counter) -> None:
    await counter.agree()
    reply = await unclear(counter)
    await counter.shop.inbox.ask(reply.id)
    said = await answered(counter, "Yes please!")
    assert (said.reading.intent, said.done) == (Intent.YES, "They want to keep getting texts.")
    reply = await counter.shop.inbox.get(reply.id)
    assert reply.done == "They were asked and said yes: not a stop."
    assert (await counter.submit()).judged.decision.verdict is Verdict.ALLOW
    assert (await answered(counter, "yes")).reading.intent is None, "the question is closed"


async def test_yes_without_a_question_decides_nothing(counter: Counter) -> None:
    reply = await unclear(counter)
    assert (await answered(counter, "yes")).reading.intent is None
    assert (await counter.shop.inbox.get(reply.id)).is_unclear


async def test_a_day_without_an_answer_to_the_question_is_a_stop(counter: Counter) -> None:
    await counter.agree()
    reply = await unclear(counter)
    counter.clock.advance(hours=5)
    await counter.shop.inbox.ask(reply.id)
    await counter.deliver()
    counter.clock.advance(hours=23)
    assert await counter.shop.inbox.let_time_judge() == 0
    counter.clock.advance(hours=1)
    assert await counter.shop.inbox.let_time_judge() == 1
    assert await is_stopped(counter)


async def test_a_question_that_was_taken_back_was_not_asked(counter: Counter) -> None:
    reply = await unclear(counter)
    asked = (await counter.shop.inbox.ask(reply.id)).text
    assert asked is not None
    await counter.shop.outbox.cancel(asked.id)
    assert (await counter.shop.inbox.get(reply.id)).asked_at is None
    assert (await answered(counter, "yes")).reading.intent is None


async def test_a_clear_reply_is_not_asked_about(counter: Counter) -> None:
    counter.hears("lovely roses")
    await counter.shop.delivery.sync()
    (reply,) = (await counter.shop.inbox.find()).rows
    with pytest.raises(BadInput, match="nothing to ask"):
        await counter.shop.inbox.ask(reply.id)


async def test_whoever_said_stop_meanwhile_is_not_asked(counter: Counter) -> None:
    reply = await unclear(counter)
    await counter.shop.consents.opt_out(ANA, How.IN_PERSON)
    assert (await counter.shop.inbox.ask(reply.id)).text is None


async def test_the_question_is_asked_in_their_language(counter: Counter) -> None:
    await counter.add()
    await counter.shop.wishes.record(ANA, language="es-MX")
    reply = await unclear(counter)
    asked = (await counter.shop.inbox.ask(reply.id)).text
    assert asked is not None
    assert asked.body == question_in("es")
    assert (await answered(counter, "Sí")).reading.intent is Intent.YES


@pytest.mark.parametrize("language", ["", "en", "xx", "de", "DE-at", "es", "fr-CA"])
def test_the_question_is_read_rightly_however_it_is_answered(language: str) -> None:
    question = question_in(language)
    assert question in QUESTIONS
    yes = next(word for word in ("YES", "JA", "SI", "OUI") if word in question.split())
    rules = packaged_rules().stops
    assert read_reply(yes, language, True, rules=rules).intent is Intent.YES
    assert read_reply("STOP", language, True, rules=rules).band is Band.OPT_OUT


def test_an_unclear_reply_waits_a_day() -> None:
    assert timedelta(hours=24) == UNCLEAR_FOR
