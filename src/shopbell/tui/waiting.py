"""Tells of a wait once it is long enough to be noticed. Must not wait itself, and must not draw."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

from textual.widget import Widget

from shopbell.tui.work import Work, start

SHOW_WAIT_AFTER = 0.15
"""Seconds before a wait is shown: shorter ones would only flicker."""


@contextmanager
def told_when_slow(widget: Widget, tell: Callable[[], object]) -> Iterator[None]:
    """Call `tell` once if what is done inside takes long, for as long as `widget` is there."""
    timer = widget.set_timer(SHOW_WAIT_AFTER, lambda: tell() and None)
    try:
        yield
    finally:
        timer.stop()


class AtWork:
    """What a box has that may be at work for long."""

    is_behind = False
    """Whether it is at work: a key pressed ahead waits, but for the one that leaves."""

    def do_meanwhile(self, work: Work, tell: Callable[[], object]) -> None:
        """Do what may take long, and can be left; `tell` is called if it does take long."""
        if not self.is_behind and isinstance(self, Widget):
            self.is_behind = True
            start(self, partial(self._meanwhile, self, work, tell), "box")

    async def _meanwhile(self, widget: Widget, work: Work, tell: Callable[[], object]) -> None:
        try:
            with told_when_slow(widget, tell):
                await work()
        finally:
            self.is_behind = False
