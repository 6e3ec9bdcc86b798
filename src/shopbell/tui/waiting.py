"""Tells of a wait once it is long enough to be noticed. Must not wait itself, and must not draw."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import TypeVar

from textual.await_complete import AwaitComplete
from textual.screen import ModalScreen
from textual.widget import Widget

from shopbell.tui.work import Work, start

R = TypeVar("R")

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


class AtWork(ModalScreen[R]):
    """A box that may be at work for long, and that is left once."""

    _is_left = False
    is_behind = False
    """Whether it is at work: a key pressed ahead waits, but for the one that leaves."""

    def do_meanwhile(self, work: Work, tell: Callable[[], object]) -> None:
        """Do what may take long, and can be left; `tell` is called if it does take long."""
        if not self.is_behind:
            self.is_behind = True
            start(self, partial(self._meanwhile, work, tell), "box")

    def dismiss(self, result: R | None = None) -> AwaitComplete:
        """Answer, and close the box; a second answer while it closes is none."""
        if self._is_left:
            return AwaitComplete()
        self._is_left = self.is_current
        return super().dismiss(result)

    async def _meanwhile(self, work: Work, tell: Callable[[], object]) -> None:
        try:
            with told_when_slow(self, tell):
                await work()
        finally:
            self.is_behind = False
