"""Brings in people from a file: choose, look, answer, go, see. Must not read the file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message

from shopbell.domain.importing import BatchKind, ImportBatch
from shopbell.domain.row_marks import DATE_ORDER
from shopbell.services.desk import Changed
from shopbell.services.import_reading import MESSAGE_LOG, WRITING
from shopbell.services.reading import Origin
from shopbell.services.shop import Shop
from shopbell.tui import import_words
from shopbell.tui.commands import Scope, bindings
from shopbell.tui.file_picker import FilePicker
from shopbell.tui.file_steps import FileSteps
from shopbell.tui.frame import Asked, FrameScreen, Situation
from shopbell.tui.import_questions import ImportQuestions
from shopbell.tui.import_rows import FIRST, ImportLine, kinds, lines_of
from shopbell.tui.importing import Importing
from shopbell.tui.past_words import batch_line
from shopbell.tui.plain import lines, spans
from shopbell.tui.progress_words import bar
from shopbell.tui.rows import Rows
from shopbell.tui.screens.take_back import take_back
from shopbell.tui.underway import Step
from shopbell.tui.work import start

_LINES_BESIDE = 15
"""Lines of the window that are not the mapping: frame, headline, counts, rows, what is promised."""

_TITLE = spans(
    ("Bring in people", "bold"), ("   CSV, TSV, Excel (XLSX), contact cards (VCF)", "$text-muted")
)
_FIRST_STOPS = spans(
    ("First ", "bold"), "the people who said no: ", ("n", "bold $text-accent"),
    " brings in a do-not-text list, and no import undoes it.",
)  # fmt: skip


class ImportScreen(FrameScreen):
    """The import of this session, wherever it is."""

    scope = Scope.IMPORT
    place = "import"
    shows = frozenset({Changed.PEOPLE})
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
        self._importing.on_change = self._show
        self._show()
        self.load()

    def on_unmount(self) -> None:
        """It goes on without this screen."""
        self._importing.on_change = lambda: None

    def on_resize(self) -> None:
        """Show as much of the mapping as there is room for."""
        self._show()

    def load(self) -> None:
        """Read the imports of before."""
        start(self, self._past, "past")

    def why_not(self, id_: str) -> str:
        """What is possible depends on how far it is."""
        importing, step = self._importing, self._importing.step
        match id_.rpartition(".")[2]:
            case "choose" | "paste" if step is not Step.CHOOSING:
                return "A file is chosen already."
            case "stops" | "past" if importing.is_busy:
                return "Wait until it is done, or stop it."
            case "go" if step is not Step.LOOKED:
                return "Choose a file first, and wait until it was looked at."
            case "go" if not self._changes_something():
                return "Nothing in this file would change anything."
            case "columns" | "permission" | "dates" if not self._can_be_asked():
                return "Choose a file first."
            case "dates" if not self._asks_for_dates():
                return "No date of the first rows is unclear."
            case "fresh" if not (self._can_be_asked() and self._is_saved()):
                return "It is read afresh."
            case "fix" if step is not Step.LOOKED or self._parked() is None:
                return "Only a row that needs a look is corrected."
            case "others" | "back_others" if step is Step.CHOOSING or not self._steps.can_turn:
                return "There are no other rows."
            case "undo" if self._batch() is None:
                return "Nothing was imported here."
            case "stop" if not importing.is_busy:
                return "Nothing is running."
            case "stop" if importing.progress is not None and importing.progress.step == WRITING:
                return "It is being written all at once. Afterwards u takes it back."
            case _:
                return ""

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

    async def do_fix(self) -> None:
        """Correct the row under the cursor."""
        if (line := self._parked()) is not None:
            await self._questions.fix(line)

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
        """Enter corrects a row that needs a look."""
        if not self.why_not("import.fix"):
            await self.do_fix()

    def on_tally_turned(self) -> None:
        """Other rows have other keys."""
        self.refresh_keys()

    def on_rows_highlighted(self) -> None:
        """Other rows have other keys."""
        self.refresh_keys()

    @property
    def _steps(self) -> FileSteps:
        return self.query_one(FileSteps)

    def _parked(self) -> ImportLine | None:
        line = self._steps.line
        return line if line is not None and line.parked is not None else None

    def _batch(self) -> ImportBatch | None:
        report = self._importing.report
        if self._importing.step is not Step.DONE or report is None:
            return None
        return next((one for one in self._batches if one.id == report.batch_id), None)

    def _can_be_asked(self) -> bool:
        importing = self._importing
        return importing.step in {Step.LOOKED, Step.FAILED} and importing.preview is not None

    def _asks_for_dates(self) -> bool:
        importing = self._importing
        unclear = importing.preview is not None and importing.preview.unclear_dates
        is_asked = importing.error is not None and importing.error.code == DATE_ORDER
        return bool(unclear or is_asked or importing.choices.date_order)

    def _is_saved(self) -> bool:
        preview = self._importing.preview
        return preview is not None and preview.saved

    def _changes_something(self) -> bool:
        report = self._importing.report
        if report is None:
            return False
        done = report.consents
        return bool(
            report.counts.new + report.counts.updated + done.granted + done.claimed + done.stopped
        )

    def _lines(self, kind: str) -> Sequence[ImportLine]:
        report = self._importing.report
        return lines_of(report, kind) if report is not None else ()

    async def _past(self) -> None:
        found = await self.ask(self._shop.imports.history(), "Looking", "Press 4 to try again.")
        if found is not None:
            self._batches = found
            self._show()

    def _show(self) -> None:
        importing, steps = self._importing, self._steps
        if importing.step is Step.FAILED and importing.error is not None:
            error = importing.error
            self.query_one(Situation).say(error.message, import_words.what_next(error), sign="!")
        else:
            self.query_one(Situation).hush()
        if importing.step is Step.CHOOSING:
            steps.show_choosing(self._hint())
        else:
            steps.show_looking(
                self._headline(),
                self._facts(),
                self._bar(),
                kinds(importing.report) if importing.report is not None else (),
                FIRST,
                self._foot(),
            )
        self.refresh_keys()

    def _hint(self) -> Content:
        zone = self._shop.profile.zone
        rows = [batch_line(one, zone) for one in self._batches[:3]]
        if not any(one.kind is BatchKind.DO_NOT_TEXT for one in self._batches):
            rows = [_FIRST_STOPS, *rows]
        return lines(*rows) if rows else spans("")

    def _headline(self) -> Content:
        importing = self._importing
        if importing.preview is None:
            return spans(("Looking at the file …", "$text-muted"))
        return import_words.headline(importing.preview, importing.report)

    def _facts(self) -> Content:
        importing = self._importing
        preview, report = importing.preview, importing.report
        if importing.step is Step.DONE and report is not None:
            return import_words.did(report)
        if preview is None:
            return spans("")
        width = max(self.size.width - 6, 40)
        most = max(self.size.height - _LINES_BESIDE, 5)
        return import_words.columns(preview, report, importing.choices, width, most)

    def _bar(self) -> Content | None:
        importing = self._importing
        if not importing.is_busy or importing.progress is None:
            return None
        return bar(importing.progress, min(max(self.size.width - 32, 10), 40), importing.pace)

    def _foot(self) -> str:
        importing = self._importing
        match importing.step:
            case Step.RUNNING:
                return "x stops it: then nothing was changed. It goes on when you leave this page."
            case Step.DONE:
                return "u takes all of it back. esc chooses another file."
            case _:
                return import_words.promised(importing.report)
