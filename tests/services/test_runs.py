"""Campaigns at work: approved by number, started with a countdown, sent, paused, aborted, exact."""

from __future__ import annotations

from collections import Counter as Counts
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from crowds import campaign, crowd, number
from shopbell.domain.campaigns import Audience, Bucket, Campaign, CampaignState, Pause
from shopbell.domain.consent import How, Purpose
from shopbell.domain.decision import Code
from shopbell.domain.gateway import Outcome
from shopbell.domain.ids import E164
from shopbell.domain.people_filter import PeopleFilter
from shopbell.domain.texts import State
from shopbell.errors import BadInput
from shopbell.services.opening import Opener, open_shop
from shopbell.store.campaign_queue import MOST_LOOKED_AT
from shops import PASSPHRASE, Counter

if TYPE_CHECKING:
    from sqlite_utils import Database


async def started(counter: Counter, body: str = "{first_name|there}, wreaths!") -> Campaign:
    """Write, approve and start a campaign to everybody; its countdown is over."""
    made = await campaign(counter, body)
    plan = await counter.shop.plans.plan(made.id)
    await counter.shop.runs.approve(made.id, plan.to_send, by="Ana")
    running = await counter.shop.runs.start(made.id)
    counter.clock.advance(seconds=61)
    return running


async def stands(counter: Counter, made: Campaign) -> dict[str, int]:
    plan = await counter.shop.plans.show(made.id)
    assert plan.tally.balances
    return {bucket.value: count for bucket, count in plan.tally.by_bucket if count}


async def state_of(counter: Counter, made: Campaign) -> CampaignState:
    return (await counter.shop.campaigns.get(made.id)).state


async def refusal(job: object) -> str:
    with pytest.raises(BadInput) as refused:
        await job  # type: ignore[misc]
    assert refused.value.hint
    return refused.value.code


async def test_a_campaign_reaches_everybody_once_and_is_done(counter: Counter) -> None:
    numbers = await crowd(counter, 12)
    made = await started(counter)
    sent = await counter.deliver()
    assert {text.state for text in sent} == {State.ACCEPTED}
    assert Counts(text.to for text in counter.gateway.taken) == dict.fromkeys(numbers, 1)
    assert counter.gateway.taken[0].text == "Fern & Finch: Ana, wreaths! STOP to end"
    assert await stands(counter, made) == {"sent": 12}
    assert await state_of(counter, made) is CampaignState.DONE
    assert await counter.deliver() == ()
    assert all(text.valid_until is not None for text in counter.gateway.taken)
    assert len({text.ref for text in counter.gateway.taken}) == 12


async def test_every_text_has_the_decision_it_left_by(counter: Counter) -> None:
    await crowd(counter, 1)
    await started(counter)
    (text,) = await counter.deliver()
    decision = await counter.shop.outbox.decision(text.decision_id)
    assert decision is not None
    assert decision.decided_at == counter.clock.now()
    words = [event.word for event in await counter.shop.outbox.events(text.id)]
    assert words == ["[written]", "[claimed]", "accepted"]


class TestApproving:
    async def test_many_people_need_their_number_typed(self, counter: Counter) -> None:
        await crowd(counter, 21)
        made = await campaign(counter)
        assert await refusal(counter.shop.runs.approve(made.id)) == "count_needed"
        assert await refusal(counter.shop.runs.approve(made.id, 20)) == "wrong_count"
        done = await counter.shop.runs.approve(made.id, 21, by="Ana")
        assert (done.state, done.approved_by, done.approved_count) == (
            CampaignState.APPROVED,
            "Ana",
            21,
        )

    async def test_few_people_do_not(self, counter: Counter) -> None:
        await crowd(counter, 20)
        made = await campaign(counter)
        assert (await counter.shop.runs.approve(made.id)).approved_count == 20

    async def test_a_campaign_to_nobody_is_not_approved(self, counter: Counter) -> None:
        made = await campaign(counter, audience=Audience(filter=PeopleFilter(tag="none")))
        assert await refusal(counter.shop.runs.approve(made.id, 0)) == "nobody"

    async def test_a_change_ends_the_approval(self, counter: Counter) -> None:
        await crowd(counter, 2)
        made = await campaign(counter)
        done = await counter.shop.runs.approve(made.id)
        changed = await counter.shop.campaigns.change(made.id, done.revision, made)
        assert changed.state is CampaignState.DRAFT
        assert await refusal(counter.shop.runs.start(made.id)) == "wrong_state"

    async def test_people_who_joined_after_it_need_another(self, counter: Counter) -> None:
        await crowd(counter, 2)
        made = await campaign(counter)
        await counter.shop.runs.approve(made.id)
        await counter.add(number(9), "Late Joiner")
        await counter.agree(number(9), Purpose.MARKETING, ("offers",))
        assert await refusal(counter.shop.runs.start(made.id)) == "plan_moved"


class TestStarting:
    async def test_nothing_leaves_before_the_countdown_is_over(self, counter: Counter) -> None:
        await crowd(counter, 2)
        made = await campaign(counter)
        await counter.shop.runs.approve(made.id)
        running = await counter.shop.runs.start(made.id)
        assert running.release_at == counter.clock.now() + timedelta(seconds=60)
        assert await counter.deliver() == ()
        counter.clock.advance(seconds=59)
        assert await counter.deliver() == ()
        counter.clock.advance(seconds=1)
        assert len(await counter.deliver()) == 2

    async def test_it_can_be_taken_back_until_then(self, counter: Counter) -> None:
        await crowd(counter, 2)
        made = await campaign(counter)
        await counter.shop.runs.approve(made.id)
        await counter.shop.runs.start(made.id)
        back = await counter.shop.runs.take_back(made.id)
        assert (back.state, back.release_at) == (CampaignState.APPROVED, None)
        counter.clock.advance(minutes=5)
        assert await counter.deliver() == ()
        assert await refusal(counter.shop.runs.take_back(made.id)) == "wrong_state"

    async def test_a_start_that_was_missed_is_asked_about(self, counter: Counter) -> None:
        await crowd(counter, 2)
        made = await started(counter)
        counter.clock.advance(minutes=30)
        assert await counter.deliver() == ()
        missed = await counter.shop.campaigns.get(made.id)
        assert missed.state is CampaignState.PAUSED
        assert "closed" in missed.why
        await counter.shop.runs.resume(made.id)
        assert len(await counter.deliver()) == 2

    async def test_what_cannot_finish_in_its_hours_is_not_started(self, counter: Counter) -> None:
        await crowd(counter, 3)
        made = await campaign(counter)
        await counter.shop.runs.approve(made.id)
        counter.clock.advance(hours=7, minutes=7)  # 17:49; texts leave until 17:50
        slow = counter.gateway.info
        from dataclasses import replace

        counter.gateway.info = replace(slow, per_second=0.02)
        assert await refusal(counter.shop.runs.start(made.id)) == "cannot_finish"
        assert await state_of(counter, made) is CampaignState.APPROVED


class TestOnTheWay:
    async def test_a_stop_in_the_middle_is_kept(self, counter: Counter) -> None:
        numbers = await crowd(counter, 4)
        made = await started(counter)
        await counter.shop.consents.opt_out(numbers[2], How.SPOKEN)
        assert len(await counter.deliver()) == 3
        assert numbers[2] not in {text.to for text in counter.gateway.taken}
        assert await stands(counter, made) == {"sent": 3, "skipped": 1}
        out = await counter.shop.plans.people(made.id, code=Code.OPTED_OUT)
        assert [row.number for row in out.rows] == [numbers[2]]

    async def test_a_text_in_the_meantime_holds_a_person_with_a_date(
        self, counter: Counter
    ) -> None:
        numbers = await crowd(counter, 2)
        made = await started(counter)
        await counter.submit("tulips!", numbers[1], Purpose.MARKETING, "offers")
        await counter.deliver()
        assert await stands(counter, made) == {"sent": 1, "held": 1}
        (held,) = (await counter.shop.plans.people(made.id, buckets=(Bucket.HELD,))).rows
        assert held.next_at is not None
        assert held.reasons

    async def test_one_bad_number_never_stops_the_rest(self, counter: Counter) -> None:
        await crowd(counter, 5)
        made = await started(counter)
        counter.gateway.answers.extend([Outcome.ACCEPTED, Outcome.BAD_NUMBER])
        await counter.deliver()
        assert await stands(counter, made) == {"sent": 4, "failed": 1}

    async def test_three_unknowns_in_a_row_pause(self, counter: Counter) -> None:
        await crowd(counter, 8)
        made = await started(counter)
        unknown = Outcome.UNKNOWN
        counter.gateway.answers.extend([unknown, unknown, Outcome.ACCEPTED] + [unknown] * 3)
        await counter.deliver()
        assert await stands(counter, made) == {"sent": 1, "unknown": 5, "waiting": 2}
        paused = await counter.shop.campaigns.get(made.id)
        assert paused.state is CampaignState.PAUSED
        assert "nobody knows" in paused.why
        assert await counter.deliver() == ()

    @pytest.mark.parametrize("answer", [Outcome.BAD_LOGIN, Outcome.NO_CREDIT])
    async def test_a_gateway_that_refuses_pauses_and_nothing_is_lost(
        self, counter: Counter, answer: Outcome
    ) -> None:
        numbers = await crowd(counter, 4)
        made = await started(counter)
        counter.gateway.answers.extend([Outcome.ACCEPTED, answer])
        await counter.deliver()
        assert await state_of(counter, made) is CampaignState.PAUSED
        assert await stands(counter, made) == {"sent": 1, "waiting": 3}
        counter.clock.advance(minutes=2)
        assert await counter.deliver() == ()
        await counter.shop.runs.resume(made.id)
        await counter.deliver()
        assert Counts(text.to for text in counter.gateway.taken) == dict.fromkeys(numbers, 1)

    async def test_an_unreachable_gateway_pauses_after_three_tries(self, counter: Counter) -> None:
        await crowd(counter, 6)
        made = await started(counter)
        counter.gateway.answers.extend([Outcome.NOT_SENT_RETRY] * 3)
        for _ in range(3):
            await counter.deliver()
        assert await state_of(counter, made) is CampaignState.PAUSED
        assert counter.gateway.taken == []

    async def test_hours_that_end_leave_the_rest_to_a_person(self, counter: Counter) -> None:
        await crowd(counter, 3)
        made = await started(counter)
        counter.clock.advance(seconds=-30)
        counter.clock.advance(minutes=1)
        await counter.deliver()
        assert await stands(counter, made) == {"sent": 3}
        late = await campaign(counter, name="Late")
        assert await refusal(counter.shop.runs.approve(late.id)) == "nobody"

    async def test_words_that_say_today_never_leave_tomorrow(self, counter: Counter) -> None:
        await crowd(counter, 2)
        made = await started(counter, "Wreaths today only!")
        await counter.shop.runs.pause(made.id)
        counter.clock.advance(hours=24)
        await counter.shop.runs.resume(made.id)
        assert await counter.deliver() == ()
        assert await stands(counter, made) == {"skipped": 2}
        assert counter.gateway.taken == []

    async def test_a_quick_text_goes_before_a_campaign(self, counter: Counter) -> None:
        numbers = await crowd(counter, 3)
        await counter.agree(numbers[2], Purpose.SERVICE, ("orders",))
        await started(counter)
        await counter.submit("your order is ready.", numbers[2], topic="orders")
        await counter.deliver()
        assert counter.gateway.taken[0].text.startswith("Fern & Finch: your order is ready.")


class TestStopping:
    async def test_paused_in_the_middle_the_numbers_are_exact_and_it_resumes(
        self, counter: Counter
    ) -> None:
        numbers = await crowd(counter, 10)
        made = await started(counter)
        await counter.shop.delivery.take("a test")
        await counter.shop.delivery.deliver(seconds=0)
        await counter.shop.runs.pause(made.id, by="Ana")
        assert await counter.deliver() == ()
        assert await stands(counter, made) == {"sent": 1, "waiting": 9}
        await counter.shop.runs.resume(made.id)
        await counter.deliver()
        assert Counts(text.to for text in counter.gateway.taken) == dict.fromkeys(numbers, 1)
        words = [event.detail for event in await counter.shop.campaigns.events(made.id)]
        assert words[-3:] == ["Paused by the shop.", "Resumed.", "Done."]

    async def test_aborted_in_the_middle_nothing_more_leaves(self, counter: Counter) -> None:
        await crowd(counter, 10)
        made = await started(counter)
        counter.gateway.answers.extend([Outcome.ACCEPTED, Outcome.TRY_LATER])
        await counter.deliver()
        ended, stopped = await counter.shop.runs.abort(made.id, by="Ana")
        assert (ended.state, stopped) == (CampaignState.ABORTED, 9)
        counter.clock.advance(hours=1)
        assert await counter.deliver() == ()
        assert await stands(counter, made) == {"sent": 1, "skipped": 9}
        assert len(counter.gateway.taken) == 1
        assert await refusal(counter.shop.runs.abort(made.id)) == "wrong_state"

    async def test_codes_of_people_who_got_no_text_are_free_again(self, counter: Counter) -> None:
        await crowd(counter, 3)
        made = await campaign(counter, "Your code: {coupon}")
        await counter.shop.campaigns.add_codes(made.id, ["W1", "W2", "W3"])
        await counter.shop.runs.approve(made.id)
        await counter.shop.runs.start(made.id)
        counter.clock.advance(seconds=60)
        await counter.shop.delivery.take("a test")
        await counter.shop.delivery.deliver(seconds=0)
        await counter.shop.runs.abort(made.id)
        other = await campaign(counter, "Your code: {coupon}")
        done = await counter.shop.campaigns.add_codes(other.id, ["W1", "W2", "W3"])
        assert (done.added, done.known) == (2, ("W1",))

    async def test_one_key_stops_everything(self, counter: Counter) -> None:
        await crowd(counter, 3)
        one, two = await started(counter), await started(counter)
        assert await counter.shop.runs.stop_all(by="Ana") == 2
        counter.clock.advance(minutes=1)
        assert await counter.deliver() == ()
        for made in (one, two):
            assert await state_of(counter, made) is CampaignState.PAUSED
            assert (await counter.shop.campaigns.get(made.id)).pause is Pause.OFF
        assert await refusal(counter.shop.runs.resume(one.id)) == "sending_off"
        await counter.shop.sending.turn_on(by="Ana")
        assert await counter.deliver() == ()
        await counter.shop.runs.resume(one.id)
        assert len(await counter.deliver()) == 3
        assert (await counter.shop.campaigns.get(one.id)).pause is None


async def test_another_process_takes_over_and_nobody_gets_two(counter: Counter) -> None:
    numbers = await crowd(counter, 6)
    made = await started(counter)
    await counter.shop.delivery.take("a test")
    await counter.shop.delivery.deliver(seconds=0)
    await counter.shop.delivery.let_go()
    other = await open_shop(
        counter.path, Opener(secret=PASSPHRASE), clock=counter.clock, shelf=counter.shop._desk.shelf
    )
    try:
        assert await other.delivery.take("another")
        assert len(await other.delivery.deliver()) == 5
    finally:
        await other.close()
    assert Counts(text.to for text in counter.gateway.taken) == dict.fromkeys(numbers, 1)
    assert await stands(counter, made) == {"sent": 6}


async def test_somebody_erased_between_plan_and_sending_gets_nothing(counter: Counter) -> None:
    numbers = await crowd(counter, 2)
    made = await started(counter)

    def erase(db: object) -> None:
        db.execute("DELETE FROM contact WHERE number = ?", (numbers[0],))  # type: ignore[attr-defined]

    await counter.shop._desk.store.write(erase)
    assert len(await counter.deliver()) == 1
    assert await stands(counter, made) == {"sent": 1, "skipped": 1}


class TestManyWhoMayNotBeTexted:
    """They are passed over so many at a time: others need the file too."""

    async def test_the_rest_still_go(self, counter: Counter) -> None:
        numbers = await crowd(counter, MOST_LOOKED_AT * 2 + 10)
        await started(counter)
        stopped = numbers[: MOST_LOOKED_AT * 2 + 5]
        await counter.shop._desk.store.write(_forget_all, stopped, counter.clock.now())
        sent = await counter.deliver()
        assert {text.number for text in sent} == set(numbers) - set(stopped)

    async def test_a_slice_of_time_ends_between_them_too(self, counter: Counter) -> None:
        numbers = await crowd(counter, MOST_LOOKED_AT + 5)
        made = await started(counter)
        await counter.shop._desk.store.write(_forget_all, numbers, counter.clock.now())
        assert await counter.shop.delivery.take("a test")
        assert await counter.shop.delivery.deliver(seconds=0) == ()
        assert await state_of(counter, made) is CampaignState.RUNNING
        assert await counter.shop.delivery.deliver(seconds=0) == ()
        assert await state_of(counter, made) is CampaignState.DONE
        assert await stands(counter, made) == {"skipped": len(numbers)}


def _forget_all(db: Database, numbers: tuple[E164, ...], now: datetime) -> None:
    for one in numbers:
        db.execute("DELETE FROM contact WHERE number = ?", (one,))
