"""Drafts reminders from a file of appointments: a look first, then the words, then the drafts.

Must not read the file itself, and nothing is kept before somebody says so.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from shopbell.cli.reminding import brought_lines
from shopbell.domain.appointment_rows import Part
from shopbell.domain.dates import DateOrder
from shopbell.lines.import_answers import ask_date_order
from shopbell.lines.rows import path_typed
from shopbell.lines.talk import Talk
from shopbell.lines.visit import Visit
from shopbell.services.reminder_steps import Brought
from shopbell.services.reminders import calendar_name

_PARTS = tuple(Part)
_FIELDS = (
    "The words, in one line. They may hold {name}, {first_name}, {shop}, {day}, {time}, {what} "
    "and {where}; {first_name|there} says “there” to somebody without a name."
)
_NEXT = "Nothing is sent: look through the drafts and say yes to them."


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A file, and what somebody said about it; what is None stays as it was for this calendar."""

    path: Path
    calendar: str
    body: str | None = None
    lead: str | None = None
    topic: str | None = None
    columns: dict[Part, str] = field(default_factory=dict)
    order: DateOrder | None = None


async def bring_in(talk: Talk, visit: Visit) -> None:
    """Look at a file of appointments, and draft a reminder for each."""
    typed = await talk.line("Which file? A calendar (ICS), CSV or XLSX: its whole path.")
    if not typed:
        return
    path = path_typed(typed)
    usual = calendar_name(path.stem)
    await _brought(visit, Wanted(path=path, calendar=usual), dry_run=True)  # is there such a file?
    name = await talk.line("What do you call this calendar?", usual=usual)
    wanted = Wanted(path=path, calendar=name) if name else None
    while wanted is not None:
        brought = await _brought(visit, wanted, dry_run=True)
        talk.say(*brought_lines(brought, visit.zone, dry_run=True))
        wanted = await _next(talk, visit, wanted)


async def _brought(visit: Visit, wanted: Wanted, *, dry_run: bool) -> Brought:
    return await visit.shop.reminders.bring_in(
        wanted.path,
        calendar=wanted.calendar,
        body=wanted.body,
        lead=wanted.lead,
        topic=wanted.topic,
        columns=wanted.columns,
        order=wanted.order,
        dry_run=dry_run,
    )


async def _next(talk: Talk, visit: Visit, wanted: Wanted) -> Wanted | None:
    """Return what to look at next, or None when the drafts are kept or left."""
    steps = [
        "Keep these drafts",
        "The words",
        "How long before",
        "What it is about, as people chose it",
        "What a column holds",
        "In which order its dates are",
    ]
    match await talk.choose("What now?", steps, back="Keep nothing"):
        case 0:
            brought = await _brought(visit, wanted, dry_run=False)
            talk.say(*brought_lines(brought, visit.zone, dry_run=False, then=_NEXT))
            return None
        case 1:
            before = await visit.shop.reminders.said_about(wanted.calendar)
            talk.say(f"Now: {wanted.body or before.body}")
            body = await talk.line(_FIELDS)
            return await _tried(talk, visit, replace(wanted, body=body or wanted.body), wanted)
        case 2:
            before = await visit.shop.reminders.said_about(wanted.calendar)
            talk.say(f"Now: {wanted.lead or before.lead}.")
            lead = await talk.line("How long before? Like 1 day, 3 hours or 90 minutes.")
            return await _tried(talk, visit, replace(wanted, lead=lead or wanted.lead), wanted)
        case 3:
            offered = await visit.shop.topics.offered()
            topic = await talk.choose("What is it about?", [one.words for one in offered])
            return wanted if topic is None else replace(wanted, topic=offered[topic].id)
        case 4:
            return await _tried(talk, visit, await _column(talk, wanted), wanted)
        case 5:
            return replace(wanted, order=await ask_date_order(talk) or wanted.order)
        case _:
            talk.say("Nothing was kept.")
            return None


async def _tried(talk: Talk, visit: Visit, changed: Wanted, before: Wanted) -> Wanted:
    """Return what was changed if it can be used; else say why and return what was before."""
    looked = await talk.tried(_brought(visit, changed, dry_run=True))
    return before if looked is None else changed


async def _column(talk: Talk, wanted: Wanted) -> Wanted:
    part = await talk.choose("Which part?", [one.replace("-", " ") for one in _PARTS])
    if part is None:
        return wanted
    column = await talk.line("Which column holds it? Its name, its number from 1, or its letter.")
    if not column:
        return wanted
    return replace(wanted, columns={**wanted.columns, _PARTS[part]: column})
