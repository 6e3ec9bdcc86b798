"""Lets the owner give a command other keys: which one, then which keys.

Must not decide which keys can be.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from shopbell.tui.commands import COMMANDS, Command, command
from shopbell.tui.key_labels import label
from shopbell.tui.keyed_app import KeyedApp
from shopbell.tui.own_keys import OwnKeys, is_changeable, keys_of
from shopbell.tui.preferences import Preferences
from shopbell.tui.screens.ask_line import AskLine
from shopbell.tui.screens.palette import Palette

_HOW = (
    "Write one key or several, with blanks between them: a letter, a sign, f3 to f12, ctrl+t. "
    "A function key stays beside a new letter. An empty line brings back: "
)


class KeyChanging:
    """Asks, changes and remembers."""

    def __init__(self, app: KeyedApp[Any], preferences: Preferences) -> None:
        self._app = app
        self._preferences = preferences

    @property
    def own(self) -> OwnKeys:
        """What is changed now."""
        return self._preferences.keys

    @property
    def troubles(self) -> tuple[str, ...]:
        """What of the settings file does not count now."""
        return self._preferences.now.troubles

    def choose(self, changed: Callable[[], None]) -> None:
        """Ask which command, then for its keys; `changed` is called once they hold."""
        among = tuple((one, "") for one in COMMANDS if is_changeable(one))

        def chosen(id_: str | None) -> None:
            if id_ is not None:
                self.ask(command(id_), changed)

        self._app.push_screen(
            Palette(among, title="What shall other keys stand for?", places=True), chosen
        )

    def ask(self, one: Command, changed: Callable[[], None]) -> None:
        """Ask for the keys of a command."""

        async def take(line: str) -> str:
            trouble = self._preferences.choose_keys(one.id, tuple(line.split()))
            self._app.use_keys(self._preferences.keys)
            return trouble or f"“{one.words}” ({one.scope}): {_printed(one)}."

        def done(said: str | None) -> None:
            if said is not None:
                changed()
                self._app.notify(said)

        usual = " ".join(map(label, one.keys)) or "no key"
        title = f"Which keys for “{one.words}”? ({one.scope})"
        value = " ".join(map(label, keys_of(one)))
        self._app.push_screen(AskLine(title, f"{one.help} {_HOW}{usual}.", take, value=value), done)


def _printed(one: Command) -> str:
    return "  ".join(map(label, keys_of(one))) or "no key"
