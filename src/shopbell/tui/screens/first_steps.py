"""What to do first in a new shop: the people who said no come before all others. Must not do it."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from shopbell.tui.frame import Dialog
from shopbell.tui.own_keys import with_keys
from shopbell.tui.plain import Plain, PlainList

_FACTS = (
    "The shop file is ready. Does anybody already not want to be texted? Bring those numbers in "
    "first: whatever list comes later, they stay off."
)
_CHOICES = (
    ("everywhere.stops", "Bring in who said no: a list, a log, or typed"),
    ("everywhere.import", "Nobody has: bring in people from a till or a phone"),
    ("later", "Later: key [everywhere.import], or [everywhere.palette] and “who said no”"),
)


class FirstSteps(Dialog[str]):
    """Answers the id of the command that was chosen; None for later."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", show=False)]
    DEFAULT_CSS = "FirstSteps PlainList { margin: 1 0; }"

    def __init__(self) -> None:
        super().__init__("First things first")

    def inside(self) -> ComposeResult:
        """Lay out the steps."""
        yield Plain(_FACTS)
        yield PlainList([(id_, with_keys(said)) for id_, said in _CHOICES])
        yield Plain("↵ chooses · esc leaves", classes="muted")

    def on_mount(self) -> None:
        """Start on the first."""
        choices = self.query_one(PlainList)
        choices.highlighted = 0
        choices.focus()

    def on_option_list_option_selected(self, event: PlainList.OptionSelected) -> None:
        """Answer."""
        self.dismiss(None if event.option_id == "later" else event.option_id)
