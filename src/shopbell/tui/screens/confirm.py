"""One question before something that cannot be undone. Must not do it."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from shopbell.tui.frame import Dialog
from shopbell.tui.plain import Plain, PlainList


class Confirm(Dialog[bool]):
    """Answers True for the first choice, None for anything else."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", show=False)]

    def __init__(self, title: str, facts: str, *, yes: str, no: str) -> None:
        """Make the question.

        Args:
            title: the question.
            facts: who, how many, when: what is needed to answer it.
            yes: what the first choice does, in words.
            no: what the other one does.
        """
        super().__init__(title)
        self._facts = facts
        self._choices = (("yes", yes), ("no", no))

    def inside(self) -> ComposeResult:
        """Lay out the facts and the two choices."""
        yield Plain(self._facts, classes="facts")
        yield PlainList(self._choices)

    def on_mount(self) -> None:
        """Start on the first choice."""
        choices = self.query_one(PlainList)
        choices.highlighted = 0
        choices.focus()

    def on_option_list_option_selected(self, event: PlainList.OptionSelected) -> None:
        """Answer."""
        self.dismiss(True if event.option_id == "yes" else None)
