"""Reads a file of vCards, from Apple, Android, Google, Outlook or Nextcloud. Decides nothing."""

from __future__ import annotations

from collections.abc import Iterator

from shopbell.domain.card_lines import Cards
from shopbell.domain.cards import CARD_HEADER, card_row, is_blank
from shopbell.domain.importing import TableRow
from shopbell.domain.text_lines import TextLines
from shopbell.services.delimited_table import encoding_notes
from shopbell.services.outside_file import Source
from shopbell.services.tables import FileTable


class CardTable(FileTable):
    """The cards of one opened file; row n is the n-th card."""

    def __init__(self, source: Source, marked: str, blocks: Iterator[bytes]) -> None:
        """Read as far as the samples need.

        Args:
            source: the file.
            marked: the encoding by its byte order mark, or "utf-8".
            blocks: all of the file, in UTF-8 without the mark.
        """
        super().__init__(source)
        self._marked = marked
        self._lines = TextLines(blocks, self.name)
        self._cards = Cards(self._lines)
        self.header = CARD_HEADER
        self._take_rows(self._card_rows())

    @property
    def encoding(self) -> str:
        """How the text is written, as far as it was read."""
        return "cp1252" if self._lines.not_utf8 else self._marked

    @property
    def notes(self) -> tuple[str, ...]:
        """What is worth knowing about the file, as far as it was read, in plain words."""
        notes = ["The file is a list of vCards: rows are counted card by card."]
        notes += encoding_notes(self._marked, self._lines.not_utf8)
        if count := self._cards.outside:
            lines = "1 line" if count == 1 else f"{count:,} lines"
            notes.append(f"{lines} outside of any card passed over.")
        return tuple(notes)

    def _card_rows(self) -> Iterator[TableRow]:
        for card in self._cards:
            row = card_row(card)
            if not is_blank(row):
                yield row
