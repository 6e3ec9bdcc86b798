"""Numbers and people that belong together: one person on several numbers, one household.

Must not judge who is the same: a person says so. A merge is shown before it is made.
"""

from __future__ import annotations

from collections.abc import Sequence

from shopbell.cli.commands.contact_links import merge_facts
from shopbell.domain.doubles import Alike
from shopbell.domain.ids import E164
from shopbell.domain.people import Contact, ContactRow
from shopbell.lines import said
from shopbell.lines.finding import Somebody, find_somebody
from shopbell.lines.rows import rows_of
from shopbell.lines.talk import Talk
from shopbell.lines.visit import Visit
from shopbell.services.person_sheet import ContactSheet

_SHARED = {Alike.EMAIL: "the same e-mail", Alike.NAME: "the same name"}
_Group = tuple[Alike, tuple[ContactRow, ...]]


async def belonging(talk: Talk, visit: Visit, sheet: ContactSheet) -> None:
    """Offer what can be noted about a person's other numbers and their household."""
    number = sheet.number.e164
    steps = [("merge", "Another number on file is theirs, too: make one person of both")]
    if sheet.same_person:
        steps.append(("split", "They are two people after all: take the last merge back"))
    steps.append(("live", "Somebody on file lives with them"))
    if sheet.household:
        steps.append(("leave", "They moved out of their household"))
    chosen = await talk.choose("Who belongs together?", [words for _, words in steps])
    match None if chosen is None else steps[chosen][0]:
        case "merge":
            await _another_number(talk, visit, sheet)
        case "split":
            await _split(talk, visit, number)
        case "live":
            await _live_together(talk, visit, number)
        case "leave":
            gone = await visit.shop.linking.move_out(number)
            talk.say(f"{_who(visit, gone)} is in no household now.")
        case _:
            pass


async def doubles(talk: Talk, visit: Visit) -> None:
    """List who is likely on file twice, and make one person of a group."""
    while groups := await visit.shop.people.doubles():
        group = await talk.pick(
            "Likely one person each:", rows_of(groups), lambda one: _group(one, visit)
        )
        if group is None:
            return
        await talk.tried(_one_of(talk, visit, group[1]))
    talk.say("Nobody seems to be on file twice.")


def _group(group: _Group, visit: Visit) -> str:
    alike, rows = group
    people = "; ".join(said.who(row.name, row.number, reveal=visit.reveal) for row in rows)
    return f"{people}: {_SHARED[alike]}"


async def _one_of(talk: Talk, visit: Visit, rows: Sequence[ContactRow]) -> None:
    labels = [said.person(row, reveal=visit.reveal) for row in rows]
    chosen = await talk.choose("Whose name and number stay first?", labels)
    if chosen is not None:
        others = [row.number for at, row in enumerate(rows) if at != chosen]
        await _merge(talk, visit, rows[chosen].number, others)


async def _another_number(talk: Talk, visit: Visit, sheet: ContactSheet) -> None:
    found = await find_somebody(talk, visit, strangers=False)
    if found is not None:
        await _merge(talk, visit, sheet.number.e164, [found.number])


async def _merge(talk: Talk, visit: Visit, kept: E164, others: Sequence[E164]) -> None:
    """Show what each merge would do, ask once, then do them."""
    linking = visit.shop.linking
    for other in others:
        would = await linking.preview(kept, other)
        talk.say(*merge_facts(would, sure=False, reveal=visit.reveal))
    if not await talk.yes("Are they one person?", yes="Yes, make one person of them"):
        talk.say("Nothing was changed.")
        return
    for other in others:
        await linking.merge(kept, other)
    talk.say("One person now. “Their other numbers” on their page takes it back.")


async def _split(talk: Talk, visit: Visit, number: E164) -> None:
    if not await talk.yes("Make two people of them again?", yes="Yes, they are two people"):
        return
    done = await visit.shop.linking.split(number)
    talk.say(f"Two people again: {_who(visit, done.kept)} and {_who(visit, done.joined)}.")
    if not done.restored:
        kept = _who(visit, done.kept)
        talk.say(f"{kept} was changed since the merge: look at name, note and tags.")


async def _live_together(talk: Talk, visit: Visit, number: E164) -> None:
    talk.say("It binds nobody: a yes or a stop of one is never the other's.")
    found: Somebody | None = await find_somebody(talk, visit, strangers=False)
    if found is None:
        return
    home = await visit.shop.linking.live_together([number, found.number])
    talk.say(f"They live together: {'; '.join(_who(visit, one) for one in home)}.")


def _who(visit: Visit, contact: Contact) -> str:
    return said.who(contact.name, contact.number, reveal=visit.reveal)
