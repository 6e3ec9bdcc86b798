"""Asks which part of a long file comes in. Must not read the file."""

from __future__ import annotations

from collections.abc import Collection
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content

from shopbell.domain.file_parts import FilePart
from shopbell.tui.frame import Dialog
from shopbell.tui.plain import Plain, PlainList, spans


class ChoosePart(Dialog[int]):
    """Answers the number of the part."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", show=False)]
    DEFAULT_CSS = "ChoosePart PlainList { margin: 1 0; height: auto; max-height: 10; }"

    def __init__(self, now: FilePart, brought: Collection[int], first: int | None) -> None:
        """Make the question.

        Args:
            now: the part that was looked at last.
            brought: those that were brought in.
            first: where the cursor is; None for the present one.
        """
        super().__init__("Which part of the file?")
        self._now = now
        self._brought = brought
        self._first = first or now.number

    def inside(self) -> ComposeResult:
        """Lay out the parts."""
        yield Plain(
            f"{self._now.rows:,} rows are too many for one go. Each part is an import of its own."
        )
        every = range(1, self._now.parts + 1)
        yield PlainList([(str(one), self._line(self._now.other(one))) for one in every])
        yield Plain("↵ chooses · esc leaves", classes="muted")

    def on_mount(self) -> None:
        """Start on the first that was not brought in."""
        parts = self.query_one(PlainList)
        parts.highlighted = self._first - 1
        parts.focus()

    def on_option_list_option_selected(self, event: PlainList.OptionSelected) -> None:
        """Answer."""
        self.dismiss(int(event.option_id or self._first))

    def _line(self, part: FilePart) -> Content:
        done = "  ✓ brought in" if part.number in self._brought else ""
        return spans(
            (f"part {part.number} of {part.parts}", "bold"),
            (f"   rows {part.first:,} to {part.last:,}", "$text-muted"),
            (done, "$text-success"),
        )
