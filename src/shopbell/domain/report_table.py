"""A table of a report as rows for a spreadsheet. Must not add anything up, and must not write."""

from __future__ import annotations

from shopbell.domain.failures import failure
from shopbell.domain.people_csv import defused
from shopbell.domain.report_words import Table, moment_words
from shopbell.domain.reports import Numbers, Report

_NUMBERS = (
    *("Sent", "Arrived", "Failed", "Unknown", "Replies", "Stopped", "Parts", "Cost"),
    *("Currency", "Without price"),
)

Row = tuple[str, ...]


def table_rows(report: Report, table: Table, zone: str) -> list[Row]:
    """Return the headings and the rows of one table; no cell is one a spreadsheet computes.

    A line break inside a cell becomes a blank, so that each row is one line.
    """
    match table:
        case Table.DAY:
            rows = _days(report)
        case Table.CAMPAIGN:
            rows = _campaigns(report, zone)
        case Table.PERSON:
            rows = _people(report, zone)
        case Table.FAILURE:
            rows = _failures(report)
    return [tuple(defused(" ".join(cell.split())) for cell in row) for row in rows]


def _days(report: Report) -> list[Row]:
    days = [(one.day.isoformat(), *_cells(one.numbers)) for one in report.days]
    return [("Day", *_NUMBERS), *days]


def _campaigns(report: Report, zone: str) -> list[Row]:
    rows: list[Row] = [("Campaign", "Name", "State", "Started", *_NUMBERS)]
    for one in report.campaigns:
        started = "" if one.started_at is None else moment_words(one.started_at, zone)
        rows.append((str(one.id), one.name, one.state.value, started, *_cells(one.numbers)))
    return rows


def _people(report: Report, zone: str) -> list[Row]:
    rows: list[Row] = [("Name", "Number", "Texts", "Offers", "Last")]
    for heard in report.most:
        counts = (str(heard.texts), str(heard.marketing))
        rows.append((heard.name, heard.number, *counts, moment_words(heard.last_at, zone)))
    return rows


def _failures(report: Report) -> list[Row]:
    rows: list[Row] = [("Texts", "Cause", "What happened", "What helps")]
    for many in report.failures:
        why = failure(many.cause)
        rows.append((str(many.count), why.cause.value, why.sentence, why.action))
    return rows


def _cells(numbers: Numbers) -> Row:
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
