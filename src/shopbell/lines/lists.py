"""A list of people not to text, brought in; and the imports of the past, taken back.

Must not read a file itself. Stops that a list brought stay, whatever is taken back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from shopbell.cli.import_words import batch_line, stops_lines, undo_lines
from shopbell.domain.columns import NO_PHONES
from shopbell.domain.import_choices import StopRule
from shopbell.domain.importing import BatchKind, ImportBatch, StopReport
from shopbell.errors import BadInput
from shopbell.lines.import_answers import ask_country, ask_lines
from shopbell.lines.rows import ask_column, correct_row, path_typed, rows_of
from shopbell.lines.talk import Talk
from shopbell.lines.visit import WHO, Visit
from shopbell.services.import_reading import TOO_MANY_ROWS
from shopbell.services.pasted import Pasted
from shopbell.services.reading import Origin

_BY_PARTS = "It comes in by parts of 500,000 rows, one after the other."


@dataclass(frozen=True, slots=True, kw_only=True)
class StopsWanted:
    """A list and what somebody said about it."""

    origin: Origin
    column: tuple[int, ...] | None = None
    country: str | None = None
    only: StopRule | None = None
    fixed: dict[int, tuple[str, ...]] = field(default_factory=dict)
    part: int | None = None
    """Of a list too long for one go, from 1."""


async def do_not_text(talk: Talk, visit: Visit) -> None:
    """Look at a list and put its numbers on the stop list, for ever."""
    typed = await talk.line("Which file? Its whole path.")
    if typed:
        await _look(talk, visit, StopsWanted(origin=path_typed(typed)))


async def type_stops(talk: Talk, visit: Visit) -> None:
    """Take numbers that are typed or pasted, as if they stood in a list."""
    text = await ask_lines(talk)
    if text:
        await _look(talk, visit, StopsWanted(origin=Pasted(text=text)))


async def _look(talk: Talk, visit: Visit, first: StopsWanted) -> None:
    wanted: StopsWanted | None = first
    while wanted is not None:
        talk.say("Reading …")
        looked = await _looked(talk, visit, wanted)
        if looked is None or isinstance(looked, StopsWanted):
            wanted = looked
            continue
        talk.say(*stops_lines(looked, dry_run=True, rest=""))
        wanted = await _next(talk, visit, wanted, looked)


async def _looked(talk: Talk, visit: Visit, wanted: StopsWanted) -> StopReport | StopsWanted | None:
    """Return what would be stopped; or what is wanted instead, once a column was named."""
    try:
        return await _run(visit, wanted, dry_run=True)
    except BadInput as error:
        if error.code == TOO_MANY_ROWS:
            talk.say(error.message, _BY_PARTS)
            return replace(wanted, part=1)
        if error.code != NO_PHONES:
            talk.trouble(error)
            return None
        talk.say(error.message)
    looked = await _run(visit, replace(wanted, column=(0,)), dry_run=True)
    question = "Which column holds the numbers?"
    column = await ask_column(talk, question, looked.header, looked.samples)
    return None if column is None else replace(wanted, column=(column,))


async def _run(visit: Visit, wanted: StopsWanted, *, dry_run: bool) -> StopReport:
    return await visit.shop.imports.do_not_text(
        wanted.origin,
        column=wanted.column,
        country=wanted.country,
        only=wanted.only,
        fixed=wanted.fixed,
        part=wanted.part,
        dry_run=dry_run,
        who=WHO,
    )


async def _next(
    talk: Talk, visit: Visit, wanted: StopsWanted, looked: StopReport
) -> StopsWanted | None:
    steps = [
        ("go", "Put these numbers on the stop list, for ever"),
        ("column", "Say which column holds the numbers"),
        ("only", "Count only rows that say stop in some column"),
        ("country", "Say in which country numbers without a country code are"),
    ]
    if looked.parked:
        steps.insert(1, ("parked", f"Repair rows that are parked ({looked.counts.parked:,})"))
    chosen = await talk.choose("What now?", [words for _, words in steps], back="Bring in nothing")
    if chosen is None:
        talk.say("Nothing was brought in.")
        return None
    match steps[chosen][0]:
        case "go":
            done = await _run(visit, wanted, dry_run=False)
            talk.say(*stops_lines(done, dry_run=False))
            if done.part is None or done.part.is_last:
                return None
            talk.say(f"Nobody of part {done.part.number + 1} is stopped yet.")
            return replace(wanted, part=done.part.number + 1)
        case "column":
            question = "Which column holds the numbers?"
            column = await ask_column(talk, question, looked.header, looked.samples)
            return wanted if column is None else replace(wanted, column=(column,))
        case "country":
            return replace(wanted, country=await ask_country(talk) or wanted.country)
        case "only":
            rule = await ask_stop_rule(talk, looked.header, looked.samples)
            return replace(wanted, only=rule or wanted.only)
        case _:
            return await _repaired(talk, visit, wanted, looked)


async def _repaired(
    talk: Talk, visit: Visit, wanted: StopsWanted, looked: StopReport
) -> StopsWanted:
    fixed = dict(wanted.fixed)

    def still_wrong(row: int, cells: Sequence[str]) -> str:
        parked = visit.shop.imports.recheck_stop(row, cells, looked)
        return "" if parked is None else parked.reason

    while left := [row for row in looked.parked if row.row not in fixed]:
        row = await talk.pick("Parked rows:", rows_of(left), lambda one: f"{one.row}: {one.reason}")
        if row is None:
            break
        cells = await correct_row(talk, looked.header, row, still_wrong)
        if cells is not None:
            fixed[row.row] = cells
    return replace(wanted, fixed=fixed)


async def ask_stop_rule(
    talk: Talk, header: Sequence[str], samples: Sequence[Sequence[str]]
) -> StopRule | None:
    """Return which cells of which column mean stop, or None to go back."""
    column = await ask_column(talk, "Which column tells who said stop?", header, samples)
    if column is None:
        return None
    typed = await talk.line("Which words there mean stop? Commas between them; * is anything.")
    values = tuple(filter(None, (word.strip() for word in typed.split(","))))
    return StopRule(column=str(column + 1), values=values) if values else None


async def past_imports(talk: Talk, visit: Visit) -> None:
    """List what was imported, and take one back."""
    while batches := await visit.shop.imports.history():
        batch = await talk.pick(
            "Past imports:", rows_of(batches), lambda one: _past(one, visit.zone)
        )
        if batch is None:
            return
        await talk.tried(_about(talk, visit, batch))
    talk.say("Nothing was imported yet.")


async def _about(talk: Talk, visit: Visit, batch: ImportBatch) -> None:
    talk.say(_past(batch, visit.zone))
    parked = await visit.shop.imports.parked(batch.id)
    talk.say(*(f"Parked, row {row.row}: {row.reason}" for row in parked[:20]))
    if len(parked) > 20:
        talk.say(f"And {len(parked) - 20} more.")
    if batch.undone is not None or batch.kind is BatchKind.DO_NOT_TEXT:
        talk.say("It was taken back." if batch.undone else "Stops are never taken back.")
        return
    question = "Take this import back? Whoever was texted or changed since stays."
    if await talk.yes(question, yes="Take it back"):
        talk.say(*undo_lines(await visit.shop.imports.undo(batch.id), rest=""))


def _past(batch: ImportBatch, zone: str) -> str:
    """Return one import without its own number: the list has numbers already."""
    return batch_line(batch, zone).removeprefix(f"{batch.id}. ")
