"""Hands keys on one at a time: the next one waits until the last one has done its work.

Textual hands a key to whatever has the focus when it comes in. Somebody quick presses `t a n` before
the box that `t` opens is there, and the letters would reach the list below it. Must not drop or
reorder a key.
"""

from __future__ import annotations

from collections import deque
from typing import Any

from textual import events
from textual.app import App

_ROUNDS = 4
"""How often every queue must have been emptied: a key bubbles up, its command opens a screen,
messages go up again, the new screen takes the focus."""

_AT_MOST = 0.5
"""Seconds after which the next key goes on anyway."""


class TypeAhead:
    """Knows whether a key is still at work, and keeps those that came since."""

    def __init__(self, app: App[Any]) -> None:
        self._app = app
        self._waiting: deque[events.Key] = deque()
        self._called: events.Key | None = None
        self._at_work = False
        self._turn = 0
        self._rounds = 0
        self._left = 0

    def holds(self, event: events.Key) -> bool:
        """Return whether the key has to wait; it comes again when it is its turn."""
        if event is self._called:
            self._called = None
        elif self._at_work:
            self._waiting.append(event)
            return True
        self._at_work = True
        return False

    def follow(self) -> None:
        """Wait for the work of the key that was just handed on."""
        self._turn += 1
        turn = self._turn
        self._rounds = _ROUNDS
        self._app.set_timer(_AT_MOST, lambda: self._release(turn))
        self._go_round(turn)

    def _go_round(self, turn: int) -> None:
        app = self._app
        pumps = [*app.screen.walk_children(), app.screen, app]
        self._left = len(pumps)
        for pump in pumps:
            if not pump.call_later(self._emptied, turn):
                self._emptied(turn)

    def _emptied(self, turn: int) -> None:
        if turn != self._turn:
            return
        self._left -= 1
        if self._left:
            return
        self._rounds -= 1
        if self._rounds:
            self._go_round(turn)
        else:
            self._release(turn)

    def _release(self, turn: int) -> None:
        if turn != self._turn:
            return
        self._turn += 1
        if self._waiting:
            self._called = self._waiting.popleft()
            self._app.post_message(self._called)
        else:
            self._at_work = False
