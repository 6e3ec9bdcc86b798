"""Takes people or numbers that are pasted or typed, one on each line. Must not read them."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from shopbell.tui.frame import Dialog
from shopbell.tui.plain import Plain, PlainText, spans

_MOST = 2_000_000
"""Characters; more than that is a file."""


class Paste(Dialog[str]):
    """Answers the text."""

    wide = True
    DEFAULT_CSS = """
    Paste PlainText { height: 10; margin: 1 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", show=False),
        Binding("f2", "take", show=False, priority=True),
    ]

    def __init__(self, title: str, facts: str) -> None:
        """Make the box.

        Args:
            title: what is wanted.
            facts: how it may be written.
        """
        super().__init__(title)
        self._facts = facts

    def inside(self) -> ComposeResult:
        """Lay out the field."""
        yield Plain(self._facts)
        yield PlainText(limit=_MOST, enter_ends=False, keeps_tabs=True)
        yield Plain("", id_="said")
        yield Plain("↵ next line · f2 looks at it · esc leaves", classes="muted")

    def on_mount(self) -> None:
        """Start to type."""
        self.query_one(PlainText).focus()

    def action_take(self) -> None:
        """Hand the text over."""
        text = self.query_one(PlainText).text
        if text.strip():
            self.dismiss(text)
        else:
            said = "Type a name and a number, or paste a list."
            self.query_one("#said", Plain).show(spans(("! ", "bold $text-warning"), said))
