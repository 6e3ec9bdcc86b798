"""What a person wishes and what is on file about them, changed by answers."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from lines.conversing import Place
from shopbell.domain.people import Contact
from shopbell.domain.promises import Frequency
from shopbell.domain.weeks import week_text
from shopbell.domain.wishes import NO_WISHES, Channel, Wishes
from shops import ANA

ANAS = ("#People", "#Find somebody", "ana", "1")
WISHES = (*ANAS, "#What they wish")
DETAILS = (*ANAS, "#Change the name")
CHRISTMAS_EVE = datetime(2026, 12, 24, 5, tzinfo=UTC)


async def wishes(place: Place) -> Wishes:
    async with place.inside() as shop:
        return await shop.wishes.of(ANA)


async def ana(place: Place) -> Contact:
    async with place.inside() as shop:
        contact = await shop.people.by_number(ANA)
        assert contact is not None
        return contact


@pytest.mark.parametrize(
    ("typed", "kept", "says"),
    [
        (("#How they would", "#By text"), Channel.TEXT, "Would like to be texted."),
        (("#How they would", "#By phone"), Channel.CALL, "Would rather be called."),
        (("#How they would", "#By e-mail"), Channel.EMAIL, "Would rather get e-mail."),
        (("#How they would", "#Not at all"), Channel.NONE, "Would rather not be contacted."),
        (("#How they would", "#By phone", "#How they would", "#They have not"), None, "No wish"),
        (("#How they would", "0"), None, "No wish is on file."),
    ],
)
async def test_the_way_they_prefer_is_kept_and_said(
    place: Place, typed: tuple[str, ...], kept: Channel | None, says: str
) -> None:
    said = await place.talk(*WISHES, *typed, "0", "q")
    assert says in said.said
    assert (await wishes(place)).channel is kept


@pytest.mark.parametrize(
    ("typed", "kept", "says"),
    [
        (("#No offers", "#30 days"), CHRISTMAS_EVE, "no marketing until 24 Dec 2026"),
        (("#No offers", "#Until a day", "2026-12-24"), CHRISTMAS_EVE, "until 24 Dec 2026"),
        (("#No offers", "#Until a day", "2020-12-24"), None, "A pause must end after today."),
        (("#No offers", "#Until a day", "soon"), None, "That is no day."),
        (("#No offers", "#Until a day", ""), None, "What do they wish?"),
        (("#No offers", "0"), None, "What do they wish?"),
        (("#No offers", "#A week", "#End the pause"), None, "The pause is over"),
    ],
)
async def test_a_pause_ends_on_the_day_that_was_named(
    place: Place, typed: tuple[str, ...], kept: datetime | None, says: str
) -> None:
    said = await place.talk(*WISHES, *typed, "0", "q")
    assert says in said.said
    assert (await wishes(place)).paused_until == kept


@pytest.mark.parametrize(
    ("typed", "kept", "says"),
    [
        (("1/30",), Frequency(n=1, days=30), "at most 1 text a month of offers"),
        (("often",), None, "“often” is not a frequency."),
        (("1/30", "#Offers less often", "-"), None, "No wish is on file."),
        (("",), None, "What do they wish?"),
    ],
)
async def test_the_most_offers_they_want_are_kept_or_forgotten(
    place: Place, typed: tuple[str, ...], kept: Frequency | None, says: str
) -> None:
    said = await place.talk(*WISHES, "#Offers less often", *typed, "0", "q")
    assert says in said.said
    assert (await wishes(place)).most == kept


@pytest.mark.parametrize(
    ("typed", "kept", "says"),
    [
        (("mon-fri 9:00-12:00",), "mon-fri 09:00-12:00", "on mon-fri 09:00-12:00 only"),
        (("mon none",), None, "With no hours at all no text could ever go."),
        (("whenever",), None, "What do they wish?"),
        (("sat 10-12", "#When texts may", "-"), None, "No wish is on file."),
    ],
)
async def test_the_hours_they_name_are_kept_on_their_clock(
    place: Place, typed: tuple[str, ...], kept: str | None, says: str
) -> None:
    said = await place.talk(*WISHES, "#When texts may", *typed, "0", "q")
    assert says in said.said
    hours = (await wishes(place)).hours
    assert (None if hours is None else week_text(hours)) == kept


async def test_hours_that_are_kept_are_said_before_they_are_changed(place: Place) -> None:
    asks = ("#When texts may", "tue 9:00-10:00", "#When texts may", "")
    said = await place.talk(*WISHES, *asks, "0", "q")
    assert "Now: tue 09:00-10:00." in said.said


@pytest.mark.parametrize(
    ("typed", "kept"),
    [(("es",), "es"), (("fr-CA",), "fr-CA"), (("Spanish",), ""), (("es", "#Their l", "-"), "")],
)
async def test_a_language_is_kept_by_its_code(
    place: Place, typed: tuple[str, ...], kept: str
) -> None:
    said = await place.talk(*WISHES, "#Their language", *typed, "0", "q")
    assert (await wishes(place)).language == kept
    assert ("is not a language" in said.said) is (typed == ("Spanish",))


async def test_a_wish_for_calls_stops_the_next_offer_in_words(place: Place) -> None:
    said = await place.talk(*WISHES, "#How they would", "#By phone", "0", "#Say all this", "q")
    assert "Marketing, offers: Refused." in said.said
    assert await wishes(place) != NO_WISHES


async def test_somebody_who_is_no_contact_has_no_wishes_to_change(place: Place) -> None:
    said = await place.talk("#People", "#Find somebody", "2125550177", "q")
    assert "Make them a contact" in said.said
    assert "What they wish" not in said.said
    assert "Change the name" not in said.said


@pytest.mark.parametrize(
    ("typed", "field", "kept"),
    [
        (("#Name", "Ana Lund"), "name", "Ana Lund"),
        (("#Name", ""), "name", "Ana Reyes"),
        (("#Note", "likes peonies"), "note", "likes peonies"),
        (("#Note", "likes peonies", "#Note", "-"), "note", ""),
        (("#E-mail", "ana@fernandfinch.example"), "email", "ana@fernandfinch.example"),
        (("#Birthday", "--03-09"), "birthday", "--03-09"),
        (("#Birthday", "soon"), "birthday", ""),
        (("#Time zone", "Chicago"), "zone", "America/Chicago"),
        (("#Time zone", "Atlantis"), "zone", None),
        (("#Country", "Florida"), "region", "US-FL"),
        (("#Country", "Florida", "#Country", "-"), "region", None),
        (("#Tags", "regular", "#Tags", "roses"), "tags", ("regular", "roses")),
        (("#Tags", "regular", "#Tags", "REGULAR"), "tags", ()),
        (("#Tags", ""), "tags", ()),
    ],
)
async def test_each_field_is_changed_by_a_line(
    place: Place, typed: tuple[str, ...], field: str, kept: object
) -> None:
    await place.talk(*DETAILS, *typed, "0", "q")
    assert getattr(await ana(place), field) == kept


async def test_what_is_on_file_is_said_with_each_field(place: Place) -> None:
    said = await place.talk(*DETAILS, "#Time zone", "Chicago", "#Tags", "roses", "0", "q")
    assert "Time zone: America/Chicago" in said.said
    assert "Tags: roses" in said.said
    assert "E-mail: none" in said.said


async def test_a_second_name_shares_the_number(place: Place) -> None:
    said = await place.talk(*DETAILS, "#Somebody else has", "Ben Reyes", "0", "q")
    assert "On this number now: " in said.said
    name = (await ana(place)).name
    assert "Ana Reyes" in name
    assert "Ben Reyes" in name
