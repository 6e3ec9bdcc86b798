"""Contacts: finding, adding, editing, and the one sheet that says all about a person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from shopbell.domain.answers import Answer, answer_about, answer_to
from shopbell.domain.consent import ConsentEvent, Purpose, Suppression, standing, standing_topics
from shopbell.domain.dates import read_birthday
from shopbell.domain.decision import Decision
from shopbell.domain.draft_words import PLAIN_WORDS
from shopbell.domain.facts import TextDraft
from shopbell.domain.ids import E164, ContactId
from shopbell.domain.merging import names_of, with_name
from shopbell.domain.numbers import Number, NumberProblem, read_number
from shopbell.domain.people import Contact, ContactDraft, ContactRow, Page
from shopbell.domain.people_filter import PeopleFilter
from shopbell.domain.replies import Reply
from shopbell.domain.texts import OutboundText
from shopbell.domain.topics import TOPICS, Topic, asked_about
from shopbell.domain.wishes import NO_WISHES, Wishes
from shopbell.errors import BadInput
from shopbell.services.desk import Changed, Desk
from shopbell.store import (
    contacts,
    people_filters,
    replies,
    shop_row,
    text_rows,
    topics,
)
from shopbell.store.gathering import gather

if TYPE_CHECKING:
    from sqlite_utils import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What stands for one purpose, and what the gate would say to a plain text right now."""

    purpose: Purpose
    yes: tuple[ConsentEvent, ...]
    """Standing grants, oldest first; empty = no or not asked yet."""
    answer: Answer
    """To the purpose as a whole."""
    about: Mapping[str, Answer]
    """What was answered about each topic the shop has, and each that is on file."""
    topics: frozenset[str]
    """Those with a standing yes."""
    decisions: tuple[tuple[str | None, Decision], ...]
    """For each standing topic (or None for a text without topic): the decision now."""

    @property
    def asked(self) -> bool:
        """Somebody was asked at least once."""
        return self.answer is not Answer.NOT_ASKED


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactSheet:
    """Everything the counter shows about one number."""

    number: Number
    contact: Contact | None
    suppression: Suppression | None
    unclear_stop_at: datetime | None
    standings: tuple[Standing, ...]
    """For marketing and for service."""
    ledger: tuple[ConsentEvent, ...]
    texts: tuple[OutboundText, ...]
    """The newest twenty, newest first."""
    replies: tuple[Reply, ...]
    """The newest twenty, newest first."""
    wishes: Wishes = NO_WISHES
    topics: tuple[Topic, ...] = TOPICS
    """What the shop offers to say yes to."""


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
    ) -> Contact:
        """Change some fields of a contact; what is None stays, "" empties.

        Raises:
            BadInput: nobody has this number, or the birthday is no date.
        """
        born = None if birthday is None else _birthday(birthday)

        def changed(old: ContactDraft) -> ContactDraft:
            return replace(
                old,
                name=old.name if name is None else name,
                note=old.note if note is None else note,
                email=old.email if email is None else email,
                tags=old.tags if tags is None else tags,
                zone=old.zone if zone is None else zone or None,
                region=old.region if region is None else region or None,
                birthday=old.birthday if born is None else born,
            )

        def step(db: Database, now: datetime) -> Contact | None:
            contact = contacts.by_number(db, number)
            if contact is None:
                return None
            contacts.overwrite(db, contact.id, changed(contacts.draft_of(contact)), now)
            return contacts.get(db, contact.id)

        contact = await self._desk.store.write(step, self._desk.clock.now())
        if contact is None:
            raise _no_contact()
        self._desk.tell(Changed.PEOPLE)
        return contact

    async def sheet(self, number: Number) -> ContactSheet:
        """Gather everything the counter shows about one number."""
        now = self._desk.clock.now()
        return await self._desk.store.read(self._sheet, number, now)

    def _sheet(self, db: Database, number: Number, now: datetime) -> ContactSheet:
        person, here = gather(db, number.e164, now), shop_row.load_facts(db)
        offered = tuple(topic for topic in topics.every(db) if topic.offered)
        standings = []
        for purpose in (Purpose.MARKETING, Purpose.SERVICE):
            chosen = standing_topics(person.consents, purpose)
            drafts = [
                TextDraft(number=number.e164, body=PLAIN_WORDS, purpose=purpose, topic=topic)
                for topic in (*sorted(chosen),) or (None,)
            ]
            standings.append(
                Standing(
                    purpose=purpose,
                    yes=standing(person.consents, purpose),
                    answer=answer_to(person.consents, purpose),
                    about={
                        topic: answer_about(person.consents, purpose, topic)
                        for topic in asked_about(offered, person.consents, purpose)
                    },
                    topics=chosen,
                    decisions=tuple(
                        (draft.topic, self._desk.judge(draft, person, here, now).decision)
                        for draft in drafts
                    ),
                )
            )
        return ContactSheet(
            number=number,
            contact=person.contact,
            suppression=person.suppression,
            unclear_stop_at=person.unclear_stop_at,
            standings=tuple(standings),
            ledger=person.consents,
            texts=text_rows.find(db, (), number.e164, 0, 20)[0],
            replies=replies.find(db, number.e164, 0, 20)[0],
            wishes=person.wishes,
            topics=offered,
        )


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
