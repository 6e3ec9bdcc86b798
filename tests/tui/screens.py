"""Reading screens as text: what a person would see, line by line, blind to colour and blink."""

from __future__ import annotations

import contextlib
import html
import os
import re
from pathlib import Path
from typing import Any

from rich.cells import cell_len
from textual.app import App
from textual.pilot import Pilot
from textual.worker import WorkerCancelled

GOLDEN = Path(__file__).parent / "golden"

LETTERS_STOP = 0.12
"""Seconds after which every field has noticed that nobody types any more."""

_CHAR_WIDTH, _LINE_HEIGHT = 12.2, 24.4
_TEXT = re.compile(
    r'<text class="[^"]*-r\d+" x="([\d.]+)" y="([\d.]+)"[^>]*>(.*?)</text>', re.DOTALL
)

HOSTILE = (
    "[/]",
    "[bold red]Bo[/]",
    "[@click=app.bell]x[/]",
    "[nope nope]z",
    ":smile: [b",
    "\x1b]0;owned\x07Eve",
    "\x1b]52;c;aGk=\x07",
    "\x9b31mred",
    "a\x00b\x7fc\r\nd\te",
    "\u202eevil\u2066",
    "\ud800lone",
    "👩🏽‍🚒 Zoë 🇫🇷 e\u0301",
    "名前が長い人" * 30,
    "x" * 10_000,
)
"""Names, texts and errors nobody wants to meet; every screen must show each of them."""


def screen_text(app: App[Any]) -> str:
    """Return the screen as one line of text per row, without trailing spaces.

    Reads what `exported_text` reads from the public SVG export (a test compares the two), thirty
    times as fast.
    """
    strips = app.screen._compositor.render_strips()
    lines = ["".join(segment.text for segment in strip).rstrip() for strip in strips]
    return "\n".join(lines).rstrip("\n") + "\n"


def exported_text(app: App[Any]) -> str:
    """Return the same, read back from the SVG that the app itself exports."""
    width, height = app.size
    rows = [[" "] * width for _ in range(height)]
    svg = app.export_screenshot()
    body = svg[svg.index('<g transform="translate(9, 41)"') :] if "translate(9, 41)" in svg else svg
    for x, y, raw in _TEXT.findall(body):
        row = round((float(y) - 20) / _LINE_HEIGHT)
        column = round(float(x) / _CHAR_WIDTH)
        for char in html.unescape(raw).replace("\xa0", " "):
            cells = cell_len(char)
            if cells == 0 and column:
                rows[row][column - 1] += char
                continue
            if 0 <= row < height and column < width:
                rows[row][column] = char
                for extra in range(1, cells):
                    if column + extra < width:
                        rows[row][column + extra] = ""
            column += cells
    return "\n".join("".join(row).rstrip() for row in rows).rstrip("\n") + "\n"


async def settle(pilot: Pilot[Any]) -> str:
    """Wait until nothing changes any more: no worker runs and two readings are equal."""
    before = ""
    for _ in range(300):
        await pilot.pause()
        with contextlib.suppress(WorkerCancelled):  # a newer one took its place
            await pilot.app.workers.wait_for_complete()
        await pilot.pause(0.01)
        now = screen_text(pilot.app)
        typeahead = getattr(pilot.app, "_typeahead", None)
        if now == before and not (typeahead and typeahead.is_at_work):
            return now
        before = now
    raise AssertionError(f"the screen never came to rest:\n{before}")


async def press(pilot: Pilot[Any], *keys: str) -> str:
    """Press keys one after the other, then settle."""
    for key in keys:
        await pilot.press(key)
    return await settle(pilot)


async def type_in(pilot: Pilot[Any], text: str) -> str:
    """Type letters and spaces, then settle."""
    names = {" ": "space", "/": "slash", "-": "minus", "?": "question_mark", "'": "apostrophe"}
    for char in text:
        await pilot.press(names.get(char, char))
    await pilot.pause(LETTERS_STOP)
    return await settle(pilot)


def golden(name: str, text: str, *, update: bool) -> None:
    """Compare with a kept screen, or replace it when asked to with `--update-golden`."""
    path = GOLDEN / f"{name}.txt"
    if update:
        assert "CI" not in os.environ, "goldens are looked at by a person, never made in CI"
        path.write_text(text, encoding="utf-8")
        return
    assert path.exists(), f"no golden {path.name}: run with --update-golden and look at it"
    assert text == path.read_text(encoding="utf-8")
