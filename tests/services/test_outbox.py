"""Checking, accepting, listing, canceling and settling texts."""

from __future__ import annotations

from datetime import timedelta

import pytest

from shopbell.domain.consent import How, Purpose
from shopbell.domain.decision import Code, Verdict
from shopbell.domain.facts import TextDraft
from shopbell.domain.frozen import facts_from_json
from shopbell.domain.gateway import Outcome
from shopbell.domain.ids import TextId
from shopbell.domain.judge import judge
from shopbell.domain.texts import State
from shopbell.errors import BadInput
from shopbell.services.rules import packaged_rules
from shopbell.store import decisions
from shops import ANA, BO, Counter


async def test_checking_writes_nothing(counter: Counter) -> None:
    await counter.agree()
    draft = TextDraft(number=ANA, body="your order is ready.", purpose=Purpose.SERVICE)
    checked = await counter.shop.outbox.check(draft)
    assert checked.judged.decision.verdict is Verdict.ALLOW
    assert checked.judged.final.text.startswith("Fern & Finch: ")
    assert checked.price_micros == 7900 * checked.judged.final.segments
    assert (await counter.shop.outbox.find()).total == 0


async def test_an_allowed_text_is_written_waiting_and_not_sent_by_that(counter: Counter) -> None:
    await counter.agree()
    submitted = await counter.submit()
    assert submitted.text is not None
    assert submitted.text.state is State.WAITING
    assert len(submitted.text.ref) == 26
    assert counter.gateway.taken == []


async def test_a_refused_text_never_enters_the_outbox_but_its_decision_is_kept(
    counter: Counter,
) -> None:
    submitted = await counter.submit()
    assert submitted.text is None
    assert [r.code for r in submitted.judged.decision.reasons] == [Code.NO_CONSENT]
    assert (await counter.shop.outbox.find()).total == 0
    kept = await counter.shop._desk.store.read(decisions.latest_for, ANA, 5)
    assert [decision.verdict for _, decision in kept] == [Verdict.REFUSE]


async def test_a_text_at_night_is_held_until_the_shop_opens(counter: Counter) -> None:
    await counter.agree()
    counter.clock.advance(hours=12)
    submitted = await counter.submit()
    assert submitted.text is not None
    assert submitted.text.state is State.HELD
    assert submitted.text.not_before == submitted.judged.decision.next_allowed_at
    assert await counter.deliver() == ()
    counter.clock.advance(hours=12)
    (sent,) = await counter.deliver()
    assert sent.state is State.ACCEPTED


async def test_a_scheduled_text_is_judged_for_its_time_and_leaves_no_earlier(
    counter: Counter,
) -> None:
    await counter.agree()
    later = counter.clock.now() + timedelta(hours=2)
    draft = TextDraft(number=ANA, body="see you at one", purpose=Purpose.SERVICE)
    submitted = await counter.shop.outbox.submit(draft, not_before=later)
    assert submitted.text is not None
    assert (submitted.text.state, submitted.text.not_before) == (State.WAITING, later)
    assert await counter.deliver() == ()
    counter.clock.advance(hours=2, minutes=1)
    assert len(await counter.deliver()) == 1


async def scheduled(counter: Counter, body: str = "see you at one") -> TextId:
    """Write a text for two hours from now."""
    later = counter.clock.now() + timedelta(hours=2)
    draft = TextDraft(number=ANA, body=body, purpose=Purpose.SERVICE)
    submitted = await counter.shop.outbox.submit(draft, not_before=later)
    assert submitted.text is not None
    return submitted.text.id


async def test_a_scheduled_text_that_nobody_was_there_to_send_is_asked_about(
    counter: Counter,
) -> None:
    await counter.agree()
    text_id = await scheduled(counter)
    counter.clock.advance(hours=3, minutes=1)
    assert await counter.deliver() == ()
    (asked,) = await counter.shop.missed.find()
    assert asked.id == text_id
    assert asked.missed == "Nobody was there to send this text at its time. Should it still go?"
    # Asked once, however often the outbox is looked through.
    assert await counter.deliver() == ()
    assert [event.word for event in await counter.shop.outbox.events(text_id)] == [
        "[written]",
        "[asked the shop]",
    ]
    await counter.shop.missed.let_go(text_id)
    (sent,) = await counter.deliver()
    assert (sent.id, sent.state) == (text_id, State.ACCEPTED)


async def test_one_that_is_an_hour_late_at_most_leaves(counter: Counter) -> None:
    await counter.agree()
    text_id = await scheduled(counter)
    counter.clock.advance(hours=3)
    assert [text.id for text in await counter.deliver()] == [text_id]
    assert await counter.shop.missed.find() == ()


async def test_one_that_could_leave_only_another_day_is_asked_about_too(counter: Counter) -> None:
    await counter.agree()
    text_id = await scheduled(counter)
    counter.clock.advance(hours=11)
    assert await counter.deliver() == ()
    assert [text.id for text in await counter.shop.missed.find()] == [text_id]


async def test_one_whose_words_are_wrong_by_now_is_not_asked_about(counter: Counter) -> None:
    await counter.agree()
    text_id = await scheduled(counter, "see you today at one")
    counter.clock.advance(days=1)
    assert await counter.deliver() == ()
    assert (await counter.shop.outbox.get(text_id)).state is State.CANCELED
    assert await counter.shop.missed.find() == ()


async def test_a_text_that_was_held_has_no_time_of_its_own_and_leaves_when_it_may(
    counter: Counter,
) -> None:
    await counter.agree()
    counter.clock.advance(hours=9)
    submitted = await counter.submit("your order is ready")
    assert submitted.text is not None
    assert submitted.text.state is State.HELD
    counter.clock.advance(hours=18)
    (sent,) = await counter.deliver()
    assert (sent.id, sent.state) == (submitted.text.id, State.ACCEPTED)


async def test_a_waiting_text_counts_against_the_cap(counter: Counter) -> None:
    await counter.agree(purpose=Purpose.MARKETING, topics=("offers",))
    first = await counter.submit(purpose=Purpose.MARKETING, topic="offers")
    second = await counter.submit(purpose=Purpose.MARKETING, topic="offers")
    assert first.judged.decision.verdict is Verdict.ALLOW
    assert second.judged.decision.verdict is Verdict.HOLD
    assert Code.CAP_SHOP in {reason.code for reason in second.judged.decision.reasons}
    assert second.judged.decision.next_allowed_at is not None
    assert second.judged.decision.next_allowed_at - counter.clock.now() >= timedelta(days=6)


async def test_a_failed_text_gives_its_place_back(counter: Counter) -> None:
    await counter.agree(purpose=Purpose.MARKETING, topics=("offers",))
    await counter.submit(purpose=Purpose.MARKETING, topic="offers")
    counter.gateway.answers.append(Outcome.BAD_NUMBER)
    (failed,) = await counter.deliver()
    assert failed.state is State.FAILED
    again = await counter.submit(purpose=Purpose.MARKETING, topic="offers")
    assert again.judged.decision.verdict is Verdict.ALLOW


async def test_lists_count_and_filter(counter: Counter) -> None:
    await counter.agree(ANA)
    await counter.agree(BO)
    await counter.submit(number=ANA)
    await counter.submit(number=BO)
    await counter.deliver()
    await counter.submit(number=ANA, body="and your vase")
    find = counter.shop.outbox.find
    assert (await find((State.WAITING,))).total == 1
    assert (await find(number=BO)).total == 1
    newest = (await find(count=1)).rows[0]
    assert newest.body == "and your vase"
    counts = await counter.shop.outbox.counts(counter.clock.now() - timedelta(days=1))
    assert counts == {State.WAITING: 1, State.ACCEPTED: 2}


async def test_a_text_that_has_not_left_can_be_canceled_once(counter: Counter) -> None:
    await counter.agree()
    text = (await counter.submit()).text
    assert text is not None
    assert await counter.shop.outbox.cancel(text.id)
    assert not await counter.shop.outbox.cancel(text.id)
    assert await counter.deliver() == ()
    assert counter.gateway.taken == []


async def test_a_text_that_has_left_cannot_be_canceled(counter: Counter) -> None:
    await counter.agree()
    await counter.submit()
    (sent,) = await counter.deliver()
    assert not await counter.shop.outbox.cancel(sent.id)


async def test_asking_for_a_text_that_is_not_there_says_so(counter: Counter) -> None:
    with pytest.raises(BadInput, match="no text number 77"):
        await counter.shop.outbox.get(TextId(77))


async def test_a_stored_decision_replays_to_the_same_answer(counter: Counter) -> None:
    await counter.agree()
    text = (await counter.submit()).text
    assert text is not None
    stored = await counter.shop.outbox.decision(text.decision_id)
    frozen = await counter.shop._desk.store.read(decisions.load_facts, text.decision_id)
    assert stored is not None
    assert frozen is not None
    facts = facts_from_json(frozen)
    again = judge(facts.draft, facts.person, facts.shop, packaged_rules(), stored.decided_at)
    assert again.decision == stored


async def test_unknown_is_settled_by_asking_the_gateway(counter: Counter) -> None:
    await counter.agree()
    await counter.submit()
    counter.gateway.answers.append(Outcome.UNKNOWN)
    (unknown,) = await counter.deliver()
    assert unknown.state is State.UNKNOWN
    settled = await counter.shop.outbox.settle(unknown.id)
    assert settled.state is State.WAITING
    words = [event.word for event in await counter.shop.outbox.events(unknown.id)]
    assert words == ["[written]", "[claimed]", "unknown", "[absent]"]


async def test_unknown_is_settled_as_accepted_when_the_gateway_has_it(counter: Counter) -> None:
    await counter.agree()
    await counter.submit()
    counter.gateway.answers.append(Outcome.UNKNOWN)
    (unknown,) = await counter.deliver()
    from shopbell.services.asking import outgoing

    counter.gateway.taken.append(outgoing(unknown, counter.clock.now()))
    settled = await counter.shop.outbox.settle(unknown.id)
    assert settled.state is State.ACCEPTED
    assert settled.gateway_id == f"drill-{unknown.ref}"


@pytest.mark.parametrize(("word", "state"), [(True, State.SENT), (False, State.FAILED)])
async def test_the_owners_word_settles_and_is_recorded(
    counter: Counter, word: bool, state: State
) -> None:
    await counter.agree()
    await counter.submit()
    counter.gateway.answers.append(Outcome.UNKNOWN)
    (unknown,) = await counter.deliver()
    settled = await counter.shop.outbox.settle(unknown.id, word)
    assert settled.state is state
    assert (await counter.shop.outbox.events(unknown.id))[-1].word == "[owner]"
    with pytest.raises(BadInput, match="nothing to settle"):
        await counter.shop.outbox.settle(unknown.id, word)


async def test_a_stop_while_a_text_is_unknown_still_stops_the_next(counter: Counter) -> None:
    await counter.agree()
    await counter.submit()
    counter.gateway.answers.append(Outcome.UNKNOWN)
    await counter.deliver()
    await counter.shop.consents.opt_out(ANA, How.TEXT)
    assert (await counter.submit()).text is None
