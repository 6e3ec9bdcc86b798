"""Bringing people in from a file: look, change what it means, repair rows, then all or nothing.

Must not read a file itself and must not count: the imports do. A do-not-text list and the past
imports are in `lines.lists`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from shopbell.cli.import_words import report_lines
from shopbell.domain.columns import NO_PHONES
from shopbell.domain.import_choices import Choices
from shopbell.domain.importing import ImportPreview, ImportReport, ParkedRow, Target
from shopbell.domain.row_marks import DATE_ORDER
from shopbell.errors import BadInput
from shopbell.lines.hints import said_in_lines
from shopbell.lines.import_answers import (
    ask_columns,
    ask_country,
    ask_date_order,
    ask_lines,
    ask_part,
)
from shopbell.lines.list_proofs import ask_permission
from shopbell.lines.lists import ask_stop_rule, do_not_text, past_imports, type_stops
from shopbell.lines.ours import ask_ours
from shopbell.lines.rows import ask_column, correct_row, path_typed, rows_of
from shopbell.lines.talk import Job, Talk
from shopbell.lines.visit import WHO, Visit
from shopbell.services.import_reading import TOO_MANY_ROWS
from shopbell.services.pasted import Pasted
from shopbell.services.reading import Origin

_UNUSED = "Say below what they mean, or write each yes down under People."
_LEFT = "Write each yes down under People."


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A file and what somebody said about it."""

    origin: Origin
    columns: dict[Target, tuple[int, ...]] = field(default_factory=dict)
    country: str | None = None
    choices: Choices = field(default_factory=lambda: Choices(who=WHO))


async def importing(talk: Talk, visit: Visit) -> None:
    """Offer the jobs with lists."""

    async def heading() -> list[str]:
        return ["Import: lists from tills, phones and shop programs (CSV, XLSX, VCF)."]

    jobs = [
        Job(words="Bring people in from a file", do=lambda: bring_in(talk, visit)),
        Job(words="Bring in a list of people not to text", do=lambda: do_not_text(talk, visit)),
        Job(words="Past imports; take one back", do=lambda: past_imports(talk, visit)),
        Job(words="Type or paste people, one a line", do=lambda: paste(talk, visit)),
        Job(words="Type or paste numbers not to text", do=lambda: type_stops(talk, visit)),
    ]
    await talk.menu(heading, jobs, back="Back")


async def bring_in(talk: Talk, visit: Visit) -> None:
    """Look at a file and import it; nothing is written before somebody says so."""
    typed = await talk.line("Which file? Its whole path.")
    if typed:
        await _look(talk, visit, Wanted(origin=path_typed(typed)))


async def paste(talk: Talk, visit: Visit) -> None:
    """Take people that are typed or pasted, as if they stood in a file."""
    text = await ask_lines(talk)
    if text:
        await _look(talk, visit, Wanted(origin=Pasted(text=text)))


async def _look(talk: Talk, visit: Visit, first: Wanted) -> None:
    """Read, say what would come of it, ask what now; until it is imported or left."""
    wanted: Wanted | None = first
    while wanted is not None:
        talk.say("Reading …")
        preview = await _preview(talk, visit, wanted)
        if preview is None or isinstance(preview, Wanted):
            wanted = preview
            continue
        report = await _looked(talk, visit, wanted)
        if report is None or isinstance(report, Wanted):
            wanted = report
            continue
        talk.say(
            *report_lines(report, dry_run=True, not_used=_UNUSED, rest=""), *preview.unclear_dates
        )
        wanted = await _next(talk, visit, wanted, preview, report)


async def _looked(talk: Talk, visit: Visit, wanted: Wanted) -> ImportReport | Wanted | None:
    """Return what would come of it; or what is wanted instead, once a question was answered."""
    try:
        return await _run(talk, visit, wanted, dry_run=True)
    except BadInput as error:
        talk.say(error.message)
        choices = wanted.choices
        if error.code == DATE_ORDER:
            order = await ask_date_order(talk)
            if order is not None:
                return replace(wanted, choices=replace(choices, date_order=order))
        elif error.code == TOO_MANY_ROWS and isinstance(wanted.origin, Path):
            part = await ask_part(talk)
            if part is not None:
                return replace(wanted, choices=replace(choices, part=part))
        else:
            talk.say(*said_in_lines(error)[1:])
        return None


async def _preview(talk: Talk, visit: Visit, wanted: Wanted) -> ImportPreview | Wanted | None:
    """Return what the file is; or what is wanted instead, once a column of numbers was named."""
    imports = visit.shop.imports
    try:
        return await imports.preview(
            wanted.origin, columns=wanted.columns, country=wanted.country, choices=wanted.choices
        )
    except BadInput as error:
        if error.code != NO_PHONES:
            talk.trouble(error)
            return None
        talk.say(error.message)
    first = {**wanted.columns, Target.PHONE: (0,)}
    looked = await imports.preview(wanted.origin, columns=first, country=wanted.country)
    column = await ask_column(
        talk, "Which column holds the numbers?", looked.header, looked.samples
    )
    if column is None:
        return None
    return replace(wanted, columns={**wanted.columns, Target.PHONE: (column,)})


async def _run(talk: Talk, visit: Visit, wanted: Wanted, *, dry_run: bool) -> ImportReport:
    return await visit.shop.imports.run(
        wanted.origin,
        columns=wanted.columns,
        country=wanted.country,
        choices=wanted.choices,
        dry_run=dry_run,
        on=talk.progress,
    )


async def _next(
    talk: Talk, visit: Visit, wanted: Wanted, preview: ImportPreview, report: ImportReport
) -> Wanted | None:
    """Return what to look at next, or None when it is imported or left."""
    steps = [
        ("go", "Import it: all of it or nothing, and it can be taken back"),
        ("columns", "Change what a column means"),
        ("country", "Say in which country numbers without a country code are"),
        ("stops", "Say which column tells who said stop"),
        ("yes", "Say which column tells who said yes, since when and to which words"),
    ]
    if report.parked:
        steps.insert(1, ("parked", f"Repair rows that are parked ({report.counts.parked:,})"))
    if report.counts.updated or report.ours_count:
        steps.append(("ours", "Say who is right where the file says something else: you or it"))
    if preview.unclear_dates:
        steps.append(("dates", "Say in which order its dates are"))
    if preview.saved:
        steps.append(("afresh", "Forget how such a file was read before"))
    chosen = await talk.choose("What now?", [words for _, words in steps], back="Import nothing")
    if chosen is None:
        talk.say("Nothing was imported.")
        return None
    if steps[chosen][0] == "go":
        talk.say("Importing …")
        done = await _run(talk, visit, wanted, dry_run=False)
        talk.say(*report_lines(done, dry_run=False, not_used=_LEFT, rest=""))
        talk.say("Nobody was texted. A yes still has to be asked for.")
        return None
    return await _changed(talk, visit, wanted, preview, report, steps[chosen][0])


async def _changed(
    talk: Talk,
    visit: Visit,
    wanted: Wanted,
    preview: ImportPreview,
    report: ImportReport,
    step: str,
) -> Wanted:
    """Return what is wanted after one change; the same when somebody went back."""
    choices = wanted.choices
    match step:
        case "columns":
            return replace(wanted, columns=await ask_columns(talk, preview, wanted.columns))
        case "parked":
            fixed = await _repaired(talk, visit, wanted, preview, report)
            return replace(wanted, choices=replace(choices, fixed={**choices.fixed, **fixed}))
        case "country":
            return replace(wanted, country=await ask_country(talk) or wanted.country)
        case "dates":
            order = await ask_date_order(talk)
            return replace(wanted, choices=replace(choices, date_order=order or choices.date_order))
        case "ours":
            ours = await ask_ours(talk, choices.ours, report)
            return replace(wanted, choices=replace(choices, ours=ours))
        case "yes":
            topics = await visit.shop.topics.offered()
            said = await ask_permission(talk, choices, preview, report, topics)
            return replace(wanted, choices=said)
        case "stops":
            rule = await ask_stop_rule(talk, preview.header, preview.samples)
            return replace(wanted, choices=replace(choices, stops=rule or choices.stops))
        case _:
            return replace(wanted, columns={}, choices=replace(choices, use_saved=False))


async def _repaired(
    talk: Talk, visit: Visit, wanted: Wanted, preview: ImportPreview, report: ImportReport
) -> dict[int, tuple[str, ...]]:
    """Return the cells of the rows that were repaired, by row number."""
    fixed: dict[int, tuple[str, ...]] = {}

    def still_wrong(row: int, cells: Sequence[str]) -> str:
        read = visit.shop.imports.recheck(row, cells, preview.mapping, wanted.country)
        return read.reason if isinstance(read, ParkedRow) else ""

    while left := [row for row in report.parked if row.row not in fixed]:
        row = await talk.pick("Parked rows:", rows_of(left), lambda one: f"{one.row}: {one.reason}")
        if row is None:
            break
        cells = await correct_row(talk, preview.header, row, still_wrong)
        if cells is not None:
            fixed[row.row] = cells
    return fixed
