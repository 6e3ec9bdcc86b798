"""Asks which words of a status column mean stop. Must not read the file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from shopbell.domain.column_words import ColumnWords
from shopbell.domain.permission_answers import values_in
from shopbell.tui.consent_words import words_of
from shopbell.tui.frame import Dialog
from shopbell.tui.import_words import column_name
from shopbell.tui.plain import Plain, PlainInput, spans


class StatusWords(Dialog[tuple[str, ...]]):
    """Answers the words, at least one."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", show=False)]
    DEFAULT_CSS = "StatusWords PlainInput { margin: 1 0; }"

    def __init__(
        self,
        header: Sequence[str],
        column: int,
        before: Sequence[str],
        words: ColumnWords | None,
    ) -> None:
        """Make the box.

        Args:
            header: the names of the columns.
            column: which one.
            before: the words that were said before, or that usually mean stop.
            words: what the cells of the column say.
        """
        super().__init__(f"Which words of “{column_name(header, column)}” mean stop?")
        self._before = tuple(before)
        self._words = words

    def inside(self) -> ComposeResult:
        """Lay out what stands there, and the field."""
        said = words_of(self._words, 12)
        yield Plain(spans(("In it stands  ", "$text-muted"), said or "nothing in the first rows"))
        yield PlainInput(", ".join(self._before), limit=400)
        yield Plain("", id_="said")
        yield Plain(
            "Words with commas between them; * is anything at all. ↵ keeps them · esc leaves",
            classes="muted",
        )

    def on_mount(self) -> None:
        """Start to type."""
        self.query_one(PlainInput).focus()

    def on_input_submitted(self, event: PlainInput.Submitted) -> None:
        """Answer."""
        values = values_in(event.value)
        if values:
            self.dismiss(values)
        else:
            said = "Say at least one word, or leave with esc."
            self.query_one("#said", Plain).show(spans(("! ", "bold $text-warning"), said))
