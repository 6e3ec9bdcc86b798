"""Plans: everybody stands somewhere, with a reason and a name; and it always balances."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from crowds import a_campaign, campaign, crowd, number
from shopbell.domain.campaigns import Audience, Bucket, Moved, Outcome
from shopbell.domain.consent import How, Purpose
from shopbell.domain.decision import Code, Verdict
from shopbell.domain.ids import E164
from shopbell.domain.people import ContactDraft
from shopbell.domain.people_filter import PeopleFilter
from shopbell.domain.progress import Progress
from shopbell.domain.wishes import Channel
from shopbell.errors import BadInput
from shopbell.services.planner import Planner, basis
from shopbell.services.plans import Plan
from shops import Counter


def numbers_of(plan: Plan) -> dict[str, int]:
    return {bucket.value: count for bucket, count in plan.tally.by_bucket if count}


def reasons_of(plan: Plan) -> dict[Code | None, int]:
    return {one.code: one.count for one in plan.tally.by_reason}


async def mixed(counter: Counter) -> tuple[E164, ...]:
    """Ten people: some may be texted, some not, each for another reason."""
    numbers = await crowd(counter, 8, names=("Ana Reyes", "BO LIND", "", "null"))
    await counter.shop.consents.opt_out(numbers[4], How.SPOKEN)
    await counter.shop.wishes.record(numbers[5], channel=Channel.CALL)
    await counter.submit("tulips!", numbers[6], Purpose.MARKETING, "offers")
    await counter.deliver()
    counter.gateway.taken.clear()
    await counter.shop.people.add(ContactDraft(number=number(8), name="Never Asked"))
    return numbers


async def test_everybody_stands_somewhere_with_a_reason(counter: Counter) -> None:
    await mixed(counter)
    made = await campaign(counter, "{first_name}, wreaths are in!")
    plan = await counter.shop.plans.plan(made.id)
    assert plan.tally.balances
    assert plan.tally.chosen == 9
    assert numbers_of(plan) == {"waiting": 2, "held": 4, "skipped": 3}
    assert reasons_of(plan) == {
        None: 2,
        Code.MERGE_GAP: 3,
        Code.CAP_SHOP: 1,
        Code.OPTED_OUT: 1,
        Code.CHANNEL_PREFERENCE: 1,
        Code.NO_CONSENT: 1,
    }
    assert counter.gateway.taken == []
    assert (await counter.shop.outbox.find()).total == 1


async def test_names_are_one_step_away(counter: Counter) -> None:
    await mixed(counter)
    made = await campaign(counter, "{first_name}, wreaths are in!")
    await counter.shop.plans.plan(made.id)
    held = await counter.shop.plans.people(made.id, buckets=(Bucket.HELD,), code=Code.MERGE_GAP)
    assert {row.name for row in held.rows} == {"BO LIND", "", "null"}
    assert {row.reasons[0].sentence.split(".")[0] for row in held.rows} == {
        "This person has a name in CAPITALS",
        "This person has no name",
        "This person is called “null” in the file",
    }
    capped = await counter.shop.plans.people(made.id, code=Code.CAP_SHOP)
    assert capped.rows[0].next_at is not None
    everybody = await counter.shop.plans.people(made.id)
    assert everybody.total == 9
    assert [row.bucket for row in everybody.rows] == (
        [Bucket.WAITING] * 2 + [Bucket.HELD] * 4 + [Bucket.SKIPPED] * 3
    )
    assert (await counter.shop.plans.people(made.id, first=8, count=5)).rows == (everybody.rows[8],)


async def test_everybody_stands_in_a_plan_where_the_gate_puts_them_alone(counter: Counter) -> None:
    await mixed(counter)
    await crowd(counter, 60, topics=("offers", "events"))
    made = await campaign(counter, "Wreaths are in!")
    await counter.shop.plans.plan(made.id)
    rows = (await counter.shop.plans.people(made.id)).rows
    assert len(rows) == 60
    for row in rows:
        alone = (await counter.shop.plans.preview(made.id, row.number)).decision
        assert alone is not None
        assert (row.reasons, row.next_at) == (alone.reasons, alone.next_allowed_at)


async def test_rules_changed_while_a_plan_is_made_count_from_then_on(counter: Counter) -> None:
    numbers = await crowd(counter, 2)
    made = await campaign(counter, "Wreaths are in!")
    store, now = counter.shop._desk.store, counter.clock.now()
    planner = Planner(counter.shop._desk, await store.read(basis, made.id, now), now)
    await store.read(planner.look, numbers[:1])
    day = now.date()
    await counter.shop.rules.close(day)
    await store.read(planner.look, numbers[1:])
    first, second = planner.ordered()
    assert (first.standing.outcome, second.standing.outcome) == (Outcome.SEND, Outcome.HELD)


async def test_a_stop_weighs_more_than_a_name_in_capitals(counter: Counter) -> None:
    (who,) = await crowd(counter, 1, names=("BO LIND",))
    await counter.shop.consents.opt_out(who, How.SPOKEN)
    made = await campaign(counter, "{first_name}!")
    await counter.shop.plans.plan(made.id)
    (row,) = (await counter.shop.plans.people(made.id)).rows
    assert (row.bucket, row.reasons[0].code) == (Bucket.SKIPPED, Code.OPTED_OUT)


async def test_a_preview_shows_the_real_text_or_why_there_is_none(counter: Counter) -> None:
    numbers = await mixed(counter)
    made = await campaign(counter, "{first_name}, wreaths are in!")
    await counter.shop.plans.plan(made.id)
    ana = await counter.shop.plans.preview(made.id, numbers[0])
    assert ana.final is not None
    assert ana.final.text == "Fern & Finch: Ana, wreaths are in! STOP to end"
    assert ana.recipient.segments == ana.final.segments == 1
    assert ana.recipient.price_micros == 7900
    assert ana.decision is not None
    assert ana.decision.verdict is Verdict.ALLOW
    bo = await counter.shop.plans.preview(made.id, numbers[1])
    assert (bo.final, bo.recipient.bucket) == (None, Bucket.HELD)
    stopped = await counter.shop.plans.preview(made.id, numbers[4])
    assert stopped.decision is not None
    assert stopped.decision.verdict is Verdict.REFUSE
    with pytest.raises(BadInput) as refused:
        await counter.shop.plans.preview(made.id, E164("+12125550199"))
    assert refused.value.code == "not_in_plan"


async def test_parts_and_price_are_those_of_the_real_texts(counter: Counter) -> None:
    await crowd(counter, 3, names=("Ana Reyes", "李小龙", "Bo Lind"))
    made = await campaign(counter, "{first_name}, " + "wreaths are in and so are tulips. " * 2)
    plan = await counter.shop.plans.plan(made.id)
    # One name outside the plain letters makes one text of three dearer.
    assert plan.tally.parts == 1 + 1 + 2
    assert plan.tally.price_micros == 4 * 7900
    assert (plan.tally.without_price, plan.currency) == (0, "USD")


async def test_the_audience_is_who_matches_and_grows_until_it_is_approved(
    counter: Counter,
) -> None:
    await crowd(counter, 5)
    await counter.shop.people.edit(number(0), tags=("weekly",))
    made = await campaign(counter, audience=Audience(filter=PeopleFilter(tag="weekly")))
    assert (await counter.shop.plans.plan(made.id)).tally.chosen == 1
    counter.clock.advance(seconds=1)
    await counter.shop.people.edit(number(1), tags=("weekly",))
    plan = await counter.shop.plans.show(made.id)
    assert plan.tally.chosen == 2
    assert plan.moved == (Moved(before=None, after=Outcome.SEND, code=None, count=1),)


async def test_an_audience_of_nobody_is_a_plan_of_nobody(counter: Counter) -> None:
    made = await campaign(counter, audience=Audience(words="nobody at all"))
    plan = await counter.shop.plans.plan(made.id)
    assert plan.tally.chosen == plan.to_send == 0
    assert plan.tally.balances
    assert plan.fit.seconds == 0


async def test_at_night_everybody_is_held_until_the_morning(counter: Counter) -> None:
    await crowd(counter, 3)
    counter.clock.advance(hours=12)
    made = await campaign(counter)
    plan = await counter.shop.plans.plan(made.id)
    assert numbers_of(plan) == {"held": 3}
    (held,) = plan.tally.by_reason
    assert held.first_at == held.last_at
    assert held.first_at is not None
    assert held.first_at > counter.clock.now()


async def test_a_plan_for_the_morning_is_decided_for_the_morning(counter: Counter) -> None:
    await crowd(counter, 3)
    counter.clock.advance(hours=12)
    morning = counter.clock.now() + timedelta(hours=12)
    made = await campaign(counter, not_before=morning)
    plan = await counter.shop.plans.plan(made.id)
    assert numbers_of(plan) == {"waiting": 3}
    assert plan.campaign.planned_for == plan.fit.starts_at == morning


async def test_words_that_say_today_leave_out_who_is_only_free_tomorrow(counter: Counter) -> None:
    await crowd(counter, 3)
    counter.clock.advance(hours=9)
    made = await campaign(counter, "Wreaths today only!")
    plan = await counter.shop.plans.plan(made.id)
    assert reasons_of(plan) == {Code.STALE_WORDS: 3}
    assert "today" in plan.campaign.last_why
    assert plan.campaign.last_at is not None


async def test_what_is_noticed_about_the_words_is_told(counter: Counter) -> None:
    made = await campaign(counter, "Reply CANCEL to cancel your order, bit.ly/3xYz")
    plan = await counter.shop.plans.plan(made.id)
    assert plan.blocked
    calm = await campaign(counter, "{first_name|there}, wreaths are in. Come by before Sunday.")
    assert (await counter.shop.plans.plan(calm.id)).blocked == ()


class TestPlanningAgain:
    """A plan is made again when what it rests on has changed, and shows what moved."""

    async def test_nothing_new_moves_nobody(self, counter: Counter) -> None:
        await mixed(counter)
        made = await campaign(counter)
        first = await counter.shop.plans.plan(made.id)
        assert first.moved == ()
        again = await counter.shop.plans.show(made.id)
        assert again.tally == first.tally
        assert again.campaign.planned_at == first.campaign.planned_at

    async def test_a_stop_shows_as_moved(self, counter: Counter) -> None:
        numbers = await crowd(counter, 3)
        made = await campaign(counter)
        await counter.shop.plans.plan(made.id)
        await counter.shop.consents.opt_out(numbers[0], How.SPOKEN)
        plan = await counter.shop.plans.show(made.id)
        assert plan.moved == (
            Moved(before=Outcome.SEND, after=Outcome.OUT, code=Code.OPTED_OUT, count=1),
        )
        assert plan.to_send == 2

    async def test_a_yes_a_mended_name_a_text_and_a_wish_each_count(self, counter: Counter) -> None:
        numbers = await crowd(counter, 3, names=("ANA REYES",))
        await counter.shop.people.add(ContactDraft(number=number(8), name="Later Yes"))
        made = await campaign(counter, "{first_name}!")
        assert (await counter.shop.plans.plan(made.id)).to_send == 2
        await counter.agree(number(8), Purpose.MARKETING, ("offers",))
        assert (await counter.shop.plans.show(made.id)).to_send == 3
        counter.clock.advance(seconds=1)
        await counter.shop.people.edit(numbers[0], name="Ana Reyes")
        assert (await counter.shop.plans.show(made.id)).to_send == 4
        await counter.submit("tulips!", numbers[1], Purpose.MARKETING, "offers")
        assert (await counter.shop.plans.show(made.id)).to_send == 3
        counter.clock.advance(seconds=1)
        await counter.shop.wishes.record(numbers[2], channel=Channel.CALL)
        assert (await counter.shop.plans.show(made.id)).to_send == 2

    async def test_new_hours_count(self, counter: Counter) -> None:
        await crowd(counter, 2)
        made = await campaign(counter)
        await counter.shop.plans.plan(made.id)
        from shopbell.domain.weeks import read_week

        await counter.shop.change_profile(hours=read_week("mon-fri 13:00-18:00"))
        plan = await counter.shop.plans.show(made.id)
        assert numbers_of(plan) == {"held": 2}

    async def test_a_plan_for_now_is_made_again_when_now_is_later(self, counter: Counter) -> None:
        await crowd(counter, 2)
        made = await campaign(counter)
        await counter.shop.plans.plan(made.id)
        counter.clock.advance(hours=9)
        assert numbers_of(await counter.shop.plans.show(made.id)) == {"held": 2}

    async def test_changed_words_are_planned_anew(self, counter: Counter) -> None:
        await crowd(counter, 2)
        made = await campaign(counter)
        await counter.shop.plans.plan(made.id)
        await counter.shop.campaigns.change(
            made.id, made.revision, a_campaign("Your password is hunter2secret")
        )
        plan = await counter.shop.plans.show(made.id)
        assert reasons_of(plan) == {Code.SECRET_IN_TEXT: 2}


class TestLeavingOut:
    async def test_somebody_left_out_stays_out_until_put_back(self, counter: Counter) -> None:
        numbers = await crowd(counter, 3)
        made = await campaign(counter)
        await counter.shop.plans.plan(made.id)
        assert await counter.shop.plans.take_out(made.id, numbers[1])
        plan = await counter.shop.plans.plan(made.id)
        assert plan.to_send == 2
        assert reasons_of(plan) == {None: 2, Code.TAKEN_OUT: 1}
        assert (await counter.shop.plans.put_back(made.id, numbers[1])).to_send == 3

    async def test_nobody_who_is_not_in_the_plan_can_be_left_out(self, counter: Counter) -> None:
        made = await campaign(counter)
        assert not await counter.shop.plans.take_out(made.id, number(1))


async def test_planning_tells_how_far_it_is_and_can_be_stopped(counter: Counter) -> None:
    await crowd(counter, 450)
    made = await campaign(counter)
    stop = asyncio.Event()
    told: list[Progress] = []

    def on(progress: Progress) -> None:
        told.append(progress)
        stop.set()

    plan = await counter.shop.plans.plan(made.id, on=on, stop=stop)
    assert plan.tally.chosen == 0
    assert [(one.done, one.total) for one in told] == [(400, 450)]
    plan = await counter.shop.plans.plan(made.id, on=told.append)
    assert plan.to_send == 450
    assert told[-1].done == told[-1].total == 450


async def test_a_contact_that_is_erased_meanwhile_is_no_recipient(counter: Counter) -> None:
    numbers = await crowd(counter, 2)
    made = await campaign(counter)
    await counter.shop.plans.plan(made.id)

    def erase(db: object) -> None:
        db.execute("DELETE FROM contact WHERE number = ?", (numbers[0],))  # type: ignore[attr-defined]

    await counter.shop._desk.store.write(erase)
    plan = await counter.shop.plans.show(made.id)
    assert plan.tally.chosen == 1
    assert plan.moved == (Moved(before=Outcome.SEND, after=None, code=None, count=1),)
