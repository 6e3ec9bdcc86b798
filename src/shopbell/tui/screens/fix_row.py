"""Corrects the cells of a parked row, checked again on Enter. Must not import it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll

from shopbell.domain.importing import ParkedRow
from shopbell.tui.frame import Dialog
from shopbell.tui.import_words import column_name
from shopbell.tui.plain import Plain, PlainInput, spans, typed

Cells = tuple[str, ...]
Recheck = Callable[[int, Sequence[str]], ParkedRow | None]
"""Called with a row and its cells; returns why it is still parked, or None when it is not."""

_MOST_FIELDS = 24


class FixRow(Dialog[Cells]):
    """Answers the corrected cells."""

    wide = True
    DEFAULT_CSS = """
    FixRow VerticalScroll { height: auto; max-height: 12;
        scrollbar-size-vertical: 1; scrollbar-gutter: stable; }
    FixRow .row { height: 1; }
    FixRow .label { width: 22; color: $text-muted; padding-right: 1; }
    FixRow #why { margin-bottom: 1; }
    FixRow .muted { margin-top: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", show=False),
        Binding("down", "app.focus_next", show=False),
        Binding("up", "app.focus_previous", show=False),
    ]

    def __init__(
        self, parked: ParkedRow, header: Sequence[str], columns: Sequence[int], recheck: Recheck
    ) -> None:
        """Make the box.

        Args:
            parked: the row.
            header: the names of the columns.
            columns: the columns that matter, the likeliest to be wrong first.
            recheck: says whether the corrected row would do.
        """
        super().__init__(f"Row {parked.row:,}")
        self._parked = parked
        self._header = header
        self._recheck = recheck
        extra = [i for i in range(len(parked.cells)) if i not in columns and parked.cells[i]]
        self._columns = [*dict.fromkeys((*columns, *extra))][:_MOST_FIELDS]

    def inside(self) -> ComposeResult:
        """Lay out why it is parked, and a field for each cell."""
        yield Plain(self._parked.reason, id_="why")
        with VerticalScroll(can_focus=False):
            for column in self._columns:
                with Horizontal(classes="row"):
                    name = column_name(self._header, column)
                    yield Plain(spans(name, one_line=True), classes="label")
                    yield PlainInput(self._cell(column), id_=f"c{column}", limit=8000)
        yield Plain("↵ checks it again · ↓ next field · esc leaves it parked", classes="muted")

    def on_mount(self) -> None:
        """Start with the likeliest cell."""
        if self._columns:
            self.query_one(f"#c{self._columns[0]}", PlainInput).focus()

    def on_input_submitted(self) -> None:
        """Check it again: a row that will do closes the box."""
        cells = self._cells()
        parked = self._recheck(self._parked.row, cells)
        if parked is None:
            self.dismiss(cells)
        else:
            self.query_one("#why", Plain).show(spans(("! ", "bold $text-warning"), parked.reason))

    def _cells(self) -> Cells:
        cells = list(self._parked.cells)
        for column in self._columns:
            value = self.query_one(f"#c{column}", PlainInput).value
            # What was not touched stays as it stood in the file, down to its odd characters.
            if value != typed(self._cell(column), one_line=True):
                cells += [""] * (column + 1 - len(cells))
                cells[column] = value
        return tuple(cells)

    def _cell(self, column: int) -> str:
        cells = self._parked.cells
        return cells[column] if column < len(cells) else ""
