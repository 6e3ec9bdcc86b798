"""Campaigns to people with several numbers, and to people who live together."""

from __future__ import annotations

import pytest

from crowds import campaign, crowd
from shopbell.domain.campaigns import Audience, Outcome
from shopbell.domain.complaints import ComplaintDraft, ComplaintKind
from shopbell.domain.consent import How
from shopbell.domain.decision import Code
from shopbell.domain.ids import E164
from shopbell.domain.people_filter import PeopleFilter
from shopbell.services.plans import Plan
from shops import Counter

TEXT = "wreaths are in!"


async def planned(counter: Counter, **audience: object) -> Plan:
    made = await campaign(counter, TEXT, audience=Audience(**audience))  # type: ignore[arg-type]
    return await counter.shop.plans.plan(made.id)


async def stand(counter: Counter, plan: Plan) -> dict[E164, tuple[Outcome, Code | None]]:
    page = await counter.shop.plans.people(plan.campaign.id)
    assert plan.tally.balances
    return {
        row.number: (row.outcome, row.reasons[0].code if row.reasons else None) for row in page.rows
    }


SENT, SHARED = (Outcome.SEND, None), (Outcome.OUT, Code.SAME_HOUSEHOLD)


async def test_a_person_with_two_numbers_gets_a_campaign_once(counter: Counter) -> None:
    ana, also, bo = await crowd(counter, 3)
    await counter.shop.linking.merge(ana, also)
    found = await stand(counter, await planned(counter))
    assert sorted(found) == sorted((ana, also, bo))
    assert sorted([found[ana], found[also]], key=str) == sorted([SENT, SHARED], key=str)
    assert found[bo] == SENT


async def test_the_number_that_may_be_texted_gets_it_whichever_is_kept(counter: Counter) -> None:
    numbers = await crowd(counter, 2)
    for kept in (0, 1):
        await counter.shop.linking.merge(numbers[kept], numbers[1 - kept])
        assert sorted((await stand(counter, await planned(counter))).values(), key=str) == sorted(
            [SENT, SHARED], key=str
        )
        await counter.shop.linking.split(numbers[kept])


async def test_people_who_live_together_get_one_only_if_the_owner_says_so(
    counter: Counter,
) -> None:
    ana, bo, cy = await crowd(counter, 3)
    await counter.shop.linking.live_together([ana, bo])
    everybody = await stand(counter, await planned(counter))
    assert set(everybody.values()) == {SENT}
    once = await stand(counter, await planned(counter, one_per_household=True))
    assert sorted([once[ana], once[bo]], key=str) == sorted([SENT, SHARED], key=str)
    assert once[cy] == SENT


async def test_who_may_not_be_texted_takes_nobodys_place(counter: Counter) -> None:
    ana, bo = await crowd(counter, 2)
    await counter.shop.linking.live_together([ana, bo])
    await counter.shop.consents.opt_out(ana, How.SPOKEN)
    found = await stand(counter, await planned(counter, one_per_household=True))
    assert found[ana] == (Outcome.OUT, Code.OPTED_OUT)
    assert found[bo] == SENT


async def test_a_household_that_had_its_text_gets_no_second_one(counter: Counter) -> None:
    ana, bo = await crowd(counter, 2)
    await counter.shop.linking.live_together([ana, bo])
    plan = await planned(counter, one_per_household=True)
    await counter.shop.runs.approve(plan.campaign.id, 1)
    await counter.shop.runs.start(plan.campaign.id, hold_seconds=0)
    await counter.deliver()
    await counter.deliver()
    assert len(counter.gateway.taken) == 1


async def test_who_complained_is_left_out_of_a_plan(counter: Counter) -> None:
    ana, bo = await crowd(counter, 2)
    await counter.shop.complaints.open(
        ComplaintDraft(
            number=ana,
            kind=ComplaintKind.ORDER,
            words="",
            how=How.PHONE,
            at=counter.clock.now(),
        )
    )
    found = await stand(counter, await planned(counter))
    assert found == {ana: (Outcome.OUT, Code.COMPLAINT_OPEN), bo: SENT}


@pytest.mark.parametrize("words", ["find", "tag"])
async def test_an_audience_chosen_by_the_kept_contact_reaches_the_other_number(
    counter: Counter, words: str
) -> None:
    ana, also = await crowd(counter, 2)
    await counter.shop.people.edit(ana, name="Zelda Kept", tags=("weekly",))
    await counter.shop.linking.merge(ana, also)
    audience = {"words": "zelda"} if words == "find" else {"filter": PeopleFilter(tag="weekly")}
    found = await stand(counter, await planned(counter, **audience))
    assert sorted(found) == sorted((ana, also))
