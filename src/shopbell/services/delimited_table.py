"""Reads a file of delimited text: CSV and its relatives. Must not decide about contacts."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice

from shopbell.domain.delimited import (
    DELIMITERS,
    delimited_rows,
    likely_delimiter,
    separator_named,
)
from shopbell.domain.text_lines import TextLines
from shopbell.services.outside_file import Source
from shopbell.services.tables import FileTable

_SNIFFED_LINES = 20


class DelimitedTable(FileTable):
    """One opened file of delimited text."""

    def __init__(self, source: Source, marked: str, blocks: Iterator[bytes], country: str) -> None:
        """Read as far as the samples need; `reading.open_table` is the way in.

        Args:
            source: the file.
            marked: the encoding by its byte order mark, or "utf-8".
            blocks: all of the file, in UTF-8 without the mark.
            country: ISO alpha-2 of the shop.

        Raises:
            BadInput: this is no table.
        """
        super().__init__(source)
        self._marked = marked
        self._lines = TextLines(blocks, self.name)
        lines = iter(self._lines)
        first_lines = list(islice(lines, _SNIFFED_LINES))
        named = separator_named(first_lines[0]) if first_lines else None
        self.delimiter = named or likely_delimiter(first_lines)
        self._take(
            delimited_rows(
                chain(first_lines[1:] if named else first_lines, lines), self.delimiter, self.name
            ),
            country,
        )

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
        notes += encoding_notes(self._marked, self._lines.not_utf8)
        if not self.has_header:
            notes.append("The first row is a contact: this file does not name its columns.")
        return tuple(notes)


def encoding_notes(marked: str, not_utf8: int) -> Iterator[str]:
    """Yield what is worth saying about how a text is written."""
    if marked != "utf-8":
        yield f"The text is in {marked.upper()}."
    if not_utf8:
        lines = "1 line is" if not_utf8 == 1 else f"{not_utf8:,} lines are"
        yield f"{lines} not in UTF-8, and read as Windows-1252. Look at names with accents."
