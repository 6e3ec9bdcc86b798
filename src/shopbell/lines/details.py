"""What is on file about a contact, changed field by field. Must not change what they agreed to."""

from __future__ import annotations

from typing import Any

from shopbell.domain.ids import E164
from shopbell.domain.people import Contact
from shopbell.lines.said import flat
from shopbell.lines.talk import Talk
from shopbell.lines.visit import Visit

_FIELDS = (
    ("Name", "name", "The new name."),
    ("Note", "note", "The new note."),
    ("E-mail", "email", "Their e-mail address."),
    ("Birthday", "birthday", "Their birthday, like 1985-03-09, or --03-09 without the year."),
    ("Time zone", "zone", "Where their clock is: a city, or a zone like Europe/London."),
    ("Country or state", "region", "Their country or state: its rules count for them."),
)
"""What it is called, the field of a contact, and what is asked."""


async def details(talk: Talk, visit: Visit, number: E164) -> None:
    """Say each field and change one after the other, until the person goes back."""
    while (contact := await visit.shop.people.by_number(number)) is not None:
        labels = [f"{words}: {_said(getattr(contact, field))}" for words, field, _ in _FIELDS]
        labels += [
            f"Tags: {_said(', '.join(contact.tags))}",
            "Somebody else has this number, too: add their name",
        ]
        chosen = await talk.choose("What do you change?", labels)
        if chosen is None:
            return
        if chosen < len(_FIELDS):
            await talk.tried(_field(talk, visit, number, *_FIELDS[chosen][1:]))
        elif chosen == len(_FIELDS):
            await talk.tried(_tag(talk, visit, contact))
        else:
            await talk.tried(_add_name(talk, visit, number))


def _said(value: str | None) -> str:
    return flat(value or "", 60) or "none"


async def _field(talk: Talk, visit: Visit, number: E164, field: str, question: str) -> None:
    typed = await talk.line(f"{question} A minus sign alone empties it.")
    if not typed:
        return
    change: dict[str, Any] = {field: "" if typed == "-" else typed}
    await visit.shop.people.edit(number, **change)
    talk.say("Kept.")


async def _tag(talk: Talk, visit: Visit, contact: Contact) -> None:
    typed = await talk.line("Which tag? One that is there is removed, another one is added.")
    if not typed:
        return
    there = next((tag for tag in contact.tags if tag.casefold() == typed.casefold()), None)
    others = tuple(tag for tag in contact.tags if tag != there)
    kept = (*others, typed) if there is None else others
    await visit.shop.people.edit(contact.number, tags=kept)
    talk.say(f"Added the tag “{typed}”." if there is None else f"Removed the tag “{there}”.")


async def _add_name(talk: Talk, visit: Visit, number: E164) -> None:
    typed = await talk.line("Whose name is added?")
    if typed:
        contact = await visit.shop.people.add_name(number, typed)
        talk.say(f"On this number now: {contact.name}.")
