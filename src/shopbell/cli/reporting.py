"""Reports for scripts and spreadsheets. Must not add anything up."""

from __future__ import annotations

from collections.abc import Iterable

from shopbell.cli.moments import iso
from shopbell.cli.money import amount
from shopbell.cli.output import Json
from shopbell.cli.sheets import csv_lines
from shopbell.domain.failures import Failure, failure
from shopbell.domain.report_table import table_rows
from shopbell.domain.report_words import Table
from shopbell.domain.reports import Numbers, Report


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


def report_csv(report: Report, table: Table, zone: str) -> Iterable[str]:
    """Return one table of a report as the lines of a CSV file."""
    return csv_lines(table_rows(report, table, zone))
