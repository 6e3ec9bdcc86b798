"""Reading screens as text: what a person would see, line by line, blind to colour and blink."""

from __future__ import annotations

import asyncio
import contextlib
import html
import os
import re
from pathlib import Path
from typing import Any

from rich.cells import cell_len
from textual import events
from textual.app import App
from textual.keys import _character_to_key
from textual.pilot import Pilot
from textual.worker import WorkerCancelled

from shopbell.tui.app import ShopbellApp

GOLDEN = Path(__file__).parent / "golden"

LETTERS_STOP = 0.12
"""Seconds after which every field has noticed that nobody types any more."""

_PRINTED = {"space": " ", "slash": "/", "question_mark": "?", "colon": ":"}

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
    """Wait until nothing changes any more, and return what is on the screen.

    No worker runs, no key waits for its turn, and three readings, longer apart than Textual takes
    to draw, are equal. An app that has come to its end shows nothing.
    """
    readings: list[str] = []
    for _ in range(600):
        with contextlib.suppress(WorkerCancelled):  # a newer one took its place
            await pilot.app.workers.wait_for_complete()
        await asyncio.sleep(0.02)
        if pilot.app.return_value is not None or getattr(pilot.app, "_crashed", False):
            return ""
        typeahead = getattr(pilot.app, "_typeahead", None)
        if typeahead is not None and typeahead.is_at_work:
            readings.clear()
            continue
        readings.append(screen_text(pilot.app))
        if len(readings) > 2 and readings[-1] == readings[-2] == readings[-3]:
            return readings[-1]
    raise AssertionError(f"the screen never came to rest:\n{readings[-1:]}")


async def press(pilot: Pilot[Any], *keys: str) -> str:
    """Press keys as fast as a terminal can hand them over, then settle."""
    for key in keys:
        if isinstance(pilot.app, ShopbellApp):
            name = _character_to_key(key) if len(key) == 1 else key
            char = key if len(key) == 1 else _PRINTED.get(key)
            pilot.app.post_message(events.Key(name, char))
        else:
            await pilot.press(key)
    return await settle(pilot)


async def type_in(pilot: Pilot[Any], text: str) -> str:
    """Type characters, then settle."""
    await press(pilot, *text)
    await asyncio.sleep(LETTERS_STOP)
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
