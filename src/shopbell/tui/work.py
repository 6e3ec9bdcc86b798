"""Work that a widget waits for, and that nobody misses when the widget is gone meanwhile.

What a service says it could not do is told, wherever nobody else has told it. Whatever else goes
wrong ends the app with its crash screen.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any

from textual.css.query import NoMatches
from textual.dom import DOMNode
from textual.widget import Widget

from shopbell.errors import ShopbellError

Work = Callable[[], Coroutine[Any, Any, object]]
"""Called when it begins: work that never begins leaves no coroutine behind."""


def start(widget: Widget, work: Work, group: str) -> None:
    """Run `work` for as long as `widget` is shown; the newest of a group replaces older ones."""
    run_beside(widget, partial(_while_shown, widget, work), group, exclusive=True)


def run_beside(node: DOMNode, work: Work, group: str, *, exclusive: bool = False) -> None:
    """Run `work` as a worker of `node`."""
    worker: Any = partial(or_told, node, work)  # Textual's own type of a worker cannot be inferred
    node.run_worker(worker, group=group, exclusive=exclusive)


async def or_told(node: DOMNode, work: Work) -> None:
    """Do it; where it could not be done, say why and what to do next."""
    try:
        await work()
    except ShopbellError as error:
        said = f"{error.message} {error.hint}".strip()
        node.app.notify(said, severity="warning", timeout=15)


async def _while_shown(widget: Widget, work: Work) -> None:
    try:
        await work()
    except NoMatches:
        # The parts of a screen go before the screen does, and the answer may come in between.
        if widget.is_attached and not widget._pruning:  # noqa: SLF001 - no public way to ask
            raise
