"""Which days are holidays: of a country, of its parts, and by a rule file's own words.

The days come from the library `holidays`; what a rule file adds is kept even if the library drops
it. A holiday that falls on a weekend closes its own date and the weekday it is observed on. Must
not say what a holiday means for a text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

_DAY_ZERO = date(1970, 1, 1).toordinal()
_WEEK = 7
_SATURDAY, _SUNDAY = 5, 6
_FIXED = re.compile(r"(?P<month>\d\d)-(?P<day>\d\d)")
_NTH = re.compile(
    rf"(?P<nth>1st|2nd|3rd|4th|last) (?P<weekday>{'|'.join(WEEKDAYS)}) "
    rf"(?P<month>{'|'.join(MONTHS)})(?: (?P<shift>[+-]\d+))?(?P<even>, even years)?"
)
_EASTER = re.compile(r"easter(?P<shift>[+-]\d+)?")


def day_number(day: date) -> int:
    """Return the day counted since 1970, as `Calendar` and `windows` count days."""
    return day.toordinal() - _DAY_ZERO


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """The holidays of one country, of some of its parts, and some more."""

    country: str
    """ISO 3166-1 alpha-2. A country the library does not know has only the days of `extra`."""
    parts: tuple[str, ...] = ()
    """ISO 3166-2 without the country ("PA"); their holidays are added to those of the country."""
    extra: tuple[tuple[str, str], ...] = ()
    """Name and rule of each further day: see `is_day_rule`."""

    def shuts(self, day: int) -> bool:
        """Return whether that day (counted since 1970) is a holiday."""
        return self.name_on(day) is not None

    def name_on(self, day: int) -> str | None:
        """Return the name of the holiday on that day (counted since 1970), if it is one."""
        on = date.fromordinal(day + _DAY_ZERO)
        return _holidays(self, on.year).get(on)

    def between(self, first: date, last: date) -> tuple[tuple[date, str], ...]:
        """Return the holidays from the first to the last day, both included, in order."""
        return tuple(
            (day, name)
            for year in range(first.year, last.year + 1)
            for day, name in sorted(_holidays(self, year).items())
            if first <= day <= last
        )


def is_day_rule(rule: str) -> bool:
    """Return whether `rule` names a day of every year, or of every other year.

    "11-01", "2nd Mon Aug", "last Mon May", "4th Thu Nov +1" (the day after), "easter-2", and
    "1st Mon Nov +1, even years".
    """
    return any(True for _ in _dates(rule, _LEAP_YEAR))


_LEAP_YEAR = 2028


@lru_cache(maxsize=1024)
def _holidays(calendar: Calendar, year: int) -> Mapping[date, str]:
    found: dict[date, str] = {}
    for part in (None, *calendar.parts):
        for day, name in _library_days(calendar.country, part, year).items():
            found.setdefault(day, name)
    for name, rule in calendar.extra:
        for around in (year - 1, year, year + 1):
            for day in _dates(rule, around):
                if day.year == year:
                    found.setdefault(day, name)
    return found


@lru_cache(maxsize=1024)
def _library_days(country: str, part: str | None, year: int) -> Mapping[date, str]:
    """Return the library's days; those of a part it does not know are those of the country."""
    import holidays

    known = getattr(holidays, country, None) if country in _countries() else None
    if known is None:
        return {}
    days = holidays.country_holidays(
        country,
        subdiv=part if part in known.subdivisions else None,
        # New Year's Day may be observed in the year before.
        years=(year - 1, year, year + 1),
        language="en_US" if "en_US" in known.supported_languages else None,
    )
    return {day: name for day, name in days.items() if day.year == year}


@lru_cache(maxsize=1)
def _countries() -> frozenset[str]:
    import holidays

    return frozenset(holidays.list_supported_countries(include_aliases=False))


def _dates(rule: str, year: int) -> Iterator[date]:
    """Yield the date of `rule` in `year`, and the weekday it is observed on."""
    if found := _FIXED.fullmatch(rule):
        try:
            day = date(year, int(found["month"]), int(found["day"]))
        except ValueError:
            return
        yield day
        if day.weekday() == _SATURDAY:
            yield day - timedelta(days=1)
        elif day.weekday() == _SUNDAY:
            yield day + timedelta(days=1)
    elif found := _NTH.fullmatch(rule):
        if not (found["even"] and year % 2):
            yield _nth(found, year) + timedelta(days=int(found["shift"] or 0))
    elif found := _EASTER.fullmatch(rule):
        from dateutil.easter import easter

        yield easter(year) + timedelta(days=int(found["shift"] or 0))


def _nth(found: re.Match[str], year: int) -> date:
    weekday, month = WEEKDAYS.index(found["weekday"]), MONTHS.index(found["month"]) + 1
    if found["nth"] == "last":
        last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
        return last - timedelta(days=(last.weekday() - weekday) % _WEEK)
    first = date(year, month, 1)
    weeks = int(found["nth"][0]) - 1
    return first + timedelta(days=(weekday - first.weekday()) % _WEEK + weeks * _WEEK)
