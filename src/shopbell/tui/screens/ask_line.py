"""Asks for one line, and asks again while it is refused. Must not know what it is for."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content

from shopbell.errors import ShopbellError
from shopbell.tui.form import said_of
from shopbell.tui.frame import Dialog
from shopbell.tui.plain import Plain, PlainInput, spans

Take = Callable[[str], Awaitable[str]]
"""Does what the line says and returns what was done, in a sentence."""

_WAIT = spans(("One moment; esc leaves …", "$text-muted"))


class AskLine(Dialog[str]):
    """Answers what was done."""

    wide = True
    DEFAULT_CSS = """
    AskLine PlainInput { margin: 1 0 0 0; }
    AskLine #said { margin-top: 1; }
    AskLine .muted { margin: 1 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", show=False)]

    def __init__(
        self, title: str, about: str, take: Take, *, value: str = "", hidden: bool = False
    ) -> None:
        """Make the box.

        Args:
            title: what is asked.
            about: how to write it.
            take: does it; a `ShopbellError` is shown and the line stays.
            value: what stands in the field.
            hidden: typed blind, taken as it is, and forgotten when it was wrong.
        """
        super().__init__(title)
        self._about = about
        self._take = take
        self._value = value
        self._hidden = hidden

    def inside(self) -> ComposeResult:
        """Lay out the field."""
        yield Plain(self._about)
        yield PlainInput(
            value=self._value, password=self._hidden, limit=1000 if self._hidden else 200
        )
        yield Plain("", id_="said")
        yield Plain("↵ does it · esc leaves", classes="muted")

    def on_mount(self) -> None:
        """Start in the field."""
        self.query_one(PlainInput).focus()

    def on_input_submitted(self) -> None:
        """Do it, or say why not."""
        field = self.query_one(PlainInput)
        typed = field.value if self._hidden else field.value.strip()
        if self._hidden:
            field.value = ""
        self.do_meanwhile(partial(self._do, typed), partial(self._say, _WAIT))

    def _say(self, said: Content) -> None:
        self.query_one("#said", Plain).show(said)

    async def _do(self, typed: str) -> None:
        try:
            done = await self._take(typed)
        except ShopbellError as error:
            said = spans(("! ", "bold $text-warning"), said_of(error))
            self._say(said)
            return
        self.dismiss(done)
