"""Brings in the people who said no: from any file, a message log, or typed. Must not read it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content

from shopbell.domain.columns import column_called, word_for
from shopbell.domain.consent_columns import consent_columns, likely_stops
from shopbell.domain.import_choices import StopRule
from shopbell.domain.importing import ParkedRow, StopReport
from shopbell.services.pasted import Pasted
from shopbell.tui import stop_words
from shopbell.tui.commands import Scope, bindings
from shopbell.tui.file_picker import FilePicker
from shopbell.tui.file_screen import FileScreen
from shopbell.tui.file_steps import FileSteps
from shopbell.tui.frame import Situation
from shopbell.tui.import_rows import FIRST, ImportLine, stop_kinds, stop_lines_of
from shopbell.tui.own_keys import key_for, with_keys
from shopbell.tui.plain import lines, spans
from shopbell.tui.progress_words import bar
from shopbell.tui.rows import Rows
from shopbell.tui.screens.ask_country import AskCountry
from shopbell.tui.screens.choose_column import NO_COLUMN, ChooseColumn
from shopbell.tui.screens.fix_row import FixRow
from shopbell.tui.screens.paste import Paste
from shopbell.tui.screens.status_words import StatusWords
from shopbell.tui.stop_listing import StopListing
from shopbell.tui.underway import Step

_TITLE = spans(
    ("The people who said no", "bold"),
    ("   any list of numbers, or a Twilio message log", "$text-muted"),
)


class StopListScreen(FileScreen):
    """The do-not-text list of this session, wherever it is."""

    scope = Scope.STOPS
    place = "import"
    needs_look = frozenset({"go", "column", "only", "country", "fix", "others", "part"})
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Scope.STOPS)]

    def __init__(self, listing: StopListing, folder: Path, country: str) -> None:
        """Make the screen.

        Args:
            listing: the list of this session; it goes on when the screen is left.
            folder: where to look for files first.
            country: the shop's own.
        """
        super().__init__()
        self._country = country
        self._listing = listing
        self._folder = folder

    def work(self) -> ComposeResult:
        """Lay out choosing a file, and looking at one."""
        yield FileSteps(_TITLE, self._folder, self._lines)

    def on_mount(self) -> None:
        """Show the list as it is."""
        self._listing.watched_by(self._show)
        self._show()

    def on_unmount(self) -> None:
        """It goes on without this screen."""
        self._listing.left_by(self._show)

    @property
    def job(self) -> StopListing:
        """The list of this session."""
        return self._listing

    @property
    def has_result(self) -> bool:
        """Whether the list was looked at before."""
        return self._listing.report is not None

    def why_not_unseen(self) -> str:
        """A stop is never taken back."""
        if self._listing.step is not Step.LOOKED:
            return ""
        return with_keys("See first whom it stops: that is for good. [stops.go] stops them.")

    def why_not(self, id_: str) -> str:
        """What is possible depends on how far it is."""
        listing = self._listing
        is_looked_at = listing.step is Step.LOOKED and listing.report is not None
        match id_.rpartition(".")[2]:
            case "choose" | "paste" if listing.step is not Step.CHOOSING:
                return "A file is chosen already."
            case "go" | "column" | "only" | "country" if listing.step is Step.LOOKING:
                return "It is still being looked at. Wait a moment."
            case "go" if not is_looked_at:
                return "Choose a file first, and wait until it was looked at."
            case "go" if listing.report is not None and not listing.report.numbers:
                return "All these numbers are on the list already."
            case "country" if listing.step not in {Step.LOOKED, Step.FAILED}:
                return "Choose a file first."
            case "column" | "only" if not is_looked_at:
                return "Choose a file first."
            case "fix" if not (is_looked_at and self._parked() is not None):
                return "Only a row that needs a look is corrected."
            case "others" | "back_others" if not self._can_turn():
                return "There are no other rows."
            case "part":
                return listing.why_no_part()
            case "stop" if not listing.is_busy:
                return "Nothing is running."
            case _:
                return ""

    def do_choose(self) -> None:
        """Open the entry under the cursor."""
        self._steps.choose()

    def do_paste(self) -> None:
        """Take numbers that are typed or pasted."""

        def typed(text: str | None) -> None:
            if text is not None:
                self._listing.open(Pasted(text=text, name="typed numbers"))

        facts = "One number on each line; a name beside it does no harm."
        self.app.push_screen(Paste("Who said no?", facts), typed)

    def do_go(self) -> None:
        """Stop them."""
        self._listing.go()

    def do_stop(self) -> None:
        """Stop reading; nothing will have changed."""
        if self._listing.step is Step.LOOKING:
            self._listing.forget()
        else:
            self._listing.stop()

    def do_column(self) -> None:
        """Say in which column the numbers are."""
        report = self._listing.report

        def chosen(column: int | None) -> None:
            if column is not None:
                self._listing.choose_column(column)

        if report is not None:
            box = ChooseColumn(
                "In which column are the numbers?",
                "Every number in it is stopped, also several in one cell.",
                report.header,
                report.samples,
                first=report.columns,
            )
            self.app.push_screen(box, chosen)

    def do_country(self) -> None:
        """Say of which country numbers without a country code are."""
        listing = self._listing

        def chosen(country: str | None) -> None:
            if country is not None and country != (listing.country or self._country):
                listing.choose_country(country)

        self.app.push_screen(AskCountry(listing.country or self._country, self._country), chosen)

    def do_only(self) -> None:
        """Count only rows with a certain status."""
        report = self._listing.report

        def chosen(column: int | None) -> None:
            if column == NO_COLUMN:
                self._listing.choose_rows(None)
            elif column is not None and report is not None:
                self.call_later(self._ask_words, report, column)

        if report is not None:
            box = ChooseColumn(
                "Which rows count?",
                "Choose the column that says who stopped, or count every row.",
                report.header,
                report.samples,
                first=consent_columns(report.header),
                without="Every row is somebody who said no",
            )
            self.app.push_screen(box, chosen)

    def do_fix(self) -> None:
        """Correct the row under the cursor."""
        report, line = self._listing.report, self._parked()
        if report is None or line is None or line.parked is None:
            return
        parked = line.parked

        def recheck(row: int, cells: Sequence[str]) -> ParkedRow | None:
            return self._listing.recheck(row, cells)

        def fixed(cells: tuple[str, ...] | None) -> None:
            if cells is not None:
                self._listing.fix(parked.row, cells)

        self.app.push_screen(FixRow(parked, report.header, report.columns, recheck), fixed)

    def do_others(self) -> None:
        """Show the next kind of rows."""
        self._steps.turn(1)

    def do_back_others(self) -> None:
        """Show the kind of rows before."""
        self._steps.turn(-1)

    def do_back(self) -> None:
        """Go back to choosing; a list that is being written is left at it."""
        if self._listing.step in {Step.CHOOSING, Step.RUNNING}:
            self.post_message(self.Left())
        else:
            self._listing.forget()

    def on_file_picker_picked(self, event: FilePicker.Picked) -> None:
        """Look at the file."""
        self._listing.open(event.path)

    def on_rows_opened(self, _event: Rows.Opened) -> None:
        """Enter corrects a row that needs a look."""
        if not self.why_not("stops.fix"):
            self.do_fix()

    def on_tally_turned(self) -> None:
        """Other rows have other keys."""
        self.refresh_keys()

    def on_rows_highlighted(self) -> None:
        """Other rows have other keys."""
        self.refresh_keys()

    @property
    def _steps(self) -> FileSteps:
        return self.query_one(FileSteps)

    def _can_turn(self) -> bool:
        return self._listing.step is not Step.CHOOSING and self._steps.can_turn

    def _parked(self) -> ImportLine | None:
        line = self._steps.line
        return line if line is not None and line.parked is not None else None

    def _ask_words(self, report: StopReport, column: int) -> None:
        words = report.said.get(column)
        said = [word for word, _ in words.words] if words is not None else []
        only = self._listing.only
        is_same = only is not None and column_called(only.column, report.header) == column
        before = only.values if only is not None and is_same else likely_stops(said)

        def chosen(values: tuple[str, ...] | None) -> None:
            if values is not None:
                rule = StopRule(column=word_for(column, report.header), values=values)
                self._listing.choose_rows(rule)

        self.app.push_screen(StatusWords(report.header, column, before, words), chosen)

    def _lines(self, kind: str) -> Sequence[ImportLine]:
        report = self._listing.report
        return stop_lines_of(report, kind) if report is not None else ()

    def _show(self) -> None:
        listing, report, steps = self._listing, self._listing.report, self._steps
        if listing.step is Step.FAILED and listing.error is not None:
            error = listing.error
            hint = stop_words.what_next(error)
            self.query_one(Situation).say(error.message, hint, sign="!")
        else:
            self.query_one(Situation).hush()
        if listing.step is Step.CHOOSING:
            steps.show_choosing(_hint())
        else:
            steps.show_looking(
                spans(("Looking …", "$text-muted"))
                if report is None
                else stop_words.headline(report, listing.country),
                self._facts(),
                self._bar(),
                stop_kinds(report) if report is not None else (),
                FIRST,
                stop_words.afterwards(listing.part, listing.next_part)
                if listing.step is Step.DONE
                else stop_words.FOR_EVER,
            )
        self.refresh_keys()

    def _facts(self) -> Content:
        listing, report = self._listing, self._listing.report
        if report is None:
            return spans("")
        if listing.step is Step.DONE:
            return stop_words.did(report)
        return stop_words.facts(report, listing.only, max(self.size.width - 6, 40))

    def _bar(self) -> Content | None:
        listing = self._listing
        if not listing.is_busy or listing.progress is None:
            return None
        return bar(listing.progress, min(max(self.size.width - 32, 10), 40), listing.pace)


def _hint() -> Content:
    return lines(
        spans(
            (key_for("stops.paste"), "bold $text-accent"),
            " types or pastes numbers, one on each line.",
        ),
        spans((stop_words.FOR_EVER, "$text-muted")),
    )
