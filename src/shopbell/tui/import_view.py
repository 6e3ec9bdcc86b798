"""The parts of the import screen as they read at each step. Must not choose or change anything."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.geometry import Size

from shopbell.domain.importing import BatchKind, ImportBatch
from shopbell.tui import import_words
from shopbell.tui.importing import Importing
from shopbell.tui.own_keys import key_for, with_keys
from shopbell.tui.past_words import batch_line
from shopbell.tui.plain import lines, spans
from shopbell.tui.progress_words import bar
from shopbell.tui.underway import Step

_LINES_BESIDE = 15
"""Lines of the window that are not the mapping: frame, headline, counts, rows, what is promised."""


def hint(batches: Sequence[ImportBatch], zone: str) -> Content:
    """Return what stands below the files: who said no comes first, and the imports of before."""
    rows = [batch_line(one, zone) for one in batches[:3]]
    if not any(one.kind is BatchKind.DO_NOT_TEXT for one in batches):
        rows = [_first_stops(), *rows]
    return lines(*rows) if rows else spans("")


def headline(importing: Importing) -> Content:
    """Return which file it is, and what it looks like."""
    if importing.preview is None:
        return spans(("Looking at the file …", "$text-muted"))
    return import_words.headline(importing.preview, importing.report, importing.country)


def facts(importing: Importing, size: Size) -> Content:
    """Return what fills what; or what happened."""
    preview, report = importing.preview, importing.report
    if importing.step is Step.DONE and report is not None:
        return import_words.did(report)
    if preview is None:
        return spans("")
    width = max(size.width - 6, 40)
    most = max(size.height - _LINES_BESIDE, 5)
    return import_words.columns(preview, report, importing.choices, width, most)


def running(importing: Importing, size: Size) -> Content | None:
    """Return how far it is; None while nothing runs."""
    if not importing.is_busy or importing.progress is None:
        return None
    return bar(importing.progress, min(max(size.width - 32, 10), 40), importing.pace)


def foot(importing: Importing) -> str:
    """Return what is promised, or what can be done next."""
    match importing.step:
        case Step.RUNNING:
            return with_keys(
                "[import.stop] stops it: then nothing was changed. It goes on when you leave this "
                "page."
            )
        case Step.DONE if (number := importing.next_part) is not None:
            return with_keys(
                f"[import.part] goes on with part {number}. [import.undo] takes this one back. "
                "esc chooses another file."
            )
        case Step.DONE:
            return with_keys("[import.undo] takes all of it back. esc chooses another file.")
        case _:
            return import_words.promised(importing.report)


def _first_stops() -> Content:
    return spans(
        ("First ", "bold"),
        "the people who said no: ",
        (key_for("import.stops"), "bold $text-accent"),
        " brings in a do-not-text list, and no import undoes it.",
    )
