"""Weekly hours in a few words for a text: "weekdays 10-6, Sat 10-5". Must not know what day it is.

Hours that take more than a few words are called the shop's hours: a text is no timetable.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from shopbell.domain.shop import Week, Window

_NOON, _MIDNIGHT = 12 * 60, 24 * 60
_MOST_GROUPS = 2
_LONGEST = 40


class ClockStyle(StrEnum):
    """How a language counts hours."""

    TWELVE = "12"
    TWENTY_FOUR = "24"


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursWords:
    """How one language writes days and hours."""

    days: Sequence[str]
    """Seven short names, Monday first."""
    weekdays: str
    daily: str
    clock: ClockStyle
    hour: str
    """With `{h}`."""
    hour_minute: str
    """With `{h}` and `{m}`."""
    hours: str
    """With `{from}` and `{to}`."""
    otherwise: str
    """Said instead of hours that would be too long."""


def hours_words(week: Week, words: HoursWords) -> str:
    """Return the week's hours in at most forty characters, or `words.otherwise`."""
    groups: list[tuple[int, int]] = []
    for day, windows in enumerate(week.days):
        if len(windows) > 1:
            return words.otherwise
        if groups and groups[-1][1] == day - 1 and week.days[groups[-1][0]] == windows:
            groups[-1] = (groups[-1][0], day)
        elif windows:
            groups.append((day, day))
    if not 0 < len(groups) <= _MOST_GROUPS:
        return words.otherwise
    said = ", ".join(
        f"{_days(first, last, words)} {_window(week.days[first][0], words)}"
        for first, last in groups
    )
    return said if len(said) <= _LONGEST else words.otherwise


def _days(first: int, last: int, words: HoursWords) -> str:
    match first, last:
        case 0, 6:
            return words.daily
        case 0, 4:
            return words.weekdays
        case _ if first == last:
            return words.days[first]
        case _:
            return f"{words.days[first]}-{words.days[last]}"


def _window(window: Window, words: HoursWords) -> str:
    start, end = window.start, window.end
    if words.clock is ClockStyle.TWELVE:
        # "9-6" can be meant in one way only while the morning hour is the larger one.
        plain = 0 < start < _NOON < end < _MIDNIGHT and end - _NOON < start
        said = (_twelve(start, words, half=not plain), _twelve(end, words, half=not plain))
    else:
        said = (_time(start // 60, start % 60, words), _time(end // 60, end % 60, words))
    return words.hours.replace("{from}", said[0]).replace("{to}", said[1])


def _twelve(minute: int, words: HoursWords, *, half: bool) -> str:
    if minute in {0, _MIDNIGHT}:
        return "midnight"
    if minute == _NOON:
        return "noon"
    hour = minute // 60
    said = _time(hour % 12 or 12, minute % 60, words)
    return f"{said}{'am' if minute < _NOON else 'pm'}" if half else said


def _time(hour: int, minute: int, words: HoursWords) -> str:
    form = words.hour_minute if minute else words.hour
    return form.replace("{h}", str(hour)).replace("{m}", f"{minute:02d}")
