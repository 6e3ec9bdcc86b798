"""Everybody the shop knows: found while somebody types, opened with a key."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from shopbell.domain.people import ContactDraft, ContactRow, Page
from shopbell.errors import Busy
from shopbell.tui.rows import Rows
from shopbell.tui.screens.contact import ContactScreen
from shopbell.tui.screens.people import PeopleScreen
from tui.counters import number, till
from tui.screens import press, settle, type_in


async def test_the_list_opens_with_everybody_in_the_order_of_names(
    full: Path, tmp_path: Path
) -> None:
    async with till(full, tmp_path) as shown:
        seen = await settle(shown.pilot)
        assert "12 people" in seen
        assert seen.index("Ana Reyes") < seen.index("Anneke de Wit") < seen.index("Bo Lind")
        assert "▸ Ana Reyes" in seen


async def test_search_follows_the_letters_and_enter_opens_the_first_hit(
    full: Path, tmp_path: Path
) -> None:
    async with till(full, tmp_path) as shown:
        await press(shown.pilot, "slash")
        seen = await type_in(shown.pilot, "priya")
        assert "1 person found" in seen
        assert "▸ Priya Shah" in seen
        assert "Ana Reyes" not in seen
        assert "Priya Shah   …0106" in await press(shown.pilot, "enter")


@pytest.mark.parametrize(
    ("typed", "found"), [("peonies", "Ana Reyes"), ("weekly", "Ana Reyes"), ("0103", "Cy Moss")]
)
async def test_notes_tags_and_the_end_of_a_number_are_searched_too(
    full: Path, tmp_path: Path, typed: str, found: str
) -> None:
    async with till(full, tmp_path) as shown:
        await press(shown.pilot, "slash")
        assert found in await type_in(shown.pilot, typed)


async def test_the_arrows_move_in_the_list_while_the_field_has_the_focus(
    full: Path, tmp_path: Path
) -> None:
    async with till(full, tmp_path) as shown:
        await press(shown.pilot, "slash")
        await type_in(shown.pilot, "an")
        assert "▸ Anneke de Wit" in await press(shown.pilot, "down")
        assert "▸ Ana Reyes" in await press(shown.pilot, "up")
        await press(shown.pilot, "down")
        assert "Anneke de Wit   …0109" in await press(shown.pilot, "enter")


async def test_esc_gives_up_the_search_and_letters_are_commands_again(
    full: Path, tmp_path: Path
) -> None:
    async with till(full, tmp_path) as shown:
        await press(shown.pilot, "slash")
        await type_in(shown.pilot, "priya")
        seen = await press(shown.pilot, "escape")
        assert "12 people" in seen
        assert "Text somebody" in await press(shown.pilot, "t")


async def test_enter_right_after_the_letters_opens_who_was_typed(
    full: Path, tmp_path: Path
) -> None:
    """The list still shows everybody, and the cursor is on somebody else."""
    async with till(full, tmp_path) as shown:
        assert "Cy Moss   …0103" in await press(shown.pilot, "slash", *"0103", "enter")


async def test_a_search_without_hits_says_so_and_what_to_do(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        await press(shown.pilot, "slash")
        seen = await type_in(shown.pilot, "[/]x")
        assert "Nobody matches “[/]x”." in seen
        assert "esc clears the search." in seen
        assert "↵ open" not in seen


async def test_an_empty_shop_says_how_to_begin(empty: Path, tmp_path: Path) -> None:
    async with till(empty, tmp_path) as shown:
        seen = await settle(shown.pilot)
        assert "Nobody is in the shop file yet." in seen
        assert "4 brings in a list from your till or phone." in seen


class Slow:
    """People who answer when they are told to."""

    def __init__(self) -> None:
        self.gates: dict[str, asyncio.Event] = {}
        self.error: Busy | None = None

    async def find(self, words: str = "", **_window: int) -> Page[ContactRow]:
        await self.gates.setdefault(words, asyncio.Event()).wait()
        if self.error is not None:
            raise self.error
        return Page(rows=(), first=0, total=0)


async def slow_screen(shown: object, people: Slow) -> PeopleScreen:
    screen = PeopleScreen(people, shown.clock.now, "America/New_York")  # type: ignore[attr-defined]
    await shown.app.push_screen(screen)  # type: ignore[attr-defined]
    return screen


async def test_a_wait_is_shown_after_a_moment_and_can_be_left(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        people = Slow()
        screen = await slow_screen(shown, people)
        await shown.pilot.pause(0.3)
        assert "Looking …" in screen.query_one("Situation").render().plain  # type: ignore[union-attr]
        people.gates[""].set()
        assert "Nobody is in the shop file yet." in await settle(shown.pilot)


async def test_a_failure_is_a_sentence_with_the_way_to_try_again(
    full: Path, tmp_path: Path
) -> None:
    async with till(full, tmp_path) as shown:
        people = Slow()
        people.error = Busy("Another window is writing.", "Wait a moment.")
        await slow_screen(shown, people)
        people.gates.setdefault("", asyncio.Event()).set()
        seen = await settle(shown.pilot)
        assert "! Another window is writing." in seen
        assert "Wait a moment. Press 1 to try again." in seen


async def test_a_change_elsewhere_is_seen_and_the_cursor_stays(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        await press(shown.pilot, "down", "down")
        await shown.shop.people.add(ContactDraft(number=number(40), name="Zara New"))
        for _ in range(1000):
            await shown.pilot.pause(0.02)
            if shown.app.screen.query_one(Rows).count == 13:
                break
        seen = await settle(shown.pilot)
        assert "13 people" in seen
        assert "▸ Bo Lind" in seen


async def test_beside_the_list_a_wide_screen_shows_the_person(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path, size=(120, 40)) as shown:
        await press(shown.pilot, "down", "down")
        await shown.pilot.pause(0.2)
        seen = await settle(shown.pilot)
        assert "MAY WE TEXT?" in seen
        assert "Said stop 24 Nov 2026, by text." in seen


async def test_a_narrow_screen_looks_nobody_up_for_nothing(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        assert "MAY WE TEXT?" not in await press(shown.pilot, "down")


async def test_a_click_opens_somebody(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        await shown.pilot.click(Rows, offset=(5, 3))
        await settle(shown.pilot)
        await shown.pilot.click(Rows, offset=(5, 3))
        await settle(shown.pilot)
        assert isinstance(shown.app.screen, ContactScreen)
        assert "Cy Moss" in await settle(shown.pilot)


async def test_enter_right_after_a_search_was_given_up_waits_for_everybody(
    full: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with till(full, tmp_path) as shown:
        await press(shown.pilot, "slash")
        assert "Nobody matches" in await type_in(shown.pilot, "zzz")
        find = shown.shop.people.find

        async def slowly(words: str, **which: Any) -> Page[ContactRow]:
            await asyncio.sleep(0.3)
            return await find(words, **which)

        monkeypatch.setattr(shown.shop.people, "find", slowly)
        await shown.pilot.press("escape", "home", "enter")
        for _ in range(1000):
            if isinstance(shown.app.screen, ContactScreen):
                break
            await shown.pilot.pause(0.02)
        assert "Ana Reyes   …0101" in await settle(shown.pilot)
