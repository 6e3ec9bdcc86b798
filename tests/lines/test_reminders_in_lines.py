"""Reminders of appointments by answers: a file looked at, drafts, a yes, a no."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from lines.conversing import Place
from shopbell.domain.appointments import Reminder, Stage
from shopbell.domain.texts import State
from shops import ANA, BO

HEADER = "Date,Time,Client,Phone,Service,Booking ID,Status"
ANAS = "2026-11-26,10:00,Ana Reyes,212-555-0101,Cut,b1,"
BOS = "2026-11-26,14:30,Bo Lind,,Colour,b2,"
TODAY = "2026-11-24,16:00,Ana Reyes,212-555-0101,Cut,b3,"
NOBODY = "2026-11-26,16:00,Nobody Known,,Cut,b4,"

REMINDERS = ("#Reminders of appointments",)
FILE = (*REMINDERS, "#Drafts from a calendar")
KEEP = "#Keep these drafts"
EVERY = tuple(Stage)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """The bookings of this week."""
    return bookings(tmp_path, ANAS, BOS, NOBODY)


def bookings(folder: Path, *rows: str) -> Path:
    path = folder / "bookings 2026-11-24.csv"
    path.write_text("\n".join((HEADER, *rows)), encoding="utf-8")
    return path


async def kept(place: Place, *stages: Stage) -> dict[str, Reminder]:
    async with place.inside() as shop:
        page = await shop.reminders.find(stages or EVERY)
        return {one.number: one for one in page.rows}


async def test_a_look_says_what_would_come_of_a_file_and_keeps_nothing(
    place: Place, book: Path
) -> None:
    said = await place.talk(*FILE, str(book), "", "0", "q")
    assert "(empty: bookings; a full stop: go back)" in said.said
    assert "3 appointments read." in said.said
    assert "2 new drafts, 0 changed." in said.said
    assert "Not used, " in said.said
    assert "Ana Reyes, Wed 25 Nov 2026, 10:00: Hi Ana, a reminder: Thu 26 Nov" in said.said
    assert "Nothing was kept." in said.said
    assert await kept(place) == {}


async def test_drafts_are_kept_and_nothing_is_sent(place: Place, book: Path) -> None:
    said = await place.talk(*FILE, str(book), "", KEEP, "q")
    assert "Nothing is sent: look through the drafts and say yes to them." in said.said
    assert "Reminders of appointments: 2 drafts wait for your word." in said.said
    assert "shopbell reminders" not in said.said
    found = await kept(place, Stage.DRAFT)
    assert set(found) == {ANA, BO}
    assert found[ANA].calendar == "bookings"
    assert found[ANA].body == "Hi Ana, a reminder: Thu 26 Nov at 10 am. Can't come? Just reply."
    assert place.gateway.taken == []


async def test_words_lead_and_topic_are_chosen_before_they_are_kept(
    place: Place, book: Path
) -> None:
    said = await place.talk(
        *(*FILE, str(book), "the salon", "#The words", "see you {day} at {time}."),
        *("#How long before", "3 hours", "#What it is about", "1", KEEP, "q"),
    )
    assert "Now: Hi {first_name|there}, a reminder: {day} at {time}." in said.said
    assert "Now: 1 day." in said.said
    one = (await kept(place, Stage.DRAFT))[ANA]
    assert (one.body, one.calendar, one.topic) == (
        "see you Thu 26 Nov at 10 am.",
        "the salon",
        "orders",
    )
    assert one.remind_at == datetime(2026, 11, 26, 7, tzinfo=ZoneInfo("America/New_York"))


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        (("#The words", "see you {when}."), "{when}"),
        (("#How long before", "soon"), "is no time before an appointment"),
        (("#What a column holds", "#what", "Nothing like that"), "Nothing like that"),
        (("#The words", ""), "What now?"),
        (("#How long before", ""), "What now?"),
        (("#What it is about", "0"), "What now?"),
        (("#What a column holds", "0"), "What now?"),
        (("#What a column holds", "#what", ""), "What now?"),
        (("#In which order", "0"), "What now?"),
    ],
)
async def test_what_cannot_be_used_is_told_and_the_rest_is_kept(
    place: Place, book: Path, typed: tuple[str, ...], says: str
) -> None:
    said = await place.talk(*FILE, str(book), "", *typed, KEEP, "q")
    assert says in said.said
    assert (await kept(place, Stage.DRAFT))[ANA].body.startswith("Hi Ana, a reminder")


async def test_what_was_said_for_a_calendar_stands_for_its_next_file(
    place: Place, book: Path
) -> None:
    await place.talk(*FILE, str(book), "", "#The words", "see you {day}.", KEEP, "q")
    said = await place.talk(*FILE, str(book), "", "#The words", "", "0", "q")
    assert "Now: see you {day}." in said.said
    assert "2 as before." in said.said


async def test_a_column_is_named_by_the_owner(place: Place, book: Path) -> None:
    await place.talk(
        *(*FILE, str(book), "", "#What a column holds", "#where", "Service"),
        *("#The words", "see you at {where}.", KEEP, "q"),
    )
    assert (await kept(place))[ANA].body == "see you at Cut."


async def test_the_order_of_dates_is_said_once(place: Place, tmp_path: Path) -> None:
    row = "03/12/2026,10:00,Ana Reyes,212-555-0101,Cut,b1,"
    path = str(bookings(tmp_path, row))
    await place.talk(*FILE, path, "", "#In which order", "#Day first", KEEP, "q")
    there = (await kept(place))[ANA].starts_at.astimezone(ZoneInfo("America/New_York"))
    assert (there.month, there.day) == (12, 3)


async def test_a_file_that_is_not_there_is_told_before_anything_is_asked(place: Place) -> None:
    said = await place.talk(*FILE, "/no/such/file.ics", "q")
    assert "There is no file" in said.said
    assert "What do you call" not in said.said


@pytest.mark.parametrize("typed", [("",), ("/no/such/file.ics",), ("{book}", ".")])
async def test_without_a_file_or_a_name_nothing_is_kept(
    place: Place, book: Path, typed: tuple[str, ...]
) -> None:
    await place.talk(*FILE, *(one.replace("{book}", str(book)) for one in typed), "q")
    assert await kept(place) == {}


async def test_a_draft_is_said_with_its_words_and_its_moment(place: Place, book: Path) -> None:
    await place.talk(*FILE, str(book), "", KEEP, "q")
    said = await place.talk(*REMINDERS, "#Look through", "1", "0", "0", "q")
    assert "Ana Reyes, …0101, Thu 26 Nov 2026, 10:00: draft." in said.said
    assert "It reminds Wed 25 Nov 2026, 10:00." in said.said


async def test_a_yes_writes_it_to_the_outbox_for_its_moment(place: Place, book: Path) -> None:
    await place.talk(*FILE, str(book), "", KEEP, "q")
    said = await place.talk(*REMINDERS, "#Look through", "1", "#Say yes", "0", "q")
    assert "In the outbox: it leaves at its moment." in said.said
    one = (await kept(place, Stage.APPROVED))[ANA]
    assert one.text_id is not None
    async with place.inside() as shop:
        text = await shop.outbox.get(one.text_id)
    assert (text.state, text.not_before) == (State.WAITING, one.remind_at)


async def test_a_yes_to_somebody_who_was_never_asked_says_why_not(place: Place, book: Path) -> None:
    await place.talk(*FILE, str(book), "", KEEP, "q")
    said = await place.talk(*REMINDERS, "#Look through", "2", "#Say yes", "0", "q")
    assert "In the outbox" not in said.said
    assert (await kept(place))[BO].stage is Stage.DRAFT


async def test_all_are_said_yes_to_at_once_and_refusals_are_named(place: Place, book: Path) -> None:
    await place.talk(*FILE, str(book), "", KEEP, "q")
    said = await place.talk(*REMINDERS, "#Say yes to all", "#Yes, they may go", "q")
    assert "Say yes to 2 drafts?" in said.said
    assert "1 reminder in the outbox." in said.said
    assert "Bo Lind: not in the outbox." in said.said
    found = await kept(place)
    assert (found[ANA].stage, found[BO].stage) == (Stage.APPROVED, Stage.DRAFT)


async def test_an_empty_line_says_yes_to_none(place: Place, book: Path) -> None:
    await place.talk(*FILE, str(book), "", KEEP, "q")
    await place.talk(*REMINDERS, "#Say yes to all", "", "q")
    assert (await kept(place))[ANA].stage is Stage.DRAFT


async def test_one_whose_moment_has_passed_is_asked_about_by_itself(
    place: Place, tmp_path: Path
) -> None:
    path = bookings(tmp_path, TODAY)
    await place.talk(*FILE, str(path), "", KEEP, "q")
    said = await place.talk(
        *(*REMINDERS, "#Say yes to all", "#Yes, they may go"),
        *("#Look through", "1", "0", "0", "q"),
    )
    assert "0 reminders in the outbox." in said.said
    assert "its moment has passed: draft." in said.said
    assert "A yes sends it at once." in said.said


async def test_what_is_dropped_is_taken_back_and_listed(place: Place, book: Path) -> None:
    await place.talk(*FILE, str(book), "", KEEP, "q")
    await place.talk(*REMINDERS, "#Look through", "1", "#Say yes", "0", "q")
    said = await place.talk(*REMINDERS, "#Those you said yes", "1", "#No reminder", "q")
    assert "waiting" in said.said
    assert "Dropped. What waited in the outbox is taken back." in said.said
    one = (await kept(place))[ANA]
    assert one.stage is Stage.DROPPED
    again = await place.talk(*REMINDERS, "#Those that are dropped", "1", "0", "q")
    assert "Ana Reyes, …0101" in again.said
    assert "Say yes to it" not in again.said


async def test_no_reminders_are_said_to_be_none(place: Place) -> None:
    said = await place.talk(*REMINDERS, "#Say yes to all", "#Look through", "q")
    assert "No reminder waits for your word." in said.said
    assert "There is none." in said.said
    assert "0 drafts wait for your word." in said.said
