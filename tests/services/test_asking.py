"""Texts nobody knows about: the gateway is asked, by itself, and only what is certain is acted on.

What the gateway never got is sent again where a reference cannot be used twice, and nowhere else.
"""

from __future__ import annotations

from collections import Counter as Counts
from dataclasses import replace
from datetime import timedelta

import pytest

from crowds import campaign, crowd
from shopbell.domain.campaigns import CampaignState
from shopbell.domain.consent import Act, How, Purpose
from shopbell.domain.gateway import Finding, Found, GatewayConfig, Outcome, Outgoing
from shopbell.domain.texts import OutboundText, State
from shopbell.services.asking import WAITS, outgoing
from shopbell.services.delivery import Event
from shops import ANA, Counter, a_yes


async def an_unknown(counter: Counter, body: str = "your order is ready.") -> OutboundText:
    """Send a text after which the gateway says nothing."""
    await counter.agree()
    await counter.submit(body)
    counter.gateway.answers.append(Outcome.UNKNOWN)
    (text,) = await counter.deliver()
    assert text.state is State.UNKNOWN
    return text


async def state_of(counter: Counter, text: OutboundText) -> State:
    return (await counter.shop.outbox.get(text.id)).state


async def words_about(counter: Counter, text: OutboundText) -> list[str]:
    return [event.word for event in await counter.shop.outbox.events(text.id)]


class Asked:
    """Answers look-ups as told and counts them; sends are the drill gateway's own."""

    def __init__(self, counter: Counter, *answers: Finding) -> None:
        self.answers = list(answers)
        self.count = 0
        counter.gateway.find = self.find  # type: ignore[method-assign]

    async def find(self, outgoing: Outgoing, taken_ids: frozenset[str]) -> Found:
        del outgoing, taken_ids
        self.count += 1
        answer = self.answers.pop(0) if self.answers else Finding.UNSURE
        return Found(finding=answer, gateway_id="g-1" if answer is Finding.PRESENT else None)


async def test_a_round_asks_by_itself_and_what_the_gateway_has_is_accepted(
    counter: Counter,
) -> None:
    text = await an_unknown(counter)
    counter.gateway.taken.append(outgoing(text, counter.clock.now()))
    counter.gateway.receipt_state = None
    seen: list[Event] = []
    await counter.shop.delivery.sync(seen.append)
    assert await state_of(counter, text) is State.ACCEPTED
    assert (await words_about(counter, text))[-1] == "[found]"
    assert [event.text.id for event in seen if event.text] == [text.id]
    assert await counter.deliver() == ()


async def test_what_it_never_got_goes_again_under_the_same_reference(counter: Counter) -> None:
    text = await an_unknown(counter)
    await counter.shop.delivery.sync()
    assert await state_of(counter, text) is State.WAITING
    (again,) = await counter.deliver()
    assert (again.id, again.ref, again.state) == (text.id, text.ref, State.ACCEPTED)
    assert [taken.ref for taken in counter.gateway.taken] == [text.ref]
    words = await words_about(counter, text)
    assert words == ["[written]", "[claimed]", "unknown", "[absent]", "[claimed]", "accepted"]


@pytest.mark.parametrize("by_hand", [False, True])
async def test_where_a_reference_can_be_used_twice_nothing_goes_again(
    counter: Counter, by_hand: bool
) -> None:
    counter.gateway.info = replace(counter.gateway.info, refuses_duplicates=False)
    text = await an_unknown(counter)
    if by_hand:
        await counter.shop.outbox.settle(text.id)
    else:
        await counter.shop.delivery.sync()
    assert await state_of(counter, text) is State.FAILED
    assert await counter.deliver() == ()
    assert counter.gateway.taken == []


async def test_a_text_whose_time_is_over_is_not_sent_again(counter: Counter) -> None:
    text = await an_unknown(counter)
    assert text.expires_at is not None
    counter.clock.advance(seconds=(text.expires_at - counter.clock.now()).total_seconds())
    await counter.shop.delivery.sync()
    assert await state_of(counter, text) is State.FAILED


async def test_who_has_said_stop_meanwhile_is_not_sent_it_again(counter: Counter) -> None:
    text = await an_unknown(counter)
    await counter.shop.consents.opt_out(ANA, How.SPOKEN)
    await counter.shop.delivery.sync()
    assert await counter.deliver() == ()
    assert await state_of(counter, text) is State.CANCELED
    assert counter.gateway.taken == []


async def test_words_that_have_become_wrong_are_not_sent_again(counter: Counter) -> None:
    text = await an_unknown(counter, "your order is ready, we are open until 11 today.")
    counter.clock.advance(minutes=20)
    await counter.shop.delivery.sync()
    assert await counter.deliver() == ()
    assert await state_of(counter, text) in {State.CANCELED, State.FAILED}
    assert counter.gateway.taken == []


class TestHowOften:
    async def test_an_unsure_gateway_is_asked_four_times_and_then_it_is_a_persons_turn(
        self, counter: Counter
    ) -> None:
        text = await an_unknown(counter)
        asked = Asked(counter)
        for minute in range(60):
            await counter.shop.delivery.sync()
            counter.clock.advance(minutes=1)
            assert asked.count <= minute + 1
        assert asked.count == len(WAITS) == 4
        assert await state_of(counter, text) is State.UNKNOWN
        assert (await words_about(counter, text)).count("[asked]") == 4

    async def test_each_question_waits_longer_than_the_one_before(self, counter: Counter) -> None:
        await an_unknown(counter)
        asked, at = Asked(counter), []
        begun = counter.clock.now()
        while asked.count < len(WAITS):
            before = asked.count
            await counter.shop.delivery.sync()
            if asked.count > before:
                at.append(counter.clock.now() - begun)
            counter.clock.advance(seconds=30)
        assert at == [timedelta(0), *(timedelta(minutes=each) for each in (1, 3, 13))]

    async def test_a_person_may_ask_as_often_as_they_like(self, counter: Counter) -> None:
        text = await an_unknown(counter)
        asked = Asked(counter, *[Finding.UNSURE] * 6, Finding.PRESENT)
        for _ in range(6):
            still = await counter.shop.outbox.settle(text.id)
            assert (still.state, still.detail) == (State.UNKNOWN, "The gateway cannot tell.")
        assert (await counter.shop.outbox.settle(text.id)).state is State.ACCEPTED
        assert asked.count == 7

    async def test_a_gateway_that_cannot_be_asked_is_not(self, counter: Counter) -> None:
        counter.gateway.info = replace(counter.gateway.info, can_look_up=False)
        text = await an_unknown(counter)
        asked = Asked(counter, Finding.PRESENT)
        await counter.shop.delivery.sync()
        assert asked.count == 0
        assert await state_of(counter, text) is State.UNKNOWN

    async def test_a_text_of_last_week_is_left_to_a_person(self, counter: Counter) -> None:
        text = await an_unknown(counter)
        asked = Asked(counter, Finding.PRESENT)
        counter.clock.advance(days=7, seconds=1)
        await counter.shop.delivery.sync()
        assert asked.count == 0
        assert await state_of(counter, text) is State.UNKNOWN

    async def test_another_gateway_is_not_asked_about_it(self, counter: Counter) -> None:
        text = await an_unknown(counter)
        asked = Asked(counter, Finding.PRESENT)
        await counter.shop.gateways.set_up(
            GatewayConfig(
                name="other", preset_id="practice", account={}, price_micros=None, currency=None
            )
        )
        await counter.shop.delivery.sync()
        assert asked.count == 0
        left = await counter.shop.outbox.settle(text.id)
        assert left.state is State.UNKNOWN
        assert "drill" in left.detail

    async def test_what_a_receipt_has_told_is_not_asked(self, counter: Counter) -> None:
        text = await an_unknown(counter)
        asked = Asked(counter, Finding.ABSENT)
        await counter.shop.outbox.settle(text.id, word=True)
        await counter.shop.delivery.sync()
        assert asked.count == 0


class TestInCampaigns:
    async def start(self, counter: Counter, count: int, *answers: Outcome) -> int:
        numbers = await crowd(counter, count)
        made = await campaign(counter)
        await counter.shop.runs.approve(made.id, len(numbers))
        await counter.shop.runs.start(made.id)
        counter.clock.advance(seconds=61)
        counter.gateway.answers.extend(answers)
        await counter.deliver()
        return made.id

    async def test_the_last_of_a_campaign_that_is_done_still_gets_their_text(
        self, counter: Counter
    ) -> None:
        made = await self.start(
            counter, 5, Outcome.UNKNOWN, Outcome.ACCEPTED, Outcome.ACCEPTED, Outcome.UNKNOWN
        )
        for _ in range(2):
            await counter.shop.delivery.sync()
            await counter.deliver()
        assert len(Counts(text.to for text in counter.gateway.taken)) == 5
        assert len(counter.gateway.taken) == 5
        plan = await counter.shop.plans.show(made)
        assert {bucket.value: n for bucket, n in plan.tally.by_bucket if n} == {"sent": 5}
        assert plan.campaign.state is CampaignState.DONE

    @pytest.mark.parametrize("ending", ["pause", "abort"])
    async def test_of_a_campaign_that_was_stopped_nothing_goes_again(
        self, counter: Counter, ending: str
    ) -> None:
        made = await self.start(counter, 4, *[Outcome.UNKNOWN] * 3)
        if ending == "abort":
            await counter.shop.runs.abort(made)
        await counter.shop.delivery.sync()
        assert await counter.deliver() == ()
        assert counter.gateway.taken == []

    async def test_after_a_pause_for_three_unknowns_everybody_gets_theirs_once(
        self, counter: Counter
    ) -> None:
        made = await self.start(counter, 6, *[Outcome.UNKNOWN] * 3)
        assert (await counter.shop.campaigns.get(made)).state is CampaignState.PAUSED
        await counter.shop.delivery.sync()
        await counter.shop.runs.resume(made)
        await counter.deliver()
        assert set(Counts(text.to for text in counter.gateway.taken).values()) == {1}
        assert len(counter.gateway.taken) == 6

    async def test_after_its_last_moment_nothing_of_it_goes_again(self, counter: Counter) -> None:
        await crowd(counter, 1)
        latest = counter.clock.now() + timedelta(minutes=30)
        made = await campaign(counter, latest=latest)
        await counter.shop.runs.approve(made.id)
        await counter.shop.runs.start(made.id)
        counter.clock.advance(seconds=61)
        counter.gateway.answers.append(Outcome.UNKNOWN)
        await counter.deliver()
        await counter.deliver()
        counter.clock.advance(minutes=29)
        await counter.shop.delivery.sync()
        assert await counter.deliver() == ()
        assert counter.gateway.taken == []


async def test_a_purpose_given_up_meanwhile_is_kept(counter: Counter) -> None:
    await counter.agree(purpose=Purpose.MARKETING, topics=("offers",))
    await counter.submit("tulips!", purpose=Purpose.MARKETING, topic="offers")
    counter.gateway.answers.append(Outcome.UNKNOWN)
    await counter.deliver()
    now = counter.clock.now()
    no = replace(a_yes(ANA, Purpose.MARKETING, at=now), act=Act.REVOKED)
    await counter.shop.consents.revoke(no)
    await counter.shop.delivery.sync()
    assert await counter.deliver() == ()
    assert counter.gateway.taken == []


class TestEndedCampaigns:
    """A text that waits again after its campaign has ended is taken back, with the reason."""

    async def one_text(self, counter: Counter, answer: Outcome, **more: object) -> int:
        await crowd(counter, 1)
        made = await campaign(counter, **more)
        await counter.shop.runs.approve(made.id)
        await counter.shop.runs.start(made.id, hold_seconds=0)
        counter.gateway.answers.append(answer)
        await counter.deliver()
        return made.id

    async def last(self, counter: Counter) -> tuple[State, str]:
        (text,) = (await counter.shop.outbox.find()).rows
        return text.state, (await counter.shop.outbox.events(text.id))[-1].word

    async def test_aborted_while_nobody_knew_of_it(self, counter: Counter) -> None:
        await crowd(counter, 2)
        made = await campaign(counter)
        await counter.shop.runs.approve(made.id)
        await counter.shop.runs.start(made.id, hold_seconds=0)
        counter.gateway.answers.extend([Outcome.UNKNOWN, Outcome.TRY_LATER])
        await counter.deliver()
        await counter.shop.runs.abort(made.id)
        await counter.shop.delivery.sync()
        assert await counter.deliver() == ()
        texts = (await counter.shop.outbox.find()).rows
        assert {text.state for text in texts} == {State.CANCELED}
        assert (await words_about(counter, texts[-1]))[-2:] == ["[absent]", "[over]"]

    @pytest.mark.parametrize("answer", [Outcome.UNKNOWN, Outcome.TRY_LATER])
    async def test_its_last_moment_passed_meanwhile(
        self, counter: Counter, answer: Outcome
    ) -> None:
        latest = counter.clock.now() + timedelta(minutes=30)
        await self.one_text(counter, answer, latest=latest)
        await counter.shop.delivery.sync()
        counter.clock.advance(minutes=31)
        assert await counter.deliver() == ()
        assert await self.last(counter) == (State.CANCELED, "[over]")
        assert counter.gateway.taken == []
