"""Reads the times of iCalendar events, and those of a series (RFC 5545, 3.3.5 and 3.3.10).

A rule is never run further than the last day that is asked for. Must not know what an event is.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from shopbell.domain.card_lines import Property

EARLIEST_SERIES = 2000
"""The year; a series that began before is no series of appointments."""

MOST_OF_A_SERIES = 400

_TIME = re.compile(r"(\d{8})T(\d{6})(Z?)")
_DAY = re.compile(r"\d{8}")
_FREQUENCIES = frozenset({"DAILY", "WEEKLY", "MONTHLY", "YEARLY"})
_PARTS = frozenset("FREQ INTERVAL BYDAY BYMONTHDAY BYMONTH BYSETPOS WKST COUNT UNTIL".split())
_VALUE = re.compile(r"[A-Z0-9,+-]{1,100}")
_LONGEST_RULE = 300
_MOST_STEPS = 1000

_OUTLOOK = {
    "atlantic standard time": "America/Halifax",
    "alaskan standard time": "America/Anchorage",
    "aus eastern standard time": "Australia/Sydney",
    "canada central standard time": "America/Regina",
    "central europe standard time": "Europe/Budapest",
    "central european standard time": "Europe/Warsaw",
    "central standard time": "America/Chicago",
    "e. australia standard time": "Australia/Brisbane",
    "eastern standard time": "America/New_York",
    "fle standard time": "Europe/Kyiv",
    "gmt standard time": "Europe/London",
    "gtb standard time": "Europe/Bucharest",
    "hawaiian standard time": "Pacific/Honolulu",
    "mountain standard time": "America/Denver",
    "new zealand standard time": "Pacific/Auckland",
    "newfoundland standard time": "America/St_Johns",
    "pacific standard time": "America/Los_Angeles",
    "romance standard time": "Europe/Paris",
    "us eastern standard time": "America/Indiana/Indianapolis",
    "us mountain standard time": "America/Phoenix",
    "w. europe standard time": "Europe/Berlin",
}
"""Names of time zones as Windows programs write them (unicode.org, CLDR windowsZones; from memory,
not compared with it)."""


class UnreadTime(ValueError):
    """A time or a series that cannot be used; the message is a sentence for the owner."""


def zone_called(name: str) -> ZoneInfo | None:
    """Return the time zone of a TZID; None if nobody knows it."""
    folded = name.strip().strip('"').casefold()
    if folded in _OUTLOOK:
        return ZoneInfo(_OUTLOOK[folded])
    known = _zones()
    # Some programs put a path of their own before it.
    for parts in (3, 2, 1):
        found = known.get("/".join(folded.split("/")[-parts:]))
        if found is not None:
            return ZoneInfo(found)
    return None


def starts_of(one: Property, here: ZoneInfo) -> tuple[datetime, ...]:
    """Return the moments a property names, on the clock they were written for (aware).

    Args:
        one: DTSTART, RECURRENCE-ID, EXDATE or RDATE.
        here: the shop's zone, for times that name none.

    Raises:
        UnreadTime: it is no time, has no time of day, or its zone is unknown.
    """
    zone = here
    if named := one.parameters.get("tzid", ()):
        found = zone_called(named[0])
        if found is None:
            raise UnreadTime(f"Its time zone “{named[0][:60]}” is not known here.")
        zone = found
    return tuple(_moment(text.strip(), zone) for text in one.value.split(",")[:_MOST_STEPS])


def series(rule: str, first: datetime, until: datetime) -> tuple[datetime, ...]:
    """Return the times of a series from `first` to `until`, on the clock of `first`.

    Raises:
        UnreadTime: the rule cannot be read, or asks for what no series of appointments is.
    """
    from dateutil.rrule import rrulestr

    parts = _parts(rule)
    start = first.replace(tzinfo=None)
    if start.year < EARLIEST_SERIES:
        raise UnreadTime("Its series began before the year 2000.")
    end = until.astimezone(first.tzinfo).replace(tzinfo=None)
    if "UNTIL" in parts:
        end = min(end, _last(parts["UNTIL"], first))
    if end < start:
        return ()
    # A count is taken here, for with an end no rule can run for ever.
    most = _number(parts.get("COUNT", "100000"))
    words = ";".join(f"{name}={parts[name]}" for name in parts if name not in {"COUNT", "UNTIL"})
    try:
        every = rrulestr(words, dtstart=start, cache=False)
        found: list[datetime] = []
        for at in every.replace(until=end):
            if len(found) >= most:
                break
            found.append(at)
    except (ValueError, TypeError, KeyError, AttributeError, IndexError, OverflowError):
        # What the library raises for words it does not know depends on the word.
        raise UnreadTime("Its series cannot be read.") from None
    return tuple(at.replace(tzinfo=first.tzinfo) for at in found)


def _parts(rule: str) -> dict[str, str]:
    if len(rule) > _LONGEST_RULE:
        raise UnreadTime("Its series cannot be read.")
    parts = {}
    for piece in rule.upper().split(";"):
        name, _, value = piece.strip().partition("=")
        if name not in _PARTS or not _VALUE.fullmatch(value):
            raise UnreadTime("Its series cannot be read.")
        parts[name] = value
    if parts.get("FREQ") not in _FREQUENCIES:
        raise UnreadTime("Its series comes more often than daily, or cannot be read.")
    if not 1 <= _number(parts.get("INTERVAL", "1")) <= _MOST_STEPS:
        raise UnreadTime("Its series cannot be read.")
    return parts


def _number(text: str) -> int:
    if not (text.isdecimal() and len(text) <= 6):
        raise UnreadTime("Its series cannot be read.")
    return int(text)


def _last(text: str, first: datetime) -> datetime:
    if _DAY.fullmatch(text):
        text += "T235959"
    zone = first.tzinfo if isinstance(first.tzinfo, ZoneInfo) else ZoneInfo("UTC")
    return _moment(text, zone).astimezone(first.tzinfo).replace(tzinfo=None)


def _moment(text: str, zone: ZoneInfo) -> datetime:
    if _DAY.fullmatch(text):
        raise UnreadTime("It lasts all day and has no time.")
    found = _TIME.fullmatch(text)
    if found is None:
        raise UnreadTime("Its time cannot be read.")
    try:
        wall = datetime.fromisoformat(f"{found.group(1)}T{found.group(2)}")
        at = (
            wall.replace(tzinfo=UTC).astimezone(zone)
            if found.group(3)
            else wall.replace(tzinfo=zone)
        )
        # Far from our days no zone can be reckoned with.
        at.astimezone(UTC) + timedelta(days=1)
    except (ValueError, OverflowError):
        raise UnreadTime("Its time cannot be read.") from None
    return at


@cache
def _zones() -> dict[str, str]:
    return {name.casefold(): name for name in available_timezones()}
