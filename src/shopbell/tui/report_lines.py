"""Puts the numbers of a report into lines and words of the screen. Must not add anything up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from textual.content import Content

from shopbell.domain.failures import failure
from shopbell.domain.people import masked
from shopbell.domain.periods import Period
from shopbell.domain.report_words import (
    Table,
    campaign_line,
    day_words,
    person_line,
    spoken_numbers,
)
from shopbell.domain.reports import (
    NOTHING,
    CampaignNumbers,
    DayNumbers,
    FailureCount,
    HeardFromUs,
    Numbers,
    Report,
)
from shopbell.tui import words
from shopbell.tui.plain import cell, spans
from shopbell.tui.rows import Drawn, Ink
from shopbell.tui.tally import Count

Line = DayNumbers | CampaignNumbers | HeardFromUs | FailureCount
"""A line of one of the tables."""

_COUNTS = ("sent", "arrived", "replies", "stops", "failed", "cost")
_ROOMY = (6, 9, 9, 7, 8, 11)
_CLOSE = (5, 8, 8, 6, 7, 9)
_NARROW = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """Something the bars can count."""

    words: str
    of: Callable[[Numbers], int]
    said: Callable[[int], str]


def measures(report: Report) -> tuple[Measure, ...]:
    """Return what the bars can count: texts, replies, stops, and money in each currency."""

    def count(name: str, of: Callable[[Numbers], int]) -> Measure:
        return Measure(words=name, of=of, said=lambda value: f"{value:,}")

    def cost(currency: str) -> Measure:
        return Measure(
            words=f"cost in {currency}",
            of=lambda numbers: dict(numbers.cost).get(currency, 0),
            said=lambda micros: words.price(micros, currency),
        )

    return (
        count("sent", lambda numbers: numbers.sent),
        count("arrived", lambda numbers: numbers.delivered),
        count("replies", lambda numbers: numbers.replied),
        count("stops", lambda numbers: numbers.stopped),
        count("failed", lambda numbers: numbers.failed),
        *(cost(currency) for currency, _ in report.total.cost),
    )


def most(report: Report, measure: Measure) -> str:
    """Return which day had most of it: "sent: most on Thu 12 Nov 2026, 84"."""
    top = max(report.days, key=lambda day: measure.of(day.numbers))
    value = measure.of(top.numbers)
    if not value:
        return f"{measure.words}: none"
    if len(report.days) == 1:
        return f"{measure.words}: {measure.said(value)}"
    return (
        f"{measure.words}: most on {top.day:%a} {top.day.day} {top.day:%b}, {measure.said(value)}"
    )


def title(period: Period, today: date) -> Content:
    """Return which days the report is about."""
    said, dates = period.words(today), period.dates()
    head = said[:1].upper() + said[1:]
    return spans((head, "bold"), ("" if said == dates else f"   {dates}", "$text-muted"))


def total(numbers: Numbers) -> str:
    """Return all numbers in one line; what can be nothing without news is left out."""
    facts = [
        f"sent {numbers.sent:,}",
        f"arrived {numbers.delivered:,}",
        f"replies {numbers.replied:,}",
        f"stops {numbers.stopped:,}",
        f"failed {numbers.failed:,}",
    ]
    if numbers.unknown:
        facts.append(f"unknown {numbers.unknown:,}")
    facts += [f"cost {words.price(micros, currency)}" for currency, micros in numbers.cost]
    if numbers.without_price:
        facts.append(f"without a price {numbers.without_price:,}")
    return "   ".join(facts)


def counts(report: Report) -> tuple[Count, ...]:
    """Return how many lines each table has."""

    def one(table: Table, word: str, plural: str) -> Count:
        found = len(lines_of(report, table))
        return Count(id=table.value, count=found, words=word if found == 1 else plural)

    return (
        one(Table.DAY, "day", "days"),
        one(Table.CAMPAIGN, "campaign", "campaigns"),
        one(Table.PERSON, "person texted most", "people texted most"),
        one(Table.FAILURE, "cause of failure", "causes of failure"),
    )


def lines_of(report: Report, table: Table) -> tuple[Line, ...]:
    """Return the lines of a table: days newest first, and only those with any news."""
    match table:
        case Table.DAY:
            return tuple(day for day in reversed(report.days) if day.numbers != NOTHING)
        case Table.CAMPAIGN:
            return report.campaigns
        case Table.PERSON:
            return report.most
        case Table.FAILURE:
            return report.failures


def heading(table: Table, width: int) -> str:
    """Return the words over the columns, for a list that is `width` cells wide."""
    match table:
        case Table.DAY | Table.CAMPAIGN:
            label = cell(table.value, _label(width))
            sized = zip(_COUNTS, _sizes(width), strict=True)
            return label + "".join(name.rjust(size) for name, size in sized)
        case Table.PERSON:
            name, number = _person(width)
            last = "texts".rjust(7) + "offers".rjust(8) + "last".rjust(10)
            return cell("who", name) + cell("number", number) + last
        case Table.FAILURE:
            return "texts".rjust(6) + "  " + cell("what happened", max(width - 8, 4))


def draw(line: Line, width: int, now: datetime, *, whole: bool) -> Drawn:
    """Return a line of a list that is `width` cells wide."""
    match line:
        case DayNumbers(day=day, numbers=numbers):
            wide = _label(width) > 16
            label = day_words(day) if wide else f"{day:%a} {day.day} {day:%b}"
            return _numbers(label, numbers, width)
        case CampaignNumbers(name=name, numbers=numbers):
            return _numbers(name, numbers, width)
        case HeardFromUs():
            name_width, number_width = _person(width)
            shown = words.whole(line.number) if whole else masked(line.number)
            return (
                (cell(words.called(line.name, line.number), name_width), Ink.STRONG),
                (cell(shown, number_width), Ink.MUTED),
                (f"{line.texts:,}".rjust(7), Ink.PLAIN),
                (f"{line.marketing:,}".rjust(8), Ink.PLAIN),
                (words.ago(line.last_at, now).rjust(10), Ink.MUTED),
            )
        case FailureCount(cause=cause, count=count):
            return (
                (f"{count:,}".rjust(6) + "  ", Ink.BAD),
                (cell(failure(cause).sentence, max(width - 8, 4)), Ink.PLAIN),
            )


def more(line: Line, zone: str, *, whole: bool) -> str:
    """Return a line in a sentence, with nothing left out."""
    match line:
        case DayNumbers(day=day, numbers=numbers):
            return f"{day_words(day)}: {spoken_numbers(numbers)}."
        case CampaignNumbers():
            return campaign_line(line)
        case HeardFromUs():
            return person_line(line, zone, reveal=whole)
        case FailureCount(cause=cause):
            why = failure(cause)
            return f"{why.sentence} {why.action}"


def _numbers(label: str, numbers: Numbers, width: int) -> Drawn:
    found = (
        *(numbers.sent, numbers.delivered, numbers.replied),
        *(numbers.stopped, numbers.failed),
    )
    inks = (Ink.PLAIN, Ink.GOOD, Ink.ACCENT, Ink.CAREFUL, Ink.BAD)
    *sizes, room = _sizes(width)
    cells = [
        (f"{count:,}".rjust(size) if count else "·".rjust(size), ink if count else Ink.MUTED)
        for count, size, ink in zip(found, sizes, inks, strict=True)
    ]
    return (
        (cell(label, _label(width)), Ink.STRONG),
        *cells,
        (cell(_cost(numbers).rjust(room), room), Ink.MUTED),
    )


def _cost(numbers: Numbers) -> str:
    """Return what it cost; where that is several amounts, the sentence below has them."""
    if not numbers.cost:
        return "·"
    (currency, micros), *others = numbers.cost
    return words.price(micros, currency) + (" +" if others else "")


def _label(width: int) -> int:
    return max(10, min(width - sum(_sizes(width)), 40))


def _sizes(width: int) -> tuple[int, ...]:
    return _CLOSE if width < _NARROW else _ROOMY


def _person(width: int) -> tuple[int, int]:
    number = 18 if width >= 70 else 6
    return max(10, min(width - 25 - number, 40)), number
