"""The rows of an import as lines of a list, kind by kind. Must not count: reports have counted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from textual.content import Content

from shopbell.domain.importing import (
    FieldChange,
    ImportReport,
    ParkedRow,
    RowFate,
    RowPreview,
    StopReport,
)
from shopbell.domain.people import masked
from shopbell.tui.plain import cell, lines, spans
from shopbell.tui.rows import Drawn, Ink
from shopbell.tui.tally import Count


class Kind(StrEnum):
    """What becomes of a row, as the owner looks through them."""

    NEW = "new"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    DUPLICATES = "duplicates"
    SUPPRESSED = "suppressed"
    PARKED = "parked"
    OURS = "ours"
    REPAIRED = "repaired"
    STOPPED = "stopped"
    ALREADY = "already"
    PASSED_OVER = "passed_over"


FIRST = (Kind.PARKED, Kind.UPDATED, Kind.NEW, Kind.STOPPED)
"""Which rows are shown first: those that need a person, then what would change."""

_MOST_CHANGES = 7
_WHY = {
    Kind.NEW: "This person is added.",
    Kind.UNCHANGED: "All that the file says is known already.",
    Kind.DUPLICATES: "An earlier row has the same number: they become one, and all names are kept.",
    Kind.SUPPRESSED: "This number said stop. It is neither added nor changed, and stays off.",
    Kind.STOPPED: "Nobody texts this number any more.",
}
_UNNAMED = dict.fromkeys((Kind.STOPPED, Kind.ALREADY), "nobody on file")
"""In a list of stops the names are those of contacts."""
FIELD_NAMES = {"zone": "time zone", "region": "place", "email": "e-mail"}
"""What a field is called on the screen, where that is not its own name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportLine:
    """One line of the list."""

    kind: Kind
    row: int
    """As a spreadsheet counts; 0 for the line that says how many more there are."""
    said: str
    number: str = ""
    parked: ParkedRow | None = None
    changes: tuple[FieldChange, ...] = ()
    kept: tuple[FieldChange, ...] = ()
    """What stays as the shop has it by the owner's word."""


def kinds(report: ImportReport) -> tuple[Count, ...]:
    """Return how many rows there are of each kind; those of fates add up to the rows read."""
    c = report.counts
    return _counts(
        (Kind.NEW, c.new, "new"),
        (Kind.UPDATED, c.updated, "changed"),
        (Kind.UNCHANGED, c.unchanged, "as before"),
        (Kind.DUPLICATES, c.duplicates, "double"),
        (Kind.SUPPRESSED, c.suppressed, "said stop: stay off"),
        (Kind.PARKED, c.parked, "need a look"),
        (Kind.OURS, report.ours_count, "with yours kept"),
        (Kind.REPAIRED, len(report.remarks), "remarks"),
    )


def stop_kinds(report: StopReport) -> tuple[Count, ...]:
    """Return the same for a do-not-text list."""
    c = report.counts
    return _counts(
        (Kind.STOPPED, c.stopped, "will stop" if report.batch_id is None else "stopped"),
        (Kind.ALREADY, c.already, "on the list before"),
        (Kind.DUPLICATES, c.duplicates, "double"),
        (Kind.PASSED_OVER, c.passed_over, "no stop"),
        (Kind.PARKED, c.parked, "need a look"),
    )


def lines_of(report: ImportReport, kind: str) -> tuple[ImportLine, ...]:
    """Return the rows of one kind, and after them how many more there are."""
    if kind == Kind.PARKED:
        return parked_lines(report.parked, report.counts.parked)
    if kind == Kind.REPAIRED:
        return tuple(
            ImportLine(kind=Kind.REPAIRED, row=row, said=remark) for row, remark in report.remarks
        )
    if kind == Kind.OURS:
        return _named(report.ours, Kind.OURS, report.ours_count)
    if kind not in set(RowFate):
        return ()
    counts = {count.id: count.count for count in kinds(report)}
    return _named(report.rows.get(RowFate(kind), ()), Kind(kind), counts.get(kind, 0))


def stop_lines_of(report: StopReport, kind: str) -> tuple[ImportLine, ...]:
    """Return the same for a do-not-text list; only some kinds have rows to show."""
    if kind == Kind.PARKED:
        return parked_lines(report.parked, report.counts.parked)
    if kind == Kind.STOPPED:
        return _named(report.rows, Kind.STOPPED, report.numbers)
    return ()


def draw(line: ImportLine, width: int) -> Drawn:
    """Draw one line: its row, who it is or why it needs a look, and what the row says."""
    if not line.row:
        return ((cell(line.said, width), Ink.MUTED),)
    at = (cell(f"row {line.row:,}", 11), Ink.MUTED)
    if line.parked is not None:
        said = min(max(width - 34, 20), 64)
        cells = " · ".join(filter(None, line.parked.cells))
        return (
            at,
            (cell(line.said, said) + "  ", Ink.PLAIN),
            (cell(cells, max(width - said - 13, 4)), Ink.MUTED),
        )
    if not line.number:
        return at, (cell(line.said, max(width - 11, 4)), Ink.PLAIN)
    name = min(max(width - 11 - 10, 10), 34)
    ink = Ink.PLAIN if line.said else Ink.MUTED
    return (
        at,
        (cell(line.said or _UNNAMED.get(line.kind, "No name"), name) + "  ", ink),
        (masked(line.number) + "  ", Ink.MUTED),
        (cell(_summed_up(line), max(width - name - 21, 4)), Ink.PLAIN),
    )


def detail(line: ImportLine) -> Content:
    """Return all there is to say about the line under the cursor."""
    if line.parked is not None:
        said = " · ".join(filter(None, line.parked.cells)) or "an empty row"
        return lines(spans((line.said, "bold")), spans((said, "$text-muted"), one_line=True))
    if line.changes or line.kept:
        each = [*map(_change, line.changes), *map(_left, line.kept)]
        return lines(*each[:_MOST_CHANGES])
    return spans((_WHY.get(line.kind, line.said if line.row else ""), "$text-muted"))


def _counts(*counts: tuple[Kind, int, str]) -> tuple[Count, ...]:
    return tuple(Count(id=kind, count=count, words=words) for kind, count, words in counts)


def parked_lines(rows: Sequence[ParkedRow], count: int) -> tuple[ImportLine, ...]:
    """Return parked rows, and after them how many more there are."""
    shown = (ImportLine(kind=Kind.PARKED, row=r.row, said=r.reason, parked=r) for r in rows)
    return (*shown, *_more(Kind.PARKED, count - len(rows)))


def _named(rows: Sequence[RowPreview], kind: Kind, count: int) -> tuple[ImportLine, ...]:
    shown = (
        ImportLine(
            kind=kind, row=r.row, said=r.name, number=r.number, changes=r.changes, kept=r.kept
        )
        for r in rows
    )
    return (*shown, *_more(kind, count - len(rows)))


def _more(kind: Kind, count: int) -> Iterable[ImportLine]:
    if count > 0:
        yield ImportLine(kind=kind, row=0, said=f"… and {count:,} more like these")


def _summed_up(line: ImportLine) -> str:
    changed = ", ".join(FIELD_NAMES.get(one.field, one.field) for one in line.changes)
    kept = ", ".join(FIELD_NAMES.get(one.field, one.field) for one in line.kept)
    return " · ".join(filter(None, (kept and f"yours: {kept}", changed)))


def _change(one: FieldChange) -> Content:
    field = cell(FIELD_NAMES.get(one.field, one.field), 10)
    if not one.old:
        return spans((field, "$text-muted"), ("+ ", "$text-success"), one.new, one_line=True)
    return spans(
        (field, "$text-muted"), one.old, (" → ", "$text-accent"), (one.new, "bold"), one_line=True
    )


def _left(one: FieldChange) -> Content:
    return spans(
        (cell(FIELD_NAMES.get(one.field, one.field), 10), "$text-muted"),
        (one.old, "bold"),
        ("  stays; the file says  ", "$text-muted"),
        one.new,
        one_line=True,
    )
