"""Reading screens as text: what a person would see, line by line, blind to colour and blink."""

from __future__ import annotations

import asyncio
import html
import os
import re
from pathlib import Path
from typing import Any

from rich.cells import cell_len
from textual import events
from textual._compositor import Compositor
from textual._context import visible_screen_stack
from textual.app import App
from textual.keys import _character_to_key
from textual.message_pump import MessagePump
from textual.pilot import Pilot
from textual.screen import Screen
from textual.timer import Timer

from shopbell.tui import typeahead
from shopbell.tui.app import ShopbellApp

# On a machine that is busy with other tests a key would be let go before its turn.
typeahead._AT_MOST = 30.0

_draw = Compositor.render_update


def _draw_when_looked_at(
    self: Compositor,
    full: bool = False,
    screen_stack: list[Screen[Any]] | None = None,
    simplify: bool = False,
) -> Any:
    """Draw only the screens that a test looks at.

    Textual draws every change of every screen, also without a terminal, and throws it away there:
    that is nearly half of the time of such a test.
    """
    if full:
        return _draw(self, full, screen_stack, simplify)
    visible_screen_stack.set([] if screen_stack is None else screen_stack)
    self._dirty_regions.clear()
    return None


if "SHOPBELL_NIGHTLY" not in os.environ:
    Compositor.render_update = _draw_when_looked_at  # type: ignore[method-assign]

GOLDEN = Path(__file__).parent / "golden"

SOON = 0.5
"""Seconds: a timer that rings once and sooner is part of what a key set off, such as the wait for
the letters to stop. Toasts that go away and a cursor that blinks are not."""

_PRINTED = {"space": " ", "slash": "/", "exclamation_mark": "!", "question_mark": "?", "colon": ":"}

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
    visible_screen_stack.set(list(app._background_screens))
    strips = app.screen._compositor.render_strips()
    lines = ["".join(segment.text for segment in strip).rstrip() for strip in strips]
    return "\n".join(lines).rstrip("\n") + "\n"


def exported_text(app: App[Any]) -> str:
    """Return the same, read back from the SVG that the app itself exports."""
    return words_of(app.export_screenshot(), app.size)


def words_of(svg: str, size: tuple[int, int] = (120, 40)) -> str:
    """Return what a picture that the app exported shows, row by row; `size` is the largest read."""
    width, height = size
    rows = [[" "] * width for _ in range(height)]
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

    Nothing is at work, and all is laid out: twice in a row. An app that has come to its end shows
    nothing.
    """
    app, calm = pilot.app, 0
    for _ in range(3000):
        if app.return_value is not None or getattr(app, "_crashed", False):
            return ""
        if _is_at_work(app):
            calm = 0
            await asyncio.sleep(0.01)
        elif _is_dirty(app.screen):
            calm = 0
            app.screen._on_timer_update()
        elif calm == 2:
            seen = screen_text(app)
            # A list asks for its rows when it is drawn: then this was not the last look.
            if not _is_at_work(app):
                return seen
            calm = 0
        else:
            calm += 1
            await asyncio.sleep(0.001)
    raise AssertionError(f"the screen never came to rest:\n{screen_text(app)}")


def _is_at_work(app: App[Any]) -> bool:
    """Return whether a worker runs, a key waits for its turn, a message is not done with yet,
    something glides, or a timer is about to ring."""
    ahead = getattr(app, "_typeahead", None)
    if ahead is not None and ahead.is_at_work:
        return True
    if any(not worker.is_finished for worker in app.workers):
        return True
    if app.animator._animations or app.animator._scheduled:
        return True
    nodes = [one for screen in app.screen_stack for one in [screen, *screen.query("*")]]
    return any(map(_is_busy, [app, *nodes]))


def _is_busy(pump: MessagePump) -> bool:
    """Return whether it does anything but wait for its next message."""
    ready = pump._message_queue.ready_event
    return ready.is_set() or not ready._waiters or any(map(_rings_soon, pump._timers))


def _rings_soon(timer: Timer) -> bool:
    is_under_way = timer._task is not None and not timer._task.done()
    return is_under_way and timer._repeat == 0 and timer._interval <= SOON


def _is_dirty(screen: Screen[Any]) -> bool:
    """Return whether the screen has not been laid out and drawn since it last changed."""
    return bool(
        screen._layout_required
        or screen._scroll_required
        or screen._repaint_required
        or screen._recompose_required
        or screen._dirty_widgets
        or screen._callbacks
    )


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
    return await press(pilot, *text)


def golden(name: str, text: str, *, update: bool) -> None:
    """Compare with a kept screen, or replace it when asked to with `--update-golden`."""
    path = GOLDEN / f"{name}.txt"
    if update:
        assert "CI" not in os.environ, "goldens are looked at by a person, never made in CI"
        path.write_text(text, encoding="utf-8")
        return
    assert path.exists(), f"no golden {path.name}: run with --update-golden and look at it"
    assert text == path.read_text(encoding="utf-8")
