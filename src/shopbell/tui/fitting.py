"""Lays a new screen out once: its classes for this size are there before its first layout.

Textual gives a screen the classes of its breakpoints with the first resize, when it has been laid
out already: all styles and the layout are worked out once more. Must not know what a screen shows.
"""

from __future__ import annotations

from typing import Any

from textual import events
from textual.screen import Screen


def fit(screen: Screen[Any]) -> None:
    """Give a screen that is not laid out yet the classes of the size it will have."""
    screen.update_classes(_wanted(screen, *screen.app.size), update=False)


def skip_if_fitted(screen: Screen[Any], event: events.Resize) -> None:
    """Let a screen that is laid out for this size already be."""
    wanted = _wanted(screen, *event.size)
    if event.size == screen.outer_size and all(
        screen.has_class(n) == on for n, on in wanted.items()
    ):
        event.stop()
        event.prevent_default()


def _wanted(screen: Screen[Any], width: int, height: int) -> dict[str, bool]:
    """Return every breakpoint class, and whether a screen of this size has it."""
    wanted: dict[str, bool] = {}
    for cells, breakpoints in (
        (width, screen.app.HORIZONTAL_BREAKPOINTS or ()),
        (height, screen.app.VERTICAL_BREAKPOINTS or ()),
    ):
        reached = max((at for at, _ in breakpoints if cells >= at), default=None)
        wanted |= {name: at == reached for at, name in breakpoints}
    return wanted
