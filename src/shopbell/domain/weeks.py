"""Reads and writes weekly hours, and intersects them. Must not know any date or time zone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import reduce

from shopbell.domain.shop import WEEKDAYS, Week, Window
from shopbell.errors import BadInput

_MINUTES_A_DAY = 24 * 60
_WINDOW = re.compile(r"(\d{1,2}):(\d{2})\s*[-\u2013]\s*(\d{1,2}):(\d{2})")
_DAYS = re.compile(r"([a-z]{3})[a-z]*(?:\s*[-\u2013]\s*([a-z]{3})[a-z]*)?\s+(.*)", re.I | re.S)
_CLOSED = frozenset({"none", "closed", ""})
_HINT = 'Write hours like "mon-fri 10:00-18:00; sat 10:00-17:00".'


def week_of(days: Mapping[str, str]) -> Week:
    """Return the week a table like `{"mon": "08:00-12:00, 13:00-18:00", "sun": "none"}` says.

    A day that is left out is closed.

    Raises:
        BadInput: a weekday or a window that cannot be read.
    """
    for day in days:
        if day not in WEEKDAYS:
            raise BadInput(f'"{day}" is not a weekday.', _HINT)
    read = [_windows(days.get(day, "none")) for day in WEEKDAYS]
    return Week(days=(read[0], read[1], read[2], read[3], read[4], read[5], read[6]))


def read_week(text: str) -> Week:
    """Return the week that `text` says: "mon-fri 10:00-18:00; sat 10:00-17:00; sun none".

    Days that are left out are closed. `week_text` writes what this reads.

    Raises:
        BadInput: a day or a window that cannot be read, or a day said twice.
    """
    days: dict[str, str] = {}
    for piece in filter(None, (piece.strip() for piece in re.split(r"[;\n]", text))):
        found = _DAYS.fullmatch(piece)
        if found is None:
            raise BadInput(f'The hours "{piece}" cannot be read.', _HINT)
        first, last, windows = found.groups()
        for day in _days_between(first.lower(), (last or first).lower()):
            if day in days:
                raise BadInput(f'The hours of "{day}" are given twice.', _HINT)
            days[day] = windows
    return week_of(days)


def week_text(week: Week) -> str:
    """Return the week in words, days with the same hours together; "closed" if no day is open."""
    groups: list[tuple[int, int]] = []
    for day in range(len(WEEKDAYS)):
        if groups and week.days[groups[-1][0]] == week.days[day]:
            groups[-1] = (groups[-1][0], day)
        else:
            groups.append((day, day))
    return (
        "; ".join(
            f"{WEEKDAYS[first]}{'' if first == last else '-' + WEEKDAYS[last]} "
            + day_text(week.days[first])
            for first, last in groups
            if week.days[first]
        )
        or "closed"
    )


def day_text(windows: tuple[Window, ...]) -> str:
    """Return one day's windows: "08:00-12:00, 13:00-18:00", or "closed"."""
    return ", ".join(map(str, windows)) or "closed"


def intersected(first: Week, *others: Week) -> Week:
    """Return the hours that are open in every one of the weeks."""
    return reduce(_both, others, first)


def _both(one: Week, other: Week) -> Week:
    days = [
        tuple(
            Window(start=max(a.start, b.start), end=min(a.end, b.end))
            for a in mine
            for b in theirs
            if max(a.start, b.start) < min(a.end, b.end)
        )
        for mine, theirs in zip(one.days, other.days, strict=True)
    ]
    return Week(days=(days[0], days[1], days[2], days[3], days[4], days[5], days[6]))


def _windows(text: str) -> tuple[Window, ...]:
    """Return the windows of one day, sorted, those that touch joined."""
    if text.strip().lower() in _CLOSED:
        return ()
    windows: list[Window] = []
    for piece in text.split(","):
        found = _WINDOW.fullmatch(piece.strip())
        if found is None:
            raise BadInput(f'The hours "{piece.strip()}" cannot be read.', _HINT)
        h1, m1, h2, m2 = map(int, found.groups())
        start, end = h1 * 60 + m1, h2 * 60 + m2
        if m1 > 59 or m2 > 59 or end > _MINUTES_A_DAY:
            raise BadInput(f'"{piece.strip()}" is not a time of day.', _HINT)
        if start >= end:
            raise BadInput(
                f'The hours "{piece.strip()}" end before they begin.',
                "Hours over midnight are written on both days: 20:00-24:00 and 00:00-02:00.",
            )
        windows.append(Window(start=start, end=end))
    joined: list[Window] = []
    for window in sorted(windows):
        if joined and window.start < joined[-1].end:
            raise BadInput(f'The hours "{text.strip()}" overlap.', _HINT)
        if joined and window.start == joined[-1].end:
            joined[-1] = Window(start=joined[-1].start, end=window.end)
        else:
            joined.append(window)
    return tuple(joined)


def _days_between(first: str, last: str) -> list[str]:
    for day in (first, last):
        if day not in WEEKDAYS:
            raise BadInput(f'"{day}" is not a weekday.', _HINT)
    start, end = WEEKDAYS.index(first), WEEKDAYS.index(last)
    if start > end:
        raise BadInput(f'"{first}-{last}" runs over the end of the week.', _HINT)
    return list(WEEKDAYS[start : end + 1])
