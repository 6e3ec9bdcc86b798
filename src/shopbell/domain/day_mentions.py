"""Which days a text speaks of: "today", "this Saturday", "Tue 3 Mar", "next week".

Names of days that come every week, or that are only looked back at ("since Monday"), are none. Must
not know what follows from it: see `domain.stale`.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum, auto
from typing import assert_never

from shopbell.domain.folding import Folded
from shopbell.domain.stale_rules import Calendar, Half, StaleRules, Stretch, Unit

DAY_MINUTES = 24 * 60

_A_DAY = timedelta(days=1)
_LONG_AGO = timedelta(days=180)
_LOOK_AROUND = 30
_OPENING_DAYS = 4
"""A range that goes on for so many days, Monday to Friday, is how the shop is open every week."""
_FIGURES = (
    re.compile(r"(?<![\d-])(?P<y>20\d\d)-(?P<month>\d\d)-(?P<d>\d\d)(?![\d-])"),
    re.compile(r"(?<![\d.])(?P<d>\d{1,2})\.(?P<month>\d{1,2})\.(?P<y>20\d\d)(?!\d)"),
)


class Kind(Enum):
    """How a day is named."""

    STRETCH = auto()
    DATE = auto()
    WEEKDAY = auto()
    SHORT = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A day that is spoken of, at `text[start:end]` of the folded text."""

    start: int
    end: int
    kind: Kind
    day: date
    """The last day on which the words are true."""
    calendar: Calendar
    """Of the language it is said in."""
    ends: int = DAY_MINUTES
    """Minutes after midnight of that day."""
    clock: bool = True
    """A time beside it is a time on that day."""
    half: Half = Half.UNSAID


def mentions_in(
    body: str, folded: Folded, plain: str, today: date, rules: StaleRules
) -> tuple[Mention, ...]:
    """Return the days a text speaks of, in order, none inside another.

    Args:
        body: as typed; some names count only with a capital.
        folded: the same, folded.
        plain: the folded text without what must not be seen, as long as it.
        today: the day at the counter.
        rules: the words.
    """
    calendars = tuple(rules.calendars.values())
    found = [*_stretches(plain, today, rules)]
    for calendar in calendars:
        patterns = (*calendar.dates, *(_FIGURES if calendar is calendars[0] else ()))
        dated = [
            replace(mention, start=match.start(), end=match.end())
            for pattern in patterns
            for match in pattern.finditer(plain)
            if _is_capital_enough(body, folded, match, "month", calendar)
            and (mention := _dated(match, today, calendar))
        ]
        named = [*_weekdays(body, folded, plain, today, calendar)]
        found += _meant(body, folded, plain, _apart([*dated, *named]), today)
    return _apart(found)


def _stretches(plain: str, today: date, rules: StaleRules) -> Iterator[Mention]:
    for stretch in rules.stretches:
        for match in stretch.found.finditer(plain):
            yield Mention(
                start=match.start(),
                end=match.end(),
                kind=Kind.STRETCH,
                day=_last_day(stretch, today),
                calendar=rules.calendars[stretch.language],
                ends=stretch.ends,
                clock=stretch.clock,
                half=stretch.half,
            )


def _last_day(stretch: Stretch, today: date) -> date:
    match stretch.unit:
        case Unit.DAY:
            return today
        case Unit.WEEK:
            return today + (6 - today.weekday()) * _A_DAY
        case Unit.MONTH:
            return today.replace(day=monthrange(today.year, today.month)[1])
        case _:
            assert_never(stretch.unit)


def _dated(match: re.Match[str], today: date, calendar: Calendar) -> Mention | None:
    """Return the date, in the year that is meant; a day long past is one of the next year."""
    written = match["month"]
    month = int(written) if written.isdecimal() else calendar.months[written] + 1
    for year in [int(match["y"])] if match["y"] else [today.year, today.year + 1]:
        try:
            day = date(year, month, int(match["d"]))
        except ValueError:
            continue
        if match["y"] or day >= today - _LONG_AGO:
            return Mention(
                start=match.start(), end=match.end(), kind=Kind.DATE, day=day, calendar=calendar
            )
    return None


def _weekdays(
    body: str, folded: Folded, plain: str, today: date, calendar: Calendar
) -> Iterator[Mention]:
    for pattern, kind in (
        (calendar.weekday, Kind.WEEKDAY),
        (calendar.short_weekday, Kind.SHORT),
    ):
        for match in pattern.finditer(plain):
            if not _is_capital_enough(body, folded, match, "day", calendar):
                continue
            days_ahead = (calendar.weekdays[match["day"]] - today.weekday()) % 7
            yield Mention(
                start=match.start(),
                end=match.end(),
                kind=kind,
                day=today + days_ahead * _A_DAY,
                calendar=calendar,
            )


def _is_capital_enough(
    body: str, folded: Folded, match: re.Match[str], group: str, calendar: Calendar
) -> bool:
    if match[group] not in calendar.capitals:
        return True
    return body[folded.span(*match.span(group))[0]].isupper()


def _meant(
    body: str, folded: Folded, plain: str, names: Sequence[Mention], today: date
) -> Iterator[Mention]:
    """Return the named days that are ahead and meant as one day: the last day of a range."""
    ends_range = weekly_hours = False
    for place, mention in enumerate(names):
        calendar = mention.calendar
        follower = names[place + 1] if place + 1 < len(names) else None
        between = plain[mention.end : follower.start] if follower else ""
        ends_before, ends_range = ends_range, False
        if follower and len(between) < _LOOK_AROUND:
            if calendar.day_range.fullmatch(between) and _is_sure(body, folded, mention, follower):
                ends_range = True
                weekly_hours = Kind.DATE not in {mention.kind, follower.kind} and (
                    (follower.day - mention.day).days % 7 >= _OPENING_DAYS
                )
                continue
            dated = follower.kind is Kind.DATE and mention.kind is not Kind.DATE
            if dated and calendar.of_date.fullmatch(between):
                continue
        if ends_before and weekly_hours:
            continue
        if mention.kind is Kind.SHORT and not ends_before:
            capital = body[folded.span(mention.start, mention.end)[0]].isupper()
            if not _has_time(plain, mention, capital=capital):
                continue
        ahead = _ahead(plain, mention, today, in_range=ends_before)
        if ahead is not None:
            yield ahead


def _is_sure(body: str, folded: Folded, first: Mention, last: Mention) -> bool:
    """Return whether two short names are a range of days, not words: both have a capital."""
    return all(
        mention.kind is not Kind.SHORT or body[folded.span(mention.start, mention.end)[0]].isupper()
        for mention in (first, last)
    )


def _has_time(plain: str, mention: Mention, *, capital: bool) -> bool:
    """Return whether a time follows the short name of a day; a mere number does not do."""
    calendar = mention.calendar
    gap = calendar.of_date.match(plain, mention.end)
    start = gap.end() if gap else mention.end
    if calendar.clock_range.match(plain, start):
        return True
    if match := calendar.until.match(plain, start) or calendar.at.match(plain, start):
        return capital or bool(match["half1"] or match["mark1"] or match["m1"])
    alone = calendar.clock.match(plain, start)
    return alone is not None and bool(alone["half1"] or alone["mark1"] or alone["m1"])


def _ahead(plain: str, mention: Mention, today: date, *, in_range: bool) -> Mention | None:
    """Return the mention as it binds: None for every week or what is past, earlier for "before"."""
    calendar = mention.calendar
    earlier = plain[max(0, mention.start - _LOOK_AROUND) : mention.start]
    later = plain[mention.end : mention.end + _LOOK_AROUND]
    if mention.kind is Kind.DATE and mention.day < today:
        return None
    if not in_range:
        weekly = mention.kind is not Kind.DATE and calendar.repeats.search(earlier)
        if weekly or calendar.past_before.search(earlier):
            return None
    if calendar.past_after.match(later):
        return None
    if not calendar.before.search(earlier):
        return mention
    day = mention.day - _A_DAY
    if day < today and mention.kind is not Kind.DATE:
        day += 7 * _A_DAY
    return replace(mention, day=max(day, today))


def _apart(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """Return the mentions in order; of those that overlap the first, and of these the longest."""
    kept: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (m.start, -m.end)):
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return tuple(kept)
