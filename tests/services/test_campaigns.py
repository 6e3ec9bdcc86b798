"""Campaigns: written, changed, their coupon codes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from crowds import a_campaign, campaign, crowd
from shopbell.domain.campaigns import Audience, Bucket, CampaignDraft, CampaignState
from shopbell.domain.consent import Purpose
from shopbell.domain.ids import CampaignId
from shopbell.domain.people_filter import PeopleFilter
from shopbell.errors import BadInput
from shopbell.services.opening import Opener, open_shop
from shops import NOW, PASSPHRASE, Counter


async def test_a_campaign_is_kept_as_it_was_written(counter: Counter) -> None:
    draft = a_campaign(
        audience=Audience(words="ana", filter=PeopleFilter(consented_to="offers", tag="weekly")),
        not_before=NOW + timedelta(hours=1),
        latest=NOW + timedelta(days=2),
        author="Ana",
    )
    made = await counter.shop.campaigns.create(draft)
    kept = await counter.shop.campaigns.get(made.id)
    assert kept == made
    for field in CampaignDraft.__dataclass_fields__:
        assert getattr(kept, field) == getattr(draft, field)
    assert (kept.state, kept.revision, kept.planned_at) == (CampaignState.DRAFT, 1, None)
    assert [event.detail for event in await counter.shop.campaigns.events(made.id)] == ["Written."]


async def test_campaigns_are_listed_newest_first(counter: Counter) -> None:
    first, second = await campaign(counter, name="One"), await campaign(counter, name="Two")
    page = await counter.shop.campaigns.find()
    assert [one.id for one in page.rows] == [second.id, first.id]
    assert (await counter.shop.campaigns.find((CampaignState.RUNNING,))).total == 0
    assert [one.name for one in (await counter.shop.campaigns.find(first=1, count=1)).rows] == [
        "One"
    ]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"name": "  "}, "bad_name"),
        ({"name": "x" * 61}, "bad_name"),
        ({"body": " \n"}, "bad_text"),
        ({"body": "x" * 2001}, "bad_text"),
        ({"body": "Hi {nobody}"}, "bad_merge"),
        ({"body": "Hi {name"}, "bad_merge"),
        ({"purpose": Purpose.CONVERSATION}, "bad_purpose"),
        ({"purpose": Purpose.COMPLIANCE}, "bad_purpose"),
        ({"not_before": NOW, "latest": NOW}, "bad_time"),
    ],
)
async def test_what_cannot_be_a_campaign_is_refused_and_nothing_is_kept(
    counter: Counter, change: dict[str, object], code: str
) -> None:
    draft = replace(a_campaign(), **change)  # type: ignore[arg-type]
    with pytest.raises(BadInput) as refused:
        await counter.shop.campaigns.create(draft)
    assert refused.value.code == code
    assert refused.value.hint
    assert (await counter.shop.campaigns.find()).total == 0


async def test_two_windows_cannot_overwrite_each_other(counter: Counter) -> None:
    made = await campaign(counter)
    other = await open_shop(
        counter.path, Opener(secret=PASSPHRASE), clock=counter.clock, shelf=counter.shop._desk.shelf
    )
    try:
        theirs = await other.campaigns.get(made.id)
        mine = await counter.shop.campaigns.change(made.id, made.revision, a_campaign("Mine."))
        with pytest.raises(BadInput) as refused:
            await other.campaigns.change(theirs.id, theirs.revision, a_campaign("Theirs."))
        assert refused.value.code == "changed_elsewhere"
        assert (await other.campaigns.get(made.id)).body == mine.body == "Mine."
        again = await other.campaigns.change(made.id, mine.revision, a_campaign("Theirs."))
        assert (again.body, again.revision) == ("Theirs.", 3)
    finally:
        await other.close()


async def test_an_unknown_campaign_is_a_sentence(counter: Counter) -> None:
    for ask in (
        counter.shop.campaigns.get(CampaignId(7)),
        counter.shop.campaigns.change(CampaignId(7), 1, a_campaign()),
        counter.shop.campaigns.add_codes(CampaignId(7), ["A1"]),
        counter.shop.plans.plan(CampaignId(7)),
        counter.shop.plans.show(CampaignId(7)),
    ):
        with pytest.raises(BadInput) as refused:
            await ask
        assert refused.value.code == "no_campaign"


class TestCodes:
    async def test_each_code_is_taken_once_and_nonsense_is_handed_back(
        self, counter: Counter
    ) -> None:
        made = await campaign(counter, "Your code: {coupon}")
        lines = ["W-1", " W-2 ", "", "W-1", "two words", "{x}", "ünü", "9", "x" * 41]
        done = await counter.shop.campaigns.add_codes(made.id, lines)
        assert (done.added, done.known) == (3, ())
        assert done.refused == ("two words", "{x}", "ünü", "x" * 41)
        again = await counter.shop.campaigns.add_codes(made.id, ["W-2", "W-3"])
        assert (again.added, again.known) == (1, ("W-2",))

    async def test_each_person_gets_one_and_keeps_it_through_new_plans(
        self, counter: Counter
    ) -> None:
        await crowd(counter, 3)
        made = await campaign(counter, "Your code: {coupon}")
        await counter.shop.campaigns.add_codes(made.id, ["W1", "W2", "W3", "W4"])
        plan = await counter.shop.plans.plan(made.id)
        assert (plan.to_send, plan.codes_left) == (3, 1)
        first = await counter.shop.plans.people(made.id)
        assert [row.coupon for row in first.rows] == ["W1", "W2", "W3"]
        preview = await counter.shop.plans.preview(made.id, first.rows[1].number)
        assert preview.final is not None
        assert "Your code: W2" in preview.final.text
        await counter.shop.plans.plan(made.id)
        assert await counter.shop.plans.people(made.id) == first

    async def test_too_few_codes_leave_people_out_with_the_reason(self, counter: Counter) -> None:
        await crowd(counter, 4)
        made = await campaign(counter, "Your code: {coupon}")
        await counter.shop.campaigns.add_codes(made.id, ["W1", "W2"])
        plan = await counter.shop.plans.plan(made.id)
        assert plan.to_send == 2
        out = await counter.shop.plans.people(made.id, code=plan.tally.by_reason[-1].code)
        assert [row.reasons[0].code for row in out.rows] == ["NO_COUPON", "NO_COUPON"]
        await counter.shop.campaigns.add_codes(made.id, ["W3", "W4"])
        assert (await counter.shop.plans.plan(made.id)).to_send == 4

    async def test_who_may_not_be_texted_uses_up_no_code(self, counter: Counter) -> None:
        numbers = await crowd(counter, 3)
        from shopbell.domain.consent import How

        await counter.shop.consents.opt_out(numbers[0], How.SPOKEN)
        made = await campaign(counter, "Your code: {coupon}")
        await counter.shop.campaigns.add_codes(made.id, ["W1", "W2"])
        plan = await counter.shop.plans.plan(made.id)
        assert (plan.to_send, plan.codes_left) == (2, 0)

    async def test_a_code_nobody_got_may_move_to_another_campaign(self, counter: Counter) -> None:
        await crowd(counter, 1)
        one = await campaign(counter, "Your code: {coupon}")
        two = await campaign(counter, "Your code: {coupon}")
        await counter.shop.campaigns.add_codes(one.id, ["W1", "W2"])
        await counter.shop.plans.plan(one.id)
        done = await counter.shop.campaigns.add_codes(two.id, ["W1", "W2"])
        assert (done.added, done.known) == (1, ("W1",))


async def test_a_list_tells_where_the_people_of_each_campaign_stand(counter: Counter) -> None:
    await crowd(counter, 4)
    planned, fresh = await campaign(counter), await campaign(counter)
    await counter.shop.plans.plan(planned.id)
    page = await counter.shop.campaigns.listed()
    assert [one.campaign.id for one in page.rows] == [fresh.id, planned.id]
    assert [one.chosen for one in page.rows] == [0, 4]
    assert page.rows[1].people[Bucket.WAITING] == 4
    assert (await counter.shop.campaigns.listed(first=1, count=1)).rows == page.rows[1:]
