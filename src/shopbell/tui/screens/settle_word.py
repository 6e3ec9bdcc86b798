"""Asks the owner what became of a text of which the gateway cannot tell. Must not settle it."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from shopbell.domain.texts import OutboundText
from shopbell.tui import words
from shopbell.tui.frame import Dialog
from shopbell.tui.plain import Plain, PlainList, lines, spans

_CHOICES = (
    ("leave", "Nobody knows yet: leave it, it is never sent again by itself"),
    ("sent", "It was sent: they have it, or the gateway's own list shows it"),
    ("not", "It was not sent: they do not have it, and nothing shows it"),
)


class SettleByWord(Dialog[str]):
    """Answers "sent" or "not"; None leaves it unknown."""

    wide = True
    DEFAULT_CSS = "SettleByWord PlainList { margin: 1 0; }"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", show=False)]

    def __init__(self, text: OutboundText) -> None:
        super().__init__("Was this text sent?")
        self._text = text

    def inside(self) -> ComposeResult:
        """Lay out the text, what the gateway said, and the choices."""
        who = words.called(self._text.name, self._text.number)
        yield Plain(
            lines(
                spans((f"{who}: ", "bold"), self._text.final.text),
                spans((self._text.detail, "$text-muted")),
            )
        )
        yield PlainList(_CHOICES)

    def on_mount(self) -> None:
        """Start on the choice that changes nothing."""
        choices = self.query_one(PlainList)
        choices.highlighted = 0
        choices.focus()

    def on_option_list_option_selected(self, event: PlainList.OptionSelected) -> None:
        """Answer."""
        self.dismiss(None if event.option_id == "leave" else event.option_id)
