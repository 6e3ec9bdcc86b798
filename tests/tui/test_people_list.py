"""The list of people narrowed, written to a file, and its numbers shown for a moment."""

from __future__ import annotations

import csv
import stat
from pathlib import Path

import pytest

from shopbell.tui.screens import people as people_screen
from tui.counters import Till, till
from tui.screens import press, settle, type_in


async def narrowed(shown: Till, *keys: str) -> str:
    await press(shown.pilot, "f", *keys)
    return await press(shown.pilot, "f2")


async def test_who_is_to_be_asked_at_the_next_visit_is_two_keys_away(
    full: Path, tmp_path: Path
) -> None:
    async with till(full, tmp_path) as shown:
        assert "ask next visit" in await press(shown.pilot, "f")
        seen = await press(shown.pilot, "right", "enter")
        assert "not asked yet: 3 people" in seen
        assert "Dana Cole" in seen
        assert "Ana Reyes" not in seen
        assert "12 people" in await press(shown.pilot, "escape")


async def test_who_agreed_to_a_topic_is_shown_and_the_box_remembers_it(
    full: Path, tmp_path: Path
) -> None:
    async with till(full, tmp_path) as shown:
        seen = await narrowed(shown, "tab", "right", "right")
        assert "yes to offers: 6 people" in seen
        assert "(•) offers" in await press(shown.pilot, "f")


async def test_conditions_hold_together_and_with_the_search(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        await press(shown.pilot, "f", "tab", "tab", *"1", "tab", "tab", *"weekly")
        seen = await press(shown.pilot, "enter")
        assert "not texted for 1 day, tagged weekly: 3 people" in seen
        await press(shown.pilot, "slash")
        seen = await type_in(shown.pilot, "ana")
        assert "tagged weekly: 1 person found" in seen
        assert "tagged weekly: 3 people" in await press(shown.pilot, "escape")
        assert "12 people" in await press(shown.pilot, "escape")


async def test_a_list_nobody_fits_says_so_and_how_to_go_on(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        seen = await narrowed(shown, "tab", "tab", "tab", *"march")
        assert "Nobody fits: born in March." in seen
        assert "esc shows everybody again." in seen
        assert "x export" not in seen


@pytest.mark.parametrize(
    ("keys", "says"),
    [
        (("tab", "tab", *"soon"), "“soon” is no number of days."),
        (("tab", "tab", "0"), "“0” is no number of days."),
        (("tab", "tab", "tab", *"Smarch"), "“Smarch” is no month."),
    ],
)
async def test_what_cannot_be_read_is_said_and_the_list_stays(
    full: Path, tmp_path: Path, keys: tuple[str, ...], says: str
) -> None:
    async with till(full, tmp_path) as shown:
        assert says in await narrowed(shown, *keys)
        assert "12 people" in await press(shown.pilot, "escape")


async def test_the_list_that_is_shown_is_written_for_its_owner_only(
    full: Path, tmp_path: Path
) -> None:
    file = tmp_path / "to ask.csv"
    async with till(full, tmp_path) as shown:
        await press(shown.pilot, "f", "right", "enter")
        seen = await press(shown.pilot, "x")
        assert "3 people: not asked yet." in seen
        assert "The file is not encrypted" in seen
        await press(shown.pilot, "end", "ctrl+u")
        await type_in(shown.pilot, str(file))
        assert "Wrote 3 people to “to ask.csv”." in await press(shown.pilot, "enter")
    with file.open(encoding="utf-8-sig", newline="") as written:
        names = [row["Name"] for row in csv.DictReader(written)]
    assert names == ["Dana Cole", "Gus Stone", "Joe Hart"]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


async def test_a_file_that_is_there_is_never_written_over(full: Path, tmp_path: Path) -> None:
    file = tmp_path / "kept.csv"
    file.write_text("precious", encoding="utf-8")
    async with till(full, tmp_path) as shown:
        await press(shown.pilot, "x", "end", "ctrl+u")
        await type_in(shown.pilot, str(file))
        seen = await press(shown.pilot, "enter")
        assert "Choose another name or place." in seen
        await press(shown.pilot, "escape")
    assert file.read_text(encoding="utf-8") == "precious"


async def test_numbers_are_masked_until_asked_for_and_hide_again_by_key(
    full: Path, tmp_path: Path
) -> None:
    async with till(full, tmp_path) as shown:
        assert "…0101" in await settle(shown.pilot)
        seen = await press(shown.pilot, "v")
        assert "+1 212-555-0101" in seen
        assert "Ana Reyes" in seen
        assert "555-0101" not in await press(shown.pilot, "v")


async def test_numbers_hide_by_themselves_after_a_while(
    full: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(people_screen, "REVEALED_FOR", 0.05)
    async with till(full, tmp_path) as shown:
        await press(shown.pilot, "v")
        await shown.pilot.pause(0.2)
        assert "555-0101" not in await settle(shown.pilot)


async def test_numbers_are_hidden_for_whoever_comes_back(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        assert "+1 212-555-0101" in await press(shown.pilot, "v")
        await press(shown.pilot, "enter")
        assert "555-0101" not in await press(shown.pilot, "escape")
