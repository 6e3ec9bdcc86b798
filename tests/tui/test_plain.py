"""Plain widgets: whatever anybody typed is shown, and drives nothing."""

from __future__ import annotations

import ast
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from textual import events
from textual.app import App, ComposeResult
from textual.widget import Widget

import shopbell.tui
from shopbell.domain.showing import shown
from shopbell.tui.plain import (
    MOST_LETTERS,
    Plain,
    PlainButton,
    PlainInput,
    PlainList,
    PlainText,
    cell,
    lines,
    spans,
    typed,
)
from tui.screens import HOSTILE, press, screen_text, settle

STOCK = {"Static", "Label", "OptionList", "DataTable", "Select", "Checkbox", "Tree", "Button",
         "Input", "TextArea", "ListItem", "Collapsible", "TabPane", "Markdown"}  # fmt: skip


class Showing(App[None]):
    """One widget on an empty screen."""

    def __init__(self, *widgets: Callable[[], Widget]) -> None:
        super().__init__()
        self.widgets = widgets

    def compose(self) -> ComposeResult:
        for make in self.widgets:
            yield make()


def is_safe(text: str) -> bool:
    return all(shown(line, one_line=True) == line for line in text.split("\n"))


@pytest.mark.parametrize("text", HOSTILE)
async def test_every_widget_shows_hostile_text_as_it_is(text: str) -> None:
    app = Showing(
        lambda: Plain(text),
        lambda: Plain(spans((text, "bold"), " ", text)),
        lambda: PlainButton(text),
        lambda: PlainList([("a", text), ("b", spans((text, "$accent")))]),
        lambda: PlainInput(text, placeholder=text),
        lambda: PlainText(text),
    )
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        seen = await settle(pilot)
        assert is_safe(seen)
        if len(text) < 30:
            first = shown(text).split("\n")[0]
            assert first.rstrip() in seen


async def test_show_replaces_what_was_there() -> None:
    app = Showing(lambda: Plain("before"))
    async with app.run_test() as pilot:
        app.query_one(Plain).show("[bold]after[/]")
        assert "[bold]after[/]" in await settle(pilot)


async def test_a_list_keeps_its_cursor_on_the_same_entry() -> None:
    app = Showing(lambda: PlainList([("a", "Ana"), ("b", "Bo"), ("c", "Cy")]))
    async with app.run_test() as pilot:
        entries = app.query_one(PlainList)
        entries.focus()
        await press(pilot, "down", "down")
        assert entries.chosen == "c"
        entries.show([("c", "Cy"), ("d", "Di")])
        assert entries.chosen == "c"
        entries.show([("d", "Di")])
        assert entries.chosen == "d"
        entries.show([])
        assert entries.chosen is None


@pytest.mark.parametrize("text", HOSTILE)
async def test_only_showable_characters_can_be_pasted(text: str) -> None:
    app = Showing(lambda: PlainInput(limit=40), lambda: PlainText(limit=40))
    async with app.run_test() as pilot:
        line, area = app.query_one(PlainInput), app.query_one(PlainText)
        line.post_message(events.Paste(text))
        area.post_message(events.Paste(text))
        seen = await settle(pilot)
        assert is_safe(line.value)
        assert "\n" not in line.value
        assert is_safe(area.text)
        assert len(line.value) <= 40
        assert len(area.text) <= 40
        assert is_safe(seen)


async def test_a_paste_that_is_too_long_goes_in_as_far_as_it_fits() -> None:
    app = Showing(lambda: PlainInput("ab", limit=5))
    async with app.run_test() as pilot:
        line = app.query_one(PlainInput)
        line.focus()
        line.post_message(events.Paste("12345678\nnext"))
        await settle(pilot)
        assert line.value == "ab123"
        await press(pilot, "home", "shift+right")
        line.post_message(events.Paste("XYZ"))
        await settle(pilot)
        assert line.value == "Xb123"


MEGABYTE = {
    "one line": "rose " * 200_000,
    "many lines": "rose\r\n" * 160_000,
    "control letters": "\x1b[31mab\u202e" * 110_000,
    "one of them at the end": "x" * 999_999 + "\x1b",
    "wide and joined": "👩🏽‍🚒名e\u0301" * 60_000,
}


@pytest.mark.parametrize("text", MEGABYTE.values(), ids=MEGABYTE)
async def test_a_megabyte_that_is_pasted_fills_a_field_and_breaks_nothing(text: str) -> None:
    fields = Showing(
        lambda: PlainInput(limit=500),
        lambda: PlainInput(limit=500, password=True),
        lambda: PlainText(),
    )
    async with fields.run_test() as pilot:
        line, secret = fields.query(PlainInput)
        area = fields.query_one(PlainText)
        for field in (line, secret, area):
            field.post_message(events.Paste(text))
        assert is_safe(await settle(pilot))
        assert 4 <= len(line.value) <= 500
        assert is_safe(line.value)
        assert 4 <= len(secret.value) <= 500
        assert 1000 < len(area.text) <= MOST_LETTERS
        assert is_safe(area.text)


@given(text=st.text(max_size=40), kept=st.sampled_from(["", "\t"]))
@settings(max_examples=40)
def test_what_can_be_typed_is_every_character_that_can_be_shown_or_is_kept(
    text: str, kept: str
) -> None:
    if shown(text) == text:
        assert typed(text, kept=kept) == text
    else:
        stays = [char for char in text if char in kept or shown(char) == char]
        assert typed(text, kept=kept) == "".join(stays)


async def test_a_passphrase_is_kept_as_typed_shown_as_dots_and_never_copied() -> None:
    app = Showing(lambda: PlainInput(password=True))
    async with app.run_test() as pilot:
        line = app.query_one(PlainInput)
        line.focus()
        line.post_message(events.Paste("s\u202ecret\x1b"))
        assert "cret" not in await settle(pilot)
        assert line.value == "s\u202ecret\x1b"
        await press(pilot, "shift+home", "ctrl+c")
        assert app.clipboard == ""
        await press(pilot, "ctrl+x")
        assert app.clipboard == ""
        assert line.value == ""


async def test_enter_says_done_and_ctrl_j_breaks_the_line() -> None:
    done: list[PlainText] = []

    class Asking(Showing):
        def on_plain_text_done(self, event: PlainText.Done) -> None:
            done.append(event.area)

    app = Asking(lambda: PlainText("Hello"))
    async with app.run_test() as pilot:
        area = app.query_one(PlainText)
        area.focus()
        await press(pilot, "end", "ctrl+j", "x", "enter")
        assert area.text == "Hello\nx"
        assert done == [area]


async def test_a_full_text_takes_no_more_letters_but_can_be_shortened() -> None:
    app = Showing(lambda: PlainText("abc", limit=4))
    async with app.run_test() as pilot:
        area = app.query_one(PlainText)
        area.focus()
        await press(pilot, "end", "d", "e", "f")
        assert area.text == "abcd"
        await press(pilot, "backspace", "x")
        assert area.text == "abcx"


def test_lines_puts_one_under_the_other() -> None:
    assert lines(spans("a"), spans(("b", "bold"))).plain == "a\nb"


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("Ana", 6, "Ana   "),
        ("Ana Reyes", 6, "Ana R…"),
        ("Ana Reyes", 5, "Ana… "),
        ("名前が", 5, "名前…"),
        ("名前が", 4, "名… "),
        ("👩🏽‍🚒 Zoë", 8, "👩🚒 Zoë"),
        ("a\nb", 4, "a⏎b "),
        ("Ana", 1, "…"),
        ("Ana", 0, ""),
    ],
)
def test_a_cell_is_clipped_by_width_not_by_letters(text: str, width: int, expected: str) -> None:
    assert cell(text, width) == expected


@given(text=st.text(), width=st.integers(0, 30))
def test_a_cell_has_exactly_its_width_and_is_safe(text: str, width: int) -> None:
    drawn = cell(text, width)
    assert cell_len(drawn) == width
    assert is_safe(drawn)


@given(text=st.text())
def test_what_can_be_typed_needs_no_change_to_be_shown(text: str) -> None:
    assert shown(typed(text)) == typed(text)
    assert shown(typed(text, one_line=True), one_line=True) == typed(text, one_line=True)


def test_no_other_module_of_the_interface_takes_a_stock_widget() -> None:
    folder = Path(shopbell.tui.__file__).parent
    allowed = {"plain.py": STOCK}
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("textual"):
                taken = {alias.name for alias in node.names} & STOCK
                assert taken <= allowed.get(path.name, set()), f"{path.name} imports {taken}"


async def test_screen_text_reads_wide_letters_in_their_columns() -> None:
    async with Showing(lambda: Plain("名前|"), lambda: Plain("abcd|")).run_test(
        size=(20, 4)
    ) as pilot:
        await settle(pilot)
        assert screen_text(pilot.app) == "名前|\nabcd|\n"
