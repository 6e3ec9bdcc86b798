"""Keeps keys for a screen that cannot take them yet, and hands them on in their order.

Unlike what is pressed ahead of a quick key, they wait as long as it takes: whoever waits can drop
them. Must not decide which keys those are: the screen does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol, runtime_checkable

from textual import events
from textual.app import App
from textual.screen import Screen
from textual.timer import Timer

_LOOKS_EVERY = 0.03
"""Seconds between two looks whether the screen can take them."""


@runtime_checkable
class KeepsKeys(Protocol):
    """A screen that lets keys wait."""

    @property
    def is_looking(self) -> bool:
        """Whether it cannot take them yet."""
        ...

    def keeps_key(self, key: str, *, after_others: bool) -> bool:
        """Return whether a key has to wait; `after_others`: some wait already."""
        ...

    def why_dropped(self, keys: Sequence[str]) -> str:
        """Return why these keys are not done now that they could be, or "" when they are."""
        ...


class KeptKeys:
    """The keys that wait for one screen."""

    def __init__(self, app: App[Any], hand_on: Callable[[list[events.Key]], None]) -> None:
        """Begin with none.

        Args:
            app: whose screen is asked.
            hand_on: takes them when it is their turn.
        """
        self._app = app
        self._hand_on = hand_on
        self._keys: list[events.Key] = []
        self._screen: Screen[Any] | None = None
        self._watch: Timer | None = None

    def takes(self, event: events.Key) -> bool:
        """Return whether the key waits from now on; Escape drops those that do."""
        screen = self._app.screen
        if self._keys and screen is self._screen and event.key == "escape":
            self.forget()
            self._app.notify("What you pressed ahead is dropped.")
            return True
        if not isinstance(screen, KeepsKeys):
            return False
        if not screen.keeps_key(event.key, after_others=bool(self._keys)):
            return False
        if not self._keys:
            self._screen = screen
            self._watch = self._app.set_interval(_LOOKS_EVERY, self._look)
            self._app.notify("It comes as soon as the file was looked at. esc drops it.")
        self._keys.append(event)
        return True

    def forget(self) -> None:
        """Drop them."""
        self._keys = []
        self._screen = None
        if self._watch is not None:
            self._watch.stop()
            self._watch = None

    def _look(self) -> None:
        screen, keys = self._screen, self._keys
        if self._app.screen is not screen or not isinstance(screen, KeepsKeys):
            self.forget()  # they were meant for a screen that was left
        elif not screen.is_looking:
            self.forget()
            if why := screen.why_dropped([one.key for one in keys]):
                self._app.notify(why)
            else:
                self._hand_on(keys)
