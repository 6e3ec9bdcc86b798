"""Stretches of days a report is asked for: steps through time, and days as people type them.

Must not know what day it is: `today` is handed in.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from shopbell.domain.telling import plain_day
from shopbell.errors import BadInput

USUAL = (30, 90, 365, 7)
"""How many days a report covers, in the order in which they are offered."""

_FIRST_YEAR, _LAST_YEAR = 1971, 8999
_HINT = "Write the first and the last day, like: 2026-11-01 2026-11-30"


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """Some days, the first and the last included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """How many."""
        return (self.last - self.first).days + 1

    def words(self, today: date) -> str:
        """Return what to call it: "the last 30 days", "26 Oct 2026 to 24 Nov 2026"."""
        if self.last == today and self.days > 1:
            return f"the last {self.days} days"
        if self.first == today == self.last:
            return "today"
        return self.dates()

    def dates(self) -> str:
        """Return its days: "26 Oct 2026 to 24 Nov 2026", or the only one."""
        if self.days == 1:
            return f"{self.first:%a} {plain_day(self.first)}"
        return f"{plain_day(self.first)} to {plain_day(self.last)}"


def until(today: date, days: int) -> Period:
    """Return the last so many days, today included."""
    return Period(first=today - timedelta(days=days - 1), last=today)


def longer(period: Period, today: date) -> Period:
    """Return the next of the usual stretches, which end today; after the last comes the first."""
    usual = [until(today, days) for days in USUAL]
    at = usual.index(period) + 1 if period in usual else 0
    return usual[at % len(usual)]


def before(period: Period) -> Period:
    """Return as many days right before it, or the same where the calendar ends."""
    step = timedelta(days=period.days)
    if period.first.year <= _FIRST_YEAR:
        return period
    return Period(first=period.first - step, last=period.last - step)


def after(period: Period, today: date) -> Period:
    """Return as many days right after it, though none after today."""
    step = timedelta(days=max(0, min(period.days, (today - period.last).days)))
    return Period(first=period.first + step, last=period.last + step)


def read_period(line: str) -> Period:
    """Read one day, or the first and the last, written like 2026-11-24.

    Raises:
        BadInput: it is no day, or the days are in the wrong order.
    """
    words = line.replace(",", " ").split()
    if not 1 <= len(words) <= 2:
        raise BadInput("That is not one day or two.", _HINT, code="bad_days")
    first, last = _day(words[0]), _day(words[-1])
    if first > last:
        raise BadInput(
            f"The first day, {first}, is after the last, {last}.", _HINT, code="bad_days"
        )
    return Period(first=first, last=last)


def _day(word: str) -> date:
    try:
        day = date.fromisoformat(word)
    except ValueError:
        day = date.min
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise BadInput(f"“{word[:20]}” is not a day.", _HINT, code="bad_days")
    return day
