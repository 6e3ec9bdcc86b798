"""Finds a line of the place Rules, as somebody who goes down the list would."""

from __future__ import annotations

from shopbell.tui.rows import Rows
from tui.counters import Till
from tui.screens import settle


async def at_line(shown: Till, label: str) -> None:
    """Put the cursor on the first line with that label."""
    rows = shown.app.screen.query_one(Rows)
    for index in range(rows.count):
        rows.cursor = index
        if rows.chosen is None:
            await settle(shown.pilot)
        if rows.chosen is not None and rows.chosen.label == label:
            break
    else:
        raise AssertionError(f"no line is called {label}")
    await settle(shown.pilot)
