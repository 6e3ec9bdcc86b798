"""The windowed list: it holds a few pages of however many rows, and asks for what it shows."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from textual.app import App, ComposeResult
from textual.widgets import Input

from shopbell.domain.people import Page
from shopbell.errors import Busy, ShopbellError
from shopbell.tui.rows import PAGE, Ink, Rows
from tui.screens import HOSTILE, press, settle


class Source:
    """Rows "0", "1", ... and a record of which pages were asked for."""

    def __init__(self, total: int) -> None:
        self.total = total
        self.asked: list[int] = []
        self.gate: asyncio.Event | None = None
        self.error: ShopbellError | None = None

    def page(self, first: int, count: int) -> Page[str]:
        end = min(first + count, self.total)
        return Page(rows=tuple(map(str, range(first, end))), first=first, total=self.total)

    async def fetch(self, first: int, count: int) -> Page[str]:
        self.asked.append(first)
        if self.gate is not None:
            await self.gate.wait()
        if self.error is not None:
            raise self.error
        return self.page(first, count)


class Listing(App[None]):
    """One list, and everything it says."""

    CSS = "Rows { height: 10; }"

    def __init__(self, draw: Any = None, **options: Any) -> None:
        super().__init__()
        self.draw = draw or (lambda row, _width: ((f"row {row}", Ink.PLAIN),))
        self.options = options
        self.said: list[tuple[str, Any]] = []

    def compose(self) -> ComposeResult:
        yield Rows[Any](self.draw, **self.options)
        yield Input()

    def on_mount(self) -> None:
        self.rows.focus()

    @property
    def rows(self) -> Rows[Any]:
        return self.query_one(Rows)

    def on_rows_opened(self, event: Rows.Opened) -> None:
        self.said.append(("opened", event.row))

    def on_rows_highlighted(self, event: Rows.Highlighted) -> None:
        self.said.append(("highlighted", event.row))

    def on_rows_marked(self, event: Rows.Marked) -> None:
        self.said.append(("marked", event.row))

    def on_rows_failed(self, event: Rows.Failed) -> None:
        self.said.append(("failed", event.error))


def shown(app: Listing, source: Source, **more: Any) -> None:
    app.rows.show(source.page(0, PAGE), source.fetch, **more)


async def test_a_hundred_thousand_rows_cost_one_page() -> None:
    app, source = Listing(), Source(100_000)
    async with app.run_test(size=(40, 16)) as pilot:
        shown(app, source)
        seen = await settle(pilot)
        assert [line.strip(" ▸") for line in seen.split("\n")[:3]] == ["row 0", "row 1", "row 2"]
        assert source.asked == []
        assert app.rows.virtual_size.height == 100_000


async def test_the_end_is_one_key_and_one_page_away() -> None:
    app, source = Listing(), Source(100_000)
    async with app.run_test(size=(40, 16)) as pilot:
        shown(app, source)
        seen = await press(pilot, "end")
        assert "▸ row 99999" in seen
        assert source.asked == [99_900]
        assert "▸ row 0" in await press(pilot, "home")
        assert source.asked == [99_900]


async def test_rows_that_are_not_here_yet_are_dots_until_they_come() -> None:
    app, source = Listing(), Source(1_000)
    source.gate = asyncio.Event()
    async with app.run_test(size=(40, 16)) as pilot:
        shown(app, source)
        await pilot.press("end")
        await pilot.pause(0.05)
        assert app.rows.chosen is None
        assert "…" in "".join(segment.text for segment in app.rows.render_line(0))
        source.gate.set()
        assert "▸ row 999" in await settle(pilot)
        assert ("highlighted", "999") in app.said


async def test_an_answer_to_an_older_question_is_dropped() -> None:
    app, slow, quick = Listing(), Source(1_000), Source(3)
    slow.gate = asyncio.Event()
    async with app.run_test(size=(40, 16)) as pilot:
        shown(app, slow)
        await pilot.press("end")
        await pilot.pause(0.05)
        app.rows.show(quick.page(0, PAGE), quick.fetch)
        slow.gate.set()
        seen = await settle(pilot)
        assert "row 2" in seen
        assert "999" not in seen
        assert app.rows.count == 3


async def test_a_page_that_cannot_be_read_is_told_once_and_not_asked_again() -> None:
    app, source = Listing(), Source(1_000)
    source.error = Busy("Somebody else is writing.", "Try again.")
    async with app.run_test(size=(40, 16)) as pilot:
        shown(app, source)
        await press(pilot, "end")
        await press(pilot, "up", "up")
        assert [what for what, _ in app.said if what == "failed"] == ["failed"]
        assert source.asked == [900]


async def test_only_a_few_pages_are_kept() -> None:
    app, source = Listing(), Source(100 * PAGE)
    async with app.run_test(size=(40, 16)) as pilot:
        shown(app, source)
        for page in range(1, 60):
            app.rows.cursor = page * PAGE
            await settle(pilot)
        assert len(app.rows._pages) == 30
        assert "▸ row 0" in await press(pilot, "home")
        assert source.asked[-1] == 0


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        (("down", "down"), "2"),
        (("down", "up", "up"), "0"),
        (("pagedown",), "9"),
        (("pagedown", "pageup"), "0"),
        (("end",), "24"),
        (("end", "down"), "24"),
        (("end", "home"), "0"),
    ],
)
async def test_the_cursor_moves_by_keys_and_stays_on_the_list(
    keys: tuple[str, ...], expected: str
) -> None:
    app = Listing()
    async with app.run_test(size=(40, 16)) as pilot:
        shown(app, Source(25))
        seen = await press(pilot, *keys)
        assert app.rows.chosen == expected
        assert f"▸ row {expected}" in seen


async def test_enter_opens_and_nothing_opens_in_an_empty_list() -> None:
    app = Listing()
    async with app.run_test(size=(40, 16)) as pilot:
        await press(pilot, "enter", "down", "end")
        assert app.said == []
        shown(app, Source(3))
        await press(pilot, "down", "enter")
        assert app.said[-1] == ("opened", "1")


async def test_space_marks_where_that_is_wanted() -> None:
    app = Listing(markable=True)
    async with app.run_test(size=(40, 16)) as pilot:
        shown(app, Source(3))
        seen = await press(pilot, "space", "space")
        assert app.rows.marked == {0, 1}
        assert " •row 0" in seen
        await press(pilot, "home", "space")
        assert app.rows.marked == {1}
        assert [row for what, row in app.said if what == "marked"] == ["0", "1", "0"]


async def test_space_does_nothing_where_marks_are_not_wanted() -> None:
    app = Listing()
    async with app.run_test(size=(40, 16)) as pilot:
        shown(app, Source(3))
        await press(pilot, "space")
        assert app.rows.marked == set()


async def test_a_click_moves_the_cursor_and_a_second_click_opens() -> None:
    app = Listing()
    async with app.run_test(size=(40, 16)) as pilot:
        shown(app, Source(5))
        await pilot.click(Rows, offset=(4, 3))
        await settle(pilot)
        assert app.rows.chosen == "3"
        assert ("opened", "3") not in app.said
        await pilot.click(Rows, offset=(4, 3))
        await settle(pilot)
        assert ("opened", "3") in app.said
        await pilot.click(Rows, offset=(4, 8))
        assert app.rows.chosen == "3"


async def test_the_cursor_row_is_seen_without_colour() -> None:
    app = Listing()
    async with app.run_test(size=(40, 16)) as pilot:
        shown(app, Source(3))
        await settle(pilot)
        here, other = app.rows.render_line(0), app.rows.render_line(1)
        assert here.text.startswith("▸")
        assert not other.text.startswith("▸")
        assert all(segment.style and segment.style.bold for segment in here if segment.text.strip())
        app.query_one(Input).focus()
        await settle(pilot)
        resting = app.rows.render_line(0)
        assert resting.text.startswith("▸")
        assert not any(segment.style and segment.style.bold for segment in resting)


async def test_a_list_below_a_field_keeps_its_cursor_alive() -> None:
    app = Listing(always_active=True)
    async with app.run_test(size=(40, 16)) as pilot:
        app.query_one(Input).focus()
        shown(app, Source(3))
        await settle(pilot)
        assert any(segment.style and segment.style.bold for segment in app.rows.render_line(0))


@pytest.mark.parametrize("text", HOSTILE)
async def test_a_row_never_draws_wider_than_its_line_nor_drives_the_terminal(text: str) -> None:
    app = Listing(lambda row, _width: ((row, Ink.STRONG), (row, Ink.BAD)))
    page = Page(rows=(text,), first=0, total=1)

    async def no_more(first: int, count: int) -> Page[str]:
        return page

    async with app.run_test(size=(40, 16)) as pilot:
        app.rows.show(page, no_more)
        await settle(pilot)
        line = app.rows.render_line(0)
        assert line.cell_length == 40
        assert not any(ord(char) < 32 or 0x7F <= ord(char) < 0xA0 for char in line.text)


async def test_showing_the_same_query_again_can_keep_the_cursor() -> None:
    app, source = Listing(), Source(50)
    async with app.run_test(size=(40, 16)) as pilot:
        shown(app, source, cursor=20)
        assert "▸ row 20" in await settle(pilot)
        source.total = 10
        shown(app, source, cursor=20)
        assert "▸ row 9" in await settle(pilot)


async def test_a_smaller_window_still_shows_the_cursor() -> None:
    app = Listing()
    async with app.run_test(size=(40, 16)) as pilot:
        shown(app, Source(50))
        await press(pilot, "pagedown")
        app.rows.styles.height = 3
        assert "▸ row 9" in await settle(pilot)
