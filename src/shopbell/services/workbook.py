"""Reads an Excel workbook (XLSX): the first visible sheet that has phone numbers.

Nothing in a workbook is run: a formula is the text it is. Must not decide about contacts.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from itertools import chain, islice
from typing import Any

from shopbell.domain.columns import is_header, map_columns, names_a_phone
from shopbell.domain.delimited import LONGEST_CELL, MOST_COLUMNS
from shopbell.domain.importing import ParkedRow, TableRow
from shopbell.domain.parking import parked
from shopbell.errors import BadInput
from shopbell.services.outside_file import OutsideFile
from shopbell.services.package import count_parts, damaged_workbook, judge_package
from shopbell.services.tables import EXPORT_AGAIN, FileTable

MOST_ROWS = 1_048_576
"""Excel's own limit; what counts on is no workbook."""

_TITLE_ROWS = 10
"""A header is looked for in this many rows: people put a title above it."""

_EXACT = 1e15
"""Larger numbers have lost digits; they are written so that nobody takes them for a phone."""

_ERRORS = frozenset({"#N/A", "#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!"})

_TOO_WIDE = f"This row has more than {MOST_COLUMNS:,} columns, so it is not one contact."
_TOO_LONG = "A cell of this row is far too long for a contact. Type the contact in."


class WorkbookTable(FileTable):
    """One sheet of an opened workbook."""

    def __init__(self, source: OutsideFile, blocks: Iterator[bytes], country: str) -> None:
        """Judge the workbook, choose the sheet, read as far as the samples need.

        Args:
            source: the file.
            blocks: all of it.
            country: ISO alpha-2 of the shop, to find the sheet with phone numbers.

        Raises:
            BadInput: it has a password, is damaged, no workbook, or has no visible rows.
        """
        super().__init__(source)
        self._formulas = 0
        count_parts(blocks, self.name, self.size)
        self._file = source.whole()
        self._merged = judge_package(self._file, self.name)
        self._notes = self._open(country)

    @property
    def bytes_read(self) -> int:
        """Where in the archive reading is; sheets are read from front to back."""
        return self.size if self._finished else min(self._file.tell(), self.size)

    @property
    def encoding(self) -> str:
        """Nothing: a workbook has no choice."""
        return ""

    @property
    def notes(self) -> tuple[str, ...]:
        """Which sheet was read, what was left out, in plain words."""
        notes = list(self._notes)
        if not self.has_header:
            notes.append("The first row is a contact: this sheet does not name its columns.")
        if self._merged:
            notes.append(
                "The workbook has merged cells: their text stands in the first of them only."
            )
        if self._formulas:
            cells = "1 cell is a formula" if self._formulas == 1 else (
                f"{self._formulas:,} cells are formulas"
            )  # fmt: skip
            notes.append(f"{cells}: Shopbell reads the formula, and never runs it.")
        return tuple(notes)

    def _open(self, country: str) -> tuple[str, ...]:
        from openpyxl import load_workbook

        # It warns about decorations it does not know; warnings would go over the screen.
        warnings.filterwarnings("ignore", category=UserWarning, module="openpyxl")
        try:
            book = load_workbook(self._file, read_only=True, keep_links=False)
            sheets = [(str(sheet.title), sheet) for sheet in book.worksheets]
        except Exception as error:
            # Whatever the library stumbles over in a foreign file: the file is not as it should be.
            raise damaged_workbook(self.name) from error
        if not sheets:
            raise damaged_workbook(self.name)
        visible = [(title, sheet) for title, sheet in sheets if sheet.sheet_state == "visible"]
        if not visible:
            raise BadInput(
                f'"{self.name}" has no visible sheet.',
                "Open it in a spreadsheet, show the sheet with the contacts, and save it.",
            )
        chosen = self._choose(visible, country)
        notes = []
        if len(sheets) > 1:
            others = ", ".join(
                f'"{title}"' + ("" if sheet.sheet_state == "visible" else " (hidden)")
                for title, sheet in sheets
                if sheet is not chosen
            )
            notes.append(f'The sheet "{chosen.title}" was read. Not read: {others}.')
        if self._titles:
            rows = "1 row" if self._titles == 1 else f"{self._titles} rows"
            were = "was" if rows.startswith("1 ") else "were"
            notes.append(f"{rows} above the column names {were} taken for a title.")
        return tuple(notes)

    def _choose(self, visible: Sequence[tuple[str, Any]], country: str) -> Any:  # noqa: ANN401
        """Take the first visible sheet with phone numbers, or else the first with rows."""
        with_rows = None
        for _, sheet in visible:
            try:
                self._take_sheet(sheet, country)
            except _NoRowsError:
                continue
            with_rows = with_rows or sheet
            try:
                map_columns(self.header, self.samples, country)
            except BadInput:
                continue
            return sheet
        if with_rows is None:
            raise BadInput(f'There are no rows in "{self.name}".', EXPORT_AGAIN)
        self._take_sheet(with_rows, country)
        return with_rows

    def _take_sheet(self, sheet: Any, country: str) -> None:  # noqa: ANN401
        self._formulas = 0
        rows = self._sheet_rows(sheet)
        ahead = list(islice(rows, _TITLE_ROWS))
        if not ahead:
            raise _NoRowsError
        self._titles = _title_rows(ahead, country)
        self._take(chain(ahead[self._titles :], rows), country)

    def _sheet_rows(self, sheet: Any) -> Iterator[TableRow]:  # noqa: ANN401
        sheet.reset_dimensions()
        rows = sheet.iter_rows(values_only=True)
        number = 0
        while True:
            try:
                values = next(rows, None)
            except Exception as error:
                # As when opening: whatever the library stumbles over, the file is at fault.
                raise damaged_workbook(self.name) from error
            if values is None:
                return
            number += 1
            if number > MOST_ROWS:
                raise damaged_workbook(self.name)
            cells = [self._text(value) for value in values]
            while cells and not cells[-1]:
                cells.pop()
            if len(cells) > MOST_COLUMNS:
                yield parked(number, _TOO_WIDE, cells)
            elif cells and max(map(len, cells)) > LONGEST_CELL:
                yield parked(number, _TOO_LONG, cells)
            elif any(map(str.strip, cells)):
                yield number, cells

    def _text(self, value: object) -> str:
        text = cell_text(value)
        self._formulas += text.startswith("=")
        return text


class _NoRowsError(Exception):
    """A sheet is empty."""


def cell_text(value: object) -> str:
    """Return what a cell says, as a person would type it.

    Numbers have no ".0", dates are written year first, errors are nothing.
    """
    match value:
        case None:
            return ""
        case str():
            return "" if value in _ERRORS else value
        case bool():
            return "TRUE" if value else "FALSE"
        case int():
            return str(value) if abs(value) < 10**LONGEST_INTEGER else f"{float(value):E}"
        case float():
            return str(int(value)) if value.is_integer() and abs(value) < _EXACT else repr(value)
        case datetime():
            is_day = (value.hour, value.minute, value.second) == (0, 0, 0)
            return value.strftime("%Y-%m-%d" if is_day else "%Y-%m-%d %H:%M:%S")
        case date() | time() | timedelta():
            return str(value)
        case _:
            # Array formulas come as objects that hold their text.
            return str(getattr(value, "text", "") or "=")


LONGEST_INTEGER = 40
"""Digits; a longer one is nonsense, and slow to write out."""


def _title_rows(rows: Sequence[TableRow], country: str) -> int:
    """Return how many rows of one cell each stand above the row that names the columns."""
    for index, row in enumerate(rows):
        if isinstance(row, ParkedRow):
            return 0
        filled = [cell for cell in row[1] if cell.strip()]
        if len(filled) > 1 or names_a_phone(filled):
            return index if is_header(filled, country) and names_a_phone(filled) else 0
        if not is_header(filled, country):
            return 0
    return 0
