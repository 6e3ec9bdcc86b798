"""Several numbers of one person, and who lives together, noted by answers."""

from __future__ import annotations

import pytest

from lines.conversing import Place
from lines.shop_for_lines import CY, DANA
from shopbell.domain.consent import How
from shopbell.domain.ids import E164
from shopbell.domain.people import ContactDraft
from shops import ANA, BO

OTHER = E164("+12125550120")
SHEET = ("#People", "#Find somebody", "ana", "1")
BELONGS = (*SHEET, "#Their other numbers")
MERGE = (*BELONGS, "#Another number", "bo", "1")
YES = "#Yes, make one"
TWICE = ("#People", "#Who may be on file twice")


async def numbers_of(place: Place, number: E164) -> list[E164]:
    """Return the other numbers of somebody."""
    async with place.inside() as shop:
        sheet = await shop.people.sheet(shop.people.read_number(number))
        return [one.number for one in sheet.same_person]


async def home_of(place: Place, number: E164) -> list[E164]:
    async with place.inside() as shop:
        sheet = await shop.people.sheet(shop.people.read_number(number))
        return [one.number for one in sheet.household]


async def ana_twice(place: Place, **more: str) -> None:
    async with place.inside() as shop:
        await shop.people.add(ContactDraft(number=OTHER, name="Ana Reyes", **more))


async def test_a_merge_is_said_before_it_is_made(place: Place) -> None:
    said = await place.talk(*MERGE, "0", "q")
    assert "Bo Lind …0102 would be a further number of Ana Reyes …0101." in said.said
    assert "Each number keeps its own yes; a no of one counts for all." in said.said
    assert "Nothing was changed." in said.said
    assert "--yes" not in said.said
    assert await numbers_of(place, ANA) == []


async def test_two_numbers_become_one_person_and_two_again(place: Place) -> None:
    said = await place.talk(*MERGE, YES, "#Say all this", "q")
    assert "One person now." in said.said
    assert "The same person: …0102." in said.said
    assert await numbers_of(place, ANA) == [BO]
    back = await place.talk(*BELONGS, "#They are two people", "#Yes, they are two", "q")
    assert "Two people again: Ana Reyes, …0101 and Bo Lind, …0102." in back.said
    assert await numbers_of(place, ANA) == []


async def test_a_split_is_asked_about_and_an_empty_line_is_a_no(place: Place) -> None:
    await place.talk(*MERGE, YES, "q")
    await place.talk(*BELONGS, "#They are two people", "", "q")
    assert await numbers_of(place, ANA) == [BO]


async def test_what_changed_since_the_merge_is_told_when_it_is_taken_back(place: Place) -> None:
    await place.talk(*MERGE, YES, "#Change the name", "#Name", "Ana Lund", "0", "q")
    said = await place.talk(*BELONGS, "#They are two people", "#Yes, they are two", "q")
    assert "Ana Lund, …0101 was changed since the merge" in said.said


async def test_a_stop_of_one_number_is_told_before_it_counts_for_both(place: Place) -> None:
    said = await place.talk(*BELONGS, "#Another number", "cy", "1", YES, "#Say all this", "q")
    assert "1 number of this person said stop: none of them is texted." in said.said
    assert await numbers_of(place, ANA) == [CY]
    assert "Marketing, offers: Refused." in said.said


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        (("ana", "1"), "These numbers belong to the same person already."),
        (("nobody like that",), "Nobody is called"),
        (("bo", "0"), "Who?"),
        (("",), "What now?"),
    ],
)
async def test_nobody_is_merged_with_themselves_or_with_nobody(
    place: Place, typed: tuple[str, ...], says: str
) -> None:
    said = await place.talk(*BELONGS, "#Another number", *typed, "", "", "q")
    assert says in said.said
    assert await numbers_of(place, ANA) == []


async def test_whoever_shares_a_whole_name_is_listed_and_merged(place: Place) -> None:
    await ana_twice(place)
    said = await place.talk(*TWICE, "1", "1", YES, "q")
    assert "Ana Reyes, …0101; Ana Reyes, …0120: the same name" in said.said
    assert "Nobody seems to be on file twice." in said.said, "the list is read anew afterwards"
    assert await numbers_of(place, ANA) == [OTHER]


async def test_the_one_that_is_chosen_stays_first(place: Place) -> None:
    await ana_twice(place)
    await place.talk(*TWICE, "1", "2", YES, "q")
    async with place.inside() as shop:
        sheet = await shop.people.sheet(shop.people.read_number(OTHER))
    assert [one.number for one in sheet.same_person] == [ANA]
    assert await numbers_of(place, ANA) == [OTHER]


@pytest.mark.parametrize("typed", [("0",), ("1", "0"), ("1", "1", "0"), ("1", "1", "")])
async def test_doubles_stay_two_until_somebody_says_yes(
    place: Place, typed: tuple[str, ...]
) -> None:
    await ana_twice(place)
    await place.talk(*TWICE, *typed, "q")
    assert await numbers_of(place, ANA) == []


async def test_the_same_e_mail_is_told_as_that(place: Place) -> None:
    await ana_twice(place, email="ana@fernandfinch.example")
    async with place.inside() as shop:
        await shop.people.edit(DANA, email="ANA@fernandfinch.example")
    said = await place.talk(*TWICE, "0", "q")
    assert "the same e-mail" in said.said


async def test_nobody_twice_is_said(place: Place) -> None:
    said = await place.talk(*TWICE, "q")
    assert "Nobody seems to be on file twice." in said.said


async def test_people_live_together_and_one_moves_out(place: Place) -> None:
    said = await place.talk(*BELONGS, "#Somebody on file lives", "bo", "1", "#Say all this", "q")
    assert "They live together: Ana Reyes, …0101; Bo Lind, …0102." in said.said
    assert "Lives with: Bo Lind." in said.said
    assert await home_of(place, ANA) == [BO]
    left = await place.talk(*BELONGS, "#They moved out", "q")
    assert "Ana Reyes, …0101 is in no household now." in left.said
    assert await home_of(place, BO) == []


async def test_a_stop_of_one_who_lives_there_binds_nobody_else(place: Place) -> None:
    await place.talk(*BELONGS, "#Somebody on file lives", "bo", "1", "q")
    async with place.inside() as shop:
        await shop.consents.opt_out(BO, How.IN_PERSON, "no more")
    said = await place.talk(*SHEET, "q")
    assert "Marketing, offers: Allowed." in said.said


async def test_nothing_is_taken_back_where_nothing_was_noted(place: Place) -> None:
    said = await place.talk(*BELONGS, "0", "q")
    assert "take the last merge back" not in said.said
    assert "moved out" not in said.said
