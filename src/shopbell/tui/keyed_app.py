"""An app whose keys its owner may have changed. Must not know which commands there are.

Textual's own keymap does not serve: a letter in place of a function key would work while somebody
types, and a function key in place of a letter would not.
"""

from __future__ import annotations

from functools import partial

from textual import events
from textual.app import ReturnType
from textual.message import Message
from textual.screen import ModalScreen

from shopbell.tui.own_keys import KeysInForce, OwnKeys, put_in_force
from shopbell.tui.plain import PlainApp
from shopbell.tui.work import or_told


class KeyedApp(PlainApp[ReturnType]):
    """Looks at a key before the bindings do: as it comes in, and once nobody took it."""

    _in_force: KeysInForce | None = None

    @property
    def own_keys(self) -> OwnKeys:
        """What its owner changed."""
        return self._in_force.keys if self._in_force is not None else OwnKeys()

    def use_keys(self, keys: OwnKeys) -> None:
        """Let these keys hold from now on."""
        if self._in_force is None:
            self._in_force = put_in_force(keys)
        self._in_force.keys = keys

    async def _dispatch_message(self, message: Message) -> None:
        """Tell what a service could not do, also when a screen asked for it by a message."""
        await or_told(self, partial(super()._dispatch_message, message))

    async def on_event(self, event: events.Event) -> None:
        """Run what a changed key stands for; a key that was taken from a command does nothing."""
        if isinstance(event, events.Key) and (id_ := self._meant(event)) is not None:
            event.stop()
            if id_:
                await self.run_action(f"app.run({id_!r})")
            return
        await super().on_event(event)

    def _meant(self, event: events.Key) -> str | None:
        screen = self.screen
        scope = getattr(screen, "scope", None)
        if event.is_forwarded:
            return self.own_keys.meant(event.key, scope, over_all=isinstance(screen, ModalScreen))
        return self.own_keys.meant_above_all(event.key, scope)
