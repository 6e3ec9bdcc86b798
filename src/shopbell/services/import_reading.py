"""A file on its way through its reader, batch by batch, on a thread. Must not touch the store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Generic, TypeVar

from shopbell.domain import importing
from shopbell.domain.columns import map_columns
from shopbell.domain.dates import DateOrder, UnclearDate, read_birthday, read_date
from shopbell.domain.import_choices import Choices
from shopbell.domain.importing import ParkedRow, ReadRow, Target
from shopbell.domain.message_log import is_message_log
from shopbell.domain.row_marks import RowMarks
from shopbell.domain.rows import corrected, read_rows
from shopbell.errors import BadInput
from shopbell.services.tables import Table

BATCH = 500
SHOWN = 1000
"""Parked rows and remarks that a report holds; all of them are counted."""

_ASKED_ABOUT = 3

Columns = Mapping[Target, str]
"""The owner's own word on columns: field -> column name, number from 1, or letter."""

SavedColumns = Mapping[Target, tuple[int, ...]]

Row = TypeVar("Row")


@dataclass(slots=True)
class Reading(Generic[Row]):
    """A file being read."""

    table: Table
    batches: Iterator[tuple[Row, ...]]
    remarks: list[tuple[int, str]] = field(default_factory=list)

    def next(self) -> tuple[Row, ...]:
        """Return the next rows, keeping the first remarks on them; empty at the end."""
        rows = next(self.batches, ())
        if len(self.remarks) < SHOWN:
            said = ((r.row, remark) for r in rows if isinstance(r, ReadRow) for remark in r.remarks)
            self.remarks.extend(islice(said, SHOWN - len(self.remarks)))
        return rows


def mapped(
    table: Table,
    country: str,
    columns: Columns,
    saved: SavedColumns | None,
    order: DateOrder | None,
) -> importing.Mapping:
    """Return what the columns of the file fill.

    Raises:
        BadInput: no column holds phone numbers, or it is a log of messages.
    """
    if is_message_log(table.header):
        raise BadInput(
            f'"{table.name}" is a log of messages, not a list of contacts.',
            "Bring the stops in it onto the stop list: shopbell import FILE --do-not-text.",
            code="message_log",
        )
    mapping = map_columns(table.header, table.samples, country, columns, saved)
    return replace(mapping, dates=order or mapping.dates)


def contacts_in(
    table: Table, mapping: importing.Mapping, country: str, choices: Choices, zone: str
) -> Reading[ReadRow | ParkedRow]:
    """Return the rows of the file as contacts to be read.

    Raises:
        BadInput: a column that the owner named isn't there.
    """
    marks = RowMarks(table.header, choices, mapping.dates, zone)
    rows = read_rows(
        corrected(iter(table), choices.fixed) if choices.fixed else iter(table),
        mapping,
        country,
        f"import:{table.name}",
        marks if marks.are_possible else None,
    )
    return Reading(table, in_batches(rows))


def unclear_dates(table: Table, mapping: importing.Mapping, choices: Choices) -> tuple[str, ...]:
    """Return sentences about dates of the first rows that can be read in several ways."""
    columns = [(column, read_birthday) for column in mapping.columns.get(Target.BIRTHDAY, ())]
    dates = RowMarks(table.header, choices, mapping.dates, "UTC").date_columns
    found = [
        read.sentence
        for row in table.samples
        for column, reader in (*columns, *((column, read_date) for column in dates))
        if column < len(row) and isinstance(read := reader(row[column], mapping.dates), UnclearDate)
    ]
    return tuple(dict.fromkeys(found))[:_ASKED_ABOUT]


def in_batches(rows: Iterable[Row]) -> Iterator[tuple[Row, ...]]:
    """Yield the rows so many at a time."""
    rows = iter(rows)
    while batch := tuple(islice(rows, BATCH)):
        yield batch
