"""A report in sentences, the same wherever somebody reads it. Must not add anything up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from enum import StrEnum

from shopbell.domain.failures import failure
from shopbell.domain.people import masked
from shopbell.domain.plots import bar
from shopbell.domain.pricing import price_words
from shopbell.domain.reports import NOTHING, CampaignNumbers, HeardFromUs, Numbers, Report
from shopbell.domain.telling import local

_BAR = 20


class Table(StrEnum):
    """The tables of a report."""

    DAY = "day"
    CAMPAIGN = "campaign"
    PERSON = "person"
    FAILURE = "failure"


def report_lines(
    report: Report, tables: Sequence[Table], zone: str, *, reveal: bool
) -> Iterable[str]:
    """Return a report as lines: the total, and the tables that were asked for."""
    first, last = day_words(report.first), day_words(report.last)
    yield f"From {first} to {last}: {spoken_numbers(report.total)}."
    if report.is_empty:
        yield "Nothing was sent and nobody wrote in this time."
        return
    if Table.DAY in tables:
        most = max(day.numbers.sent for day in report.days)
        for day in report.days:
            if day.numbers != NOTHING:
                drawn = bar(day.numbers.sent, most, _BAR)
                words = spoken_numbers(day.numbers)
                yield f"{day_words(day.day)}  {drawn}{' ' if drawn else ''}{words}"
    if Table.CAMPAIGN in tables:
        yield from map(campaign_line, report.campaigns)
    if Table.PERSON in tables:
        for heard in report.most:
            yield person_line(heard, zone, reveal=reveal)
    if Table.FAILURE in tables:
        for one in report.failures:
            why = failure(one.cause)
            yield f"{counted(one.count, 'text')} did not arrive: {why.sentence} {why.action}"


def spoken_numbers(numbers: Numbers) -> str:
    """Return numbers in a few words; what is nothing is left out, but for what was sent."""
    said = [f"{numbers.sent:,} sent"]
    counts = (
        (numbers.delivered, "arrived"),
        (numbers.failed, "failed"),
        (numbers.unknown, "unknown"),
        (numbers.replied, "replies" if numbers.replied != 1 else "reply"),
        (numbers.stopped, "stopped"),
    )
    said.extend(f"{count:,} {word}" for count, word in counts if count)
    if numbers.sent:
        said.append(spoken_cost(numbers))
    return ", ".join(said)


def spoken_cost(numbers: Numbers) -> str:
    """Return what texts cost, in every currency."""
    costs = [price_words(micros, currency) for currency, micros in numbers.cost]
    if numbers.without_price:
        costs.append(f"{numbers.without_price:,} without a price")
    return " + ".join(costs) or "no cost"


def campaign_line(campaign: CampaignNumbers) -> str:
    """Return one campaign as a sentence."""
    words = spoken_numbers(campaign.numbers)
    return f"Campaign {campaign.id}, “{campaign.name}”, {campaign.state}: {words}."


def person_line(heard: HeardFromUs, zone: str, *, reveal: bool) -> str:
    """Return how often one person heard from the shop, as a sentence."""
    digits = heard.number if reveal else masked(heard.number)
    who = f"{heard.name} ({digits})" if heard.name else digits
    offers = f" ({counted(heard.marketing, 'offer')})" if heard.marketing else ""
    last = moment_words(heard.last_at, zone)
    return f"{who} had {counted(heard.texts, 'text')}{offers}; the last {last}."


def counted(count: int, word: str) -> str:
    """Return a count with its word: `1 text`, `2,000 texts`."""
    return f"{count:,} {word}{'' if count == 1 else 's'}"


def day_words(day: date) -> str:
    """Return a day: `Tue 24 Nov 2026`."""
    return f"{day:%a %d %b %Y}"


def moment_words(at: datetime, zone: str) -> str:
    """Return a moment in the shop's zone: `Tue 24 Nov 2026, 10:42`."""
    return f"{local(at, zone):%a %d %b %Y, %H:%M}"
