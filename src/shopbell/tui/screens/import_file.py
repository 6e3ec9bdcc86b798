"""Brings in people from a file: choose, look, answer, go, see. Must not read the file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message

from shopbell.domain.importing import ImportBatch
from shopbell.services.changed import Changed
from shopbell.services.import_reading import MESSAGE_LOG
from shopbell.services.reading import Origin
from shopbell.services.shop import Shop
from shopbell.tui import import_view, import_words
from shopbell.tui.commands import Scope, bindings
from shopbell.tui.file_picker import FilePicker
from shopbell.tui.file_screen import FileScreen
from shopbell.tui.file_steps import FileSteps
from shopbell.tui.frame import Asked, Situation
from shopbell.tui.import_possible import Around, why_not
from shopbell.tui.import_questions import ImportQuestions
from shopbell.tui.import_rows import FIRST, ImportLine, kinds, lines_of
from shopbell.tui.importing import Importing
from shopbell.tui.own_keys import with_keys
from shopbell.tui.plain import spans
from shopbell.tui.rows import Rows
from shopbell.tui.screens.take_back import take_back
from shopbell.tui.underway import Step
from shopbell.tui.work import start

_TITLE = spans(
    ("Bring in people", "bold"), ("   CSV, TSV, Excel (XLSX), contact cards (VCF)", "$text-muted")
)


class ImportScreen(FileScreen):
    """The import of this session, wherever it is."""

    scope = Scope.IMPORT
    place = "import"
    shows = frozenset({Changed.PEOPLE})
    needs_look = frozenset(
        {
            *("go", "columns", "permission", "dates", "country", "fresh", "fix", "ours"),
            *("others", "part"),
        }
    )
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Scope.IMPORT)]

    class StopsWanted(Message):
        """A do-not-text list is to be brought in, perhaps from this file."""

        def __init__(self, origin: Origin | None) -> None:
            super().__init__()
            self.origin = origin

    def __init__(self, shop: Shop, importing: Importing, folder: Path) -> None:
        """Make the screen.

        Args:
            shop: for the imports of before and the topics.
            importing: the import of this session; it goes on when the screen is left.
            folder: where to look for files first.
        """
        super().__init__()
        self._shop = shop
        self._importing = importing
        self._folder = folder
        self._questions = ImportQuestions(self, importing, shop.topics)
        self._batches: tuple[ImportBatch, ...] = ()

    def work(self) -> ComposeResult:
        """Lay out choosing a file, and looking at one."""
        yield FileSteps(_TITLE, self._folder, self._lines)

    def on_mount(self) -> None:
        """Show the import as it is."""
        self._importing.watched_by(self._show)
        self._show()
        self.load()

    def on_unmount(self) -> None:
        """It goes on without this screen."""
        self._importing.left_by(self._show)

    def on_resize(self) -> None:
        """Show as much of the mapping as there is room for."""
        self._show()

    def load(self) -> None:
        """Read the imports of before."""
        start(self, self._past, "past")

    @property
    def job(self) -> Importing:
        """The import of this session."""
        return self._importing

    @property
    def has_result(self) -> bool:
        """Whether the file was looked at before."""
        return self._importing.report is not None

    def why_not_unseen(self) -> str:
        """An import can be taken back; one with rows that need a look waits for somebody."""
        report = self._importing.report
        if report is None or not report.parked:
            return ""
        rows = "1 row needs" if len(report.parked) == 1 else f"{len(report.parked):,} rows need"
        return with_keys(f"{rows} a look first. [import.go] imports the others.")

    def why_not(self, id_: str) -> str:
        """What is possible depends on how far it is."""
        around = Around(
            line=self._steps.line,
            can_turn=self._steps.can_turn,
            can_be_undone=self._batch() is not None,
        )
        return why_not(self._importing, id_.rpartition(".")[2], around)

    def do_choose(self) -> None:
        """Open the entry under the cursor."""
        self._steps.choose()

    async def do_paste(self) -> None:
        """Take people that are pasted or typed."""
        await self._questions.paste()

    def do_stops(self) -> None:
        """Go to the do-not-text list; with a message log, that is what is read."""
        error = self._importing.error
        is_log = error is not None and error.code == MESSAGE_LOG
        self.post_message(self.StopsWanted(self._importing.origin if is_log else None))

    def do_past(self) -> None:
        """Go to the imports of the past."""
        self.post_message(Asked("everywhere.past"))

    def do_go(self) -> None:
        """Import."""
        self._importing.go()

    def do_stop(self) -> None:
        """Stop; nothing will have changed."""
        if self._importing.step is Step.LOOKING:
            self._importing.forget()
        else:
            self._importing.stop()

    async def do_columns(self) -> None:
        """Say what each column fills."""
        await self._questions.columns()

    async def do_permission(self) -> None:
        """Say which column says yes or stop."""
        await self._questions.permission()

    async def do_dates(self) -> None:
        """Say in which order the file writes its dates."""
        await self._questions.dates()

    def do_fresh(self) -> None:
        """Forget how such a file was read before."""
        self._importing.read_afresh()

    async def do_country(self) -> None:
        """Say of which country numbers without a country code are."""
        await self._questions.country(self._shop.profile.country)

    async def do_fix(self) -> None:
        """Correct the row under the cursor."""
        if (line := self._steps.line) is not None:
            await self._questions.fix(line)

    async def do_ours(self) -> None:
        """Say who is right about the person under the cursor: the shop or the file."""
        if (line := self._steps.line) is not None:
            await self._questions.ours(line)

    def do_others(self) -> None:
        """Show the next kind of rows."""
        self._steps.turn(1)

    def do_back_others(self) -> None:
        """Show the kind of rows before."""
        self._steps.turn(-1)

    def do_undo(self) -> None:
        """Take the import that was just made back."""
        if (batch := self._batch()) is not None:
            take_back(self, self._shop.imports, batch, self._importing.forget)

    def do_back(self) -> None:
        """Go back to choosing; a running import is left running."""
        if self._importing.step in {Step.CHOOSING, Step.RUNNING}:
            self.post_message(self.Left())
        else:
            self._importing.forget()

    def on_file_picker_picked(self, event: FilePicker.Picked) -> None:
        """Look at the file."""
        self._importing.open(event.path)

    async def on_rows_opened(self, _event: Rows.Opened) -> None:
        """Enter corrects a row that needs a look, and asks about one that clashes."""
        if not self.why_not("import.fix"):
            await self.do_fix()
        elif not self.why_not("import.ours"):
            await self.do_ours()

    def on_tally_turned(self) -> None:
        """Other rows have other keys."""
        self.refresh_keys()

    def on_rows_highlighted(self) -> None:
        """Other rows have other keys."""
        self.refresh_keys()

    @property
    def _steps(self) -> FileSteps:
        return self.query_one(FileSteps)

    def _batch(self) -> ImportBatch | None:
        report = self._importing.report
        if self._importing.step is not Step.DONE or report is None:
            return None
        return next((one for one in self._batches if one.id == report.batch_id), None)

    def _lines(self, kind: str) -> Sequence[ImportLine]:
        report = self._importing.report
        return lines_of(report, kind) if report is not None else ()

    async def _past(self) -> None:
        found = await self.ask(
            self._shop.imports.history(),
            "Looking",
            "Press [everywhere.import] to try again.",
        )
        if found is not None:
            self._batches = found
            batch = self._batch()
            if batch is not None and batch.undone is not None:
                # It was taken back among the past imports: there is nothing left to show of it.
                self._importing.forget()
            self._show()

    def _show(self) -> None:
        importing, steps = self._importing, self._steps
        if importing.step is Step.FAILED and importing.error is not None:
            error = importing.error
            self.query_one(Situation).say(error.message, import_words.what_next(error), sign="!")
        else:
            self.query_one(Situation).hush()
        if importing.step is Step.CHOOSING:
            steps.show_choosing(import_view.hint(self._batches, self._shop.profile.zone))
        else:
            steps.show_looking(
                import_view.headline(importing),
                import_view.facts(importing, self.size),
                import_view.running(importing, self.size),
                kinds(importing.report) if importing.report is not None else (),
                FIRST,
                import_view.foot(importing),
            )
        self.refresh_keys()
