"""A week in half hours: which are open, and opening or closing some. Must not know any law.

Hours that do not begin on a half hour keep their minutes; what is changed is changed by whole ones.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

from shopbell.domain.shop import Week, Window
from shopbell.domain.weeks import intersected

MINUTES = 30
"""How long a cell is."""
CELLS = 24 * 60 // MINUTES
"""How many a day has."""


class Open(Enum):
    """How much of a cell is open."""

    ALL = "all"
    PART = "part"
    NOT = "not"


def how_open(week: Week, day: int, cell: int) -> Open:
    """Return how much of a half hour is open; Monday is day 0, and 00:00 begins cell 0."""
    start, end = _span(cell, cell)
    minutes = sum(
        max(0, min(end, window.end) - max(start, window.start)) for window in week.days[day]
    )
    if minutes == 0:
        return Open.NOT
    return Open.ALL if minutes == end - start else Open.PART


def changed(week: Week, days: Iterable[int], first: int, last: int, *, is_open: bool) -> Week:
    """Return the week with the half hours from `first` to `last` of some days open, or closed."""
    start, end = _span(first, last)
    touched = frozenset(days)
    rows = [
        (_opened if is_open else _closed)(windows, start, end) if day in touched else windows
        for day, windows in enumerate(week.days)
    ]
    return Week(days=(rows[0], rows[1], rows[2], rows[3], rows[4], rows[5], rows[6]))


def allowed(weeks: Iterable[Week]) -> Week | None:
    """Return what every one of some laws leaves open; None where there is none."""
    every = list(weeks)
    return intersected(*every) if every else None


def clock(cell: int) -> str:
    """Return when a half hour begins: "09:30"; the one after the last is "24:00"."""
    return f"{cell * MINUTES // 60:02d}:{cell * MINUTES % 60:02d}"


def _span(first: int, last: int) -> tuple[int, int]:
    return min(first, last) * MINUTES, (max(first, last) + 1) * MINUTES


def _opened(windows: tuple[Window, ...], start: int, end: int) -> tuple[Window, ...]:
    joined: list[Window] = []
    for window in sorted((*windows, Window(start=start, end=end))):
        if joined and window.start <= joined[-1].end:
            joined[-1] = Window(start=joined[-1].start, end=max(joined[-1].end, window.end))
        else:
            joined.append(window)
    return tuple(joined)


def _closed(windows: tuple[Window, ...], start: int, end: int) -> tuple[Window, ...]:
    left = (
        piece
        for window in windows
        for piece in (
            (window.start, min(window.end, start)),
            (max(window.start, end), window.end),
        )
    )
    return tuple(Window(start=first, end=last) for first, last in left if first < last)
