"""Reminders of appointments: looked through, said yes to, dropped. Must not send by itself.

A file of appointments is brought in by `lines.reminder_file`.
"""

from __future__ import annotations

from shopbell.cli.moments import spoken
from shopbell.cli.reminding import said_line
from shopbell.domain.appointments import Reminder, Stage
from shopbell.domain.people import Page
from shopbell.domain.telling import counted
from shopbell.lines import said
from shopbell.lines.reminder_file import bring_in
from shopbell.lines.talk import Job, Talk
from shopbell.lines.visit import Visit

_DRAFTS = (Stage.DRAFT,)
_DROPPED = (Stage.DROPPED, Stage.CANCELED)


async def reminders(talk: Talk, visit: Visit) -> None:
    """Offer the jobs with reminders."""

    async def heading() -> list[str]:
        drafts = (await visit.shop.reminders.find(_DRAFTS, count=1)).total
        waits = counted(drafts, "draft waits", "drafts wait")
        return [f"Reminders of appointments: {waits} for your word."]

    jobs = [
        Job(words="Drafts from a calendar or a list", do=lambda: bring_in(talk, visit)),
        Job(words="Look through the drafts", do=lambda: _list(talk, visit, _DRAFTS)),
        Job(words="Say yes to all whose moment is still to come", do=lambda: _all(talk, visit)),
        Job(words="Those you said yes to", do=lambda: _list(talk, visit, (Stage.APPROVED,))),
        Job(words="Those that are dropped or off", do=lambda: _list(talk, visit, _DROPPED)),
    ]
    await talk.menu(heading, jobs, back="Back")


async def _list(talk: Talk, visit: Visit, stages: tuple[Stage, ...]) -> None:
    async def fetch(first: int, count: int) -> Page[Reminder]:
        return await visit.shop.reminders.find(stages, first=first, count=count)

    if not (await fetch(0, 1)).total:
        talk.say("There is none.")
    while (await fetch(0, 1)).total:
        one = await talk.pick("Appointments:", fetch, lambda row: _row(row, visit))
        if one is None:
            return
        await talk.tried(_about(talk, visit, one))


def _row(one: Reminder, visit: Visit) -> str:
    to = said.who(one.name, one.number, reveal=visit.reveal)
    late = ", its moment has passed" if one.is_missed(visit.shop.clock.now()) else ""
    stands = said.STATES[one.text_state] if one.text_state is not None else one.stage.value
    return f"{to}, {spoken(one.starts_at, visit.zone)}{late}: {stands}"


async def _about(talk: Talk, visit: Visit, one: Reminder) -> None:
    talk.say(f"{_row(one, visit)}.", f"  {one.body}")
    if one.is_missed(visit.shop.clock.now()):
        talk.say(f"It was to go {spoken(one.remind_at, visit.zone)}. A yes sends it at once.")
    else:
        talk.say(f"It reminds {spoken(one.remind_at, visit.zone)}.")
    steps = []
    if one.stage is Stage.DRAFT:
        steps.append(("yes", "Say yes to it"))
    if one.stage in {Stage.DRAFT, Stage.APPROVED}:
        steps.append(("drop", "No reminder for this appointment"))
    chosen = await talk.choose("What now?", [words for _, words in steps]) if steps else None
    match None if chosen is None else steps[chosen][0]:
        case "yes":
            done = await visit.shop.reminders.approve(one.id)
            talk.say(done.why_not or "In the outbox: it leaves at its moment.")
        case "drop":
            await visit.shop.reminders.drop(one.id)
            talk.say("Dropped. What waited in the outbox is taken back.")
        case _:
            pass


async def _all(talk: Talk, visit: Visit) -> None:
    drafts = (await visit.shop.reminders.find(_DRAFTS, count=1)).total
    if not drafts:
        talk.say("No reminder waits for your word.")
        return
    question = f"Say yes to {counted(drafts, 'draft')}? Those whose moment has passed stay drafts."
    if not await talk.yes(question, yes="Yes, they may go"):
        return
    every = await visit.shop.reminders.approve_all()
    refused = [one for one in every if one.why_not]
    talk.say(f"{counted(len(every) - len(refused), 'reminder')} in the outbox.")
    talk.say(*(said_line(one, reveal=visit.reveal) for one in refused))
