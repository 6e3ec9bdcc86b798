"""Reminders on the screen: brought in, said yes to, dropped, asked about when late."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from textual import events

from shopbell.domain.appointments import Stage
from shopbell.domain.importing import ParkedRow
from shopbell.services.reminder_steps import Brought
from shopbell.tui.file_picker import FilePicker
from shopbell.tui.one_of import OneOf
from shopbell.tui.plain import PlainText
from shopbell.tui.screens.bring_reminders import BringReminders
from shopbell.tui.screens.reminders import RemindersScreen, told
from tui.counters import Till, till
from tui.crowded import unwrapped
from tui.screens import press, settle, type_in
from tui.test_hostile import is_safe

Keeps = Callable[[str, str], None]

ROWS = """Date,Time,Client,Service
2026-11-25,14:00,Ana Reyes,Cut
2026-11-26,10:00,Bo Lind,Colour [/]
2026-11-24,16:00,Cy Moss,Beard
2026-11-26,12:00,Zed\x1b[2J Nobody,Cut
"""


async def opened(shown: Till) -> str:
    await press(shown.pilot, "ctrl+p")
    await type_in(shown.pilot, "remind")
    seen = await press(shown.pilot, "enter")
    assert isinstance(shown.app.screen, RemindersScreen)
    return seen


async def brings_in(shown: Till, folder: Path) -> str:
    await picked(shown, folder)
    return await press(shown.pilot, "f2")


async def picked(shown: Till, folder: Path, rows: str = ROWS, name: str = "list.csv") -> str:
    """Choose a file of appointments, and stop at its words."""
    file = folder / name
    file.write_text(rows)
    await press(shown.pilot, "n")
    shown.app.post_message(events.Paste(str(file)))
    return unwrapped(await press(shown.pilot, "enter"))


async def stages(shown: Till) -> list[Stage]:
    found = await shown.shop.reminders.find(tuple(Stage))
    return sorted(one.stage for one in found.rows)


async def test_a_list_becomes_drafts_and_each_waits_for_a_yes(
    full: Path, tmp_path: Path, keeps: Keeps
) -> None:
    async with till(full, tmp_path) as shown:
        seen = await opened(shown)
        assert "No reminder waits for your word." in seen
        assert "n brings in a calendar" in unwrapped(seen)
        await brings_in(shown, tmp_path)
        seen = await settle(shown.pilot)
        assert "4 appointments read" in unwrapped(seen)
        assert is_safe(seen)
        assert "has passed" in seen
        assert "reminds Tue 24 Nov 14:00" in seen
        assert await stages(shown) == [Stage.DRAFT] * 3
        await press(shown.pilot, "a")
        await settle(shown.pilot)
        assert Stage.DRAFT in await stages(shown)
        assert shown.gateway.taken == []


async def test_a_late_one_says_so_and_is_dropped_by_a_key(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        await opened(shown)
        await brings_in(shown, tmp_path)
        seen = unwrapped(await settle(shown.pilot))
        assert "Its moment has passed. Enter sends it as soon as it may go; x drops it." in seen
        await press(shown.pilot, "x")
        assert await stages(shown) == [Stage.DRAFT, Stage.DRAFT, Stage.DROPPED]
        assert "Hi Ana, a reminder" in unwrapped(await settle(shown.pilot))


async def test_a_file_that_cannot_be_read_leaves_the_line_to_be_mended(
    full: Path, tmp_path: Path
) -> None:
    async with till(full, tmp_path) as shown:
        await opened(shown)
        await press(shown.pilot, "n")
        shown.app.post_message(events.Paste(str(tmp_path / "none.ics")))
        assert "There is no file" in unwrapped(await press(shown.pilot, "enter"))
        assert "There is no file" in unwrapped(await press(shown.pilot, "f2"))
        assert "No reminder waits" in await press(shown.pilot, "escape")


def test_what_a_file_did_is_told_in_a_few_sentences() -> None:
    brought = Brought(
        read=3,
        new=1,
        unchanged=1,
        parked=[ParkedRow(row=4, reason="It has a day but no time.", cells=())],
        taken_away=2,
    )
    assert told(brought) == (
        "3 appointments read: 1 new draft, 0 changed, 2 taken away. "
        "1 not used; the first, 4: It has a day but no time."
    )


WORDS = "See you {day} at {time}, {first_name|friend}."


async def retyped(shown: Till, field: str, text: str) -> str:
    """Put other words into a field of the box, and wait for what it shows then."""
    box = shown.app.screen
    assert isinstance(box, BringReminders)
    widget = box.query_one(f"#{field}").focus()
    if isinstance(widget, PlainText):
        widget.clear()
    else:
        await press(shown.pilot, "end", "ctrl+u")
    shown.app.post_message(events.Paste(text))
    return unwrapped(await settle(shown.pilot))


async def test_a_file_is_looked_at_before_anything_is_kept(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path, size=(120, 40)) as shown:
        await opened(shown)
        seen = await picked(shown, tmp_path)
        assert "Reminders from list.csv" in seen
        assert "4 appointments read, 3 drafts to look through." in seen
        assert "Hi Ana, a reminder: Wed 25 Nov at 2 pm." in seen
        assert "1 is late already: you are asked about each." in seen
        assert "1 not used; the first, 5:" in seen
        assert is_safe(seen)
        await press(shown.pilot, "escape")
        assert await stages(shown) == []


async def test_words_and_time_before_are_chosen_seen_and_kept_for_the_next_file(
    full: Path, tmp_path: Path
) -> None:
    async with till(full, tmp_path, size=(120, 40)) as shown:
        await opened(shown)
        await picked(shown, tmp_path)
        assert "See you Wed 25 Nov at 2 pm, Ana." in await retyped(shown, "body", WORDS)
        seen = await retyped(shown, "lead", "3 hours")
        assert "Ana Reyes, Wed 25 Nov 11:00: See you" in seen
        await press(shown.pilot, "f2")
        rows = (await shown.shop.reminders.find()).rows
        assert {one.body for one in rows} >= {"See you Wed 25 Nov at 2 pm, Ana."}
        assert {one.starts_at - one.remind_at for one in rows} == {timedelta(hours=3)}
        known = await shown.shop.reminders.said_about("list")
        assert (known.body, known.lead, known.topic) == (WORDS, "3 hours", None)
        seen = await picked(shown, tmp_path)
        assert WORDS in seen
        assert "4 appointments read, 0 drafts to look through." in seen


async def test_a_topic_is_chosen_from_what_people_can_agree_to(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        await opened(shown)
        await picked(shown, tmp_path)
        shown.app.screen.query_one("#topic", OneOf).focus()
        assert "about my orders" in await press(shown.pilot, "right")
        await press(shown.pilot, "f2")
        assert {one.topic for one in (await shown.shop.reminders.find()).rows} == {"orders"}
        assert "about my orders" in await picked(shown, tmp_path)


async def test_what_cannot_be_used_is_told_in_the_words_of_the_box(
    full: Path, tmp_path: Path
) -> None:
    async with till(full, tmp_path) as shown:
        await opened(shown)
        await picked(shown, tmp_path)
        seen = await retyped(shown, "lead", "soon")
        assert "! “soon” is no time before an appointment. Write it like 1 day" in seen
        await retyped(shown, "lead", "1 day")
        assert "!" in await retyped(shown, "body", "See you {whenever}.")
        assert "! “x” is not PART=COLUMN." in (await retyped(shown, "columns", "x")), (
            "the option of the command line is left out"
        )
        assert "--" not in unwrapped(await press(shown.pilot, "f2"))
        assert await stages(shown) == []


ODD = """Wann,Handy,Kunde
03/12/2026 10:00,212-555-0101,Ana Reyes
"""


async def test_a_table_with_odd_columns_and_unclear_days_is_explained_by_its_owner(
    full: Path, tmp_path: Path
) -> None:
    async with till(full, tmp_path, size=(120, 40)) as shown:
        await opened(shown)
        seen = await picked(shown, tmp_path, ODD)
        assert "No column of this file says when an appointment begins." in seen
        assert "Say so in Columns, like: start=Beginn, phone=Handy" in seen
        seen = await retyped(shown, "columns", "start=Wann, phone=Handy, name=Kunde")
        assert "Say which in Its days." in seen
        shown.app.screen.query_one("#order", OneOf).focus()
        seen = unwrapped(await press(shown.pilot, "right"))
        assert "Ana Reyes, Wed 2 Dec 10:00: Hi Ana, a reminder: Thu 3 Dec at 10 am." in seen
        await press(shown.pilot, "f2")
        assert await stages(shown) == [Stage.DRAFT]


async def test_a_calendar_is_listed_picked_by_keys_and_not_asked_about_columns(
    full: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "Downloads").mkdir()
    for name in ("bookings.ics", "notes.pdf"):
        (tmp_path / "Downloads" / name).write_text(CALENDAR, newline="\r\n")
    async with till(full, tmp_path) as shown:
        await opened(shown)
        seen = await press(shown.pilot, "n")
        assert "bookings.ics" in seen
        assert "notes.pdf" not in seen
        seen = unwrapped(await press(shown.pilot, "down", "enter"))
        assert "Hi Ana, a reminder: Thu 26 Nov at 10 am." in seen
        assert "Columns" not in seen
        assert "Its days" not in seen


CALENDAR = """BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VEVENT
UID:one
DTSTART;TZID=America/New_York:20261126T100000
SUMMARY:Ana Reyes
END:VEVENT
END:VCALENDAR
"""


@pytest.mark.parametrize("name", ["[nope nope]z.csv", "name \u202e evil.csv", "名前.csv"])
async def test_a_file_with_a_hostile_name_is_brought_in_all_the_same(
    full: Path, tmp_path: Path, name: str
) -> None:
    async with till(full, tmp_path) as shown:
        await opened(shown)
        (tmp_path / name).write_text(ROWS)
        start_bringing(shown, tmp_path / name)
        seen = await settle(shown.pilot)
        assert isinstance(shown.app.screen, BringReminders)
        assert is_safe(seen)
        await press(shown.pilot, "f2")
        assert await stages(shown) == [Stage.DRAFT] * 3


def start_bringing(shown: Till, path: Path) -> None:
    """Answer the box that asks for a file: a name that cannot be typed is chosen by keys."""
    screen = shown.app.screen
    assert isinstance(screen, RemindersScreen)
    screen.do_bring()
    shown.app.call_later(lambda: shown.app.screen.post_message(FilePicker.Picked(path)))
