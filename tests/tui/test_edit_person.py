"""Changing what is known about one person, from the sheet, by keys."""

from __future__ import annotations

from pathlib import Path

import pytest

from shopbell.domain.people import Contact
from shopbell.domain.wishes import NO_WISHES, Channel
from shopbell.tui.frame import FrameScreen
from shopbell.tui.plain import PlainInput
from shops import ANA
from tui.counters import Till, number, till
from tui.screens import press, settle, type_in

STRANGER = number(98)


async def edit(shown: Till, who: str = ANA) -> str:
    screen = shown.app.screen
    assert isinstance(screen, FrameScreen)
    screen.post_message(screen.PersonOpened(number(0) if who == ANA else who))  # type: ignore[arg-type]
    await shown.pilot.pause(0.05)
    await settle(shown.pilot)
    return await press(shown.pilot, "e")


async def fill(shown: Till, field: str, text: str) -> None:
    box = shown.app.screen.query_one(f"#{field}", PlainInput)
    box.focus()
    await press(shown.pilot, "end", "ctrl+u")
    await type_in(shown.pilot, text)


async def keep(shown: Till) -> str:
    await press(shown.pilot, "f2")
    await shown.pilot.pause(0.2)
    return await settle(shown.pilot)


async def contact(shown: Till) -> Contact:
    found = await shown.shop.people.by_number(ANA)
    assert found is not None
    return found


async def test_the_box_shows_what_is_on_file_and_fits(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        seen = await edit(shown)
        for words in ("Change Ana Reyes   …0101", "likes peonies", "weekly", "(•) not told"):
            assert words in seen
        assert "No offers till" in seen
        assert "f2 keeps it" in seen


async def test_name_tags_birthday_and_place_are_changed_and_shown(
    full: Path, tmp_path: Path
) -> None:
    async with till(full, tmp_path) as shown:
        await edit(shown)
        await fill(shown, "name", "Ana Moss")
        await fill(shown, "tags", "weekly, wedding,, ")
        await fill(shown, "birthday", "1985-03-09")
        await fill(shown, "zone", "chicago")
        await fill(shown, "region", "illinois")
        seen = await keep(shown)
        assert "Kept." in seen
        assert "Ana Moss" in seen
        assert "Birthday: 1985-03-09." in seen
        assert "Chicago" in seen
        changed = await contact(shown)
        assert (changed.tags, changed.note) == (("weekly", "wedding"), "likes peonies")
        assert (changed.zone, changed.region) == ("America/Chicago", "US-IL")


async def test_wishes_are_changed_and_shown(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        await edit(shown)
        await fill(shown, "language", "es")
        await fill(shown, "hours", "mon-fri 10:00-12:00")
        await fill(shown, "pause", "2026-12-01")
        await press(shown.pilot, "shift+tab", "shift+tab", "right", "right")
        seen = await keep(shown)
        assert "Would rather be called." in seen
        assert "Asked for no marketing" in seen
        assert "Language: es." in seen
        wishes = await shown.shop.wishes.of(ANA)
        assert wishes.channel is Channel.CALL
        assert wishes.hours is not None


async def test_what_was_not_touched_stays_and_leaving_changes_nothing(
    full: Path, tmp_path: Path
) -> None:
    async with till(full, tmp_path) as shown:
        before = await contact(shown)
        await edit(shown)
        await fill(shown, "name", "Somebody Else")
        await press(shown.pilot, "escape")
        assert await contact(shown) == before
        await press(shown.pilot, "e")
        await keep(shown)
        after = await contact(shown)
        assert (after.name, after.note, after.tags) == (before.name, before.note, before.tags)
        assert await shown.shop.wishes.of(ANA) == NO_WISHES


@pytest.mark.parametrize(
    ("field", "typed", "says"),
    [
        ("birthday", "03/04/1985", "is not a birthday"),
        ("pause", "tomorrow", "“tomorrow” is not a day."),
        ("pause", "2020-01-01", "A pause must end after today."),
        ("hours", "whenever", "cannot be read"),
        ("zone", "Mars", "is no time zone or city"),
        ("language", "[/]", "“[/]” is not a language."),
    ],
)
async def test_what_makes_no_sense_is_said_and_nothing_is_kept(
    full: Path, tmp_path: Path, field: str, typed: str, says: str
) -> None:
    async with till(full, tmp_path) as shown:
        await edit(shown)
        await fill(shown, "name", "Ana Moss")
        await fill(shown, field, typed)
        assert says in await press(shown.pilot, "f2")
        assert (await contact(shown)).name == "Ana Reyes"


async def test_a_wish_is_taken_back_by_emptying_it(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        await shown.shop.wishes.record(ANA, language="es", hours="mon 10:00-12:00")
        seen = await edit(shown)
        assert "mon 10:00-12:00" in seen
        await fill(shown, "language", "")
        await fill(shown, "hours", "")
        await keep(shown)
        assert await shown.shop.wishes.of(ANA) == NO_WISHES


async def test_a_note_that_cannot_be_shown_whole_is_not_spoiled_by_keeping(
    full: Path, tmp_path: Path
) -> None:
    note = "line one\nline two\x1b[31m [/]"
    async with till(full, tmp_path) as shown:
        await shown.shop.people.edit(ANA, note=note)
        await edit(shown)
        await fill(shown, "name", "Ana Moss")
        await keep(shown)
        changed = await contact(shown)
        assert (changed.name, changed.note) == ("Ana Moss", note)


async def test_nobody_on_file_cannot_be_changed(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        assert "write down a yes first" in await edit(shown, STRANGER)
