"""Turns the rows of a file into contacts to add and rows to look at. Nothing is dropped silently.

As many rows come out as go in. Must not create consent, look up contacts, or keep rows in memory;
it remembers only which numbers it has seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Mapping as Table
from dataclasses import replace

from shopbell.domain.cells import PhoneRead, read_phone, text_in
from shopbell.domain.dates import UnclearDate, read_birthday
from shopbell.domain.importing import Mapping, ParkedRow, ReadRow, TableRow, Target
from shopbell.domain.numbers import NumberProblem
from shopbell.domain.parking import parked, storable
from shopbell.domain.people import ContactDraft
from shopbell.domain.phone_choice import choose_phone
from shopbell.domain.places import region_in
from shopbell.domain.row_marks import RowMarks

LONGEST_NAME = 200
LONGEST_NOTE = 4000
LONGEST_EMAIL = 254
"""RFC 5321: 256 octets with the angle brackets."""
LONGEST_TAG = 60
MOST_TAGS = 50

_LONGEST_SAID = 60
_ANY_PART_OF_A_DATE = re.compile(r"[^\W_0]")
"""Outlook writes 0/0/00 where no birthday is known."""

_QUOTED_TAG = re.compile(r'^"([^"]*)"$')
"""Mailchimp puts each tag into quotation marks of its own."""
_BETWEEN_TAGS = re.compile(r"\s*(?::::|[,;|\n])\s*")


def read_rows(
    rows: Iterable[TableRow],
    mapping: Mapping,
    country: str,
    source: str,
    marks: RowMarks | None = None,
) -> Iterator[ReadRow | ParkedRow]:
    """Yield one `ReadRow` or `ParkedRow` for every row, in order.

    Args:
        rows: from a file, or parked already because their cells could not be told apart.
        mapping: what the columns mean, from `columns.map_columns`.
        country: ISO alpha-2 of the shop, for numbers without a country code.
        source: goes into every draft, for example "import:customers.csv".
        marks: reads what the rows say about permission; None where the owner named nothing.

    Raises:
        BadInput: `marks` met a date that can be read in several ways.
    """
    reader = RowReader(mapping, country, source)
    seen: dict[int, int] = {}
    for item in rows:
        if isinstance(item, ParkedRow):
            yield item
            continue
        row, cells = item
        read = reader.read(row, cells)
        if isinstance(read, ReadRow):
            first = seen.setdefault(int(read.draft.number), row)
            if first != row:
                read = ReadRow(row=row, draft=read.draft, duplicate_of=first, remarks=read.remarks)
            if marks is not None:
                read = _marked(read, marks, cells)
        yield read


def corrected(rows: Iterable[TableRow], fixed: Table[int, Sequence[str]]) -> Iterator[TableRow]:
    """Yield the rows with the owner's corrected cells in place of what the file says there."""
    for item in rows:
        row = item.row if isinstance(item, ParkedRow) else item[0]
        yield (row, fixed[row]) if row in fixed else item


class RowReader:
    """Reads single rows by one mapping; also for a parked row the owner has corrected."""

    def __init__(self, mapping: Mapping, country: str, source: str) -> None:
        self._mapping = mapping
        self._country = country.upper()
        self._source = source
        columns = mapping.columns
        self._only_phone = None
        if len(columns[Target.PHONE]) == 1 and not mapping.phone_labels:
            self._only_phone = columns[Target.PHONE][0]
        self._names = columns.get(Target.NAME, ())
        self._given = columns.get(Target.FIRST_NAME, ()) + columns.get(Target.LAST_NAME, ())
        self._notes = columns.get(Target.NOTE, ())
        self._emails = columns.get(Target.EMAIL, ())
        self._tags = columns.get(Target.TAGS, ())
        self._countries = columns.get(Target.COUNTRY, ())
        self._states = columns.get(Target.STATE, ())
        self._birthdays = columns.get(Target.BIRTHDAY, ())
        used = {*mapping.phone_labels.values(), *(i for fill in columns.values() for i in fill)}
        self._width = max(used) + 1

    def read(self, row: int, cells: Sequence[str]) -> ReadRow | ParkedRow:
        """Return the contact in these cells, or why there is none."""
        if len(cells) < self._width:
            cells = [*cells, *[""] * (self._width - len(cells))]
        remarks: list[str] = []
        if not "".join(cells).isprintable():
            cells = _without_unstorable(cells, remarks)
        phone = self._phone(cells)
        if isinstance(phone, NumberProblem):
            return parked(row, phone.sentence, cells)
        remarks += phone.remarks
        draft = ContactDraft(
            number=phone.number,
            name=_bounded(self._name(cells), LONGEST_NAME, "name", remarks),
            note=_bounded(_joined(cells, self._notes, "\n"), LONGEST_NOTE, "note", remarks),
            email=_bounded(_first(cells, self._emails), LONGEST_EMAIL, "e-mail address", remarks),
            tags=_tags(_first(cells, self._tags), remarks) if self._tags else (),
            region=self._region(cells) if self._countries or self._states else None,
            birthday=self._birthday(cells, remarks) if self._birthdays else "",
            source=self._source,
        )
        return ReadRow(row=row, draft=draft, remarks=tuple(remarks))

    def _phone(self, cells: Sequence[str]) -> PhoneRead | NumberProblem:
        if self._only_phone is not None:
            found = read_phone(cells[self._only_phone], self._country)
            if found is not None:
                return found
        return choose_phone(cells, self._mapping, self._country)

    def _name(self, cells: Sequence[str]) -> str:
        return _joined(cells, self._given, " ") or _first(cells, self._names)

    def _region(self, cells: Sequence[str]) -> str | None:
        return region_in(_first(cells, self._countries), _first(cells, self._states), self._country)

    def _birthday(self, cells: Sequence[str], remarks: list[str]) -> str:
        cell = _first(cells, self._birthdays)
        read = read_birthday(cell, self._mapping.dates)
        if isinstance(read, UnclearDate):
            remarks.append(f"The birthday {read.sentence} It was left out: say the order of dates.")
            return ""
        if read is None and cell and _ANY_PART_OF_A_DATE.search(cell):
            remarks.append(f'The birthday "{cell[:_LONGEST_SAID]}" is no date and was left out.')
        return read or ""


def _marked(read: ReadRow, marks: RowMarks, cells: Sequence[str]) -> ReadRow:
    found = marks.of(cells)
    return replace(read, yeses=found.yeses, stop=found.stop, remarks=read.remarks + found.remarks)


def _without_unstorable(cells: Sequence[str], remarks: list[str]) -> Sequence[str]:
    clean = [storable(cell) for cell in cells]
    if clean != list(cells):
        remarks.append("Damaged characters, which no file can keep, were taken out of this row.")
    return clean


def _first(cells: Sequence[str], columns: Sequence[int]) -> str:
    for column in columns:
        if text := text_in(cells[column]):
            return text
    return ""


def _joined(cells: Sequence[str], columns: Sequence[int], between: str) -> str:
    return between.join([text for column in columns if (text := text_in(cells[column]))])


def _bounded(text: str, most: int, what: str, remarks: list[str]) -> str:
    if len(text) <= most:
        return text
    remarks.append(f"The {what} was cut to {most} characters.")
    return text[:most].rstrip()


def _tags(cell: str, remarks: list[str]) -> tuple[str, ...]:
    """Split a cell of tags; groups that Google Contacts makes for itself begin with "* "."""
    if not cell:
        return ()
    pieces = (_QUOTED_TAG.sub(r"\1", piece) for piece in _BETWEEN_TAGS.split(cell))
    found = [tag for tag in pieces if tag and not tag.startswith("* ")]
    tags = dict.fromkeys(_bounded(tag, LONGEST_TAG, "tag", remarks) for tag in found)
    if len(tags) > MOST_TAGS:
        remarks.append(f"Only the first {MOST_TAGS} tags were kept.")
    return tuple(tags)[:MOST_TAGS]
