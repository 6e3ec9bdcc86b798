"""Words that are true for a while only, as read from a rule file. Must not know what time it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from shopbell.domain.folding import read_words, whole_words
from shopbell.domain.rule_table import RuleTable

_A_WEEK, _A_YEAR = 7, 12
_DAY_MINUTES = 24 * 60


class Unit(StrEnum):
    """The stretch of time some words speak of."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


class Half(StrEnum):
    """Which half of the day a time without am or pm is in."""

    AM = "am"
    PM = "pm"
    UNSAID = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Words such as "this afternoon", and when they stop being true."""

    language: str
    found: re.Pattern[str]
    unit: Unit
    ends: int
    """Minutes after midnight of the last day."""
    clock: bool
    """A time beside the words is a time on the day of writing."""
    half: Half


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """How one language names days and times. All patterns are for folded texts."""

    language: str
    weekday: re.Pattern[str]
    """Group "day"; see `weekdays`."""
    short_weekday: re.Pattern[str]
    """Group "day"; an everyday word too, unless a time, a date or a range follows."""
    weekdays: Mapping[str, int]
    """Name to number, Monday 0."""
    dates: tuple[re.Pattern[str], ...]
    """Groups "d", "month" and, perhaps, "y"."""
    months: Mapping[str, int]
    capitals: frozenset[str]
    """Names that are everyday words unless they begin with a capital."""
    repeats: re.Pattern[str]
    past_before: re.Pattern[str]
    past_after: re.Pattern[str]
    before: re.Pattern[str]
    until: re.Pattern[str]
    """A time with a word that makes it an end: group "named", or those of `clock_pattern(1)`."""
    at: re.Pattern[str]
    """The same with a word that makes it a beginning."""
    clock: re.Pattern[str]
    """A time by itself: the groups of `clock_pattern(1)`."""
    clock_range: re.Pattern[str]
    """From one time to another: the groups of `clock_pattern(1)` and `clock_pattern(2)`."""
    times: Mapping[str, int]
    """Times with a name, in minutes after midnight."""
    day_range: re.Pattern[str]
    """What stands between the two days of a range, whole."""
    of_date: re.Pattern[str]
    """What stands between a weekday and its date, whole."""
    bare_hours: bool
    """"5" alone may be a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StaleRules:
    """Everything a text is looked through for."""

    version: str
    checked: date
    review_by: date
    confidence: str
    not_meant: tuple[re.Pattern[str], ...]
    stretches: tuple[Stretch, ...]
    calendars: Mapping[str, Calendar]
    soon: tuple[re.Pattern[str], ...]
    """Groups "said" (the words that count), "n" (how many; empty is one) and "unit"."""


def clock_pattern(n: int = 1) -> str:
    """Return the pattern of a time of day: groups h, sep, m, mark, half, each with `n` after it."""
    return (
        rf"(?<![\d.,:$\u20ac\u00a3])(?P<h{n}>\d{{1,2}})"
        rf"(?:(?P<sep{n}>[:.h])(?P<m{n}>\d\d)(?!\d))?(?:\s?(?P<mark{n}>uhr|heures|hs|h)(?!\w))?"
        rf"(?:\s?(?P<half{n}>[ap])\.?m\b\.?)?"
        r"(?![\w%$\u20ac\u00a3]|[.,:]\d|\s?(?:euros?|dollars?|pounds?|usd|people|min|days?|weeks?)\b)"
    )


def read_stale_rules(table: RuleTable) -> StaleRules:
    """Return the words a rule file holds.

    Raises:
        BadInput: names file and key.
    """
    soon = table.table("soon")
    calendars = [_calendar(entry) for entry in table.tables("calendar")]
    rules = StaleRules(
        version=table.text("version"),
        checked=table.day("checked"),
        review_by=table.day("review_by"),
        confidence=table.text("confidence"),
        not_meant=table.patterns("not_meant"),
        stretches=tuple(_stretch(entry) for entry in table.tables("stretch")),
        calendars={calendar.language: calendar for calendar in calendars},
        soon=soon.patterns("patterns"),
    )
    for stretch in rules.stretches:
        if stretch.language not in rules.calendars:
            raise table.error("stretch", f'has the language "{stretch.language}" without calendar')
    soon.end()
    table.end()
    return rules


def _stretch(table: RuleTable) -> Stretch:
    stretch = Stretch(
        language=table.text("language"),
        found=whole_words(read_words(table, "words")),
        unit=table.choice("unit", Unit),
        ends=_minutes(table, "ends"),
        clock=table.flag("clock") if table.has("clock") else False,
        half=table.choice("half", Half) if table.has("half") else Half.UNSAID,
    )
    table.end()
    return stretch


def _minutes(table: RuleTable, key: str) -> int:
    time = re.fullmatch(r"(\d\d):([0-5]\d)", table.text(key))
    minutes = int(time[1]) * 60 + int(time[2]) if time else 0
    if not 0 < minutes <= _DAY_MINUTES:
        raise table.error(key, "must be a time of day such as 18:00")
    return minutes


def _calendar(table: RuleTable) -> Calendar:
    days = _names(table, "days", _A_WEEK)
    short = _names(table, "short", _A_WEEK)
    months = _names(table, "months", _A_YEAR)
    articles, ranges = _any(table.texts("articles")), _any(table.texts("ranges"))
    endings, named = _any(table.texts("endings")), table.table("times")
    times = {name: _minutes(named, name) for name in named.names()}
    named.end()
    calendar = Calendar(
        language=table.text("language"),
        weekday=re.compile(rf"(?<!\w)(?P<day>{_any(days)})(?:{endings})?(?!\w)"),
        short_weekday=re.compile(rf"(?<!\w)(?P<day>{_any(short)})(?!\w)\.?"),
        weekdays={**short, **days},
        dates=_dates(_any(months), month_first=table.flag("month_first")),
        months=months,
        capitals=read_words(table, "capitals"),
        repeats=_just_before(table.texts("repeats")),
        past_before=_just_before(table.texts("past_before")),
        past_after=re.compile(rf"\s(?:{_any(table.texts('past_after'))})(?!\w)"),
        before=_just_before(table.texts("before")),
        until=_timed(table.texts("until"), times),
        at=_timed(table.texts("at"), times),
        times=times,
        clock=re.compile(clock_pattern(1)),
        clock_range=re.compile(rf"{clock_pattern(1)}\s?(?:-|(?:{ranges})\s)\s?{clock_pattern(2)}"),
        day_range=re.compile(rf"\.?\s?(?:-|(?:{ranges})\s)\s?(?:(?:{articles})\s)?"),
        of_date=re.compile(rf"\.?,?\s(?:(?:{articles})\s)?"),
        bare_hours=table.flag("bare_hours"),
    )
    table.end()
    return calendar


def _dates(month: str, *, month_first: bool) -> tuple[re.Pattern[str], ...]:
    year = r"(?:,?\s(?:de\s|del\s)?(?P<y>20\d\d)(?!\d))?"
    day_first = (
        r"(?<![\w.,:])(?P<d>\d{1,2})(?:st|nd|rd|th|er|\.)?\s?(?:of\s|de\s|du\s)?"
        rf"(?P<month>{month})(?!\w){year}"
    )
    if not month_first:
        return (re.compile(day_first),)
    other = rf"(?<!\w)(?P<month>{month})\.?\s(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?![\w:]){year}"
    return re.compile(day_first), re.compile(other)


def _names(table: RuleTable, key: str, count: int) -> dict[str, int]:
    """Return each name with its number, from a list of `count` texts of names."""
    lists = table.texts(key)
    if len(lists) != count or not all(map(str.strip, lists)):
        raise table.error(key, f"must be a list of {count} texts")
    return {name: n for n, names in enumerate(lists) for name in names.split()}


def _any(words: Iterable[str]) -> str:
    """Return the choices of a pattern, the longest first; one that never matches if none."""
    longest_first = sorted(words, key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\ ", r"\s{1,3}") for word in longest_first) or "(?!)"


def _just_before(words: Sequence[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_any(words)})\s$")


def _timed(words: Sequence[str], times: Mapping[str, int]) -> re.Pattern[str]:
    named = rf"(?:the\s)?(?P<named>{_any(times)})(?!\w)"
    return re.compile(rf"(?<!\w)(?:{_any(words)})\s(?:{clock_pattern(1)}|{named})")
