"""A file on its way through its reader, batch by batch, on a thread. Must not touch the store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Generic, TypeVar

from shopbell.domain import importing
from shopbell.domain.column_words import WordCount
from shopbell.domain.columns import Word, map_columns
from shopbell.domain.dates import DateOrder, UnclearDate, read_birthday, read_date
from shopbell.domain.file_parts import FilePart
from shopbell.domain.import_choices import Choices
from shopbell.domain.importing import ParkedRow, ReadRow, TableRow, Target
from shopbell.domain.message_log import is_message_log
from shopbell.domain.progress import Progress
from shopbell.domain.row_marks import RowMarks
from shopbell.domain.rows import corrected, read_rows
from shopbell.errors import BadInput
from shopbell.services.tables import Table

BATCH = 500
SHOWN = 1000
"""Parked rows and remarks that a report holds; all of them are counted."""

MOST_ROWS = 500_000
"""Of one import: until they are written, all of them are held in memory, about 0.5 KB each."""

_ENOUGH_TO_TELL = 20_000
"""Rows after which the size of a table says how many there will be, roughly."""
_ROUGHLY = 2
_PASSED_AT_A_TIME = 5_000

_SPLIT = "Split it into several files, and bring them in one after the other."
_IN_PARTS = (
    "Bring it in by {:,} rows: shopbell import FILE{} --part 1, then --part 2, and so on. "
    "Or split it into several files."
)

MESSAGE_LOG = "message_log"
"""The code of the error: the file holds texts, not contacts."""

TOO_MANY_ROWS = "too_many_rows"

READING, WRITING = "reading rows", "writing contacts"
"""The steps of an import. It can be stopped while it reads; it writes all of it at once."""

_ASKED_ABOUT = 3

Columns = Mapping[Target, Word]
"""The owner's own word on columns: field -> column name, number from 1, or letter; or indexes."""

SavedColumns = Mapping[Target, tuple[int, ...]]

Row = TypeVar("Row")


@dataclass(slots=True)
class Reading(Generic[Row]):
    """A file being read."""

    table: Table
    batches: Iterator[tuple[Row, ...]]
    words: WordCount = field(default_factory=lambda: WordCount(()))
    """What the columns about consent or status said so far."""
    remarks: list[tuple[int, str]] = field(default_factory=list)
    rows: int = 0
    """Read so far."""
    part: int | None = None
    """The part of the file that is wanted, from 1; None: all of it."""
    passing: Iterator[object] = field(default_factory=lambda: iter(()))
    """The rows themselves, of which those outside of the part are passed over."""
    hint: str = _SPLIT
    """What to do about too many rows."""
    _in_part: int = 0

    @property
    def progress(self) -> Progress:
        """How far it is, in bytes of the file."""
        done, total = self.table.bytes_read, self.table.size
        return Progress(step=READING, done=done, total=total, items=self.rows)

    @property
    def notes(self) -> tuple[str, ...]:
        """What is worth saying about how it was read."""
        part = self.which
        return self.table.notes if part is None else (*self.table.notes, part.told)

    @property
    def which(self) -> FilePart | None:
        """Which part it was, once it was read to its end; None: all of the file."""
        if self.part is None:
            return None
        return FilePart(number=self.part, rows=self.rows, most=MOST_ROWS)

    def next(self) -> tuple[Row, ...] | None:
        """Return the next rows, keeping the first remarks on them; None at the end.

        No rows means that some were passed over which are not of the part that is wanted.

        Raises:
            BadInput: there are more than `MOST_ROWS`, or there is no such part.
        """
        if self._pass_over(self._before):
            return ()
        rows = next(self.batches, ())
        if not rows:
            if self._pass_over(_PASSED_AT_A_TIME):
                return ()
            self._refuse_no_part()
            return None
        self.rows += len(rows)
        self._in_part += len(rows)
        self._refuse_too_many()
        if len(self.remarks) < SHOWN:
            said = ((r.row, remark) for r in rows if isinstance(r, ReadRow) for remark in r.remarks)
            self.remarks.extend(islice(said, SHOWN - len(self.remarks)))
        return rows

    @property
    def _before(self) -> int:
        """How many rows are still to be passed over before the part."""
        return 0 if self.part is None else max((self.part - 1) * MOST_ROWS - self.rows, 0)

    def _pass_over(self, most: int) -> bool:
        passed = sum(1 for _ in islice(self.passing, min(most, _PASSED_AT_A_TIME)))
        self.rows += passed
        return passed > 0

    def _refuse_no_part(self) -> None:
        if self.part is None or self._in_part:
            return
        parts = -(-self.rows // MOST_ROWS)
        last = "one part only" if parts == 1 else f"{parts} parts"
        raise BadInput(
            f'"{self.table.name}" has no part {self.part}: its {self.rows:,} rows are {last}.',
            "Nothing was changed.",
            code="no_part",
        )

    def _refuse_too_many(self) -> None:
        if self.part is not None:
            return
        rows = self.rows
        if self.table.delimiter and rows >= _ENOUGH_TO_TELL and self.table.bytes_read:
            rows = max(rows, self.rows * self.table.size // self.table.bytes_read // _ROUGHLY)
        if rows > MOST_ROWS:
            raise BadInput(
                f'"{self.table.name}" has more than {MOST_ROWS:,} rows: too many to bring in at '
                "once. Nothing was changed.",
                self.hint,
                code=TOO_MANY_ROWS,
            )


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
            code=MESSAGE_LOG,
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
    words = WordCount(mapping.consent_columns)
    every = iter(table)
    rows = read_rows(
        rows_of(part_of(every, choices.part), choices.fixed, words),
        mapping,
        country,
        f"import:{table.name}",
        marks if marks.are_possible else None,
    )
    if choices.part is None:
        return Reading(table, in_batches(rows), words, hint=in_parts())
    return Reading(table, in_batches(rows), words, part=choices.part, passing=every)


def part_of(rows: Iterator[TableRow], part: int | None) -> Iterator[TableRow]:
    """Return the rows of one import: all of them, or those that a part may have."""
    return rows if part is None else islice(rows, MOST_ROWS)


def in_parts(option: str = "") -> str:
    """Return how a file that is too long comes in; `option`: what the command needs besides."""
    return _IN_PARTS.format(MOST_ROWS, option)


def rows_of(
    table: Iterable[TableRow], fixed: Mapping[int, Sequence[str]], words: WordCount
) -> Iterator[TableRow]:
    """Yield the rows, corrected by the owner, and count what they say on the way."""
    for row in corrected(iter(table), fixed) if fixed else table:
        if not isinstance(row, ParkedRow):
            words.count(row[1])
        yield row


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
