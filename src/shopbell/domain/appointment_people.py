"""Says whom an appointment is for: by number, else by a name that only one person has.

Must not look anybody up: it is handed who is on file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from shopbell.domain.appointments import Appointment
from shopbell.domain.ids import E164, ContactId

Known = tuple[ContactId, E164, str]
"""Somebody on file: id, number, name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Guest:
    """Who comes to an appointment."""

    number: E164
    contact_id: ContactId | None
    """None for a number nobody has on file."""
    name: str
    what: str
    """What the appointment is about, without the person's name."""


def guest_of(
    one: Appointment,
    by_number: Mapping[E164, Known],
    by_name: Mapping[str, Sequence[Known]],
) -> Guest | str:
    """Return who comes, or a sentence why that cannot be told.

    Args:
        one: the appointment.
        by_number: who on file has the numbers of the appointment.
        by_name: everybody on file by name, in small letters.
    """
    known = {
        by_number[number][0]: by_number[number] for number in one.numbers if number in by_number
    }
    if len(known) == 1:
        ((contact_id, number, name),) = known.values()
        return Guest(number=number, contact_id=contact_id, name=name, what=_without(one, name))
    if len(one.numbers) == 1:
        name = one.names[0] if one.names and one.names[0] != one.what else ""
        return Guest(number=one.numbers[0], contact_id=None, name=name, what=_without(one, name))
    if one.numbers:
        return "It has several numbers, and not exactly one of them is on file."
    for name in one.names:
        found = by_name.get(" ".join(name.casefold().split()), ())
        if len(found) > 1:
            return f"{len(found)} people on file are called “{name}”. Add a number."
        if found:
            contact_id, number, called = found[0]
            return Guest(
                number=number, contact_id=contact_id, name=called, what=_without(one, name)
            )
    return "It has no number, and nobody on file has its name. Add one of the two."


def _without(one: Appointment, name: str) -> str:
    """Return what it is about without the name, which many calendars write into one line."""
    folded, at = one.what.casefold(), -1
    if name:
        at = folded.find(name.casefold())
    if at < 0 or len(folded) != len(one.what):
        return one.what
    rest = f"{one.what[:at]} {one.what[at + len(name) :]}"
    return " ".join(rest.split()).strip(" -\u2013\u2014|/:,()")
