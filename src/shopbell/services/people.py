"""Contacts: finding, adding, editing. Must not say who may be texted: the gate does."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from shopbell.domain.dates import read_birthday
from shopbell.domain.doubles import Alike, likely_doubles
from shopbell.domain.ids import E164, ContactId
from shopbell.domain.merging import names_of, with_name
from shopbell.domain.numbers import Number, NumberProblem, read_number
from shopbell.domain.people import Contact, ContactDraft, ContactRow, Page
from shopbell.domain.people_filter import PeopleFilter
from shopbell.domain.places import place_typed
from shopbell.domain.wish_changes import WishChange
from shopbell.domain.wish_changes import changed as wished
from shopbell.domain.zones import zone_called
from shopbell.errors import BadInput
from shopbell.services.changed import Changed
from shopbell.services.desk import Desk
from shopbell.services.person_sheet import ContactSheet, gather_sheet
from shopbell.store import (
    contacts,
    people_filters,
)
from shopbell.store import wishes as wish_rows

if TYPE_CHECKING:
    from sqlite_utils import Database


_SHOWN = 500
"""As many of one group are looked up: a stand-in name can be on thousands."""


class People:
    """The contacts of one shop file."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def read_number(self, raw: str, country: str | None = None) -> Number:
        """Read a number as somebody typed it, in the shop's country unless told otherwise.

        Raises:
            BadInput: says what is wrong with it and what to do.
        """
        number = read_number(raw, country or self._desk.profile.country)
        if isinstance(number, NumberProblem):
            raise BadInput(number.sentence, code=number.code)
        return number

    async def find(
        self,
        words: str = "",
        *,
        first: int = 0,
        count: int = 100,
        filter: PeopleFilter | None = None,  # noqa: A002 - what it is to everybody who lists people
    ) -> Page[ContactRow]:
        """Return a window of the contacts that match every word and the filter, in name order."""
        if filter is None or filter.asks_for_nothing:
            return await self._desk.store.read(contacts.find, words, first, count)
        now = self._desk.clock.now()
        return await self._desk.store.read(people_filters.find, words, filter, now, first, count)

    async def doubles(self) -> tuple[tuple[Alike, tuple[ContactRow, ...]], ...]:
        """Return contacts that are likely one person on several numbers, and what they share."""
        people = await self._desk.store.read(people_filters.names_and_emails)
        found = []
        for group in likely_doubles(people):
            rows = await self._desk.store.read(people_filters.rows_of, group.contacts[:_SHOWN])
            found.append((group.alike, tuple(rows[one] for one in group.contacts if one in rows)))
        return tuple(found)

    async def get(self, contact_id: ContactId) -> Contact | None:
        """Return one contact."""
        return await self._desk.store.read(contacts.get, contact_id)

    async def by_number(self, number: E164) -> Contact | None:
        """Return the contact with this number."""
        return await self._desk.store.read(contacts.by_number, number)

    async def add(self, draft: ContactDraft) -> Contact:
        """Add a contact.

        Raises:
            BadInput: there is a contact with this number already.
        """
        contact = await self._desk.store.write(contacts.add, draft, self._desk.clock.now())
        if contact is None:
            raise BadInput(
                "There is a contact with this number already.",
                "Change that contact instead. If they share the number, add the name to it"
                " (contacts add --household).",
                code="contact_exists",
            )
        self._desk.tell(Changed.PEOPLE)
        return contact

    async def add_name(self, number: E164, name: str) -> Contact:
        """Add a person to a number that somebody has: a household with all its names.

        Raises:
            BadInput: nobody has this number, or the names have grown too long to add one.
        """

        def step(db: Database, now: datetime) -> Contact | None:
            contact = contacts.by_number(db, number)
            if contact is None:
                return None
            both = with_name(contacts.draft_of(contact), name)
            if name and name not in names_of(both.name):
                raise BadInput(
                    "So many names share this number that no other fits in.",
                    "Shorten the name of the contact, then try again.",
                    code="too_many_names",
                )
            contacts.overwrite(db, contact.id, both, now)
            return contacts.get(db, contact.id)

        contact = await self._desk.store.write(step, self._desk.clock.now())
        if contact is None:
            raise _no_contact()
        self._desk.tell(Changed.PEOPLE)
        return contact

    async def edit(
        self,
        number: E164,
        *,
        name: str | None = None,
        note: str | None = None,
        email: str | None = None,
        tags: tuple[str, ...] | None = None,
        zone: str | None = None,
        region: str | None = None,
        birthday: str | None = None,
        wishes: WishChange | None = None,
    ) -> Contact:
        """Change some fields of a contact and its wishes, all or none; what is None stays.

        "" empties. A zone may be a city ("Chicago"), a region a country or state ("Florida").

        Raises:
            BadInput: nobody has this number, or something typed makes no sense.
        """
        profile, now = self._desk.profile, self._desk.clock.now()
        born = None if birthday is None else _birthday(birthday)
        clock = None if zone is None else _zone(zone)
        place = None if region is None else _region(region, profile.country)

        def changed(old: ContactDraft) -> ContactDraft:
            return replace(
                old,
                name=old.name if name is None else name,
                note=old.note if note is None else note,
                email=old.email if email is None else email,
                tags=old.tags if tags is None else tuple(dict.fromkeys(tags)),
                zone=old.zone if clock is None else clock or None,
                region=old.region if place is None else place or None,
                birthday=old.birthday if born is None else born,
            )

        def step(db: Database) -> Contact | None:
            contact = contacts.by_number(db, number)
            if contact is None:
                return None
            if wishes is not None and not wishes.changes_nothing:
                old = wish_rows.of_number(db, number)
                new = wished(old, wishes, profile.zone, now)
                wish_rows.keep(db, contact.id, new, now)
            contacts.overwrite(db, contact.id, changed(contacts.draft_of(contact)), now)
            return contacts.get(db, contact.id)

        contact = await self._desk.store.write(step)
        if contact is None:
            raise _no_contact()
        self._desk.tell(Changed.PEOPLE)
        return contact

    async def sheet(self, number: Number) -> ContactSheet:
        """Gather everything the counter shows about one number."""
        now, judge = self._desk.clock.now(), self._desk.judge
        return await self._desk.store.read(gather_sheet, number, judge, now)


def _zone(text: str) -> str:
    found = zone_called(text) if text.strip() else ""
    if found is None:
        raise BadInput(
            f"“{text[:40]}” is no time zone or city that is known.",
            "Write it like Europe/London, or name a large city of that zone.",
            code="bad_zone",
        )
    return found


def _region(text: str, country: str) -> str:
    found = place_typed(text, country) if text.strip() else ""
    if found is None:
        raise BadInput(
            f"“{text[:40]}” is no country or state that is known.",
            "Write it like GB, or US-FL for a state.",
            code="bad_place",
        )
    return found


def _no_contact() -> BadInput:
    return BadInput("There is no contact with this number.", "Add it first.", code="no_contact")


def _birthday(text: str) -> str:
    read = read_birthday(text) if text else ""
    if not isinstance(read, str):
        raise BadInput(
            f"“{text[:20]}” is not a birthday that can be understood.",
            "Write it like 1985-03-09, or --03-09 without the year.",
            code="bad_date",
        )
    return read
