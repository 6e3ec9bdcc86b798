"""The imports of the past: what each brought, and taking one back. Must not import anything."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical

from shopbell.domain.importing import BatchKind, ImportBatch
from shopbell.domain.people import Page
from shopbell.services.changed import Changed
from shopbell.services.imports import Imports
from shopbell.tui.commands import Scope, bindings
from shopbell.tui.frame import FrameScreen, Situation
from shopbell.tui.past_words import batch_detail, draw_batch
from shopbell.tui.plain import Plain
from shopbell.tui.rows import PAGE, Drawn, Rows
from shopbell.tui.screens.parked_rows import ParkedRows
from shopbell.tui.screens.take_back import take_back
from shopbell.tui.work import start


class PastScreen(FrameScreen):
    """A list of imports, newest first, and below it all that is known about one."""

    scope = Scope.PAST
    place = "import"
    shows = frozenset({Changed.PEOPLE, Changed.CONSENT})
    DEFAULT_CSS = """
    PastScreen #batch { height: auto; min-height: 6; padding: 1 2 0 2; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Scope.PAST)]

    def __init__(self, imports: Imports, zone: str) -> None:
        super().__init__()
        self._imports = imports
        self._zone = zone

    def work(self) -> ComposeResult:
        """Lay out the list and the detail."""
        with Vertical(classes="content"):
            yield Plain("Past imports", classes="heading")
            yield Rows[ImportBatch](self._draw)
            yield Plain("", id_="batch")

    def on_mount(self) -> None:
        """Start in the list."""
        self.query_one(Rows).focus()
        self.load()

    def load(self) -> None:
        """Read the history."""
        start(self, self._load, "past")

    def why_not(self, id_: str) -> str:
        """What can be done depends on the import under the cursor."""
        batch = self._batch
        match id_:
            case "past.rows" | "past.undo" if batch is None:
                return "Nothing was imported yet."
            case "past.rows" if batch is not None and not batch.counts.parked:
                return "No row of this import was parked."
            case "past.undo" if batch is not None and batch.kind is BatchKind.DO_NOT_TEXT:
                return "Stops are for ever: nothing takes them back."
            case "past.undo" if batch is not None and batch.undone is not None:
                return "It was taken back already."
            case _:
                return ""

    def do_rows(self) -> None:
        """Show the rows that were parked."""
        if (batch := self._batch) is not None:
            start(self, partial(self._parked, batch), "parked")

    def do_undo(self) -> None:
        """Take the import under the cursor back."""
        if (batch := self._batch) is not None:
            take_back(self, self._imports, batch, self.load)

    def on_rows_opened(self) -> None:
        """Enter shows the parked rows."""
        if reason := self.why_not("past.rows"):
            self.notify(reason)
        else:
            self.do_rows()

    def on_rows_highlighted(self, event: Rows.Highlighted) -> None:
        """Show all that is known about it."""
        self.query_one("#batch", Plain).show(batch_detail(event.row, self._zone))
        self.refresh_keys()

    @property
    def _batch(self) -> ImportBatch | None:
        chosen: ImportBatch | None = self.query_one(Rows).chosen
        return chosen

    async def _load(self) -> None:
        found = await self.ask(self._imports.history(), "Looking", "esc goes back.")
        if found is None:
            return
        if not found:
            self.query_one(Situation).say(
                "Nothing was imported yet.", "esc goes back to where a file is brought in."
            )

        async def page(first: int, count: int) -> Page[ImportBatch]:
            return Page(rows=found[first : first + count], first=first, total=len(found))

        rows: Rows[ImportBatch] = self.query_one(Rows)
        first = Page(rows=found[:PAGE], first=0, total=len(found))
        rows.show(first, page, cursor=min(rows.cursor, PAGE - 1))
        self.refresh_keys()

    async def _parked(self, batch: ImportBatch) -> None:
        parked = await self.ask(self._imports.parked(batch.id), "Looking", "esc goes back.")
        if parked is not None:
            await self.app.push_screen(ParkedRows(batch, parked))

    def _draw(self, batch: ImportBatch, width: int) -> Drawn:
        return draw_batch(batch, width, self._zone)
