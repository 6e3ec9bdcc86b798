"""Lists of people: those who meet conditions, whose yes runs out, a file for a spreadsheet.

Must not change anybody, and must not look anybody up by itself: the services do.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from shopbell.cli.reconfirming import reconfirm_line
from shopbell.domain.audience_rules import audience_words, read_audience
from shopbell.domain.campaigns import Audience
from shopbell.domain.people import ContactRow, Page
from shopbell.domain.people_filter import PeopleFilter
from shopbell.domain.telling import counted
from shopbell.lines import said
from shopbell.lines.files import NOT_ENCRYPTED, write_file
from shopbell.lines.person import about_person
from shopbell.lines.rows import rows_of
from shopbell.lines.talk import Talk
from shopbell.lines.visit import Visit
from shopbell.services.exports import Exported

_AHEAD = timedelta(days=60)
_WHO = (
    "Who said yes to something",
    "Who was never asked",
    "Who has a tag",
    "Who got no text for some days",
    "Who was born in some month",
    "Several conditions at once",
)
_RULES = "Conditions with commas between them, like tag=weekly, not-texted-for=30, find=Ana."


async def some_people(talk: Talk, visit: Visit) -> None:
    """List those who meet conditions, and open one."""
    wanted = await _conditions(talk, visit, _WHO)
    if wanted is None:
        return

    async def fetch(first: int, count: int) -> Page[ContactRow]:
        return await visit.shop.people.find(
            wanted.words, first=first, count=count, filter=wanted.filter
        )

    while found := (await fetch(0, 1)).total:
        heading = f"{counted(found, 'person', 'people')}: {audience_words(wanted)}."
        row = await talk.pick(heading, fetch, lambda one: said.person(one, reveal=visit.reveal))
        if row is None:
            return
        await about_person(talk, visit, row.number)
    talk.say(f"Nobody: {audience_words(wanted)}.")


async def write_people(talk: Talk, visit: Visit) -> None:
    """Write everybody, or some, to a file for a spreadsheet."""
    wanted = await _conditions(talk, visit, (*_WHO, "Everybody"))
    if wanted is None:
        return

    async def written(out: Path, replace_it: bool) -> Exported:
        return await visit.shop.exports.people(
            out, words=wanted.words, filter=wanted.filter, replace=replace_it
        )

    done = await write_file(talk, "Into which file? Its name ends in .csv.", written)
    if done is not None:
        talk.say(f"{counted(done.people, 'contact')} in it. {NOT_ENCRYPTED}")


async def running_out(talk: Talk, visit: Visit) -> None:
    """List whose yes has run out or soon will, the most urgent first."""
    while due := await visit.shop.reconfirming.due(_AHEAD):
        one = await talk.pick(
            "Ask these again:",
            rows_of(due),
            lambda row: reconfirm_line(row, visit.zone, reveal=visit.reveal),
        )
        if one is None:
            return
        await about_person(talk, visit, one.number)
    talk.say("Nobody needs to be asked again within 60 days.")


async def _conditions(talk: Talk, visit: Visit, labels: tuple[str, ...]) -> Audience | None:
    """Return who is meant, or None to go back."""
    everybody = PeopleFilter()
    match await talk.choose("Which people?", labels):
        case 0:
            offered = await visit.shop.topics.offered()
            topic = await talk.choose("To what?", [one.words for one in offered])
            if topic is None:
                return None
            return Audience(filter=replace(everybody, consented_to=offered[topic].id))
        case 1:
            return Audience(filter=replace(everybody, not_asked=True))
        case 2:
            tag = await talk.line("Which tag?")
            return Audience(filter=replace(everybody, tag=tag)) if tag else None
        case 3:
            days = await talk.line("For how many days?")
            return read_audience(f"not-texted-for={days}") if days else None
        case 4:
            month = await talk.line("Which month? 1 is January, 12 is December.")
            return read_audience(f"birthday-month={month}") if month else None
        case 5:
            rules = await talk.line(_RULES)
            return read_audience(rules) if rules else None
        case 6:
            return Audience()
        case _:
            return None
