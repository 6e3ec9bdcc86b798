"""People with several numbers, and people who live together. Must not say who may be texted.

A merge joins what is known, never what was allowed: each number keeps its own yes, and whatever
one number says no to binds the others (`domain.linked`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from shopbell.domain.ids import E164
from shopbell.domain.linked import merged_draft
from shopbell.domain.people import Contact, ContactDraft
from shopbell.errors import BadInput
from shopbell.services.changed import Changed
from shopbell.services.desk import Desk
from shopbell.store import consents, contacts, links
from shopbell.store.links import Split

if TYPE_CHECKING:
    from sqlite_utils import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class MergePreview:
    """What a merge would do."""

    kept: Contact
    joined: tuple[Contact, ...]
    """Whose numbers become further numbers of `kept`."""
    becomes: ContactDraft
    """The kept contact afterwards."""
    stopped: tuple[E164, ...]
    """Those of all the numbers that said stop: afterwards none of them is texted."""


class Linking:
    """Which numbers and which people of one shop file belong together."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def preview(self, kept: E164, other: E164) -> MergePreview:
        """Return what making `other` a further number of `kept` would do; changes nothing.

        Raises:
            BadInput: one of them is not on file, or they are one person already.
        """
        return await self._desk.store.read(_preview, kept, other)

    async def merge(self, kept: E164, other: E164) -> MergePreview:
        """Make `other` a further number of `kept`; returns what was done.

        Raises:
            BadInput: one of them is not on file, or they are one person already.
        """
        now = self._desk.clock.now()

        def step(db: Database) -> MergePreview:
            done = _preview(db, kept, other)
            links.merge(db, done.kept, done.joined[0], now)
            return done

        done = await self._desk.store.write(step)
        self._desk.tell(Changed.PEOPLE, Changed.CONSENT)
        return done

    async def split(self, number: E164) -> Split:
        """Take back the merge that brought this number in, or the last one into it.

        Raises:
            BadInput: nobody has this number, or nothing was merged with it.
        """
        now = self._desk.clock.now()

        def step(db: Database) -> Split:
            done = links.split(db, _on_file(db, number).id, now)
            if done is None:
                raise BadInput(
                    "This number was not merged with another one.",
                    "See who is likely on file twice with: shopbell contacts duplicates.",
                    code="not_merged",
                )
            return done

        done = await self._desk.store.write(step)
        self._desk.tell(Changed.PEOPLE, Changed.CONSENT)
        return done

    async def live_together(self, numbers: Sequence[E164]) -> tuple[Contact, ...]:
        """Make one household of people; returns everybody in it, in name order.

        Raises:
            BadInput: fewer than two people, or one is not on file.
        """
        now = self._desk.clock.now()

        def step(db: Database) -> tuple[Contact, ...]:
            people = _people(db, numbers)
            links.live_together(db, [one.id for one in people], now)
            return (people[0], *links.household_of(db, people[0].id))

        home = await self._desk.store.write(step)
        self._desk.tell(Changed.PEOPLE)
        return tuple(sorted(home, key=lambda one: (one.name.casefold(), one.id)))

    async def move_out(self, number: E164) -> Contact:
        """Take somebody out of their household.

        Raises:
            BadInput: nobody has this number, or they are in none.
        """
        now = self._desk.clock.now()

        def step(db: Database) -> Contact:
            contact = _kept(db, number)
            if not links.household_of(db, contact.id):
                raise BadInput(
                    "This person is in no household.",
                    "Make one with: shopbell contacts household NUMBER NUMBER.",
                    code="no_household",
                )
            links.move_out(db, contact.id, now)
            return contact

        contact = await self._desk.store.write(step)
        self._desk.tell(Changed.PEOPLE)
        return contact


def _preview(db: Database, kept: E164, other: E164) -> MergePreview:
    first, second = _kept(db, kept), _kept(db, other)
    if first.id == second.id:
        raise BadInput(
            "These numbers belong to the same person already.",
            "Take the merge back with: shopbell contacts split NUMBER.",
            code="same_person",
        )
    whole = (*links.whole_person(db, first.id), *links.whole_person(db, second.id))
    stopped = [one.number for one in whole if consents.suppression_of(db, one.number) is not None]
    return MergePreview(
        kept=first,
        joined=links.whole_person(db, second.id),
        becomes=merged_draft(contacts.draft_of(first), contacts.draft_of(second)),
        stopped=tuple(stopped),
    )


def _people(db: Database, numbers: Sequence[E164]) -> list[Contact]:
    people = {one.id: one for one in (_kept(db, number) for number in numbers)}
    if len(people) < 2:
        raise BadInput(
            "A household has two people at least.",
            "Give the numbers of everybody who lives there.",
            code="one_person",
        )
    return list(people.values())


def _kept(db: Database, number: E164) -> Contact:
    return links.whole_person(db, _on_file(db, number).id)[0]


def _on_file(db: Database, number: E164) -> Contact:
    contact = contacts.by_number(db, number)
    if contact is None:
        raise BadInput(
            f"There is no contact with the number that ends in {number[-4:]}.",
            "Add it first.",
            code="no_contact",
        )
    return contact
