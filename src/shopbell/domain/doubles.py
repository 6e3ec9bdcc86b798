"""Contacts that are likely the same person on several numbers. Must not merge anybody.

One number is one contact always; a person with two numbers is two. A first name alone says nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from shopbell.domain.ids import ContactId


class Alike(StrEnum):
    """What two contacts share."""

    EMAIL = "email"
    NAME = "name"


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubles:
    """Contacts that are likely one person."""

    alike: Alike
    contacts: tuple[ContactId, ...]
    """Two or more, in the order they were given."""


def likely_doubles(people: Iterable[tuple[ContactId, str, str]]) -> tuple[Doubles, ...]:
    """Return the groups among `(id, name, email)` that share an e-mail or a whole name.

    A group that shares both is told once, by its e-mail.
    """
    by_email: dict[str, list[ContactId]] = {}
    by_name: dict[str, list[ContactId]] = {}
    for contact_id, name, email in people:
        if address := email.strip().casefold():
            by_email.setdefault(address, []).append(contact_id)
        words = name.casefold().split()
        if len(words) > 1:
            by_name.setdefault(" ".join(words), []).append(contact_id)
    told: set[tuple[ContactId, ...]] = set()
    found: list[Doubles] = []
    for alike, groups in ((Alike.EMAIL, by_email), (Alike.NAME, by_name)):
        for group in map(tuple, groups.values()):
            if len(group) > 1 and group not in told:
                told.add(group)
                found.append(Doubles(alike=alike, contacts=group))
    return tuple(found)
