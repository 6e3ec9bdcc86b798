"""Reports for scripts, for spreadsheets and for people. Must not add anything up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum

from shopbell.cli.moments import iso, spoken
from shopbell.cli.money import amount, spoken_price
from shopbell.cli.output import Json
from shopbell.cli.sheets import csv_lines
from shopbell.cli.texts import number_shown
from shopbell.domain.failures import Failure, failure
from shopbell.domain.plots import bar
from shopbell.domain.reports import CampaignNumbers, Numbers, Report

_BAR = 20


class Table(StrEnum):
    """The tables of a report."""

    DAY = "day"
    CAMPAIGN = "campaign"
    PERSON = "person"
    FAILURE = "failure"


def report_json(report: Report) -> dict[str, Json]:
    """Return a report with all its tables."""
    return {
        "from": report.first.isoformat(),
        "to": report.last.isoformat(),
        "total": numbers_json(report.total),
        "days": [{"day": one.day.isoformat(), **numbers_json(one.numbers)} for one in report.days],
        "campaigns": [
            {
                "campaign_id": one.id,
                "name": one.name,
                "state": one.state.value,
                "started_at": iso(one.started_at),
                **numbers_json(one.numbers),
            }
            for one in report.campaigns
        ],
        "heard_most": [
            {
                "number": one.number,
                "name": one.name,
                "texts": one.texts,
                "marketing": one.marketing,
                "last_at": iso(one.last_at),
            }
            for one in report.most
        ],
        "failures": [
            {"count": one.count, **failure_json(failure(one.cause))} for one in report.failures
        ],
    }


def numbers_json(numbers: Numbers) -> dict[str, Json]:
    """Return what became of some texts."""
    return {
        "sent": numbers.sent,
        "delivered": numbers.delivered,
        "failed": numbers.failed,
        "unknown": numbers.unknown,
        "replied": numbers.replied,
        "stopped": numbers.stopped,
        "parts": numbers.parts,
        "cost": {currency: amount(micros) for currency, micros in numbers.cost},
        "without_price": numbers.without_price,
    }


def failure_json(found: Failure) -> dict[str, Json]:
    """Return why a text did not arrive."""
    return {"cause": found.cause.value, "sentence": found.sentence, "action": found.action}


def report_lines(
    report: Report, tables: Sequence[Table], zone: str, *, reveal: bool
) -> Iterable[str]:
    """Return a report as lines: the total, and the tables that were asked for."""
    yield f"From {_day(report.first)} to {_day(report.last)}: {spoken_numbers(report.total)}."
    if report.is_empty:
        yield "Nothing was sent and nobody wrote in this time."
        return
    if Table.DAY in tables:
        most = max(day.numbers.sent for day in report.days)
        for day in report.days:
            if day.numbers != Numbers():
                drawn = bar(day.numbers.sent, most, _BAR)
                words = spoken_numbers(day.numbers)
                yield f"{_day(day.day)}  {drawn}{' ' if drawn else ''}{words}"
    if Table.CAMPAIGN in tables:
        for campaign in report.campaigns:
            yield _campaign_line(campaign)
    if Table.PERSON in tables:
        for heard in report.most:
            who = number_shown(heard.number, reveal=reveal)
            who = f"{heard.name} ({who})" if heard.name else who
            offers = f" ({counted(heard.marketing, 'offer')})" if heard.marketing else ""
            last = spoken(heard.last_at, zone)
            yield f"{who} had {counted(heard.texts, 'text')}{offers}; the last {last}."
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
    costs = [spoken_price(micros, currency) for currency, micros in numbers.cost]
    if numbers.without_price:
        costs.append(f"{numbers.without_price:,} without a price")
    return " + ".join(costs) or "no cost"


def report_csv(report: Report, table: Table, zone: str) -> Iterable[str]:
    """Return one table of a report as the lines of a CSV file."""
    rows: list[tuple[str, ...]]
    match table:
        case Table.DAY:
            rows = [("Day", *_NUMBERS)]
            rows += [(one.day.isoformat(), *_cells(one.numbers)) for one in report.days]
        case Table.CAMPAIGN:
            rows = [("Campaign", "Name", "State", "Started", *_NUMBERS)]
            for one in report.campaigns:
                started = "" if one.started_at is None else spoken(one.started_at, zone)
                rows.append((str(one.id), one.name, one.state.value, started, *_cells(one.numbers)))
        case Table.PERSON:
            rows = [("Name", "Number", "Texts", "Offers", "Last")]
            for heard in report.most:
                counts = (str(heard.texts), str(heard.marketing))
                rows.append((heard.name, heard.number, *counts, spoken(heard.last_at, zone)))
        case Table.FAILURE:
            rows = [("Texts", "Cause", "What happened", "What helps")]
            for many in report.failures:
                why = failure(many.cause)
                rows.append((str(many.count), why.cause.value, why.sentence, why.action))
    return csv_lines(rows)


_NUMBERS = (
    *("Sent", "Arrived", "Failed", "Unknown", "Replies", "Stopped", "Parts", "Cost"),
    *("Currency", "Without price"),
)


def _cells(numbers: Numbers) -> tuple[str, ...]:
    counts = (
        *(numbers.sent, numbers.delivered, numbers.failed, numbers.unknown),
        *(numbers.replied, numbers.stopped, numbers.parts),
    )
    return (
        *map(str, counts),
        " + ".join(f"{micros / 1_000_000:.6g}" for _, micros in numbers.cost),
        " + ".join(currency for currency, _ in numbers.cost),
        str(numbers.without_price),
    )


def _campaign_line(campaign: CampaignNumbers) -> str:
    words = spoken_numbers(campaign.numbers)
    return f"Campaign {campaign.id}, “{campaign.name}”, {campaign.state}: {words}."


def counted(count: int, word: str) -> str:
    """Return a count with its word: `1 text`, `2,000 texts`."""
    return f"{count:,} {word}{'' if count == 1 else 's'}"


def _day(day: date) -> str:
    return f"{day:%a %d %b %Y}"
