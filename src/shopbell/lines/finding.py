"""Finds one person: by name, by any words on file, or by a number somebody says. Must not add."""

from __future__ import annotations

from dataclasses import dataclass

from shopbell.domain.ids import E164
from shopbell.domain.people import ContactRow, Page
from shopbell.errors import BadInput
from shopbell.lines import said
from shopbell.lines.talk import Talk
from shopbell.lines.visit import Visit


@dataclass(frozen=True, slots=True, kw_only=True)
class Somebody:
    """Who it is about; a number need not be a contact."""

    number: E164
    name: str = ""


async def find_somebody(talk: Talk, visit: Visit, *, strangers: bool = True) -> Somebody | None:
    """Return whom somebody means, or None to go back.

    Args:
        talk: the conversation.
        visit: the shop.
        strangers: whether a number that is no contact may be meant.
    """
    while words := await talk.line("Who? A name, any words about them, or a number."):
        number = _number(visit, words)
        if number is not None:
            contact = await visit.shop.people.by_number(number)
            if contact is not None:
                return Somebody(number=number, name=contact.name)
            if strangers:
                talk.say("This number is no contact yet.")
                return Somebody(number=number)
        row = await pick_person(talk, visit, words)
        if row is not None:
            return Somebody(number=row.number, name=row.name)
    return None


async def pick_person(talk: Talk, visit: Visit, words: str) -> ContactRow | None:
    """Return one of the people that match, or None."""
    people = visit.shop.people

    async def fetch(first: int, count: int) -> Page[ContactRow]:
        return await people.find(words, first=first, count=count)

    found = await fetch(0, 1)
    if not found.total:
        talk.say(f"Nobody is called “{words[:40]}”." if words else "There are no people yet.")
        return None
    heading = "1 person." if found.total == 1 else f"{found.total:,} people."
    return await talk.pick(heading, fetch, lambda row: said.person(row, reveal=visit.reveal))


def _number(visit: Visit, words: str) -> E164 | None:
    if sum(letter.isdigit() for letter in words) < 7:
        return None
    try:
        return visit.shop.people.read_number(words).e164
    except BadInput:
        return None
