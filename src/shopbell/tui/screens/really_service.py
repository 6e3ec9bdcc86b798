"""Asks why a text with promotional words is no offer all the same. Must not judge the answer."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal

from shopbell.domain.promotional import Promotion
from shopbell.domain.shop_rules import LEAST_REASON
from shopbell.tui.frame import Dialog
from shopbell.tui.plain import Plain, PlainButton, PlainInput, spans


class ReallyService(Dialog[str]):
    """Answers the reason, as it was typed."""

    wide = True
    DEFAULT_CSS = """
    ReallyService PlainInput { margin: 1 0; }
    ReallyService .row { height: 1; margin: 1 0 0 0; }
    ReallyService PlainButton { margin-right: 2; }
    ReallyService .muted { margin: 1 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", show=False),
        Binding("f2", "record", show=False),
    ]

    def __init__(self, promotion: Promotion) -> None:
        super().__init__("Is this no offer?")
        self._promotion = promotion

    def inside(self) -> ComposeResult:
        """Lay out what was found, and the question."""
        yield Plain(self._promotion.sentence)
        yield Plain("")
        yield Plain("If it only serves their order, say why. The reason is kept with the text.")
        yield PlainInput(placeholder="what it has to do with their order", limit=300)
        yield Plain("", id_="said")
        with Horizontal(classes="row"):
            yield PlainButton("It is no offer", primary=True, action="screen.record")
            yield PlainButton("Leave", action="screen.dismiss(None)")
        yield Plain("↵ or f2 keeps the reason · esc leaves", classes="muted")

    def on_mount(self) -> None:
        """Start with the reason."""
        self.query_one(PlainInput).focus()

    def on_input_submitted(self) -> None:
        """Enter is the answer."""
        self.action_record()

    def action_record(self) -> None:
        """Answer, if it is one."""
        reason = self.query_one(PlainInput).value.strip()
        if len(reason) < LEAST_REASON:
            self.query_one("#said", Plain).show(
                spans(("! ", "bold $text-warning"), "Say it in a few words more.")
            )
            return
        self.dismiss(reason)
