"""Reminders on the screen: brought in, said yes to, dropped, asked about when late."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from textual import events

from shopbell.domain.appointments import Stage
from shopbell.domain.importing import ParkedRow
from shopbell.services.reminder_steps import Brought
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
    file = folder / "list.csv"
    file.write_text(ROWS)
    await press(shown.pilot, "n")
    shown.app.post_message(events.Paste(str(file)))
    return await press(shown.pilot, "enter")


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
        keeps("reminders-80x24", seen)
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
        shown.app.post_message(events.Paste("~nobody-at-all/none.ics"))
        assert "There is no file" in unwrapped(await press(shown.pilot, "enter"))
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
