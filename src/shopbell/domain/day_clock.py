"""The time of day that stands beside a day in a text: "until 5 today", "Sat 10-5".

"5" is the five o'clock that is meant in a shop: the next one today, in the afternoon on other days.
Must not read the clock.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum, auto

from shopbell.domain.day_mentions import DAY_MINUTES, Mention
from shopbell.domain.stale_rules import Half

_LOOK_BEFORE, _LOOK_AFTER, _WIDEST_GAP = 30, 60, 24
_NOON = 12 * 60
_LATE_MORNING = 10 * 60
"""From this hour on, an hour without am or pm is one of the morning: "Saturday until 11"."""
_OPENING = 8 * 60
"""A range that begins earlier, "2-6", is one of the afternoon."""
_SENTENCE_END = re.compile(r"[!?;\n]|(?<![ap]\.m)\.(?=\s|$)")


class Limit(Enum):
    """What a time beside a day does to it."""

    ENDS = auto()
    BEGINS = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeBeside:
    """A time of day, at `text[start:end]`."""

    start: int
    end: int
    minute: int
    """After midnight, 0..1440."""
    limit: Limit


def times_beside(
    text: str, mention: Mention, here: datetime, *, after: int, before: int
) -> Iterator[TimeBeside]:
    """Return the times that belong to a day in a folded text.

    Args:
        text: the folded text.
        mention: the day.
        here: when it was written, by the counter's clock.
        after: where the day before it ends in the text; nothing earlier belongs to this one.
        before: where the next one begins.
    """
    latest = min(before, mention.end + _LOOK_AFTER)
    stop = _SENTENCE_END.search(text, mention.end, latest)
    latest = stop.start() if stop else latest
    for pattern, limit, n in _patterns(mention):
        following = pattern.search(text, mention.end, latest)
        if following and following.start() - mention.end > _WIDEST_GAP:
            following = None
        for match in filter(None, (following, _leading(text, mention, pattern, after))):
            minute = _minute(match, n, mention, here)
            if minute is not None:
                yield TimeBeside(start=match.start(), end=match.end(), minute=minute, limit=limit)
    if bare := _right_after(text, mention, latest):
        minute = _minute(bare, 1, mention, here)
        if minute is not None:
            yield TimeBeside(start=bare.start(), end=bare.end(), minute=minute, limit=Limit.BEGINS)


def _right_after(text: str, mention: Mention, latest: int) -> re.Match[str] | None:
    """Return a time right after a day that needs no word to be one: "Saturday 7pm"."""
    gap = mention.calendar.of_date.match(text, mention.end, latest)
    match = mention.calendar.clock.match(text, gap.end(), latest) if gap else None
    return match if match and (match["half1"] or match["mark1"] or match["m1"]) else None


def where_it_begins(text: str, mention: Mention, after: int) -> int:
    """Return where a day begins in a text, with the time right before it: "until 5 today"."""
    if not mention.clock:
        return mention.start
    times = (_leading(text, mention, pattern, after) for pattern, _, _ in _patterns(mention))
    return min((match.start() for match in times if match), default=mention.start)


def _patterns(mention: Mention) -> tuple[tuple[re.Pattern[str], Limit, int], ...]:
    """Return what a time looks like, what it does, and which of its two times counts."""
    calendar = mention.calendar
    return (
        (calendar.clock_range, Limit.ENDS, 2),
        (calendar.until, Limit.ENDS, 1),
        (calendar.at, Limit.BEGINS, 1),
    )


def _leading(
    text: str, mention: Mention, pattern: re.Pattern[str], after: int
) -> re.Match[str] | None:
    """Return the time that stands right before a day; a comma parts it from one before."""
    for match in pattern.finditer(text, max(after, mention.start - _LOOK_BEFORE), mention.start):
        between = text[match.end() : mention.start]
        parted = after > 0 and "," in between
        if mention.calendar.of_date.fullmatch(between) and not parted:
            return match
    return None


def moment(day: date, minute: int, here: datetime) -> datetime:
    """Return the instant (UTC) of a time of day by the counter's clock; 1440 is the day's end."""
    if minute >= DAY_MINUTES:
        day, minute = day + timedelta(days=1), 0
    wall = time(minute // 60, minute % 60)
    return datetime.combine(day, wall, tzinfo=here.tzinfo).astimezone(UTC)


def _minute(match: re.Match[str], n: int, mention: Mention, here: datetime) -> int | None:
    """Return the time the match means, in minutes after midnight, or None if it is no time."""
    if n == 2:
        return _end_of_range(match, mention, here)
    if match.groupdict().get("named"):
        return mention.calendar.times[match["named"]]
    minute, exact = _written(match, 1, mention)
    said = match["half1"] or match["mark1"] or match["sep1"] in {":", "h"}
    if minute is None or not (said or mention.calendar.bare_hours):
        return None
    return minute if exact else _meant_in_a_shop(minute, mention, here)


def _end_of_range(match: re.Match[str], mention: Mention, here: datetime) -> int | None:
    (start, _), (end, exact) = (_written(match, n, mention) for n in (1, 2))
    if start is None or end is None:
        return None
    if end <= start:
        afternoon = not exact and end + _NOON > start
        # "6pm-2am" goes on past midnight; its day ends there.
        return end + _NOON if afternoon else DAY_MINUTES
    over = mention.day == here.date() and moment(mention.day, end, here) <= here
    if not exact and end < _NOON and (over or start < _OPENING):
        end += _NOON
    return end


def _written(match: re.Match[str], n: int, mention: Mention) -> tuple[int | None, bool]:
    """Return a time as it is written, and whether it can mean that one only."""
    hour, past = int(match[f"h{n}"]), int(match[f"m{n}"] or 0)
    half = match[f"half{n}"]
    minute = hour * 60 + past
    if past > 59 or minute > DAY_MINUTES or (half and not 1 <= hour <= 12):
        return None, True
    if half:
        return (hour % 12 + (12 if half == "p" else 0)) * 60 + past, True
    if 1 <= hour <= 11 and mention.half is Half.PM:
        return minute + _NOON, True
    marked = match[f"mark{n}"] or match[f"sep{n}"] == "h" or mention.half is Half.AM
    return minute, bool(marked) or not 1 <= hour <= 11


def _meant_in_a_shop(minute: int, mention: Mention, here: datetime) -> int:
    """Return the time that an hour without am or pm means: the next one today, else shop hours."""
    if mention.day == here.date():
        return minute if moment(mention.day, minute, here) > here else minute + _NOON
    return minute if minute >= _LATE_MORNING else minute + _NOON
