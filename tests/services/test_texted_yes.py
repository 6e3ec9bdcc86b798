"""A yes by text: the YES to our question, and JOIN from a poster; then the welcome, once."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from services.test_answers import answers, events, hear, off, sent
from shopbell.domain.consent import Act, How, Purpose
from shopbell.domain.decision import Code, Reason
from shopbell.domain.own_texts import AnswerTo
from shopbell.domain.promises import Frequency
from shopbell.domain.template_rules import TemplateKind
from shopbell.errors import BadInput
from shopbell.services.confirming import Opened
from shopbell.services.consent_steps import Recorded
from shops import ANA, BO, Counter, a_yes

WORDS = "Text me about offers from Fern & Finch. Up to 4 texts a month. Reply STOP to end."
QUESTION = (
    "Fern & Finch: please confirm. Reply YES to get our offers, up to 4 texts a month. No reply,"
    " no texts. Msg&data rates may apply. HELP for help, STOP to end."
)
WELCOME = (
    "Fern & Finch: you're on our list! Up to 4 offer texts/month, weekdays 10-6, Sat 10-5."
    " Reply HELP for help, STOP to end. Msg&data rates may apply."
)


async def signs_up(counter: Counter, **changes: object) -> Opened:
    """Record a yes to offers, which are confirmed by text."""
    await counter.shop.topics.change("offers", confirm=True)
    draft = replace(
        a_yes(ANA, Purpose.MARKETING, ("offers",), wording=WORDS, at=counter.clock.now()),
        **changes,  # type: ignore[arg-type]
    )
    opened = await counter.shop.consents.grant(draft)
    assert isinstance(opened, Opened), opened
    return opened


async def offer_codes(counter: Counter) -> set[Code]:
    decision = (
        await counter.submit("roses", purpose=Purpose.MARKETING, topic="offers")
    ).judged.decision
    return {reason.code for reason in decision.reasons}


async def poster(counter: Counter, *topics: str) -> None:
    folder = counter.path.parent
    await counter.shop.papers.poster(folder / f"{len(list(folder.iterdir()))}.html", topics=topics)


async def test_a_yes_to_be_confirmed_counts_only_from_its_yes(counter: Counter) -> None:
    opened = await signs_up(counter)
    assert await offer_codes(counter) == {Code.CONSENT_UNCONFIRMED}
    assert await events(counter) == (), "the ledger knows nothing of it yet"
    assert await sent(counter) == [QUESTION]
    assert opened.question is not None
    assert opened.question.own is TemplateKind.DOUBLE_OPT_IN
    assert await offer_codes(counter) == {Code.CONSENT_UNCONFIRMED}
    reply = await hear(counter, "Yes!")
    assert reply.done == "Confirmed by text: offers."
    assert Code.CONSENT_UNCONFIRMED not in await offer_codes(counter)
    assert await sent(counter) == [QUESTION, WELCOME, *(await sent(counter))[2:]]


async def test_the_ledger_keeps_the_words_shown_and_their_text_as_evidence(
    counter: Counter,
) -> None:
    await signs_up(counter, witness="Ana", place="the market stall")
    await sent(counter)
    await hear(counter, "YES")
    (event,) = await events(counter)
    assert (event.act, event.how, event.topics) == (Act.GRANTED, How.DOUBLE_OPT_IN, ("offers",))
    assert (event.wording, event.witness, event.place) == (WORDS, "Ana", "the market stall")
    assert event.evidence_sha256 == hashlib.sha256(b"YES").hexdigest()
    assert (event.promised_n, event.promised_days) == (4, 30)
    assert event.at == counter.clock.now()
    assert (await counter.shop.consents.check_ledger())[0] is None
    assert await counter.shop.consents.waiting(ANA) == ()


async def test_the_sentence_says_since_when_they_are_asked_and_until_when(
    counter: Counter,
) -> None:
    await signs_up(counter)
    refused = await counter.submit("roses", purpose=Purpose.MARKETING, topic="offers")
    assert "the question has not left yet" in refused.judged.decision.reasons[0].sentence
    await sent(counter)
    refused = await counter.submit("roses", purpose=Purpose.MARKETING, topic="offers")
    sentence = refused.judged.decision.reasons[0].sentence
    assert "asked by text on 24 Nov 2026" in sentence
    assert "ends on 1 Dec 2026" in sentence


async def test_a_yes_from_another_number_confirms_nothing(counter: Counter) -> None:
    await signs_up(counter)
    await sent(counter)
    await hear(counter, "YES", BO)
    assert await offer_codes(counter) == {Code.CONSENT_UNCONFIRMED}


async def test_a_yes_before_the_question_left_confirms_nothing(counter: Counter) -> None:
    await signs_up(counter)
    reply = await hear(counter, "YES")
    assert reply.reading.intent is None
    assert await offer_codes(counter) == {Code.CONSENT_UNCONFIRMED}


@pytest.mark.parametrize(("minutes", "counts"), [(7 * 24 * 60 - 1, True), (7 * 24 * 60, False)])
async def test_the_question_is_open_for_seven_days(
    counter: Counter, minutes: int, counts: bool
) -> None:
    await signs_up(counter)
    await sent(counter)
    await hear(counter, "YES", minutes=minutes)
    assert bool(await events(counter)) is counts
    if not counts:
        assert await offer_codes(counter) >= {Code.NO_CONSENT}


async def test_a_yes_after_another_text_of_ours_is_an_answer_to_that(counter: Counter) -> None:
    await counter.agree(ANA, Purpose.SERVICE, ("orders",))
    await signs_up(counter)
    await sent(counter)
    counter.clock.advance(hours=1)
    await counter.submit("Can you come by at five?", topic="orders")
    await counter.deliver()
    reply = await hear(counter, "yes")
    assert reply.reading.intent is None
    assert await offer_codes(counter) == {Code.CONSENT_UNCONFIRMED}


async def test_no_to_the_question_is_a_stop(counter: Counter) -> None:
    await signs_up(counter)
    await sent(counter)
    reply = await hear(counter, "no")
    assert reply.done.startswith("Put on the stop list.")
    await hear(counter, "yes")
    assert Code.OPTED_OUT in await offer_codes(counter)
    assert not [event for event in await events(counter) if event.act is Act.GRANTED]


async def test_a_stop_in_between_ends_the_question(counter: Counter) -> None:
    await off(counter, AnswerTo.STOP)
    await signs_up(counter)
    await sent(counter)
    await hear(counter, "STOP")
    await hear(counter, "YES")
    assert Code.OPTED_OUT in await offer_codes(counter)


async def test_a_yes_is_taken_once(counter: Counter) -> None:
    await signs_up(counter)
    await sent(counter)
    await hear(counter, "YES")
    await hear(counter, "YES")
    assert len(await events(counter)) == 1
    assert len(await answers(counter)) == 2, "the question and the welcome"


async def test_who_said_stop_is_not_asked_to_confirm(counter: Counter) -> None:
    await counter.shop.topics.change("offers", confirm=True)
    await counter.shop.consents.opt_out(ANA, How.SPOKEN)
    counter.clock.advance(minutes=1)
    draft = a_yes(ANA, Purpose.MARKETING, ("offers",), wording=WORDS, at=counter.clock.now())
    refused = await counter.shop.consents.grant(draft)
    assert isinstance(refused, Reason)
    assert (refused.code, "START" in refused.sentence) == (Code.OPTED_OUT, True)


async def test_a_yes_confirmed_elsewhere_and_other_topics_need_no_question(
    counter: Counter,
) -> None:
    await counter.shop.topics.change("offers", confirm=True)
    now = counter.clock.now()
    for draft in (
        a_yes(ANA, Purpose.MARKETING, ("offers",), wording=WORDS, how=How.DOUBLE_OPT_IN, at=now),
        a_yes(ANA, Purpose.MARKETING, ("events",), wording=WORDS, at=now),
    ):
        assert isinstance(await counter.shop.consents.grant(draft), Recorded)
    assert await answers(counter) == []


async def test_signed_up_on_paper_at_night_they_are_asked_in_the_morning(counter: Counter) -> None:
    counter.clock.advance(hours=12)
    await signs_up(counter)
    assert await sent(counter) == []
    counter.clock.advance(hours=12)
    assert await sent(counter) == [QUESTION]


async def test_a_topic_without_a_number_cannot_ask_to_be_confirmed(counter: Counter) -> None:
    with pytest.raises(BadInput, match="needs a number for the question"):
        await counter.shop.topics.change("orders", confirm=True)


async def test_join_from_a_poster_is_a_yes_in_its_words_and_is_welcomed(counter: Counter) -> None:
    await poster(counter, "offers")
    reply = await hear(counter, "JOIN")
    assert reply.done == "Joined by text: offers."
    (event,) = await events(counter)
    assert (event.how, event.topics) == (How.KEYWORD, ("offers",))
    assert "JOIN" in event.wording
    assert event.evidence_sha256 == hashlib.sha256(b"JOIN").hexdigest()
    assert (event.promised_n, event.promised_days) == (4, 30)
    assert await sent(counter) == [WELCOME]
    assert (await counter.shop.people.by_number(ANA)) is not None
    assert await offer_codes(counter) <= {Code.CAP_SHOP}


@pytest.mark.parametrize("text", ["join", " Join! ", "JOIN.", "\u201cJOIN\u201d", "J\u200bOIN"])
async def test_join_is_read_however_it_is_typed(counter: Counter, text: str) -> None:
    await poster(counter, "offers")
    assert (await hear(counter, text)).done == "Joined by text: offers."


@pytest.mark.parametrize("text", ["can I join?", "join us for lunch", "JOINT", "JOI", "\u202e"])
async def test_other_texts_do_not_join(counter: Counter, text: str) -> None:
    await poster(counter, "offers")
    await hear(counter, text)
    assert await events(counter) == ()


async def test_joining_twice_changes_nothing(counter: Counter) -> None:
    await poster(counter, "offers")
    await hear(counter, "JOIN")
    reply = await hear(counter, "JOIN", minutes=60 * 25)
    assert reply.done == "Had joined before: nothing has changed."
    assert len(await events(counter)) == 1
    assert len(await answers(counter)) == 1


async def test_without_a_poster_join_means_no_more_than_before(counter: Counter) -> None:
    reply = await hear(counter, "JOIN")
    assert await events(counter) == ()
    assert reply.done.startswith("They had not said stop: nothing has changed.")


async def test_the_shops_own_word_is_printed_and_joins(counter: Counter) -> None:
    await counter.shop.topics.change("events", keyword="blooms")
    printed = await counter.shop.papers.poster(counter.path.parent / "p.html", topics=["events"])
    assert printed.paper.join == "BLOOMS"
    assert "BLOOMS" in Path(printed.file).read_text(encoding="utf-8")
    assert "JOIN" not in printed.paper.wording
    reply = await hear(counter, "Blooms")
    assert reply.done == "Joined by text: events."


async def test_the_newest_poster_with_a_word_counts(counter: Counter) -> None:
    await poster(counter, "offers")
    await counter.shop.topics.change("offers", often=Frequency(n=2, days=30))
    await poster(counter, "offers")
    await hear(counter, "JOIN")
    (event,) = await events(counter)
    assert (event.promised_n, event.promised_days) == (2, 30)


async def test_a_topic_that_is_no_longer_offered_cannot_be_joined(counter: Counter) -> None:
    await poster(counter, "offers")
    await counter.shop.topics.change("offers", offered=False)
    await hear(counter, "JOIN")
    assert await events(counter) == ()


async def test_a_word_without_a_poster_is_asked_about_first(counter: Counter) -> None:
    await counter.shop.topics.change("offers", keyword="ROSES")
    reply = await hear(counter, "roses")
    assert reply.done == "Wants to join: asked by text to confirm it."
    assert await sent(counter) == [QUESTION]
    await hear(counter, "YES")
    assert await sent(counter) == [QUESTION, WELCOME]


async def test_a_poster_for_a_topic_to_be_confirmed_asks_too(counter: Counter) -> None:
    await counter.shop.topics.change("offers", confirm=True)
    await poster(counter, "offers")
    await hear(counter, "JOIN")
    assert await sent(counter) == [QUESTION]
    assert await events(counter) == ()
    await hear(counter, "YES")
    assert len(await events(counter)) == 1


async def test_join_after_a_stop_is_a_fresh_sign_up_of_that_topic_alone(counter: Counter) -> None:
    await counter.agree(ANA, Purpose.MARKETING, ("events",), wording=WORDS)
    await poster(counter, "offers")
    await hear(counter, "STOP")
    await hear(counter, "JOIN")
    granted = [event.topics for event in await events(counter) if event.act is Act.GRANTED]
    assert granted == [("events",), ("offers",)]
    sheet = await counter.shop.people.sheet(counter.shop.people.read_number(ANA))
    assert sheet.suppression is None


async def test_a_join_is_not_welcomed_where_the_owner_does_not_want_it(counter: Counter) -> None:
    await off(counter, AnswerTo.JOIN)
    await poster(counter, "offers")
    await hear(counter, "JOIN")
    assert len(await events(counter)) == 1
    assert await answers(counter) == []


@pytest.mark.parametrize(
    "word",
    "STOP HELP YES NO END PAUSE CALL ORDERS START X 9LIVES R\u00d6SEN VERYLONGWORDS".split(),
)
async def test_words_that_mean_something_else_cannot_join(counter: Counter, word: str) -> None:
    with pytest.raises(BadInput):
        await counter.shop.topics.change("offers", keyword=word)


async def test_a_late_yes_that_was_written_in_time_counts(counter: Counter) -> None:
    await signs_up(counter)
    await sent(counter)
    counter.clock.advance(minutes=5)
    counter.hears("YES", gateway_id="late")
    counter.clock.advance(hours=3)
    await counter.shop.delivery.sync()
    (event,) = await events(counter)
    assert counter.clock.now() - event.at == timedelta(hours=3)
