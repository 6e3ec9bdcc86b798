"""A campaign while it is written: looked at, kept unfinished, its codes read from a file."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from crowds import a_campaign, crowd
from shopbell.domain.campaigns import Audience
from shopbell.domain.people_filter import PeopleFilter
from shopbell.errors import BadInput
from shopbell.services.campaign_drafts import codes_in
from shopbell.services.campaigns import UNNAMED
from shops import NOW, Counter


async def test_the_first_person_is_shown_with_their_own_text_and_price(counter: Counter) -> None:
    await crowd(counter, 3, names=["Zoe Last", "Abe First"])
    look = await counter.shop.campaign_drafts.look(a_campaign())
    assert look.chosen == 3
    assert look.first is not None
    assert look.first.name == "Abe First"
    assert look.checked is not None
    final = look.checked.judged.final
    assert final.text == "Fern & Finch: Abe, wreaths are in! STOP to end"
    assert look.checked.price_micros == 7900
    assert look.zones == ("America/New_York",)
    assert (look.unprintable, look.wants_codes) == ("", False)


async def test_a_name_that_cannot_be_printed_is_told(counter: Counter) -> None:
    await crowd(counter, 1, names=["NULL"])
    look = await counter.shop.campaign_drafts.look(a_campaign("{first_name}, wreaths!"))
    assert look.unprintable == "is called “NULL” in the file"
    assert look.checked is not None


@pytest.mark.parametrize(
    ("audience", "chosen"),
    [
        (Audience(), 3),
        (Audience(words="zoe"), 1),
        (Audience(filter=PeopleFilter(consented_to="offers")), 3),
        (Audience(filter=PeopleFilter(tag="none")), 0),
    ],
)
async def test_people_are_counted_by_words_and_filter(
    counter: Counter, audience: Audience, chosen: int
) -> None:
    await crowd(counter, 3, names=["Zoe Last"])
    drafts = counter.shop.campaign_drafts
    assert await drafts.count(audience) == chosen
    look = await drafts.look(a_campaign(audience=audience))
    assert look.chosen == chosen
    assert (look.checked is None) is (chosen == 0)


async def test_no_words_yet_are_nothing_to_judge(counter: Counter) -> None:
    await crowd(counter, 1)
    look = await counter.shop.campaign_drafts.look(a_campaign("  "))
    assert look.checked is None
    assert look.chosen == 1


async def test_it_is_judged_for_the_moment_it_leaves(counter: Counter) -> None:
    await crowd(counter, 1)
    night = a_campaign("Wreaths!", not_before=NOW + timedelta(hours=13))
    look = await counter.shop.campaign_drafts.look(night)
    assert look.checked is not None
    assert look.checked.judged.decision.reasons


@pytest.mark.parametrize("body", ["Hi {first", "Hi {nobody}", "}"])
async def test_a_brace_without_a_partner_is_told_and_kept_all_the_same(
    counter: Counter, body: str
) -> None:
    campaigns = counter.shop.campaigns
    draft = a_campaign(body)
    with pytest.raises(BadInput):
        await counter.shop.campaign_drafts.look(draft)
    with pytest.raises(BadInput):
        await campaigns.create(draft)
    made = await campaigns.create(draft, unfinished=True)
    assert (await campaigns.get(made.id)).body == body
    with pytest.raises(BadInput):
        await counter.shop.plans.plan(made.id)


async def test_an_unfinished_one_needs_neither_name_nor_words(counter: Counter) -> None:
    campaigns = counter.shop.campaigns
    made = await campaigns.create(a_campaign("", name=" "), unfinished=True)
    assert (made.name, made.body) == (UNNAMED, "")
    changed = await campaigns.change(
        made.id, made.revision, replace(made, body="x {"), unfinished=True
    )
    assert changed.body == "x {"
    with pytest.raises(BadInput):
        await campaigns.create(a_campaign("x" * 2001), unfinished=True)


async def test_codes_are_counted(counter: Counter) -> None:
    made = await counter.shop.campaigns.create(a_campaign("Code {coupon}"))
    assert await counter.shop.campaigns.codes_left(made.id) == 0
    await counter.shop.campaigns.add_codes(made.id, ["A1", "A2"])
    assert await counter.shop.campaigns.codes_left(made.id) == 2
    look = await counter.shop.campaign_drafts.look(made)
    assert look.wants_codes


async def test_codes_are_read_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "codes.txt"
    path.write_bytes("\ufeffA1\r\nA2\n\nA3".encode())
    assert await codes_in(str(path)) == ("A1", "A2", "", "A3")


@pytest.mark.parametrize("name", ["nothing.txt", ".", "bad.txt", "a\x00b"])
async def test_what_is_no_file_of_codes_is_refused_with_what_to_do(
    tmp_path: Path, name: str
) -> None:
    (tmp_path / "bad.txt").write_bytes(b"\xff\xfe\x00A")
    with pytest.raises(BadInput) as refused:
        await codes_in(str(tmp_path / name))
    assert refused.value.hint
