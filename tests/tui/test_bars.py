"""The lines around the work: they fit, they say what is true, and a click does what a key does."""

from __future__ import annotations

import pytest
from rich.cells import cell_len
from textual.app import App, ComposeResult
from textual.widgets import Input

from shopbell.tui.bars import FrameView, KeyLine, PlaceLine, TopBar
from shopbell.tui.commands import Scope, of_scope
from tui.screens import HOSTILE, settle

VIEW = FrameView(
    shop="Fern & Finch", sending=True, gateway="my phone", texts_this_month=1_234, waiting_replies=4
)
LAST = ("everywhere.help", "everywhere.palette")


def text(bar: TopBar | PlaceLine, width: int) -> str:
    return "".join(link.text for link in bar.links(width))


@pytest.mark.parametrize("width", [60, 80, 120])
def test_the_top_bar_fills_its_line_exactly(width: int) -> None:
    assert cell_len(text(TopBar(VIEW), width)) == width


def test_the_top_bar_says_shop_sending_gateway_month_and_lock() -> None:
    line = text(TopBar(VIEW), 90)
    for said in ("Fern & Finch", "● sending on", "my phone", "1,234 texts this month", "l lock"):
        assert said in line


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"sending": False}, "○ sending off"),
        ({"budget_texts": 1_400, "texts_left": 1_212}, "1,212 of 1,400 texts left"),
        ({"budget_texts": 400}, "0 of 400 texts left"),
        ({"texts_left": 3}, "0 texts this month"),
        ({"practice": True}, "(practice)"),
        ({"texts_this_month": 1}, "1 text this month"),
    ],
)
def test_the_top_bar_says_what_is_different(change: dict[str, object], said: str) -> None:
    view = FrameView(**{"shop": "Fern & Finch", "sending": True, **change})  # type: ignore[arg-type]
    assert said in text(TopBar(view), 80)


def test_a_narrow_top_bar_keeps_what_matters_and_drops_the_count() -> None:
    line = text(TopBar(VIEW), 60)
    assert "sending on" in line
    assert "my phone" in line
    assert "this month" not in line


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_shop_name_is_clipped_and_harmless(name: str) -> None:
    line = text(TopBar(FrameView(shop=name, sending=True)), 80)
    assert cell_len(line) == 80
    assert not any(ord(char) < 32 or 0x7F <= ord(char) < 0xA0 for char in line)


def test_the_line_of_places_marks_where_we_are_without_colour() -> None:
    links = PlaceLine("replies", VIEW).links(80)
    styles = {link.text: link.style for link in links}
    assert "underline" in styles["Replies"]
    assert "underline" not in styles["People"]


@pytest.mark.parametrize("here", ["people", "settings"])
def test_a_wide_line_of_places_shows_the_settings_and_a_narrow_one_does_not(here: str) -> None:
    line = PlaceLine(here, VIEW)
    wide = "".join(link.text for link in line.links(120))
    assert wide.rstrip().endswith("8 Reports    9 Settings")
    assert "9 Settings" not in "".join(link.text for link in line.links(80))
    marked = [link.text for link in line.links(120) if "underline" in link.style]
    assert marked == [here.capitalize()]


def test_waiting_replies_are_counted_beside_their_place() -> None:
    assert "2 Replies ·4" in text(PlaceLine("people", VIEW), 80)
    assert "·" not in text(PlaceLine("people", FrameView(shop="x")), 80)


class Keys(App[None]):
    """A key line below a field."""

    def __init__(self) -> None:
        super().__init__()
        self.ran: list[str] = []

    def compose(self) -> ComposeResult:
        yield Input()
        yield KeyLine(lambda: of_scope(Scope.CONTACT, Scope.EVERYWHERE), LAST)

    async def action_run(self, id_: str) -> None:
        self.ran.append(id_)


async def test_the_key_line_shows_only_what_fits_and_always_help() -> None:
    app = Keys()
    async with app.run_test(size=(40, 6)) as pilot:
        app.screen.set_focus(None)
        app.query_one(KeyLine).refresh()
        line = (await settle(pilot)).rstrip("\n").split("\n")[-1]
        assert cell_len(line) <= 40
        assert "? help" in line
        assert "ctrl+p everything" in line
        assert "y yes" in line


async def test_the_key_line_hides_letters_while_somebody_types() -> None:
    app = Keys()
    async with app.run_test(size=(80, 6)) as pilot:
        app.query_one(Input).focus()
        app.query_one(KeyLine).refresh()
        line = (await settle(pilot)).rstrip("\n").split("\n")[-1]
        assert "f1 help" in line
        assert "y yes" not in line
