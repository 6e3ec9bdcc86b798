"""Looks the whole shop file over and says what that proves and what not. Must not mend it."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content

from shopbell.domain.checked import Said, sentences
from shopbell.errors import ShopbellError
from shopbell.services.checking import Checking
from shopbell.tui.frame import Dialog
from shopbell.tui.plain import Plain, PlainInput, lines, spans
from shopbell.tui.work import start

_SIGNS = {
    True: ("✓ ", "bold $text-success"),
    False: ("✗ ", "bold $text-error"),
    None: ("  ", "$text-muted"),
}


class Check(Dialog[None]):
    """Checks once when it opens, and again with a head that was noted elsewhere."""

    wide = True
    DEFAULT_CSS = """
    Check .row { height: 1; margin: 1 0 0 0; }
    Check .label { width: 16; color: $text-muted; }
    Check .muted { margin: 1 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", show=False)]

    def __init__(self, checking: Checking) -> None:
        super().__init__("Is everything whole?")
        self._checking = checking

    def inside(self) -> ComposeResult:
        """Lay out the answer and the field for a noted head."""
        yield Plain("Looking …", id_="found")
        with Horizontal(classes="row"):
            yield Plain("A head you noted", classes="label")
            yield PlainInput(placeholder="its beginning is enough", limit=80)
        yield Plain("↵ checks again with it · esc leaves", classes="muted")

    def on_mount(self) -> None:
        """Look at once."""
        self.query_one(PlainInput).focus()
        self._start()

    def on_input_submitted(self) -> None:
        """Look again, for that head."""
        self._start()

    def _start(self) -> None:
        start(self, self._look, "check")

    async def _look(self) -> None:
        shown = self.query_one("#found", Plain)
        try:
            found = await self._checking.whole(self.query_one(PlainInput).value)
        except ShopbellError as error:
            shown.show(spans(_SIGNS[False], f"{error.message} {error.hint}".strip()))
            return
        shown.show(lines(*(_line(said) for said in sentences(found))))


def _line(said: Said) -> Content:
    style = "$text-muted" if said.ok is None else ""
    return spans(_SIGNS[said.ok], (said.sentence, style))
