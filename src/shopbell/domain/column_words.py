"""Counts what the cells of some columns say, in bounded memory. Must not know what it means."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

MOST_WORDS = 40
"""Different cells kept of one column. A column of dates has more: those are counted as others."""
LONGEST_WORD = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnWords:
    """What the cells of one column say, the most frequent first."""

    words: tuple[tuple[str, int], ...]
    """Cells as they stand in the file without spaces around them, and how many rows say so."""
    others: int = 0
    """Rows that say something that is not among the words."""
    empty: int = 0
    """Rows that say nothing."""


class WordCount:
    """Counts while the rows go by."""

    def __init__(self, columns: Iterable[int]) -> None:
        self._counts: dict[int, Counter[str]] = {column: Counter() for column in columns}
        self._others = dict.fromkeys(self._counts, 0)
        self._rows = 0

    def count(self, cells: Sequence[str]) -> None:
        """Take note of one row."""
        self._rows += 1
        for column, counts in self._counts.items():
            word = cells[column][:LONGEST_WORD].strip() if column < len(cells) else ""
            if not word:
                continue
            if word in counts or len(counts) < MOST_WORDS:
                counts[word] += 1
            else:
                self._others[column] += 1

    @property
    def found(self) -> dict[int, ColumnWords]:
        """What each column said so far."""
        return {
            column: ColumnWords(
                words=tuple(counts.most_common()),
                others=self._others[column],
                empty=self._rows - counts.total() - self._others[column],
            )
            for column, counts in self._counts.items()
        }
