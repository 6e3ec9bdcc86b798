"""Rows, columns, paths and small amounts as somebody types them. Must not read a file or judge."""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import TypeVar

from shopbell.domain.importing import ParkedRow
from shopbell.domain.people import Page
from shopbell.domain.promises import Frequency
from shopbell.errors import BadInput
from shopbell.lines import said
from shopbell.lines.talk import Talk

T = TypeVar("T")

NO_COLUMN = -1
"""The answer "no column", where that may be said."""


def path_typed(typed: str) -> Path:
    """Return a path as somebody types it: from home, or in quotes as a file browser copies it."""
    return Path(os.path.expanduser(typed.strip("'\"")))  # noqa: PTH111 - touches no file


def rows_of(rows: Sequence[T]) -> Callable[[int, int], Awaitable[Page[T]]]:
    """Return what `Talk.pick` asks for windows of a list that is at hand."""

    async def fetch(first: int, count: int) -> Page[T]:
        return Page(rows=tuple(rows[first : first + count]), first=first, total=len(rows))

    return fetch


async def ask_column(
    talk: Talk,
    question: str,
    header: Sequence[str],
    samples: Sequence[Sequence[str]],
    *,
    none: str = "",
) -> int | None:
    """Return which column is meant, from 0; `NO_COLUMN`, where that may be said; None for back."""
    labels = [_column(at, header, samples) for at in range(len(header))]
    if none:
        labels.append(none)
    chosen = await talk.choose(question, labels)
    return NO_COLUMN if none and chosen == len(header) else chosen


async def correct_row(
    talk: Talk,
    header: Sequence[str],
    row: ParkedRow,
    still_wrong: Callable[[int, Sequence[str]], str],
) -> tuple[str, ...] | None:
    """Return the cells of a row after somebody corrected them, or None if nobody did."""
    cells = list(row.cells)
    talk.say(f"Row {row.row}: {row.reason}")
    while True:
        labels = [f"{_heading(at, header)}: {cell or 'empty'}" for at, cell in enumerate(cells)]
        at = await talk.choose("Which cell is wrong?", labels)
        if at is None:
            return None
        typed = await talk.line("What should it say? A minus sign alone empties it.")
        if not typed:
            continue
        cells[at] = "" if typed == "-" else typed
        why = still_wrong(row.row, cells)
        if not why:
            talk.say("This row can be imported now.")
            return tuple(cells)
        talk.say(why)


def _column(at: int, header: Sequence[str], samples: Sequence[Sequence[str]]) -> str:
    cells = [row[at] for row in samples if at < len(row) and row[at].strip()][:2]
    example = f", like {', '.join(said.flat(cell, 30) for cell in cells)}" if cells else ", empty"
    return f"{_heading(at, header)}{example}"


def _heading(at: int, header: Sequence[str]) -> str:
    heading = header[at].strip() if at < len(header) else ""
    return said.flat(heading, 60) or f"column {at + 1}"


def frequency_typed(typed: str) -> Frequency:
    """Return how many texts in how many days, as in "4/30".

    Raises:
        BadInput: it is not written like that.
    """
    times, _, days = (part.strip() for part in typed.partition("/"))
    if not (_is_count(times) and _is_count(days)):
        raise BadInput(
            f"“{typed[:20]}” is not a frequency.",
            "Write 1/30 for at most one in 30 days.",
            code="bad_promise",
        )
    return Frequency(n=int(times), days=int(days))


def _is_count(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 4 and int(text) > 0
