"""The keys in force: those of the table of commands, and what the owner put in their place.

Must not decide which keys can be (see `wanted_keys`), and must not run a command.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field

from shopbell.tui.commands import COMMANDS, Command, Scope, command, is_above_all, of_scope
from shopbell.tui.key_labels import (
    is_free_for_commands,
    is_typing_key,
    label,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnKeys:
    """What the owner changed about the keys."""

    changed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """All keys of each changed command, by its id."""
    troubles: tuple[str, ...] = ()
    """What does not count, and why, a sentence each."""

    def of(self, one: Command) -> tuple[str, ...]:
        """Return the keys of a command, the one to show first."""
        return self.changed.get(one.id, one.keys)

    def meant(self, key: str, scope: Scope | None, *, over_all: bool) -> str | None:
        """Return the id of the changed command that a key which nobody took stands for.

        Args:
            key: Textual's name of it.
            scope: where it was pressed.
            over_all: whether a box is open, over which few keys work.

        Returns:
            "" for a key that was taken from its command, None where nothing was changed.
        """
        here = [one for one in self._of(scope) if one.id in self.changed]
        if not over_all:
            here += [one for one in self._of(Scope.EVERYWHERE) if one.id in self.changed]
        return self._among(key, here)

    def meant_above_all(self, key: str, scope: Scope | None) -> str | None:
        """Return the same for a key that works over boxes and while somebody types."""
        if not is_above_all(key):
            return None
        above = [one for one in self._of(Scope.EVERYWHERE) if one.id in self.changed]
        if not (id_ := self._among(key, above)) and id_ is not None:
            return self._among(key, list(self._of(scope))) or ""
        return id_

    def _among(self, key: str, commands: list[Command]) -> str | None:
        for one in commands:
            if key in self.of(one):
                return one.id
        return "" if any(key in one.keys for one in commands) else None

    def _of(self, scope: Scope | None) -> tuple[Command, ...]:
        return tuple(one for one in of_scope(scope) if not one.by_widget) if scope else ()


_IDS = frozenset(one.id for one in COMMANDS)
_NAMED = re.compile(r"\[([a-z]+\.[a-z_]+)]")


class KeysInForce:
    """What holds in one app. Its tasks see one and the same, also when it changes."""

    def __init__(self, keys: OwnKeys) -> None:
        self.keys = keys


_IN_FORCE: ContextVar[KeysInForce] = ContextVar("keys in force")


def put_in_force(keys: OwnKeys) -> KeysInForce:
    """Begin an app with these keys; whatever it shows from now on names them."""
    begun = KeysInForce(keys)
    _IN_FORCE.set(begun)
    return begun


def keys_of(one: Command) -> tuple[str, ...]:
    """Return the keys of a command that are in force."""
    in_force = _IN_FORCE.get(None)
    return one.keys if in_force is None else in_force.keys.of(one)


def shown_key(one: Command, *, typing: bool) -> str | None:
    """Return the key to print for a command, or None when none of its keys works now."""
    usable = [key for key in keys_of(one) if not (typing and is_typing_key(key))]
    return label(usable[0]) if usable else None


def key_for(id_: str) -> str:
    """Return the key to name in a sentence."""
    return shown_key(command(id_), typing=False) or ""


def is_changeable(one: Command) -> bool:
    """Return whether another key may stand for the command.

    Lists, boxes and fields take some keys themselves, whatever a file says.
    """
    return not one.by_widget and all(map(is_free_for_commands, one.keys))


def with_keys(sentence: str) -> str:
    """Return a sentence of ours with the key for each command it names: `[rules.undo] undoes it`.

    A bracket that names no command stays as it is.
    """
    return _NAMED.sub(lambda found: key_for(found[1]) if found[1] in _IDS else found[0], sentence)
