"""People: search, show, add at the till. Must not change anybody: `lines.person` does."""

from __future__ import annotations

from shopbell.lines.belonging import doubles
from shopbell.lines.consent import add_at_the_till
from shopbell.lines.finding import find_somebody, pick_person
from shopbell.lines.person import about_person
from shopbell.lines.some_people import running_out, some_people, write_people
from shopbell.lines.talk import Job, Talk
from shopbell.lines.visit import Visit


async def people(talk: Talk, visit: Visit) -> None:
    """Offer the jobs with people."""

    async def heading() -> list[str]:
        total = (await visit.shop.people.find(count=1)).total
        return [f"People: {total:,}." if total else "People: nobody yet. Add one, or import."]

    jobs = [
        Job(words="Find somebody", do=lambda: _find(talk, visit)),
        Job(words="Somebody at the counter says yes", do=lambda: add_at_the_till(talk, visit)),
        Job(words="List everybody", do=lambda: _list(talk, visit)),
        Job(words="Who may be on file twice", do=lambda: doubles(talk, visit)),
        Job(words="List some of them", do=lambda: some_people(talk, visit)),
        Job(words="Whose yes runs out", do=lambda: running_out(talk, visit)),
        Job(words="Write a list for a spreadsheet", do=lambda: write_people(talk, visit)),
    ]
    await talk.menu(heading, jobs, back="Back")


async def _find(talk: Talk, visit: Visit) -> None:
    found = await find_somebody(talk, visit)
    if found is not None:
        await about_person(talk, visit, found.number)


async def _list(talk: Talk, visit: Visit) -> None:
    while (row := await pick_person(talk, visit, "")) is not None:
        await about_person(talk, visit, row.number)
