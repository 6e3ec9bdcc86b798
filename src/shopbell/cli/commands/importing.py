"""Bringing contacts in from a file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from shopbell.cli.exits import Exit
from shopbell.cli.fields import WORDS
from shopbell.cli.output import Json
from shopbell.cli.session import Session, with_shop
from shopbell.cli.settings import Command
from shopbell.domain.importing import ImportReport, Target
from shopbell.errors import BadInput

_SHOWN_PARKED = 20


@click.command("import", cls=Command)
@click.argument("path", metavar="FILE", type=click.Path(path_type=Path))
@click.option(
    "--map", "pairs", multiple=True, metavar="FIELD=COLUMN", help="Which column fills a field."
)
@click.option("--dry-run", is_flag=True, help="Only say what would happen.")
@click.option("--country", type=WORDS, help="Country of numbers without a country code: US.")
@with_shop(patient=True)
async def import_(
    session: Session, path: Path, pairs: tuple[str, ...], dry_run: bool, country: str | None
) -> Exit:
    """Bring contacts in from a CSV file. Sends nothing, records no yes, undoes no stop.

    Fields are name, first_name, last_name, phone, email, note, tags, country, state and postcode.
    """
    _must_have_a_name(path)
    try:
        report = await session.shop.imports.run(
            path,
            columns=_columns(pairs),
            country=None if country is None else _country(country),
            dry_run=dry_run,
            on=session.out.progress,
            stop=session.stop,
        )
    except BadInput as error:
        if path.name not in error.message:
            error.message = f"{path.name}: {error.message}"
        raise
    if report.stopped:
        session.out.error("stopped", "Stopped. Nothing was imported.", "Start it again any time.")
        return Exit.FAILED
    session.out.result(report_json(report), report_lines(report, dry_run=dry_run))
    return Exit.DONE


def report_json(report: ImportReport) -> dict[str, Json]:
    """Return what an import did."""
    counts = report.counts
    return {
        "file": report.file_name,
        "read": counts.read,
        "new": counts.new,
        "updated": counts.updated,
        "unchanged": counts.unchanged,
        "parked": counts.parked,
        "duplicates": counts.duplicates,
        "suppressed": counts.suppressed,
        "batch_id": report.batch_id,
        "profile": report.mapping.profile,
        "mapping": {
            target.value: [_heading(report, column) for column in columns]
            for target, columns in report.mapping.columns.items()
        },
        "consent_columns": [_heading(report, c) for c in report.mapping.consent_columns],
        "parked_rows": [
            {"row": parked.row, "reason": parked.reason, "cells": list(parked.cells)}
            for parked in report.parked
        ],
    }


def report_lines(report: ImportReport, *, dry_run: bool) -> Iterator[str]:
    """Return what an import did, one fact a line."""
    counts = report.counts
    yield "Nothing was written: this was a dry run." if dry_run else f"Import {report.batch_id}."
    yield f"Read as {report.mapping.profile}."
    for target, columns in report.mapping.columns.items():
        headings = ", ".join(f"“{_heading(report, column)}”" for column in columns)
        yield f"{target.replace('_', ' ')}: {headings}"
    for word, count in (
        ("Rows read", counts.read),
        ("New", counts.new),
        ("Updated", counts.updated),
        ("Unchanged", counts.unchanged),
        ("Same number twice", counts.duplicates),
        ("On the stop list", counts.suppressed),
        ("Parked", counts.parked),
    ):
        yield f"{word}: {count:,}"
    for parked in report.parked[:_SHOWN_PARKED]:
        yield f"Row {parked.row}: {parked.reason}"
    if counts.parked > _SHOWN_PARKED:
        yield f"{counts.parked - _SHOWN_PARKED:,} more rows are parked; see them with --json."
    if report.mapping.consent_columns:
        names = ", ".join(f"“{_heading(report, c)}”" for c in report.mapping.consent_columns)
        yield f"Not used as a yes: {names}. Record each yes with shopbell opt-in."


def _must_have_a_name(path: Path) -> None:
    if any("\ud800" <= character <= "\udfff" for character in path.name):
        raise BadInput(
            f"The name of “{path.name}” is not text in UTF-8.",
            "Rename the file, then import it again.",
            code="bad_name",
        )


def _columns(pairs: tuple[str, ...]) -> dict[Target, str]:
    columns: dict[Target, str] = {}
    for pair in pairs:
        field, found, column = pair.partition("=")
        name = field.strip().lower().replace("-", "_")
        if not found or name not in set(Target) or not column.strip():
            raise BadInput(
                f"--map: “{pair[:60]}” is not FIELD=COLUMN.",
                f"Fields are: {', '.join(Target)}.",
                code="bad_map",
            )
        if name in columns:
            raise BadInput(f"--map: {name} is given twice.", "Give it once.", code="bad_map")
        columns[Target(name)] = column
    return columns


def _country(text: str) -> str:
    from phonenumbers import SUPPORTED_REGIONS

    country = text.strip().upper()
    if country not in SUPPORTED_REGIONS:
        raise BadInput(
            f"--country: “{text[:20]}” is not a country code.",
            "Use two letters, for example US, GB or DE.",
            code="bad_country",
        )
    return country


def _heading(report: ImportReport, column: int) -> str:
    if column < len(report.header) and report.header[column]:
        return report.header[column]
    return f"column {column + 1}"
