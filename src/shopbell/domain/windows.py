"""When weekly hours are open, exact through every clock change. Must not know whose hours they are.

Hours are wall-clock hours, half-open `[start, end)`. An instant is open when a clock on the wall in
that zone shows an open minute: the hour that a change skips never comes, the hour it repeats comes
twice. Several zones are open only when all of them are. Hours may leave out days (holidays) and may
bind from one day to another only (a rule in force).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Protocol
from zoneinfo import ZoneInfo

from shopbell.domain.shop import Week, Window
from shopbell.domain.zones import zone_named

SEARCH_DAYS = 400
"""How far ahead an opening is looked for."""

_DAY = 24 * 60 * 60
_PROBE = 6 * 60 * 60
"""No zone changes its clock twice within this time."""
_WEEKDAY_OF_1970 = 3
_LONGEST_LOOK = 9
"""Hours that stay open for more than this many days have no end."""

Span = tuple[int, int]
"""A stretch of time `[start, end)` in seconds since 1970."""


ALL_DAY = (Window(start=0, end=24 * 60),)
ROUND_THE_CLOCK = Week(days=(ALL_DAY,) * 7)


class Shut(Protocol):
    """Days that are closed whatever the hours; hashable, so that what was found out is kept."""

    def __hash__(self) -> int:
        """Return the same for equal days."""
        ...

    def shuts(self, day: int) -> bool:
        """Return whether that day (counted since 1970) is closed."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """Weekly hours as a clock in `zone` reads them."""

    week: Week
    zone: str
    """An IANA zone that `zone_named` knows."""
    shut: Shut | None = None
    since: int | None = None
    """The first day (counted since 1970) they bind; before it, every minute is open."""
    until: int | None = None
    """The first day they bind no more."""
    _hash: int = field(init=False, repr=False, compare=False, default=0)

    def __post_init__(self) -> None:
        """Reckon the hash once: a week is a deep record, and hours are looked up all the time."""
        parts = (self.week, self.zone, self.shut, self.since, self.until)
        object.__setattr__(self, "_hash", hash(parts))

    def __hash__(self) -> int:
        return self._hash

    def on(self, day: int) -> tuple[Window, ...]:
        """Return the open windows of that local day (counted since 1970)."""
        if (self.since is not None and day < self.since) or (
            self.until is not None and day >= self.until
        ):
            return ALL_DAY
        if self.shut is not None and self.shut.shuts(day):
            return ()
        return self.week.days[(day + _WEEKDAY_OF_1970) % 7]


def is_open(hours: Sequence[Hours], at: datetime, margin: timedelta = timedelta(0)) -> bool:
    """Return whether every one of `hours` is open at `at` and stays so for longer than `margin`."""
    second, spare = _second(at), int(margin.total_seconds())
    return all(_next(each, second, spare) == second for each in hours)


def window_end(hours: Sequence[Hours], at: datetime) -> datetime | None:
    """Return when the first of the windows open at `at` ends (aware, UTC).

    None means that none ends within a week. Every one of `hours` must be open.
    """
    second = _second(at)
    ends = [_end(each, second) for each in hours]
    known = [end for end in ends if end is not None]
    return _moment(min(known)) if known else None


def next_open(
    hours: Sequence[Hours], at: datetime, margin: timedelta = timedelta(0)
) -> datetime | None:
    """Return the first moment from `at` on when all of `hours` are open for longer than `margin`.

    `at` itself if they are open now. None if that never comes within `SEARCH_DAYS` days.
    """
    first, spare = _second(at), int(margin.total_seconds())
    second = first
    while True:
        agreed = second
        for each in hours:
            opening = _next(each, agreed, spare)
            if opening is None or opening > first + SEARCH_DAYS * _DAY:
                return None
            agreed = opening
        if agreed == second:
            return at.astimezone(UTC) if second == first else _moment(second)
        second = agreed


@lru_cache(maxsize=65536)
def _next(hours: Hours, second: int, spare: int) -> int | None:
    """Return the first second from `second` on that is open for longer than `spare`."""
    first_day = second // _DAY
    for day in range(first_day, first_day + SEARCH_DAYS + 2):
        for start, stop in _open_spans(hours, day):
            if stop <= second:
                continue
            opening = max(start, second)
            end = _end(hours, opening)
            if end is None or end - opening > spare:
                return opening
    return None


@lru_cache(maxsize=65536)
def _end(hours: Hours, second: int) -> int | None:
    """Return the end of the stretch open at `second`; None if it goes on for more than a week."""
    end = second
    for day in range(second // _DAY, second // _DAY + _LONGEST_LOOK):
        for start, stop in _open_spans(hours, day):
            if start <= end < stop:
                end = stop
        if end < (day + 1) * _DAY:
            return end
    return None


@lru_cache(maxsize=65536)
def _open_spans(hours: Hours, day: int) -> tuple[Span, ...]:
    """Return the open stretches of one UTC day (counted since 1970), in order."""
    found: list[Span] = []
    for since, until, offset in _even_stretches(hours.zone, day):
        for local_day in range((since + offset) // _DAY, (until + offset - 1) // _DAY + 1):
            for window in hours.on(local_day):
                midnight = local_day * _DAY - offset
                start = max(since, midnight + window.start * 60)
                stop = min(until, midnight + window.end * 60)
                if start < stop:
                    found.append((start, stop))
    return tuple(sorted(found))


@lru_cache(maxsize=65536)
def _even_stretches(zone: str, day: int) -> tuple[tuple[int, int, int], ...]:
    """Return the stretches of one UTC day in which the zone's clock runs evenly.

    Each is `(since, until, offset)`: `[since, until)` with one offset from UTC, in seconds.
    """
    known = zone_named(zone)
    if known is None:
        raise LookupError(f"{zone} is no time zone")
    since = day * _DAY
    offset = _offset(known, since)
    stretches: list[tuple[int, int, int]] = []
    for probe in range(since + _PROBE, since + _DAY + 1, _PROBE):
        if _offset(known, probe) != offset:
            change = _change(known, probe - _PROBE, probe)
            stretches.append((since, change, offset))
            since, offset = change, _offset(known, probe)
    end = (day + 1) * _DAY
    if since < end:
        stretches.append((since, end, offset))
    return tuple(stretches)


def _change(zone: ZoneInfo, before: int, after: int) -> int:
    """Return the first second that has the offset of `after`, not the one of `before`."""
    offset = _offset(zone, before)
    while after - before > 1:
        middle = (before + after) // 2
        if _offset(zone, middle) == offset:
            before = middle
        else:
            after = middle
    return after


def _offset(zone: ZoneInfo, second: int) -> int:
    offset = datetime.fromtimestamp(second, zone).utcoffset()
    return int(offset.total_seconds()) if offset is not None else 0


def _second(at: datetime) -> int:
    return int(at.timestamp() // 1)


def _moment(second: int) -> datetime:
    return datetime.fromtimestamp(second, UTC)
