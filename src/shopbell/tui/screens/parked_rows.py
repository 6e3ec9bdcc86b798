"""The rows a past import had to park, and why. Must not correct them: the file does that."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from shopbell.domain.importing import ImportBatch, ParkedRow
from shopbell.domain.people import Page
from shopbell.tui.frame import Dialog
from shopbell.tui.import_rows import ImportLine, detail, draw, parked_lines
from shopbell.tui.plain import Plain
from shopbell.tui.rows import PAGE, Rows


class ParkedRows(Dialog[None]):
    """A list to look through."""

    wide = True
    DEFAULT_CSS = """
    ParkedRows Rows { height: 8; }
    ParkedRows #detail { min-height: 2; max-height: 4; padding: 0 2; }
    ParkedRows .muted { margin-top: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", show=False)]

    def __init__(self, batch: ImportBatch, parked: Sequence[ParkedRow]) -> None:
        super().__init__(f"Rows of “{batch.file_name}” that need a look")
        self._lines = parked_lines(parked, batch.counts.parked)

    def inside(self) -> ComposeResult:
        """Lay out the rows."""
        yield Rows[ImportLine](draw)
        yield Plain("", id_="detail")
        yield Plain(
            "To correct them, bring the same file in again: whoever came in before stays as they "
            "are. esc closes this.",
            classes="muted",
        )

    def on_mount(self) -> None:
        """Show the rows."""
        found = self._lines

        async def page(first: int, count: int) -> Page[ImportLine]:
            return Page(rows=found[first : first + count], first=first, total=len(found))

        rows: Rows[ImportLine] = self.query_one(Rows)
        rows.show(Page(rows=found[:PAGE], first=0, total=len(found)), page)
        rows.focus()

    def on_rows_highlighted(self, event: Rows.Highlighted) -> None:
        """Show the whole reason and the cells."""
        self.query_one("#detail", Plain).show(detail(event.row))
