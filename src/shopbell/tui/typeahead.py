"""Hands keys on one at a time: the next one waits until the last one has done its work.

Textual hands a key to whatever has the focus when it comes in. Somebody quick presses `t a n`
before the box that `t` opens is there, and the letters would reach the list below it. Must not
reorder keys.
"""

from __future__ import annotations

from collections import deque
from typing import Any

from textual import events
from textual.app import App
from textual.message_pump import MessagePump
from textual.timer import Timer
from textual.widget import Widget

from shopbell.tui.kept_keys import KeptKeys
from shopbell.tui.plain import is_typing

_WALKS = 6
"""How often every queue must have been emptied, leaves first. A key bubbles up, its command posts a
message, that bubbles up too, a screen opens, it takes the focus."""

_AT_MOST = 3.0
"""Seconds after which the next key goes on anyway."""

_LOOKS_EVERY = 0.03
"""Seconds between two looks whether the queue waited for is still there."""


class TypeAhead:
    """Knows whether a key is still at work, and keeps those that came since."""

    def __init__(self, app: App[Any]) -> None:
        self._app = app
        self._waiting: deque[events.Key] = deque()
        self._called: events.Key | None = None
        self.is_at_work = False
        """Whether a key has not done its work yet."""
        self._turn = 0
        self._walks = 0
        self._looks = 0
        self._fills = False
        """Whether all that is waited for is what the screen reads from the file."""
        self._watch: Timer | None = None
        self._field: Widget | None = None
        """Where the key that is at work wrote a letter; None if it was not a letter."""
        self._asked: MessagePump = app
        self._ahead: deque[MessagePump] = deque()
        self._kept = KeptKeys(app, self._hand_on)

    def holds(self, event: events.Key) -> bool:
        """Return whether the key has to wait; it comes again when it is its turn.

        A letter does not wait for the letter before it in the same field: the field keeps their
        order, and whatever else comes waits for the last of them.
        """
        was_called = event is self._called
        if was_called:
            self._called = None
        elif self.is_at_work and not (self._goes_on_writing(event) or self._leaves(event)):
            self._waiting.append(event)
            return True
        if self._kept.takes(event):
            if was_called:
                self._release()
            return True
        focused = self._app.focused
        self._field = focused if event.is_printable and is_typing(focused) else None
        self.is_at_work = True
        return False

    def _goes_on_writing(self, event: events.Key) -> bool:
        return (
            event.is_printable
            and self._called is None
            and not self._waiting
            and self._field is not None
            and self._field is self._app.focused
        )

    def _leaves(self, event: events.Key) -> bool:
        """Return whether the key only leaves what is waited for: that wait can always be left."""
        return event.key == "escape" and self._fills and not self._waiting

    def follow(self) -> None:
        """Wait for the work of the key that was just handed on."""
        self._stop_watching()
        turn = self._turn
        self._walks = _WALKS
        self._looks = 0
        self._fills = False
        self._watch = self._app.set_interval(_LOOKS_EVERY, lambda: self._look(turn))
        self._step(turn)

    def forget(self) -> None:
        """Drop what was pressed ahead: it was meant for a screen that is gone."""
        self._waiting.clear()
        self._kept.forget()
        self._called = None
        self._release()

    def _hand_on(self, keys: list[events.Key]) -> None:
        """Let kept keys come before what was pressed since."""
        self._waiting.extendleft(reversed(keys))
        if not self.is_at_work:
            self.is_at_work = True
            self._release()

    def _step(self, turn: int) -> None:
        """Go on to the next queue: called when the one before is empty."""
        while turn == self._turn:
            if not self._ahead and not self._walk():
                self._fills = getattr(self._app.screen, "is_behind", False)
                if not self._fills:
                    self._release()
                return
            self._asked = self._ahead.popleft()
            if self._is_there() and self._asked.call_later(self._step, turn):
                return

    def _look(self, turn: int) -> None:
        """A queue that was taken away never answers."""
        if turn != self._turn:
            return
        self._looks += 1
        if self._looks * _LOOKS_EVERY > _AT_MOST:
            self._release()
        elif self._fills or not self._is_there():
            self._step(turn)

    def _is_there(self) -> bool:
        return self._asked is self._app or self._asked.is_attached

    def _walk(self) -> bool:
        if not self._walks:
            return False
        self._walks -= 1
        screen = self._app.screen
        self._ahead.extend([*reversed(list(screen.walk_children())), screen, self._app])
        return True

    def _release(self) -> None:
        self._stop_watching()
        if self._waiting:
            self._called = self._waiting.popleft()
            self._app.post_message(self._called)
        else:
            self.is_at_work = False

    def _stop_watching(self) -> None:
        """What is still asked about the key before has no say any more."""
        self._turn += 1
        self._ahead.clear()
        if self._watch is not None:
            self._watch.stop()
            self._watch = None
