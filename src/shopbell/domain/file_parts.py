"""The part of a long file that one import brings in. Must not read the file."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class FilePart:
    """One part of a file that was read to its end."""

    number: int
    """From 1."""
    rows: int
    """Of the whole file."""
    most: int
    """Rows of a part."""

    @property
    def parts(self) -> int:
        """How many parts the file has."""
        return max(-(-self.rows // self.most), 1)

    @property
    def is_last(self) -> bool:
        """Whether no part comes after it."""
        return self.number >= self.parts

    @property
    def first(self) -> int:
        """Its first row, counted from 1 without the header."""
        return (self.number - 1) * self.most + 1

    @property
    def last(self) -> int:
        """Its last row."""
        return min(self.number * self.most, self.rows)

    @property
    def told(self) -> str:
        """Which part it is and what comes next."""
        more = "It is the last part." if self.is_last else f"Part {self.number + 1} comes next."
        span = f"rows {self.first:,} to {self.last:,} of {self.rows:,}"
        return f"This is part {self.number}: {span}. {more}"

    def other(self, number: int) -> FilePart:
        """Return another part of the same file."""
        return FilePart(number=number, rows=self.rows, most=self.most)
