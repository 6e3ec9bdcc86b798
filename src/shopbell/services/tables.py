"""What every file of contacts looks like once it is opened: a header, samples, rows, once.

Must not know any kind of file. A reader for a kind of file is a subclass that brings its rows.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from types import TracebackType
from typing import Self

from shopbell.domain.columns import is_header, unnamed
from shopbell.domain.importing import ParkedRow, TableRow
from shopbell.domain.parking import storable
from shopbell.errors import BadInput
from shopbell.services.outside_file import Source

SAMPLES = 50
EXPORT_AGAIN = "Export the contacts again as CSV and import the new file."


class Table(ABC):
    """One opened file of contacts: what it looks like, and its rows, once.

    Use it in a `with` block or close it. Not for two threads at once.
    """

    delimiter = ""
    """The character between columns, in a file of text."""
    has_header = True
    """Whether the first row names the columns; if not, it is a contact like the others."""
    header: tuple[str, ...] = ()
    """The names of the columns, or "Column A", "Column B"."""
    samples: tuple[tuple[str, ...], ...] = ()
    """The cells of the first few rows that could be told apart."""

    def __init__(self) -> None:
        self._rows: Iterator[TableRow] = iter(())
        self._finished = False

    @property
    @abstractmethod
    def name(self) -> str:
        """The file's name, without its folder."""

    @property
    @abstractmethod
    def size(self) -> int:
        """Bytes in the file."""

    @property
    @abstractmethod
    def bytes_read(self) -> int:
        """Bytes read so far; `size` at the end."""

    @property
    @abstractmethod
    def encoding(self) -> str:
        """How the text is written, as far as it was read; empty where a file has no choice."""

    @property
    @abstractmethod
    def notes(self) -> tuple[str, ...]:
        """What was done to make the file readable, as far as it was read, in plain words."""

    @abstractmethod
    def _fingerprint(self) -> str:
        """The SHA-256 of what was read."""

    @abstractmethod
    def _refuse_if_changed(self) -> None:
        """Raise `BadInput` if the file isn't what it was when it was opened."""

    @abstractmethod
    def close(self) -> None:
        """Let go of the file."""

    @property
    def sha256(self) -> str:
        """The file's fingerprint in hexadecimal; known once all rows were read."""
        if not self._finished:
            raise RuntimeError("the fingerprint is known when all rows were read")
        return self._fingerprint()

    def __iter__(self) -> Iterator[TableRow]:
        """Yield every row but the header, once.

        Raises:
            BadInput: the file changed meanwhile, or cannot be read on. Then nothing that came out
                before may be kept.
        """
        yield from self._rows
        self._refuse_if_changed()
        self._finished = True

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _take(self, rows: Iterator[TableRow], country: str) -> None:
        """Take these as the file's rows; the first names the columns, unless it is a contact.

        Raises:
            BadInput: there is no first row, or it cannot be read.
        """
        first = _first(rows, self.name)
        self.has_header = is_header(first[1], country)
        self.header = _names(first[1]) if self.has_header else unnamed(len(first[1]))
        self._take_rows(rows if self.has_header else chain((first,), rows))

    def _take_rows(self, rows: Iterable[TableRow]) -> None:
        rows = iter(rows)
        ahead = list(islice(rows, SAMPLES))
        self.samples = tuple(tuple(row[1]) for row in ahead if not isinstance(row, ParkedRow))
        self._rows = chain(ahead, rows)


class FileTable(Table):
    """A table read from one source, front to back."""

    def __init__(self, source: Source) -> None:
        super().__init__()
        self._source = source

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

    def close(self) -> None:
        """Let go of the file."""
        self._source.close()

    def _fingerprint(self) -> str:
        return self._source.sha256()

    def _refuse_if_changed(self) -> None:
        self._source.refuse_if_changed()


def _first(rows: Iterator[TableRow], name: str) -> tuple[int, Sequence[str]]:
    first = next(rows, None)
    if first is None:
        raise BadInput(f'There are no rows in "{name}".', EXPORT_AGAIN)
    if isinstance(first, ParkedRow):
        raise BadInput(f'The first row of "{name}" cannot be read. {first.reason}', EXPORT_AGAIN)
    return first


def _names(cells: Sequence[str]) -> tuple[str, ...]:
    """Return the header without the spaces some programs pad it with."""
    return tuple(storable(cell).strip() for cell in cells)
