"""What can be done with an import now, and why not what cannot. Must not do it."""

from __future__ import annotations

from dataclasses import dataclass

from shopbell.domain.row_marks import DATE_ORDER
from shopbell.services.import_reading import WRITING
from shopbell.tui.import_rows import ImportLine
from shopbell.tui.importing import Importing
from shopbell.tui.own_keys import with_keys
from shopbell.tui.screens.ours_or_theirs import clashes_of
from shopbell.tui.underway import Step


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What the screen of an import shows at the moment."""

    line: ImportLine | None
    """The row under the cursor."""
    can_turn: bool
    """Whether there are rows of another kind."""
    can_be_undone: bool
    """Whether the import that was just made is in the history."""


def why_not(importing: Importing, name: str, around: Around) -> str:
    """Return why the command of this name is not possible now, or "" when it is."""
    step = importing.step
    match name:
        case "choose" | "paste" if step is not Step.CHOOSING:
            return "A file is chosen already."
        case "go" | "columns" | "permission" | "dates" | "country" if step is Step.LOOKING:
            return "It is still being looked at. Wait a moment."
        case "stops" | "past" if importing.is_busy:
            return "Wait until it is done, or stop it."
        case "go" if step is not Step.LOOKED:
            return "Choose a file first, and wait until it was looked at."
        case "go" if not _changes_something(importing):
            return "Nothing in this file would change anything."
        case "columns" | "permission" | "dates" if not _can_be_asked(importing):
            return "Choose a file first."
        case "country" if step not in {Step.LOOKED, Step.FAILED}:
            return "Choose a file first."
        case "dates" if not _asks_for_dates(importing):
            return "No date of the first rows is unclear."
        case "fresh" if not (_can_be_asked(importing) and _is_saved(importing)):
            return "It is read afresh."
        case "fix" if step is not Step.LOOKED or not _is_parked(around.line):
            return "Only a row that needs a look is corrected."
        case "ours" if step is not Step.LOOKED or not _clashes(around.line):
            return "Only where shop and file say different things about somebody."
        case "others" | "back_others" if step is Step.CHOOSING or not around.can_turn:
            return "There are no other rows."
        case "part":
            return importing.why_no_part()
        case "undo" if not around.can_be_undone:
            return "Nothing was imported here."
        case "stop" if not importing.is_busy:
            return "Nothing is running."
        case "stop" if importing.progress is not None and importing.progress.step == WRITING:
            return with_keys(
                "It is being written all at once. Afterwards [import.undo] takes it back."
            )
        case _:
            return ""


def _is_parked(line: ImportLine | None) -> bool:
    return line is not None and line.parked is not None


def _clashes(line: ImportLine | None) -> bool:
    return line is not None and bool(clashes_of(line.changes, line.kept))


def _can_be_asked(importing: Importing) -> bool:
    return importing.step in {Step.LOOKED, Step.FAILED} and importing.preview is not None


def _asks_for_dates(importing: Importing) -> bool:
    unclear = importing.preview is not None and importing.preview.unclear_dates
    is_asked = importing.error is not None and importing.error.code == DATE_ORDER
    return bool(unclear or is_asked or importing.choices.date_order)


def _is_saved(importing: Importing) -> bool:
    return importing.preview is not None and importing.preview.saved


def _changes_something(importing: Importing) -> bool:
    report = importing.report
    if report is None:
        return False
    done = report.consents
    return bool(
        report.counts.new + report.counts.updated + done.granted + done.claimed + done.stopped
    )
