"""A text for another time, and what else a campaign can be given, by answers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from lines.conversing import Place
from shopbell.domain.campaigns import Campaign, CampaignState
from shopbell.domain.consent import Purpose
from shopbell.domain.texts import OutboundText
from shops import ANA, NOW

NOON = datetime(2026, 11, 24, 17, tzinfo=UTC)
"""Tue 24 Nov 2026, 12:00 in New York."""
WRITE = ("#Text somebody", "ana", "1", "#ready", "#Choose another time")
WAITING = ("#Outbox", "#What waits", "1", "#Send it at another time")
NEW = ("#Campaigns", "#Write a new one", "Wreaths", "#offers", "#Everybody", "Wreaths are in.")
OPEN = ("#Campaigns", "#All campaigns", "1")


async def texts(place: Place) -> tuple[OutboundText, ...]:
    async with place.inside() as shop:
        return (await shop.outbox.find(number=ANA)).rows


async def campaigns(place: Place) -> list[Campaign]:
    async with place.inside() as shop:
        return [one.campaign for one in (await shop.campaigns.listed()).rows]


async def test_a_text_is_kept_for_the_time_that_was_chosen(place: Place) -> None:
    said = await place.talk(*WRITE, "2026-11-24 12:00", "#Keep it", "q")
    assert "At that time:\nAllowed." in said.said
    assert "It waits. It may go from Tue 24 Nov 2026, 12:00." in said.said
    assert NOON in [text.not_before for text in await texts(place)]
    assert place.gateway.taken == []


async def test_it_leaves_at_that_time_and_not_before(place: Place) -> None:
    await place.talk(*WRITE, "2026-11-24 12:00", "#Keep it", "q")
    place.at(NOON + timedelta(minutes=1))
    await place.talk("q", patient=True)
    assert [text.text for text in place.gateway.taken] == [
        "Fern & Finch: Hi Ana, your order is ready to pick up."
    ]


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        (("2026-11-24 12:00", ""), "Keep it for then?"),
        (("soon",), "“soon” is not a date and time"),
        (("",), "What now?"),
    ],
)
async def test_a_time_is_only_looked_at_until_somebody_says_yes(
    place: Place, typed: tuple[str, ...], says: str
) -> None:
    before = len(await texts(place))
    said = await place.talk(*WRITE, *typed, "0", "q")
    assert says in said.said
    assert len(await texts(place)) == before


async def test_what_waits_is_moved_to_another_time_in_one_step(place: Place) -> None:
    (before,) = [text for text in await texts(place) if text.state == "waiting"]
    said = await place.talk(*WAITING, "2026-11-24 12:00", "0", "q")
    assert "It may go from Tue 24 Nov 2026, 12:00." in said.said
    after = {text.body: text for text in await texts(place) if text.state == "waiting"}
    assert after[before.body].not_before == NOON
    states = [text.state for text in await texts(place) if text.body == before.body]
    assert sorted(states) == ["canceled", "waiting"], "never both"


@pytest.mark.parametrize("typed", ["", "soon"])
async def test_a_time_that_is_none_moves_nothing(place: Place, typed: str) -> None:
    before = await texts(place)
    await place.talk(*WAITING, typed, "0", "q")
    assert await texts(place) == before


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        (("#I type them", "ROSE1 ROSE2 ROSE1"), "2 codes added."),
        (("#I type them", "ROSE1", "#Add coupon", "#I type them", "ROSE1"), "Known already"),
        (("#I type them", ""), "What now?"),
        (("0",), "What now?"),
        (("#In a file", "/no/such/file.txt"), "there is no file"),
        (("#In a file", ""), "What now?"),
    ],
)
async def test_coupon_codes_are_typed_and_none_counts_twice(
    place: Place, typed: tuple[str, ...], says: str
) -> None:
    said = await place.talk(*NEW, "#Add coupon", *typed, "0", "q")
    assert says in said.said


async def test_coupon_codes_come_from_a_file_a_line_each(place: Place, tmp_path: Path) -> None:
    codes = tmp_path / "codes.txt"
    codes.write_text("ROSE1\nROSE2\n\x1b[2J\n", encoding="utf-8")
    said = await place.talk(*NEW, "#Add coupon", "#In a file", f'"{codes}"', "0", "q")
    assert "2 codes added." in said.said
    assert "No code: " in said.said
    assert "\x1b" not in said.said
    said = await place.talk(*OPEN, "#Change it", "#The words", "Yours: {coupon}", "#Real", "q")
    assert "Yours: ROSE1" in said.said


@pytest.mark.parametrize(
    ("typed", "once"), [("#It goes to one", True), ("#To each", False), ("0", False)]
)
async def test_people_who_live_together_get_it_once_if_that_is_said(
    place: Place, typed: str, once: bool
) -> None:
    await place.talk(*NEW, "#Change it", "#Whether people who live", typed, "q")
    (one,) = await campaigns(place)
    assert one.audience.one_per_household is once


async def test_once_per_household_outlives_another_audience(place: Place) -> None:
    change = ("#Change it", "#Whether people who live", "#It goes to one")
    await place.talk(*NEW, *change, "#Change it", "#Who gets it", "#Everybody", "q")
    (one,) = await campaigns(place)
    assert one.audience.one_per_household


async def test_what_it_is_about_is_changed_with_its_purpose(place: Place) -> None:
    await place.talk(*NEW, "#Change it", "#What it is about", "1", "q")
    (one,) = await campaigns(place)
    assert (one.topic, one.purpose) == ("orders", Purpose.SERVICE)


async def test_other_words_end_the_old_campaign_and_are_a_draft(place: Place) -> None:
    other = ("#End it, and send other", "Garlands are in.")
    said = await place.talk(*NEW, "#Send it", "1", "#Take it back", "#Send it", "1", *other, "q")
    assert "the old words no more. The new ones are a draft" in said.said
    new, old = await campaigns(place)
    assert (new.state, new.body) == (CampaignState.DRAFT, "Garlands are in.")
    assert (old.state, new.replaces) == (CampaignState.ABORTED, old.id)
    place.at(NOW + timedelta(minutes=2))
    await place.talk("q", patient=True)
    assert place.gateway.taken == []


async def test_no_new_words_leave_the_old_campaign_as_it_is(place: Place) -> None:
    await place.talk(*NEW, "#Send it", "1", "#End it, and send other", "", "q")
    (one,) = await campaigns(place)
    assert one.state is CampaignState.STARTING


async def test_a_campaign_is_copied_with_its_words_and_people_and_nothing_else(
    place: Place,
) -> None:
    copy = "#Write a new one with the same words"
    said = await place.talk(*NEW, "#Send it", "1", copy, "Wreaths again", "q")
    assert "What do you call the new one? (empty: Wreaths;" in said.said
    new, old = await campaigns(place)
    assert (new.name, new.body, new.topic) == ("Wreaths again", old.body, old.topic)
    assert new.audience == old.audience
    assert (new.state, old.state) == (CampaignState.DRAFT, CampaignState.STARTING)


async def test_a_copy_without_a_name_is_none(place: Place) -> None:
    await place.talk(*NEW, "#Write a new one with the same words", ".", "q")
    assert len(await campaigns(place)) == 1


async def test_special_letters_of_a_campaign_become_plain_ones(place: Place) -> None:
    curly = (*NEW[:-1], "Ana\u2019s wreaths are in\u2026")
    said = await place.talk(*curly, "#Change it", "#Special letters into plain", "q")
    assert "Special letters into plain ones" in said.said
    (one,) = await campaigns(place)
    assert one.body == "Ana's wreaths are in..."
    plain = await place.talk(*OPEN, "#Change it", "0", "q")
    assert "Special letters" not in plain.said
