"""Reads the rows of a do-not-text list: every number in a row is stopped. Must not record anything.

Any file will do: a column of numbers, an old tool's export, or a message log, in which replies that
say stop and texts that were refused for it are the stops.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from shopbell.domain.cells import PhoneRead, numbers_in
from shopbell.domain.ids import E164
from shopbell.domain.importing import ParkedRow, TableRow
from shopbell.domain.numbers import NumberProblem
from shopbell.domain.parking import parked
from shopbell.domain.row_marks import StopColumn

_NO_NUMBER = "There is no phone number in this row. Type the number to stop, or leave the row out."


@dataclass(frozen=True, slots=True, kw_only=True)
class StopRow:
    """A row whose numbers must not be texted."""

    row: int
    numbers: tuple[E164, ...]
    """At least one."""
    why: str
    """What the file says: goes onto the stop list."""
    at: datetime | None = None
    """When the person said it, where the file tells."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PassedOver:
    """A row that is no stop."""

    row: int


ListedRow = StopRow | PassedOver | ParkedRow


class ReadsStops(Protocol):
    """Reads one row of a do-not-text list."""

    def read(self, row: int, cells: Sequence[str]) -> ListedRow:
        """Return what the row says."""
        ...


class NumberList:
    """A list of numbers: every row is a stop."""

    def __init__(self, columns: Sequence[int], country: str, why: str) -> None:
        self._columns = columns
        self._country = country.upper()
        self._why = why

    def read(self, row: int, cells: Sequence[str]) -> ListedRow:
        """Return the numbers of this row, all of them; or why there is none."""
        found = [
            one
            for column in self._columns
            if column < len(cells)
            for one in numbers_in(cells[column], self._country)
        ]
        numbers = dict.fromkeys(one.number for one in found if isinstance(one, PhoneRead))
        if numbers:
            return StopRow(row=row, numbers=tuple(numbers), why=self._why)
        problems = [one.sentence for one in found if isinstance(one, NumberProblem)]
        return parked(row, problems[0] if problems else _NO_NUMBER, cells)


class OnlyThese:
    """A list of which only some rows are stops, by a status column."""

    def __init__(self, reader: ReadsStops, column: StopColumn) -> None:
        self._reader = reader
        self._column = column

    def read(self, row: int, cells: Sequence[str]) -> ListedRow:
        """Return what the row says, if its status means stop."""
        if self._column.found(cells) is None:
            return PassedOver(row=row)
        return self._reader.read(row, cells)


def columns_with_numbers(samples: Iterable[Sequence[str]], country: str) -> tuple[int, ...]:
    """Return the columns in which any of these rows has a number."""
    found = {
        column
        for row in samples
        for column, cell in enumerate(row)
        if any(isinstance(one, PhoneRead) for one in numbers_in(cell, country))
    }
    return tuple(sorted(found))


def listed_rows(rows: Iterable[TableRow], reader: ReadsStops) -> Iterator[ListedRow]:
    """Yield one row of the list for every row of the file, in order."""
    for item in rows:
        yield item if isinstance(item, ParkedRow) else reader.read(*item)
