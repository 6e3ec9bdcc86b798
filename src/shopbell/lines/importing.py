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
from shopbell.domain.dates import DateOrder
from shopbell.domain.dialling import country_called
from shopbell.domain.import_choices import Choices
from shopbell.domain.importing import ImportPreview, ImportReport, ParkedRow, Target
from shopbell.errors import BadInput
from shopbell.lines.lists import ask_stop_rule, do_not_text, past_imports
from shopbell.lines.rows import ask_column, correct_row, path_typed, rows_of
from shopbell.lines.talk import Job, Talk
from shopbell.lines.visit import WHO, Visit

_TARGETS = tuple(Target)
_ORDERS = (
    ("Day first: 31.12.2026", DateOrder.DMY),
    ("Month first: 12/31/2026", DateOrder.MDY),
    ("Year first: 2026-12-31", DateOrder.YMD),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A file and what somebody said about it."""

    path: Path
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
    ]
    await talk.menu(heading, jobs, back="Back")


async def bring_in(talk: Talk, visit: Visit) -> None:
    """Look at a file and import it; nothing is written before somebody says so."""
    typed = await talk.line("Which file? Its whole path.")
    if not typed:
        return
    wanted: Wanted | None = Wanted(path=path_typed(typed))
    while wanted is not None:
        talk.say("Reading …")
        preview = await _preview(talk, visit, wanted)
        if preview is None:
            return
        if isinstance(preview, Wanted):
            wanted = preview
            continue
        report = await _run(talk, visit, wanted, dry_run=True)
        talk.say(*report_lines(report, dry_run=True), *preview.unclear_dates)
        wanted = await _next(talk, visit, wanted, preview, report)


async def _preview(talk: Talk, visit: Visit, wanted: Wanted) -> ImportPreview | Wanted | None:
    """Return what the file is; or what is wanted instead, once a column of numbers was named."""
    imports = visit.shop.imports
    try:
        return await imports.preview(
            wanted.path, columns=wanted.columns, country=wanted.country, choices=wanted.choices
        )
    except BadInput as error:
        talk.trouble(error)
        if error.code != NO_PHONES:
            return None
    first = {**wanted.columns, Target.PHONE: (0,)}
    looked = await imports.preview(wanted.path, columns=first, country=wanted.country)
    column = await ask_column(
        talk, "Which column holds the numbers?", looked.header, looked.samples
    )
    if column is None:
        return None
    return replace(wanted, columns={**wanted.columns, Target.PHONE: (column,)})


async def _run(talk: Talk, visit: Visit, wanted: Wanted, *, dry_run: bool) -> ImportReport:
    return await visit.shop.imports.run(
        wanted.path,
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
    ]
    if report.parked:
        steps.insert(1, ("parked", f"Repair rows that are parked ({report.counts.parked:,})"))
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
        talk.say(*report_lines(await _run(talk, visit, wanted, dry_run=False), dry_run=False))
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
            return replace(wanted, columns=await _columns(talk, wanted, preview))
        case "parked":
            fixed = await _repaired(talk, visit, wanted, preview, report)
            return replace(wanted, choices=replace(choices, fixed={**choices.fixed, **fixed}))
        case "country":
            return replace(wanted, country=await ask_country(talk) or wanted.country)
        case "dates":
            order = await talk.choose("How does it write dates?", [words for words, _ in _ORDERS])
            if order is None:
                return wanted
            return replace(wanted, choices=replace(choices, date_order=_ORDERS[order][1]))
        case "stops":
            rule = await ask_stop_rule(talk, preview.header, preview.samples)
            return replace(wanted, choices=replace(choices, stops=rule or choices.stops))
        case _:
            return replace(wanted, columns={}, choices=replace(choices, use_saved=False))


async def _columns(
    talk: Talk, wanted: Wanted, preview: ImportPreview
) -> dict[Target, tuple[int, ...]]:
    """Return the columns after one of them was given another meaning."""
    filled = preview.mapping.columns
    labels = [
        f"{target.replace('_', ' ')}: {_headings(preview.header, filled.get(target, ()))}"
        for target in _TARGETS
    ]
    at = await talk.choose("Which field?", labels)
    if at is None:
        return wanted.columns
    question = f"Which column fills {_TARGETS[at].replace('_', ' ')}?"
    column = await ask_column(talk, question, preview.header, preview.samples, none="No column")
    if column is None:
        return wanted.columns
    return {**wanted.columns, _TARGETS[at]: () if column < 0 else (column,)}


def _headings(header: Sequence[str], columns: Sequence[int]) -> str:
    return ", ".join(f"“{header[one]}”" for one in columns if one < len(header)) or "no column"


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


async def ask_country(talk: Talk) -> str | None:
    """Return a country's code, or None to go back."""
    while typed := await talk.line("Which country? Its name, or two letters."):
        found = country_called(typed)
        if found is not None:
            return found.code
        talk.say(f"“{typed[:30]}” is no country that is known.")
    return None
