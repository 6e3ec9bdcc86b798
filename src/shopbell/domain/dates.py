"""Reads dates as files write them. Must not guess between day and month: unclear is an answer.

"3/9/2021" is the third of September in London and the ninth of March in New York. A file says which
it means nowhere, so its owner is asked once, and until then such a cell is `UnclearDate`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from enum import StrEnum
from zoneinfo import ZoneInfo


class DateOrder(StrEnum):
    """In which order a file writes day, month and year."""

    DMY = "dmy"
    MDY = "mdy"
    YMD = "ymd"


@dataclass(frozen=True, slots=True, kw_only=True)
class DateRead:
    """A date that was read, with the time of day and offset where the cell had them."""

    day: date
    at: time | None = None

    def moment(self, zone: str) -> datetime:
        """Return the moment in UTC; without a time it is the beginning of the day in `zone`."""
        at = self.at or time()
        wall = datetime.combine(self.day, at)
        return (wall if at.tzinfo else wall.replace(tzinfo=ZoneInfo(zone))).astimezone(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class UnclearDate:
    """A date that may be read in several ways."""

    cell: str
    readings: tuple[date, ...]

    @property
    def sentence(self) -> str:
        """All ways, in words."""
        return f'"{self.cell}" may be {" or ".join(spoken(day) for day in self.readings)}.'


LONGEST_DATE_CELL = 60

_YEAR_OF_NO_YEAR = 1604
"""What Apple's Contacts writes where the year of birth isn't known."""

_SERIAL_ZERO = date(1899, 12, 30)
_SERIALS = range(20_000, 73_051)
"""Spreadsheet day numbers from 1954 to 2099; smaller and larger numbers are something else."""

_YEARS = range(1900, 2100)
_ANY_YEARS = range(_YEAR_OF_NO_YEAR, 2100)
_PIVOT = 40
"""Two-digit years up to this are of this century."""

_WORDS = (
    "jan feb mar apr may jun jul aug sep oct nov dec",
    "jän feb mär apr mai jun jul aug sep okt nov dez",
    "janv févr mars avr mai juin juil août sept oct nov déc",
    "ene feb mar abr may jun jul ago sep oct nov dic",
    "gen feb mar apr mag giu lug ago set ott nov dic",
    "jan feb mrt apr mei jun jul aug sep okt nov dec",
    "jan fev mar abr mai jun jul ago set out nov dez",
)
_LONG_WORDS = (
    "january february march april may june july august september october november december",
    "januar februar märz april mai juni juli august september oktober november dezember",
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "januari februari maart april mei juni juli augustus september oktober november december",
    "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
)
_MONTHS = {
    word: number
    for words in (*_WORDS, *_LONG_WORDS)
    for number, word in enumerate(words.split(), start=1)
} | {"sept": 9}

_CLOCK = re.compile(
    r"(?:[ T_,]+|^)(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?\s*([ap])?\.?(?:m\.?)?"
    r"\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?$",
    re.I,
)
_WEEKDAY = re.compile(r"^[^\W\d_]{2,10}\.?,\s*")
_YEAR_FIRST = re.compile(r"(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})\.?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})?(Z)?)?")
_YEAR_LAST = re.compile(r"(\d{1,2})[-/. ]\s?(\d{1,2})[-/. ]\s?(\d{4}|\d{2})\.?")
_DAY_WORD = re.compile(r"(\d{1,2})(?:\.|st|nd|rd|th|er)?[- ]+(?:de )?([^\W\d_]{3,10})\.?,?[- ]+"
                       r"(?:de )?(\d{4}|\d{2})")  # fmt: skip
_WORD_DAY = re.compile(r"([^\W\d_]{3,10})\.?[- ]+(\d{1,2})(?:st|nd|rd|th)?,?[- ]+(\d{4}|\d{2})")
_SERIAL = re.compile(r"(\d{5})(?:[.,](\d{1,12}))?")
_NO_YEAR = re.compile(r"--(\d{2})-?(\d{2})")
_TWO_PARTS = re.compile(r"(\d{1,2})[-/.](\d{1,2})\.?")


def read_date(cell: str, order: DateOrder | None = None) -> DateRead | UnclearDate | None:
    """Return the date of a cell, both dates it may be, or None if it is no date.

    Args:
        cell: as it stood in the file.
        order: the owner's word on the file; without it nothing is assumed.
    """
    text = _tidied(cell)
    if not text:
        return None
    at, text = _clock(text)
    text = _WEEKDAY.sub("", text, count=1) if text[:1].isalpha() else text
    if found := _COMPACT.fullmatch(text):
        year, month, day, hour, minute, second, offset = found.groups()
        clock = _time(hour, minute, second or "0", offset=offset) if hour else at
        return _read(_day(year, month, day), clock)
    if found := _YEAR_FIRST.fullmatch(text):
        return _read(_day(*found.groups()), at)
    if found := _YEAR_LAST.fullmatch(text):
        return _year_last(text, *found.groups(), at=at, order=order)
    if found := _DAY_WORD.fullmatch(text):
        day, word, year = found.groups()
        return _read(_day(year, _month(word), day), at)
    if found := _WORD_DAY.fullmatch(text):
        word, day, year = found.groups()
        return _read(_day(year, _month(word), day), at)
    return _serial(text) if at is None else None


def read_birthday(cell: str, order: DateOrder | None = None) -> str | UnclearDate | None:
    """Return a birthday as `YYYY-MM-DD`, or `--MM-DD` where the year isn't told.

    Both dates it may be, or None if it is no date, as in `read_date`.
    """
    text = _tidied(cell)
    if found := _NO_YEAR.fullmatch(text):
        return _without_year(_day("2000", *found.groups()))
    if found := _TWO_PARTS.fullmatch(text):
        return _two_parts(text, *found.groups(), order=order)
    read = read_date(text, order)
    if not isinstance(read, DateRead):
        return read
    if read.day.year == _YEAR_OF_NO_YEAR:
        return _without_year(read.day)
    return read.day.isoformat() if read.day.year in _YEARS else None


def spoken(day: date) -> str:
    """Return a date so that nobody can mistake it: "3 September 2021"."""
    return f"{day.day} {day:%B} {day.year}"


def _tidied(cell: str) -> str:
    text = " ".join(cell.split()).removeprefix("'")
    return "" if len(text) > LONGEST_DATE_CELL else text


def _clock(text: str) -> tuple[time | None, str]:
    """Return the time of day at the end of a cell, and the cell without it."""
    found = _CLOCK.search(text)
    if found is None:
        return None, text
    hour, minute, second, half, offset = found.groups()
    at = _time(hour, minute, second or "0", half, offset)
    return (None, text) if at is None else (at, text[: found.start()].rstrip(","))


def _time(
    hour: str, minute: str, second: str, half: str | None = None, offset: str | None = None
) -> time | None:
    number = int(hour)
    if half:
        if not 1 <= number <= 12:
            return None
        number = number % 12 + (12 if half in "pP" else 0)
    try:
        return time(number, int(minute), int(second), tzinfo=_offset(offset))
    except ValueError:
        return None


def _offset(text: str | None) -> timezone | None:
    if not text:
        return None
    if text[0] not in "+-":
        return UTC
    minutes = int(text[1:3]) * 60 + int(text[-2:])
    return timezone(timedelta(minutes=-minutes if text[0] == "-" else minutes))


def _year_last(
    text: str, one: str, two: str, year: str, *, at: time | None, order: DateOrder | None
) -> DateRead | UnclearDate | None:
    by_order = {DateOrder.DMY: _day(year, two, one), DateOrder.MDY: _day(year, one, two)}
    if len(year) == len(one) == len(two) == len("21") and "-" in text:
        by_order[DateOrder.YMD] = _day(one, two, year)
    return _by_order(text, by_order, at, order)


def _two_parts(
    text: str, one: str, two: str, *, order: DateOrder | None
) -> str | UnclearDate | None:
    month_first = _day("2000", one, two)
    by_order = {DateOrder.DMY: _day("2000", two, one), DateOrder.MDY: month_first}
    if order is DateOrder.YMD:
        by_order[DateOrder.YMD] = month_first
    read = _by_order(text, by_order, None, order)
    return _without_year(read.day) if isinstance(read, DateRead) else read


def _by_order(
    text: str, by_order: dict[DateOrder, date | None], at: time | None, order: DateOrder | None
) -> DateRead | UnclearDate | None:
    if order is not None:
        return _read(by_order.get(order), at)
    readings = tuple(dict.fromkeys(day for day in by_order.values() if day is not None))
    if len(readings) > 1:
        return UnclearDate(cell=text, readings=readings)
    return _read(readings[0], at) if readings else None


def _serial(text: str) -> DateRead | None:
    found = _SERIAL.fullmatch(text)
    if found is None or int(found.group(1)) not in _SERIALS:
        return None
    seconds = round(float(f"0.{found.group(2) or 0}") * 86_400)
    wall = datetime.combine(_SERIAL_ZERO, time()) + timedelta(
        days=int(found.group(1)), seconds=seconds
    )
    return DateRead(day=wall.date(), at=wall.time() if found.group(2) else None)


def _read(day: date | None, at: time | None) -> DateRead | None:
    return None if day is None else DateRead(day=day, at=at)


def _day(year: str, month: str | int | None, day: str) -> date | None:
    if month is None:
        return None
    number = int(year)
    if len(year) == len("21"):
        number += 2000 if number <= _PIVOT else 1900
    if number not in _ANY_YEARS:
        return None
    try:
        return date(number, int(month), int(day))
    except ValueError:
        return None


def _month(word: str) -> int | None:
    return _MONTHS.get(word.casefold())


def _without_year(day: date | None) -> str | None:
    return None if day is None else f"--{day:%m-%d}"
