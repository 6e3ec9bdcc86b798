"""Reads rows out of delimited text (CSV and its relatives), whatever it was written by.

Lines come in one by one and rows go out one by one. A row whose cells can't be told apart is
parked and the rest of the file is kept. Must not open files or know what columns mean.
"""

from __future__ import annotations

import csv
import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence

from shopbell.domain.importing import ParkedRow, TableRow
from shopbell.domain.parking import parked
from shopbell.domain.text_lines import LongLine
from shopbell.errors import BadInput

LONGEST_CELL = 128 << 10
"""Characters; also the `csv` module's own limit."""
MOST_COLUMNS = 1000
MOST_LINES = 1000
"""Of one row, by line breaks inside quotes."""

_RUNAWAY_LINES = 100
_MOST_RUNAWAYS = 100
"""So many rows whose quotes swallow 100 lines and more are a broken file, not broken rows."""

DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "vertical bars"}
_SEPARATOR_LINE = re.compile(r'"?sep=([^\w\s"]|\t)"?\s*', re.I)

_BROKEN_QUOTES = (
    "The quotation marks in this row don't match, so its cells can't be told apart. "
    "Correct them in the file, or type the contact in."
)
_TOO_LONG = "This row is far too long to be one contact. Look for a missing line break in the file."
_TOO_WIDE = (
    f"This row has more than {MOST_COLUMNS:,} columns. Look for a missing line break in the file."
)


class _LongRow(Exception):
    """The row under way is longer than any row may be."""


def separator_named(line: str) -> str | None:
    """Return the delimiter that Excel's first line `sep=;` names; None for any other line."""
    found = _SEPARATOR_LINE.fullmatch(line)
    return found.group(1) if found else None


def likely_delimiter(lines: Sequence[str]) -> str:
    """Return the delimiter that gives these first lines of a file the most even columns."""
    best, most = ",", 0.0
    for delimiter in DELIMITERS:
        try:
            read = list(csv.reader(lines, delimiter=delimiter, skipinitialspace=True))
        except csv.Error:
            continue
        widths = [len(cells) for cells in read if any(map(str.strip, cells))]
        if not widths or widths[0] == 1:
            continue
        evenness = widths.count(widths[0]) / len(widths)
        if widths[0] * evenness > most:
            best, most = delimiter, widths[0] * evenness
    return best


def delimited_rows(lines: Iterable[str], delimiter: str, name: str) -> Iterator[TableRow]:
    """Yield the rows, numbered as a spreadsheet numbers them.

    Blank rows are counted but not given out. A quoted line break doesn't begin a new row.

    Raises:
        BadInput: the quotes of the whole file are broken.
    """
    feed = _Feed(lines)
    reader = csv.reader(feed, delimiter=delimiter, strict=True, skipinitialspace=True)
    taken = feed.taken
    row = 0
    runaways = 0
    while True:
        try:
            for cells in reader:
                row += 1
                if len(cells) > MOST_COLUMNS:
                    yield parked(row, _TOO_WIDE, cells)
                elif (len(taken) > 1 or len(taken[0]) > LONGEST_CELL) and _has_long_cell(cells):
                    yield parked(row, _TOO_LONG, cells)
                elif any(map(str.strip, cells)):
                    yield row, cells
                taken.clear()
        except (csv.Error, _LongRow):
            row += 1
            runaways += len(taken) > _RUNAWAY_LINES
            yield _unreadable(row, taken, delimiter)
            feed.give_back_all_but_first()
        else:
            return
        if runaways > _MOST_RUNAWAYS:
            raise BadInput(
                f'The quotation marks of "{name}" don\'t match from row {row} on.',
                "Open it in a spreadsheet, save it as CSV (UTF-8), and import that file.",
            )


def _has_long_cell(cells: Sequence[str]) -> bool:
    return max(map(len, cells)) > LONGEST_CELL


def _unreadable(row: int, taken: Sequence[str], delimiter: str) -> ParkedRow:
    """Park the row that begins with the first of these lines, its cells as well as can be told."""
    first = taken[0]
    if isinstance(first, LongLine) or len(first) > LONGEST_CELL:
        return parked(row, _TOO_LONG, (str(first),))
    cells = next(csv.reader([first], delimiter=delimiter, skipinitialspace=True))
    return parked(row, _BROKEN_QUOTES, [cell.rstrip("\r\n") for cell in cells])


class _Feed:
    """Gives lines to the csv reader and remembers those of the row under way."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.taken: list[str] = []
        self._lines = iter(lines)
        self._again: deque[str] = deque()

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else next(self._lines)
        self.taken.append(line)
        if len(self.taken) > MOST_LINES or type(line) is LongLine:
            raise _LongRow
        return line

    def give_back_all_but_first(self) -> None:
        """Let the lines after a broken row's first be read again, as rows of their own."""
        self._again.extendleft(reversed(self.taken[1:]))
        self.taken.clear()
