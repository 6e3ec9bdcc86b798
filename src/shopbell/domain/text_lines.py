"""Splits blocks of bytes into lines of text, in bounded memory. Must not know about columns."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator
from itertools import chain

from shopbell.errors import BadInput

LONGEST_LINE = 1 << 20
"""Bytes; of a longer line only the beginning is kept, as a `LongLine`."""
LONGEST_SKIP = 16 << 20
"""Bytes; a file with a line longer than that is no table."""

_KEPT_OF_LONG = 200

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""Byte order marks; the UTF-32 one begins like the UTF-16 one, so it comes first."""


class LongLine(str):
    """The beginning of a line too long to keep."""

    __slots__ = ()


def as_utf8(blocks: Iterable[bytes]) -> tuple[str, Iterator[bytes]]:
    """Return the encoding that the byte order mark names, and the blocks in UTF-8 without it.

    Without a mark the blocks stay as they are and the encoding is "utf-8", until lines say
    otherwise. Half a surrogate pair becomes U+FFFD.
    """
    blocks = iter(blocks)
    head = next(blocks, b"")
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding.removesuffix("-sig"), _transcoded(chain((head,), blocks), encoding)
    return "utf-8", chain((head,), blocks)


def _transcoded(blocks: Iterable[bytes], encoding: str) -> Iterator[bytes]:
    if encoding == "utf-8-sig":
        blocks = iter(blocks)
        yield next(blocks).removeprefix(codecs.BOM_UTF8)
        yield from blocks
        return
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    for block in blocks:
        yield decoder.decode(block).encode()
    yield decoder.decode(b"", final=True).encode()


class TextLines:
    r"""The lines of UTF-8 blocks, with their ends; counts those that were not UTF-8.

    A line that isn't UTF-8 is read as Windows-1252, line by line: a file put together from two
    programs comes out right. Lines end with `\n`, `\r\n` or `\r`.
    """

    def __init__(self, blocks: Iterable[bytes], name: str) -> None:
        self._name = name
        self.not_utf8 = 0
        """Lines read as Windows-1252 so far."""
        self._lines = self._split(blocks)

    def __iter__(self) -> Iterator[str]:
        """Return the one iterator over the lines; it cannot be started again."""
        return self._lines

    def _split(self, blocks: Iterable[bytes]) -> Iterator[str]:
        tail = b""
        skipped = 0
        for block in blocks:
            lines = (tail + block).splitlines(keepends=True)
            # The last piece may go on in the next block; a "\r" may find its "\n" there.
            tail = lines.pop() if lines and not lines[-1].endswith(b"\n") else b""
            for line in lines:
                if not skipped:
                    yield self._text(line)
                skipped = 0
            if skipped or len(tail) > LONGEST_LINE:
                if not skipped:
                    yield self._text(tail)
                skipped += len(tail)
                if skipped > LONGEST_SKIP:
                    raise BadInput(
                        f'One line of "{self._name}" is longer than 16 MB, so it is not a table.',
                        "Export the contacts again as CSV, one row for each.",
                    )
                tail = tail[-1:] if tail.endswith(b"\r") else b""
        if tail and not skipped:
            yield self._text(tail)

    def _text(self, line: bytes) -> str:
        if len(line) > LONGEST_LINE:
            return LongLine(line[:_KEPT_OF_LONG].decode("utf-8", "replace"))
        try:
            return line.decode()
        except UnicodeDecodeError:
            self.not_utf8 += 1
            return line.decode("cp1252", "replace")
