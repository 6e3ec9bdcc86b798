"""Opens a file of contacts from outside and gives out its rows. Must not decide about contacts.

Everything here blocks, so it belongs on a thread. New kinds of files get a reader of their own that
yields the same rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from types import TracebackType
from typing import Self

from shopbell.domain.columns import is_header, unnamed
from shopbell.domain.delimited import (
    DELIMITERS,
    delimited_rows,
    likely_delimiter,
    separator_named,
)
from shopbell.domain.file_kinds import refuse_other_kinds
from shopbell.domain.importing import ParkedRow, TableRow
from shopbell.domain.parking import storable
from shopbell.domain.text_lines import TextLines, as_utf8
from shopbell.errors import BadInput
from shopbell.services.outside_file import OutsideFile, open_outside

_SNIFFED_LINES = 20
_SAMPLES = 50
_EXPORT_AGAIN = "Export the contacts again as CSV and import the new file."


class Table:
    """One opened file of delimited text: what it looks like, and its rows, once.

    Use it in a `with` block or close it. Not for two threads at once.
    """

    def __init__(self, source: OutsideFile, country: str) -> None:
        """Read as far as the samples need; `open_table` is the way in.

        Raises:
            BadInput: this is no table.
        """
        self._source = source
        self._finished = False
        self._marked, blocks = as_utf8(source.blocks())
        head = next(blocks, b"")
        refuse_other_kinds(head, self.name)
        self._lines = TextLines(chain((head,), blocks), self.name)
        lines = iter(self._lines)
        first_lines = list(islice(lines, _SNIFFED_LINES))
        named = separator_named(first_lines[0]) if first_lines else None
        self.delimiter = named or likely_delimiter(first_lines)
        """The character between columns."""
        rows = delimited_rows(
            chain(first_lines[1:] if named else first_lines, lines), self.delimiter, self.name
        )
        first = self._first(rows)
        self.has_header = is_header(first[1], country)
        """Whether the first row names the columns; if not, it is a contact like the others."""
        self.header = _names(first[1]) if self.has_header else unnamed(len(first[1]))
        """The names of the columns, or "Column A", "Column B"."""
        ahead = list(islice(rows, _SAMPLES))
        if not self.has_header:
            ahead.insert(0, first)
        self.samples = tuple(tuple(row[1]) for row in ahead if not isinstance(row, ParkedRow))
        """The cells of the first few rows that could be told apart."""
        self._rows = chain(ahead, rows)

    @property
    def name(self) -> str:
        """The file's name, without its folder."""
        return self._source.name

    @property
    def size(self) -> int:
        """Bytes in the file."""
        return self._source.size

    @property
    def bytes_read(self) -> int:
        """Bytes read so far; `size` at the end."""
        return self._source.bytes_read

    @property
    def encoding(self) -> str:
        """How the text is written, as far as it was read: "utf-8", "utf-16" or "cp1252"."""
        return "cp1252" if self._lines.not_utf8 else self._marked

    @property
    def notes(self) -> tuple[str, ...]:
        """What was done to make the file readable, as far as it was read, in plain words."""
        notes = []
        if self.delimiter != ",":
            name = DELIMITERS.get(self.delimiter, f'"{self.delimiter}"')
            notes.append(f"The columns are separated by {name}.")
        if self._marked != "utf-8":
            notes.append(f"The text is in {self._marked.upper()}.")
        if count := self._lines.not_utf8:
            lines = "1 line is" if count == 1 else f"{count:,} lines are"
            notes.append(
                f"{lines} not in UTF-8, and read as Windows-1252. Look at names with accents."
            )
        if not self.has_header:
            notes.append("The first row is a contact: this file does not name its columns.")
        return tuple(notes)

    @property
    def sha256(self) -> str:
        """The file's fingerprint in hexadecimal; known once all rows were read."""
        if not self._finished:
            raise RuntimeError("the fingerprint is known when all rows were read")
        return self._source.sha256()

    def __iter__(self) -> Iterator[TableRow]:
        """Yield every row but the header, once.

        Raises:
            BadInput: the file changed meanwhile, or cannot be read on. Then nothing that came out
                before may be kept.
        """
        yield from self._rows
        self._source.refuse_if_changed()
        self._finished = True

    def close(self) -> None:
        """Let go of the file."""
        self._source.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _first(self, rows: Iterator[TableRow]) -> tuple[int, Sequence[str]]:
        first = next(rows, None)
        if first is None:
            raise BadInput(f'There are no rows in "{self.name}".', _EXPORT_AGAIN)
        if isinstance(first, ParkedRow):
            raise BadInput(
                f'The first row of "{self.name}" cannot be read. {first.reason}', _EXPORT_AGAIN
            )
        return first


def open_table(path: Path, country: str, shop_file: Path | None = None) -> Table:
    """Open a file of contacts; reads only its beginning.

    Args:
        path: the file.
        country: ISO alpha-2 of the shop: tells a phone number in the first row from a header.
        shop_file: the shop file now in use, which must not be opened as anything else.

    Raises:
        BadInput: it can't be opened or is no table; names the file and the next step.
    """
    source = open_outside(path, shop_file)
    try:
        return Table(source, country)
    except BaseException:
        source.close()
        raise


def _names(cells: Sequence[str]) -> tuple[str, ...]:
    """Return the header without the spaces some programs pad it with."""
    return tuple(storable(cell).strip() for cell in cells)
