"""Text that somebody pasted or typed, read like a file. Must not decide about contacts."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from shopbell.domain.pasted_lines import PASTED_HEADER, pasted_rows
from shopbell.domain.text_lines import TextLines
from shopbell.errors import BadInput
from shopbell.services.outside_file import BLOCK, Source
from shopbell.services.tables import FileTable

MOST_PASTED = 16 << 20
"""Bytes; more than that is a file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pasted:
    """Contacts as text: one on a line, or copied from a spreadsheet."""

    text: str
    name: str = "pasted text"


class PastedSource:
    """Pasted text as the source of a table."""

    def __init__(self, pasted: Pasted) -> None:
        """Take the text.

        Raises:
            BadInput: there is none, or far too much.
        """
        self.name = pasted.name
        self._content = pasted.text.encode("utf-8", "replace")
        self.size = len(self._content)
        self.bytes_read = 0
        if not pasted.text.strip():
            raise BadInput(
                "There is nothing to read.", "Put one contact on each line: a name and a number."
            )
        if self.size > MOST_PASTED:
            raise BadInput("This is too much text to paste.", "Save it as a file and import that.")

    def blocks(self) -> Iterator[bytes]:
        """Yield the content."""
        while block := self._content[self.bytes_read : self.bytes_read + BLOCK]:
            self.bytes_read += len(block)
            yield block

    def sha256(self) -> str:
        """Return the fingerprint of the text, in hexadecimal."""
        return hashlib.sha256(self._content).hexdigest()

    def refuse_if_changed(self) -> None:
        """Do nothing: it cannot change."""

    def close(self) -> None:
        """Do nothing: nothing is open."""


class PastedLines(FileTable):
    """One contact on each line."""

    def __init__(self, source: Source, blocks: Iterator[bytes], country: str) -> None:
        """Read as far as the samples need.

        Args:
            source: the text.
            blocks: all of it, in UTF-8.
            country: ISO alpha-2 of the shop: tells the number from the name.
        """
        super().__init__(source)
        self.has_header = False
        self.header = PASTED_HEADER
        self._take_rows(pasted_rows(TextLines(blocks, self.name), country))

    @property
    def encoding(self) -> str:
        """Always UTF-8."""
        return "utf-8"

    @property
    def notes(self) -> tuple[str, ...]:
        """How the lines were read."""
        return ("Each line was read as one contact: a number, and a name beside it.",)
