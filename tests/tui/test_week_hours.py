"""The week as a grid: moving, opening, closing, ranges, and keeping it as the line of hours is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.app import App, ComposeResult

from shopbell.domain.shop import Week
from shopbell.domain.weeks import read_week, week_text
from shopbell.errors import BadInput
from shopbell.tui.screens.week_hours import WeekHours
from shopbell.tui.week_grid import LEGEND, WeekGrid
from tui.counters import till
from tui.screens import press, settle

SHOP = read_week("mon-fri 10:00-18:00; sat 10:15-17:00")
LAW = read_week("mon-sat 08:00-21:00")


class Drawing(App[None]):
    """A grid alone, with the keys its box gives it."""

    BINDINGS = [("r", "range"), ("d", "day")]  # noqa: RUF012 - as Textual has it

    def __init__(self, week: Week = SHOP, law: Week | None = LAW) -> None:
        super().__init__()
        self.grid = WeekGrid(week, law)

    def compose(self) -> ComposeResult:
        yield self.grid

    def on_mount(self) -> None:
        self.grid.focus()

    def action_range(self) -> None:
        self.grid.turn_range()

    def action_day(self) -> None:
        self.grid.turn_day()


def rows(grid: WeekGrid) -> list[str]:
    """Return the seven rows as they are drawn, without the names of the days."""
    return [line[5:] for line in grid.render().plain.splitlines()[2:]]


KEYS = (
    # keys from Monday 09:00; the week afterwards; where the cursor is
    ("space", "mon 09:00-09:30, 10:00-18:00; tue-fri 10:00-18:00; sat 10:15-17:00", (0, 18)),
    ("right space", "mon 09:30-18:00; tue-fri 10:00-18:00; sat 10:15-17:00", (0, 19)),
    ("right right space", "mon 10:30-18:00; tue-fri 10:00-18:00; sat 10:15-17:00", (0, 20)),
    ("right r down down down down right r", "mon-fri 09:30-18:00; sat 10:15-17:00", (4, 20)),
    ("right r down down down down r", "mon-fri 09:30-18:00; sat 10:15-17:00", (4, 19)),
    ("right r down down down down space", "mon-fri 09:30-18:00; sat 10:15-17:00", (4, 19)),
    ("right right r pagedown r", "mon 13:30-18:00; tue-fri 10:00-18:00; sat 10:15-17:00", (0, 26)),
    ("pagedown r down left r",
     "mon-tue 10:00-11:30, 12:30-18:00; wed-fri 10:00-18:00; sat 10:15-17:00", (1, 23)),
    ("d", "tue-fri 10:00-18:00; sat 10:15-17:00", (0, 18)),
    ("d d", "tue-fri 10:00-18:00; sat 10:15-17:00", (0, 18)),
    ("down d d", "mon-fri 10:00-18:00; sat 10:15-17:00", (1, 18)),
    ("up up left home end right", "mon-fri 10:00-18:00; sat 10:15-17:00", (0, 47)),
    ("down down down down down down down down", "mon-fri 10:00-18:00; sat 10:15-17:00", (6, 18)),
)  # fmt: skip


@pytest.mark.parametrize(("keys", "after", "cursor"), KEYS, ids=lambda case: str(case)[:30])
async def test_keys_move_and_open_and_close(keys: str, after: str, cursor: tuple[int, int]) -> None:
    app = Drawing()
    async with app.run_test(size=(60, 12)) as pilot:
        await press(pilot, *keys.split())
        assert week_text(app.grid.week) == after
        assert (app.grid.day, app.grid.cell) == cursor


def test_the_signs_tell_open_closed_partly_and_what_the_law_closes() -> None:
    grid = WeekGrid(read_week("mon 07:30-10:00; sat 10:15-12:00; sun 09:00-10:00"), LAW)
    drawn = rows(grid)
    assert drawn[0] == " " * 15 + "x" + "█" * 4 + "·" * 22 + " " * 6
    assert drawn[1] == " " * 16 + "·" * 26 + " " * 6
    assert drawn[5] == " " * 16 + "·" * 4 + "▄" + "█" * 3 + "·" * 18 + " " * 6
    assert drawn[6] == " " * 18 + "xx" + " " * 28
    assert all(len(row) == 48 for row in drawn)
    assert all(sign in LEGEND for sign in "█▄·x")


def test_without_hours_of_the_law_nothing_is_marked() -> None:
    drawn = rows(WeekGrid(SHOP, None))
    assert "x" not in "".join(drawn)
    assert " " not in "".join(drawn)


SAID = (
    ("", "Monday 09:00 to 09:30: closed."),
    ("right right", "Monday 10:00 to 10:30: open."),
    ("home", "Monday 00:00 to 00:30: closed; law or networks let no offers arrive then."),
    ("end space", "Monday 23:30 to 24:00: open; law or networks let no offers arrive then."),
    ("down down down down down right right", "Saturday 10:00 to 10:30: open for a part of it."),
    ("r right right down", "Mon to Tue 09:00 to 10:30 will be open: r again; esc not."),
    ("right right r", "Mon 10:00 to 10:30 will be closed: r again; esc not."),
)


@pytest.mark.parametrize(("keys", "said"), SAID)
async def test_what_the_cursor_is_on_is_said_in_words(keys: str, said: str) -> None:
    app = Drawing()
    async with app.run_test(size=(60, 12)) as pilot:
        await press(pilot, *keys.split())
        assert app.grid.said() == said


async def test_the_cursor_is_named_without_colour() -> None:
    app = Drawing()
    async with app.run_test(size=(60, 12)) as pilot:
        seen = (await press(pilot, "down", "right")).splitlines()
        assert seen[1].rstrip() == " " * (5 + 19) + "▾"
        assert [line[:4] for line in seen[2:5]] == [" Mon", "▸Tue", " Wed"]


async def test_a_click_opens_and_closes() -> None:
    app = Drawing()
    async with app.run_test(size=(60, 12)) as pilot:
        await pilot.click(WeekGrid, offset=(5 + 18, 2 + 6))
        await settle(pilot)
        assert week_text(app.grid.week).endswith("sun 09:00-09:30")
        await pilot.click(WeekGrid, offset=(5 + 18, 2 + 6))
        await pilot.click(WeekGrid, offset=(2, 0))
        await settle(pilot)
        assert app.grid.week == SHOP


# -- in the Rules --


async def test_the_week_is_drawn_from_the_rules_and_kept_as_the_line_is(
    empty: Path, tmp_path: Path
) -> None:
    async with till(empty, tmp_path, size=(60, 20)) as shown:
        seen = await press(shown.pilot, "7", "g")
        assert isinstance(shown.app.screen, WeekHours)
        assert "mon-fri 10:00-18:00; sat 10:00-17:00" in seen
        assert LEGEND in seen
        await press(shown.pilot, "right", "r", "down", "escape")
        assert isinstance(shown.app.screen, WeekHours), "the first esc forgets the range"
        await press(shown.pilot, "space", "escape")
        assert not isinstance(shown.app.screen, WeekHours)
        assert week_text(shown.shop.profile.hours).startswith("mon-fri 10:00")
        await press(shown.pilot, "g", "right", "r", *["down"] * 5, "r")
        seen = await press(shown.pilot, "enter")
        assert week_text(shown.shop.profile.hours) == "mon-fri 09:30-18:00; sat 09:30-17:00"
        assert "mon-fri 09:30-18:00; sat 09:30-17:00" in seen


async def test_a_week_that_cannot_be_kept_stays_and_says_why() -> None:
    async def refuses(line: str) -> str:
        raise BadInput(f"No: {line}.", "Open some.")

    class Refusing(App[Any]):
        def on_mount(self) -> None:
            self.push_screen(WeekHours(SHOP, LAW, refuses))

    app = Refusing()
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        seen = await press(pilot, "d", "enter")
        assert isinstance(app.screen, WeekHours)
        assert "No: tue-fri" in seen
        assert "Open some." in " ".join(seen.split())
