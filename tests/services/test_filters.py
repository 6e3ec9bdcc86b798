"""Lists of people by consent, silence, tag and birthday; each as the records say it."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta

import pytest

from shopbell.domain.consent import Act, How, Purpose, standing_topics
from shopbell.domain.ids import E164
from shopbell.domain.people import ContactDraft
from shopbell.domain.people_filter import PeopleFilter
from shops import ANA, BO, NOW, Counter, a_yes

CY, DEE = E164("+12125550103"), E164("+12125550104")
OFFERS = PeopleFilter(consented_to="offers")
NOT_ASKED = PeopleFilter(not_asked=True)


async def names(counter: Counter, filter_: PeopleFilter, words: str = "") -> list[str]:
    page = await counter.shop.people.find(words, filter=filter_)
    assert page.total == len(page.rows)
    return [row.name for row in page.rows]


@pytest.fixture
async def people(counter: Counter) -> Counter:
    for number, name in ((ANA, "Ana"), (BO, "Bo"), (CY, "Cy"), (DEE, "Dee")):
        await counter.add(number, name)
    return counter


async def test_a_filter_that_asks_for_nothing_is_the_plain_list(people: Counter) -> None:
    plain = await people.shop.people.find("a")
    assert await people.shop.people.find("a", filter=PeopleFilter()) == plain
    assert await people.shop.people.find("a", filter=None) == plain


async def test_consented_means_a_yes_to_that_topic_stands(people: Counter) -> None:
    await people.agree(ANA, Purpose.MARKETING, ("offers", "events"))
    await people.agree(BO, Purpose.MARKETING, ("events",))
    await people.agree(CY, Purpose.MARKETING, ("offers",))
    assert await names(people, OFFERS) == ["Ana", "Cy"]
    await people.shop.consents.revoke(
        replace(a_yes(ANA, Purpose.MARKETING, ("offers",), at=people.clock.now()), act=Act.REVOKED)
    )
    assert await names(people, OFFERS) == ["Cy"]
    assert await names(people, PeopleFilter(consented_to="events")) == ["Ana", "Bo"]
    await people.shop.consents.opt_out(CY, How.SPOKEN)
    assert await names(people, OFFERS) == []


async def test_not_asked_leaves_out_everybody_who_ever_said_anything(people: Counter) -> None:
    await people.agree(ANA)
    await people.shop.consents.opt_out(ANA, How.SPOKEN)
    await people.shop.consents.opt_out(BO, How.SPOKEN)
    await people.agree(CY)
    assert await names(people, NOT_ASKED) == ["Dee"]


async def test_not_texted_for_counts_what_went_out(people: Counter) -> None:
    for number in (ANA, BO, CY):
        await people.agree(number)
    await people.submit(number=ANA)
    await people.deliver()
    people.clock.advance(days=10)
    await people.submit(number=BO)
    await people.deliver()
    canceled = await people.submit(number=CY)
    assert canceled.text is not None
    await people.shop.outbox.cancel(canceled.text.id)
    assert await names(people, PeopleFilter(not_texted_for=1)) == ["Ana", "Cy", "Dee"]
    assert await names(people, PeopleFilter(not_texted_for=11)) == ["Cy", "Dee"]


async def test_a_tag_is_matched_whole_whatever_its_capitals(counter: Counter) -> None:
    for number, name, tags in (
        (ANA, "Ana", ("VIP", "weekly")),
        (BO, "Bo", ("vip-ish",)),
        (CY, "Cy", ("vip",)),
    ):
        await counter.shop.people.add(ContactDraft(number=number, name=name, tags=tags))
    assert await names(counter, PeopleFilter(tag="vip")) == ["Ana", "Cy"]


@pytest.mark.parametrize("tag", ['"', "[/]", "%", "'); DROP TABLE contact; --", "\x1b"])
async def test_hostile_tags_find_nothing_and_break_nothing(people: Counter, tag: str) -> None:
    assert await names(people, PeopleFilter(tag=tag, consented_to=tag)) == []
    assert (await people.shop.people.find()).total == 4


async def test_birthdays_are_found_with_and_without_a_year(counter: Counter) -> None:
    for number, name, born in (
        (ANA, "Ana", "1985-03-09"),
        (BO, "Bo", "--03-31"),
        (CY, "Cy", "1985-12-03"),
        (DEE, "Dee", ""),
    ):
        await counter.shop.people.add(ContactDraft(number=number, name=name, birthday=born))
    assert await names(counter, PeopleFilter(birthday_month=3)) == ["Ana", "Bo"]
    assert await names(counter, PeopleFilter(birthday_month=12)) == ["Cy"]


async def test_words_and_every_condition_must_hold_together(people: Counter) -> None:
    await people.agree(ANA, Purpose.MARKETING, ("offers",))
    await people.agree(BO, Purpose.MARKETING, ("offers",))
    assert await names(people, OFFERS, "bo") == ["Bo"]
    assert await names(people, OFFERS, "0102") == ["Bo"]
    assert await names(people, OFFERS, "(((") == []
    assert await names(people, replace(OFFERS, not_asked=True)) == []


async def test_a_filtered_list_is_a_window_too(counter: Counter) -> None:
    for index in range(30):
        await counter.add(E164(f"+1212555{100 + index:04d}"), f"N{index:02d}")
    page = await counter.shop.people.find("n", first=10, count=5, filter=NOT_ASKED)
    assert [row.name for row in page.rows] == [f"N{index}" for index in range(10, 15)]
    assert (page.first, page.total) == (10, 30)


async def test_the_list_and_the_records_agree_about_every_history(counter: Counter) -> None:
    """Random lives of many people; the filter's SQL must say what the domain says of each."""
    chance = random.Random(20261124)
    numbers = [E164(f"+1212555{100 + index:04d}") for index in range(80)]
    for number in numbers:
        await counter.add(number, number)
        for _ in range(chance.randrange(7)):
            draft = a_yes(
                number,
                chance.choice((Purpose.MARKETING, Purpose.SERVICE)),
                tuple(sorted(chance.sample(("events", "offers"), chance.randrange(3)))),
                at=NOW - timedelta(days=chance.randrange(5)),
            )
            if chance.random() < 0.4:
                await counter.shop.consents.revoke(replace(draft, act=Act.REVOKED))
            else:
                await counter.shop.consents.grant(draft)
    for topic in ("offers", "events"):
        listed = await counter.shop.people.find(count=100, filter=PeopleFilter(consented_to=topic))
        expected = set()
        for number in numbers:
            sheet = await counter.shop.people.sheet(counter.shop.people.read_number(number))
            if any(topic in standing_topics(sheet.ledger, purpose) for purpose in Purpose):
                expected.add(number)
        assert {row.number for row in listed.rows} == expected
        assert 10 < len(expected) < 70
