"""Chooses one column of a file, with some of its cells beside it. Must not read the file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content

from shopbell.tui.frame import Dialog
from shopbell.tui.import_words import column_name, samples_of
from shopbell.tui.plain import Plain, PlainList, cell, spans

_MOST = 190
NO_COLUMN = -1
"""The answer for a choice that is about the file as a whole."""


class ChooseColumn(Dialog[int]):
    """Answers the column, from 0; or `NO_COLUMN` for the choice without one."""

    wide = True
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", show=False)]
    DEFAULT_CSS = """
    ChooseColumn PlainList { height: auto; max-height: 14; margin: 1 0; }
    """

    def __init__(
        self,
        title: str,
        facts: str,
        header: Sequence[str],
        samples: Sequence[Sequence[str]],
        *,
        first: Sequence[int] = (),
        without: str = "",
    ) -> None:
        """Make the box.

        Args:
            title: the question.
            facts: what is needed to answer it.
            header: the names of the columns.
            samples: the cells of the first rows.
            first: the likeliest columns.
            without: the words of a choice without a column, at the end of the likely ones.
        """
        super().__init__(title)
        self._facts = facts
        self._header = header
        self._samples = samples
        self._first = tuple(first)
        self._without = without

    def inside(self) -> ComposeResult:
        """Lay out the columns."""
        yield Plain(self._facts)
        rest = [i for i in range(len(self._header)) if i not in self._first]
        likely = [self._column(i) for i in self._first]
        without = [(str(NO_COLUMN), spans(self._without))] if self._without else []
        yield PlainList([*likely, *without, *(self._column(i) for i in rest)][:_MOST])
        yield Plain("↵ chooses · esc leaves", classes="muted")

    def on_mount(self) -> None:
        """Start on the likeliest."""
        choices = self.query_one(PlainList)
        choices.highlighted = 0
        choices.focus()

    def on_option_list_option_selected(self, event: PlainList.OptionSelected) -> None:
        """Answer."""
        self.dismiss(int(event.option_id or NO_COLUMN))

    def _column(self, index: int) -> tuple[str, Content]:
        name = cell(column_name(self._header, index), 26)
        cells = samples_of(self._samples, index, 4)
        return str(index), spans((name, "bold"), ("  " + cells, "$text-muted"), one_line=True)
