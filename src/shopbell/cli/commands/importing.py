"""Bringing contacts in from a file, bringing stops in, and taking an import back."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from pathlib import Path

import click

from shopbell.cli import import_words
from shopbell.cli.exits import Exit
from shopbell.cli.fields import WORDS
from shopbell.cli.import_options import (
    read_columns,
    read_consent,
    read_fixes,
    read_ours,
    read_stops,
)
from shopbell.cli.session import Session, with_shop
from shopbell.cli.settings import Command
from shopbell.domain.dates import DateOrder
from shopbell.domain.ids import BatchId
from shopbell.domain.import_choices import Choices
from shopbell.domain.importing import ImportReport, Target
from shopbell.errors import BadInput
from shopbell.services.pasted import MOST_PASTED, Pasted

_STANDARD_INPUT = Path("-")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """The options of one import."""

    pairs: tuple[str, ...]
    dry_run: bool
    country: str | None
    consents: tuple[str, ...]
    stop_column: str | None
    date_order: str | None
    fixes: tuple[str, ...]
    keeps: tuple[str, ...]
    takes: tuple[str, ...]
    ignore_saved: bool
    part: int | None
    who: str


@click.command("import", cls=Command)
@click.argument("path", metavar="FILE", type=click.Path(path_type=Path, allow_dash=True))
@click.option(
    "--map", "pairs", multiple=True, metavar="FIELD=COLUMN", help="Which column fills a field."
)
@click.option("--dry-run", is_flag=True, help="Only say what would happen.")
@click.option(
    "--country", type=WORDS, help="Country of numbers without a country code: US, GB, Germany."
)
@click.option(
    "--consent",
    "consents",
    multiple=True,
    type=WORDS,
    metavar="RULE",
    help="How rows say yes, and where each yes has its date and its words.",
)
@click.option(
    "--stop-column",
    type=WORDS,
    metavar="COLUMN=VALUE,...",
    help="Rows with such a value are people who said stop; * is any value.",
)
@click.option(
    "--date-order",
    type=click.Choice(list(DateOrder), case_sensitive=False),
    help="In which order the file writes day, month and year.",
)
@click.option("--do-not-text", is_flag=True, help="Every number of the file goes on the stop list.")
@click.option(
    "--fix",
    "fixes",
    multiple=True,
    type=WORDS,
    metavar="ROW:COLUMN=VALUE",
    help="Correct a cell of a parked row.",
)
@click.option(
    "--keep",
    "keeps",
    multiple=True,
    type=WORDS,
    metavar="[ROW:]FIELD",
    help="Leave this field of known people as it is; in one row or in all.",
)
@click.option(
    "--take",
    "takes",
    multiple=True,
    type=WORDS,
    metavar="ROW:FIELD",
    help="In this row the file is right all the same.",
)
@click.option("--ignore-saved", is_flag=True, help="Forget how such a file was mapped before.")
@click.option(
    "--part",
    type=click.IntRange(1, 10_000),
    metavar="N",
    help="Of a very long file, only its Nth 500,000 rows.",
)
@click.option("--who", default="", type=WORDS, help="Who imports; goes into the history.")
@with_shop(patient=True)
async def import_(
    session: Session,
    path: Path,
    pairs: tuple[str, ...],
    dry_run: bool,
    country: str | None,
    consents: tuple[str, ...],
    stop_column: str | None,
    date_order: str | None,
    do_not_text: bool,
    fixes: tuple[str, ...],
    keeps: tuple[str, ...],
    takes: tuple[str, ...],
    ignore_saved: bool,
    part: int | None,
    who: str,
) -> Exit:
    """Bring contacts in from CSV, XLSX or VCF; - reads pasted lines. Sends nothing, undoes no stop.

    Fields are name, first_name, last_name, phone, email, note, tags, birthday, country, state and
    postcode. A yes is recorded only with --consent, and only where a row has its date and words:
    --consent purpose=marketing,topic=offers,how=web,column=SMS,date-column=Signed up,wording=...
    (or wording-column=..., or evidence-file=...). Any other yes is kept as claimed; it allows
    nothing.
    """
    asked = _Asked(
        pairs=pairs,
        dry_run=dry_run,
        country=country,
        consents=consents,
        stop_column=stop_column,
        date_order=date_order,
        fixes=fixes,
        keeps=keeps,
        takes=takes,
        ignore_saved=ignore_saved,
        part=part,
        who=who,
    )
    origin = _pasted() if path == _STANDARD_INPUT else path
    try:
        if do_not_text:
            return await _stop_list(session, origin, asked)
        return await _contacts(session, origin, asked)
    except BadInput as error:
        if path != _STANDARD_INPUT and path.name not in error.message:
            error.message = f"{path.name}: {error.message}"
        raise


@click.command("import-undo", cls=Command)
@click.argument("batch_id", metavar="BATCH_ID", type=click.IntRange(1, 2**53))
@with_shop()
async def import_undo(session: Session, batch_id: int) -> Exit:
    """Take a whole import back. People texted or changed since are left alone and listed."""
    report = await session.shop.imports.undo(BatchId(batch_id))
    session.out.result(import_words.undo_json(report), import_words.undo_lines(report))
    return Exit.DONE


@click.command("imports", cls=Command)
@with_shop()
async def imports(session: Session) -> Exit:
    """List past imports, newest first."""
    batches, zone = await session.shop.imports.history(), session.shop.profile.zone
    session.out.result(
        {"imports": [import_words.batch_json(batch) for batch in batches]},
        [import_words.batch_line(batch, zone) for batch in batches]
        or ["Nothing was imported yet."],
    )
    return Exit.DONE


async def _contacts(session: Session, origin: Path | Pasted, asked: _Asked) -> Exit:
    choices = Choices(
        consents=tuple(map(read_consent, asked.consents)),
        stops=None if asked.stop_column is None else read_stops(asked.stop_column),
        date_order=None if asked.date_order is None else DateOrder(asked.date_order),
        ours=read_ours(asked.keeps, asked.takes),
        use_saved=not asked.ignore_saved,
        who=asked.who,
        part=asked.part,
    )

    async def run(choices: Choices, *, dry_run: bool) -> ImportReport:
        return await session.shop.imports.run(
            origin,
            columns=read_columns(asked.pairs),
            country=None if asked.country is None else _country(asked.country),
            dry_run=dry_run,
            choices=choices,
            on=session.out.progress,
            stop=session.stop,
        )

    if asked.fixes:
        looked = await run(choices, dry_run=True)
        if looked.stopped:
            return _stopped(session)
        choices = replace(choices, fixed=read_fixes(asked.fixes, looked))
    report = await run(choices, dry_run=asked.dry_run)
    if report.stopped:
        return _stopped(session)
    session.out.result(
        import_words.report_json(report),
        import_words.report_lines(report, dry_run=asked.dry_run),
    )
    return Exit.DONE


async def _stop_list(session: Session, origin: Path | Pasted, asked: _Asked) -> Exit:
    columns = read_columns(asked.pairs)
    others = (asked.consents, asked.fixes, asked.date_order, asked.keeps, asked.takes)
    if any(others) or set(columns) - {Target.PHONE}:
        raise click.UsageError(
            "--do-not-text takes only --map phone=COLUMN, --stop-column, --country, --part, "
            "--dry-run and --who."
        )
    report = await session.shop.imports.do_not_text(
        origin,
        column=columns.get(Target.PHONE),
        country=None if asked.country is None else _country(asked.country),
        only=None if asked.stop_column is None else read_stops(asked.stop_column),
        part=asked.part,
        dry_run=asked.dry_run,
        who=asked.who,
        on=session.out.progress,
        stop=session.stop,
    )
    if report.stopped:
        return _stopped(session)
    session.out.result(
        import_words.stops_json(report), import_words.stops_lines(report, dry_run=asked.dry_run)
    )
    return Exit.DONE


def _stopped(session: Session) -> Exit:
    session.out.error("stopped", "Stopped. Nothing was imported.", "Start it again any time.")
    return Exit.FAILED


def _pasted() -> Pasted:
    text = sys.stdin.buffer.read(MOST_PASTED + 1)
    return Pasted(text=text.decode("utf-8-sig", "replace"), name="standard input")


def _country(text: str) -> str:
    from shopbell.domain.dialling import country_called

    country = country_called(text)
    if country is None:
        raise BadInput(
            f"--country: “{text[:20]}” is not a country code.",
            "Use two letters, for example US, GB or DE.",
            code="bad_country",
        )
    return country.code
