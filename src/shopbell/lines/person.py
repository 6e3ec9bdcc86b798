"""One person: the sheet in sentences, and what can be done. Must not say who may be texted.

A yes and a no are written down by `lines.consent`.
"""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

from shopbell.cli.moments import spoken
from shopbell.cli.people import sheet_lines
from shopbell.domain.ids import E164
from shopbell.domain.people import ContactDraft
from shopbell.lines.complaining import at_the_counter
from shopbell.lines.consent import no_to_some, sign_up, stop
from shopbell.lines.finding import Somebody
from shopbell.lines.privacy import privacy
from shopbell.lines.rows import frequency_typed
from shopbell.lines.talk import Talk
from shopbell.lines.texting import text_to
from shopbell.lines.visit import WHO, Visit
from shopbell.services.person_sheet import ContactSheet

PAUSES = (("A week", 7), ("30 days", 30), ("90 days", 90))
"""How long somebody may want to hear no offers."""

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
    lines = sheet_lines(sheet, visit.zone, visit.shop.clock.now(), reveal=visit.reveal)
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
        paused = sheet.wishes.paused_until
        pause = "No offers for a while" if paused is None else "End the pause of offers"
        steps += [("pause", pause), ("name", "Change the name"), ("note", "Change the note")]
        steps += [("tag", "Add or remove a tag"), ("often", "Offers less often")]
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
        case "pause":
            await _pause(talk, visit, sheet)
        case "name" | "note":
            await _change(talk, visit, sheet, step)
        case "complain":
            await at_the_counter(talk, visit, number)
        case "close":
            await _close_complaint(talk, visit, sheet)
        case "tag":
            await _tag(talk, visit, sheet)
        case _:
            await _less_often(talk, visit, sheet)


async def _pause(talk: Talk, visit: Visit, sheet: ContactSheet) -> None:
    wishes, number = visit.shop.wishes, sheet.number.e164
    if sheet.wishes.paused_until is not None:
        await wishes.record(number, paused_until="")
        talk.say("The pause is over: offers may come again, as they said yes to them.")
        return
    chosen = await talk.choose("For how long do they want no offers?", [w for w, _ in PAUSES])
    if chosen is None:
        return
    here = visit.shop.clock.now().astimezone(ZoneInfo(visit.zone)).date()
    kept = await wishes.record(number, paused_until=here + timedelta(days=PAUSES[chosen][1]))
    if kept.paused_until is not None:
        talk.say(f"No offers before {spoken(kept.paused_until, visit.zone)}.")


async def _change(talk: Talk, visit: Visit, sheet: ContactSheet, step: str) -> None:
    number = sheet.number.e164
    typed = await talk.line(f"The new {step}. A minus sign alone empties it.")
    if not typed:
        return
    new = "" if typed == "-" else typed
    if step == "name":
        await visit.shop.people.edit(number, name=new)
    else:
        await visit.shop.people.edit(number, note=new)
    talk.say("Kept.")


async def _close_complaint(talk: Talk, visit: Visit, sheet: ContactSheet) -> None:
    one = next(one for one in sheet.complaints if one.is_open)
    outcome = await talk.line("How did it end? It is kept with the complaint.")
    if outcome:
        await visit.shop.complaints.close(one.id, outcome, WHO)
        talk.say("The complaint is closed.")


async def _tag(talk: Talk, visit: Visit, sheet: ContactSheet) -> None:
    tags = () if sheet.contact is None else sheet.contact.tags
    typed = await talk.line("Which tag? One that is there is removed, another one is added.")
    if not typed:
        return
    there = next((tag for tag in tags if tag.casefold() == typed.casefold()), None)
    kept = (*tags, typed) if there is None else tuple(tag for tag in tags if tag != there)
    await visit.shop.people.edit(sheet.number.e164, tags=kept)
    talk.say(f"Added the tag “{typed}”." if there is None else f"Removed the tag “{there}”.")


async def _less_often(talk: Talk, visit: Visit, sheet: ContactSheet) -> None:
    typed = await talk.line("At most how many offers in how many days? Like 1/30.")
    if not typed:
        return
    found = frequency_typed(typed)
    await visit.shop.wishes.record(sheet.number.e164, most=found)
    talk.say(f"They get at most {found.n} in {found.days} days.")
