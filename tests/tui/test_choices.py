"""Lines of choices and of ready texts, by keys and by mouse."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from textual import events
from textual.app import App, ComposeResult

from shopbell.domain.scripts import SCRIPTS
from shopbell.tui.choices import Choices, placed
from shopbell.tui.one_of import OneOf
from shopbell.tui.script_line import ScriptLine
from tui.screens import press, settle

HOWS = (("here", "here"), ("paper", "on paper"), ("phone", "by phone"))


class Asking(App[None]):
    """One line, and what it says."""

    def __init__(self, widget: Any) -> None:
        super().__init__()
        self.widget = widget
        self.said: list[Any] = []

    def compose(self) -> ComposeResult:
        yield self.widget

    def on_mount(self) -> None:
        self.widget.focus()

    def on_choices_changed(self, event: Choices.Changed) -> None:
        self.said.append(event.control.chosen)

    def on_script_line_taken(self, event: ScriptLine.Taken) -> None:
        self.said.append(event.script.id)

    def on_script_line_begun(self, event: ScriptLine.Begun) -> None:
        self.said.append(event.words)


async def test_one_of_several_is_chosen_by_moving() -> None:
    app = Asking(Choices(HOWS, ["here"]))
    async with app.run_test(size=(60, 3)) as pilot:
        assert "▸(•) here  ( ) on paper  ( ) by phone" in await settle(pilot)
        assert "( ) here ▸(•) on paper" in await press(pilot, "right")
        assert app.widget.one == "paper"
        await press(pilot, "right", "right", "right")
        assert app.widget.one == "phone"
        await press(pilot, "left", "left", "left")
        assert app.widget.one == "here"


async def test_any_number_is_chosen_with_the_space_bar() -> None:
    app = Asking(Choices(HOWS, ["here"], several=True))
    async with app.run_test(size=(60, 3)) as pilot:
        seen = await press(pilot, "right", "space")
        assert "[x] here ▸[x] on paper  [ ] by phone" in seen
        assert app.widget.chosen == {"here", "paper"}
        await press(pilot, "left", "space")
        assert app.widget.chosen == {"paper"}
        assert app.said[-1] == {"paper"}


async def test_the_cursor_is_only_shown_while_it_has_the_focus() -> None:
    app = Asking(Choices(HOWS, ["paper"]))
    async with app.run_test(size=(60, 3)) as pilot:
        app.set_focus(None)
        assert "▸" not in await settle(pilot)


async def test_a_click_chooses() -> None:
    app = Asking(Choices(HOWS, ["here"]))
    async with app.run_test(size=(60, 3)) as pilot:
        await pilot.click(Choices, offset=(16, 0))
        await settle(pilot)
        assert app.widget.one == "paper"


async def test_a_digit_takes_a_ready_text() -> None:
    app = Asking(ScriptLine(SCRIPTS))
    async with app.run_test(size=(80, 3)) as pilot:
        seen = await press(pilot, "2")
        assert app.said == [SCRIPTS[1].id]
        assert "1 ready  2 running late  3 closed early  4 thanks" in seen
        await press(pilot, "9", "0")
        assert app.said == [SCRIPTS[1].id, "9", "0"], "a digit without a text begins to type"


async def test_a_letter_begins_to_type_only_while_nothing_is_said() -> None:
    app = Asking(ScriptLine(SCRIPTS))
    async with app.run_test(size=(80, 3)) as pilot:
        assert "or type" in await press(pilot, "h")
        assert app.said == ["h"]
        app.widget.takes_letters = False
        assert "e to type" in await press(pilot, "w", "9")
        assert app.said == ["h"]


async def test_a_paste_begins_to_type_with_as_much_of_it_as_a_text_may_have() -> None:
    app = Asking(ScriptLine(SCRIPTS))
    async with app.run_test(size=(80, 3)) as pilot:
        app.widget.post_message(events.Paste("Your roses\r\nare here\x1b[31m"))
        await settle(pilot)
        app.widget.post_message(events.Paste("x" * 1_000_000))
        await settle(pilot)
        first, second = app.said
        assert first == "Your roses\nare here[31m"
        assert 2000 <= len(second) <= 4000


async def test_a_click_takes_a_ready_text_and_a_narrow_line_drops_the_hint() -> None:
    app = Asking(ScriptLine(SCRIPTS))
    async with app.run_test(size=(51, 3)) as pilot:
        seen = await settle(pilot)
        assert "4 thanks" in seen
        assert "or type" not in seen
        await pilot.click(ScriptLine, offset=(12, 0))
        await settle(pilot)
        assert app.said == [SCRIPTS[1].id]


@given(
    cells=st.lists(st.integers(7, 60), min_size=1, max_size=9).map(tuple),
    width=st.integers(1, 90),
)
def test_every_choice_has_its_place_in_order_and_none_hangs_over(
    cells: tuple[int, ...], width: int
) -> None:
    rows = placed(cells, width)
    assert [index for row in rows for index in row] == list(range(len(cells)))
    for row, following in zip(rows, (*rows[1:], ()), strict=True):
        taken = sum(cells[index] for index in row) - 1
        assert taken <= width or len(row) == 1
        if following:
            assert taken + cells[following[0]] > width, (
                "a line ends only where the next is too wide"
            )


async def test_choices_without_room_stand_below_and_are_chosen_there_by_key_and_click() -> None:
    app = Asking(Choices((*HOWS, ("e-mail", "by e-mail")), ["here"]))
    async with app.run_test(size=(30, 5)) as pilot:
        lines = (await settle(pilot)).splitlines()
        assert lines == ["▸(•) here  ( ) on paper", " ( ) by phone  ( ) by e-mail"]
        assert app.widget.size.height == 2
        seen = await press(pilot, "right", "right")
        assert "▸(•) by phone  ( ) by e-mail" in seen
        await pilot.click(Choices, offset=(18, 1))
        assert "▸(•) by e-mail" in await settle(pilot)
        await pilot.click(Choices, offset=(1, 0))
        await settle(pilot)
        assert app.widget.one == "here"
        await pilot.click(Choices, offset=(29, 0))
        await settle(pilot)
        assert app.widget.one == "here", "beside all choices nothing is clicked"


async def test_a_choice_wider_than_the_line_ends_in_an_ellipsis_and_hides_no_other() -> None:
    app = Asking(Choices([("long", "x" * 40), ("short", "this")], ["long"]))
    async with app.run_test(size=(20, 4)) as pilot:
        lines = (await settle(pilot)).splitlines()
        assert lines[0] == f"▸(•) {'x' * 14}…"
        assert lines[1] == " ( ) this"


async def test_one_of_many_goes_on_below_where_its_words_are_long() -> None:
    app = Asking(OneOf([("a", "the day on which they said yes, by the till"), ("b", "none")]))
    async with app.run_test(size=(30, 4)) as pilot:
        seen = " ".join((await settle(pilot)).split())
        assert seen == "◂ the day on which they said yes, by the till ▸ 1 of 2"
        assert (await press(pilot, "right")).splitlines()[0] == "◂ none ▸   2 of 2"
