"""Asks once in which order a file writes its dates. Must not read a date."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from shopbell.domain.dates import DateOrder
from shopbell.tui.frame import Dialog
from shopbell.tui.plain import Plain, PlainList

_CHOICES = (
    (DateOrder.DMY, "the day first: 3/9/2021 is the 3rd of September"),
    (DateOrder.MDY, "the month first: 3/9/2021 is the 9th of March"),
    (DateOrder.YMD, "the year first: 21-03-09 is the 9th of March"),
)


class AskDateOrder(Dialog[DateOrder]):
    """Answers the order."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", show=False)]
    DEFAULT_CSS = "AskDateOrder PlainList { margin: 1 0; }"

    def __init__(self, unclear: Sequence[str], now: DateOrder | None) -> None:
        """Make the question.

        Args:
            unclear: sentences about dates of the file that can be read in several ways.
            now: how the file is read at present.
        """
        super().__init__("How does this file write dates?")
        self._unclear = tuple(unclear)
        self._now = now

    def inside(self) -> ComposeResult:
        """Lay out what is unclear, and the orders."""
        yield Plain("\n".join(self._unclear) or "No date of the first rows is unclear.")
        yield PlainList([(str(order), words) for order, words in _CHOICES])
        yield Plain("↵ chooses · esc leaves", classes="muted")

    def on_mount(self) -> None:
        """Start on the present order."""
        choices = self.query_one(PlainList)
        orders = [order for order, _ in _CHOICES]
        choices.highlighted = orders.index(self._now) if self._now else 0
        choices.focus()

    def on_option_list_option_selected(self, event: PlainList.OptionSelected) -> None:
        """Answer."""
        self.dismiss(DateOrder(event.option_id or DateOrder.DMY))
