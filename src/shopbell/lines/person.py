"""One person: the sheet in sentences, and what can be done. Must not say who may be texted.

A yes and a no are written down by `lines.consent`, a wish by `lines.wishing`.
"""

from __future__ import annotations

from shopbell.cli.commands.explaining import why_not_lines
from shopbell.cli.people import sheet_lines
from shopbell.domain.ids import E164
from shopbell.domain.people import ContactDraft
from shopbell.lines.belonging import belonging
from shopbell.lines.complaining import at_the_counter, close_complaint
from shopbell.lines.consent import no_to_some, sign_up, stop
from shopbell.lines.details import details
from shopbell.lines.finding import Somebody
from shopbell.lines.privacy import privacy
from shopbell.lines.talk import Talk
from shopbell.lines.texting import text_to
from shopbell.lines.visit import Visit
from shopbell.lines.welcoming import their_welcome
from shopbell.lines.wishing import wishing
from shopbell.services.person_sheet import ContactSheet

_JUDGE = "Judge it under Replies."
_MOST_LINES, _EVERYTHING = 24, 100_000


async def about_person(talk: Talk, visit: Visit, number: E164) -> None:
    """Say somebody's sheet and offer what can be done."""
    people = visit.shop.people
    most: int | None = _MOST_LINES
    while True:
        sheet = await people.sheet(people.read_number(number))
        if most:
            _say_sheet(talk, visit, sheet, most)
        steps = _steps(sheet, visit)
        chosen = await talk.choose("What now?", [words for _, words in steps])
        if chosen is None:
            return
        step = steps[chosen][0]
        most = {"again": _MOST_LINES, "whole": _EVERYTHING}.get(step)
        if step == "privacy":
            if await talk.tried(privacy(talk, visit, sheet.number)):
                return
            continue
        if step == "reveal":
            visit.reveal = not visit.reveal
            most = _MOST_LINES
        elif not most:
            await talk.tried(_do(talk, visit, sheet, step))


def _say_sheet(talk: Talk, visit: Visit, sheet: ContactSheet, most: int) -> None:
    lines = sheet_lines(
        sheet, visit.zone, visit.shop.clock.now(), reveal=visit.reveal, judge=_JUDGE
    )
    talk.say(*lines[:most])
    if len(lines) > most:
        talk.say(f"{len(lines) - most} more facts.")


def _steps(sheet: ContactSheet, visit: Visit) -> list[tuple[str, str]]:
    steps = [("text", "Text them"), ("yes", "Write down a yes"), ("no", "Write down a no")]
    if sheet.suppression is None:
        steps.append(("stop", "They said stop: no more texts at all"))
    if sheet.contact is None:
        steps.append(("add", "Make them a contact"))
    else:
        steps.append(("wishes", "What they wish: a pause, fewer offers, another way, hours"))
        steps.append(("details", "Change the name, the note, tags and the rest"))
        steps.append(("belong", "Their other numbers, and who lives with them"))
    if sheet.ledger and sheet.suppression is None:
        steps.append(("welcome", "Their welcome: look at it, send it"))
    steps.append(("why", "Why texts to them were held or refused"))
    if any(one.is_open for one in sheet.complaints):
        steps.append(("close", "Their complaint is dealt with: close it"))
    steps.append(("complain", "They complain: write it down"))
    steps.append(("reveal", "Hide whole numbers" if visit.reveal else "Say whole numbers"))
    steps.append(("privacy", "What is on file: prove it, hand it over, forget them"))
    steps.append(("again", "Say all this again"))
    long = len(sheet_lines(sheet, visit.zone, sheet.made_at, reveal=False)) > _MOST_LINES
    return [*steps, *([("whole", "Say everything there is")] if long else [])]


async def _do(talk: Talk, visit: Visit, sheet: ContactSheet, step: str) -> None:
    number = sheet.number.e164
    contact = sheet.contact
    somebody = Somebody(number=number, name=contact.name if contact is not None else "")
    match step:
        case "text":
            await text_to(talk, visit, somebody)
        case "yes":
            await sign_up(talk, visit, somebody)
        case "no":
            await no_to_some(talk, visit, somebody, sheet)
        case "stop":
            await stop(talk, visit, somebody)
        case "add":
            name = await talk.optional("Their name?")
            await visit.shop.people.add(ContactDraft(number=number, name=name, source="counter"))
            talk.say("They are a contact now. They get no texts before they say yes.")
        case "wishes":
            await wishing(talk, visit, number)
        case "details":
            await details(talk, visit, number)
        case "welcome":
            await their_welcome(talk, visit, number)
        case "why":
            stored = await visit.shop.outbox.decisions_about(number)
            lines = why_not_lines(sheet, stored, visit.zone)
            talk.say(*(lines or ["No text to them was ever held or refused."]))
        case "belong":
            await belonging(talk, visit, sheet)
        case "complain":
            await at_the_counter(talk, visit, number)
        case _:
            one = next(one for one in sheet.complaints if one.is_open)
            await close_complaint(talk, visit, one)
