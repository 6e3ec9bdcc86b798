"""Work that a widget waits for, and that nobody misses when the widget is gone meanwhile."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import Any

from textual.css.query import NoMatches
from textual.widget import Widget


def start(widget: Widget, work: Coroutine[Any, Any, object], group: str) -> None:
    """Run `work` as a worker of `widget`; the newest of a group takes the place of older ones.

    Whatever goes wrong in it, but being too late, ends the app with its crash screen: services
    turn all that is expected into a `ShopbellError`, and the work says that on the screen.
    """
    widget.run_worker(_while_shown(widget, work), group=group, exclusive=True)


async def _while_shown(widget: Widget, work: Coroutine[Any, Any, object]) -> None:
    try:
        await work
    except NoMatches:
        # The parts of a screen go before the screen does, and the answer may come in between.
        if widget.is_attached and not widget._pruning:  # noqa: SLF001 - no public way to ask
            raise
