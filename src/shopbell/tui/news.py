"""Gathers what changed and tells the screens, not too often. Must not ask for what nobody sees."""

from __future__ import annotations

from typing import Any

from textual.app import App

from shopbell.errors import ShopbellError
from shopbell.services.changed import Changed
from shopbell.services.events import Event, Happened
from shopbell.tui.bars import FrameView
from shopbell.tui.bell import Bell
from shopbell.tui.frame import FrameScreen
from shopbell.tui.own_keys import key_for
from shopbell.tui.session import Session
from shopbell.tui.words import called

_GATHER = 0.1
"""Seconds in which several changes become one look at the file."""


class News:
    """What the screens are told about one session."""

    def __init__(self, app: App[Any], bell: Bell) -> None:
        self._app = app
        self.bell = bell
        self._kinds: set[Changed] = set()
        self._trouble = ""
        self.session: Session | None = None
        self.frame = FrameView()
        """What the frame of a new screen says until the next look."""

    def hear(self, kind: Changed) -> None:
        """Remember that something changed; the screens are told a moment later."""
        if not self._kinds:
            self._app.set_timer(_GATHER, self._pass_on)
        self._kinds.add(kind)

    def tell(self, event: Event) -> None:
        """Show what delivery did, if a person should know at once."""
        if event.kind is Happened.REPLY and event.reply is not None:
            who = called(event.reply.name, event.reply.sender)
            self._app.notify(f"{who} wrote. Press {key_for('everywhere.replies')} to read it.")
            if self.bell.is_on:
                self._app.bell()
        elif event.kind is Happened.TROUBLE and event.note != self._trouble:
            self._trouble = event.note
            self._app.notify(event.note, severity="warning")

    async def look(self) -> None:
        """Read again what the frame says."""
        session = self.session
        if session is None:
            return
        try:
            self.frame = await session.frame()
        except ShopbellError as error:
            if self.session is session:  # else it was locked meanwhile: nobody misses the answer
                self._app.notify(f"{error.message} {error.hint}", severity="error")
            return
        except RuntimeError:
            # The file was closed between two of its questions: the shop is locked, or the app ends.
            if session.is_closing:
                return
            raise
        for screen in self._app.screen_stack:
            if isinstance(screen, FrameScreen):
                screen.view = self.frame

    async def _pass_on(self) -> None:
        kinds, self._kinds = frozenset(self._kinds), set()
        if self.session is None:
            return
        for screen in self._app.screen_stack:
            if isinstance(screen, FrameScreen):
                screen.changed(kinds)
        await self.look()
