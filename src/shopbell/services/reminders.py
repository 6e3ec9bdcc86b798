"""Reminders of appointments: drafted from a file, looked through, approved. Must not send.

Nothing of a file reaches the outbox by itself: every reminder is a draft until somebody says yes.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from shopbell.domain.appointment_rows import Part
from shopbell.domain.appointments import (
    USUAL_LEAD,
    USUAL_WORDS,
    Calendar,
    Reminder,
    Stage,
    read_lead,
)
from shopbell.domain.consent import Purpose
from shopbell.domain.dates import DateOrder
from shopbell.domain.decision import Decision, Verdict
from shopbell.domain.facts import TextDraft
from shopbell.domain.ids import CalendarName, ReminderId
from shopbell.domain.merge_fields import OF_AN_APPOINTMENT, read_merge_text
from shopbell.domain.people import Page
from shopbell.errors import BadInput
from shopbell.services.appointment_file import read_appointments
from shopbell.services.changed import Changed
from shopbell.services.desk import Desk
from shopbell.services.gateways import Gateways
from shopbell.services.outbox import Outbox
from shopbell.services.refs import new_ref
from shopbell.services.reminder_steps import Brought, bring_in, take_text_back
from shopbell.store import outbox, reminders

if TYPE_CHECKING:
    from sqlite_utils import Database

_LONGEST_NAME = 80
_COUNTED = re.compile(r"[\W\d_]+")
_LONGEST_BODY = 1_000


class _OnlyLooked(Exception):
    """Takes back everything a look at a file has written."""

    def __init__(self, brought: Brought) -> None:
        super().__init__()
        self.brought = brought


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What became of one reminder somebody said yes to."""

    reminder: Reminder
    """As it is now."""
    decision: Decision | None
    """What the gate said; None where it was not asked."""
    why_not: str
    """Why nothing was written to the outbox, as a sentence; empty if it was."""


class Reminders:
    """The reminders of one shop file."""

    def __init__(self, desk: Desk, gateways: Gateways, texts: Outbox) -> None:
        self._desk = desk
        self._gateways = gateways
        self._texts = texts

    async def bring_in(
        self,
        path: Path,
        *,
        calendar: str = "",
        body: str | None = None,
        lead: str | None = None,
        topic: str | None = None,
        columns: Mapping[Part, str] | None = None,
        order: DateOrder | None = None,
        dry_run: bool = False,
    ) -> Brought:
        """Draft a reminder for every appointment of a file, in one transaction.

        What is not given stays as it was said for this calendar before. A file that was brought
        in already changes nothing; a moved appointment gets a new draft in place of the old one;
        one that is canceled, or gone from between the others, loses it.

        Raises:
            BadInput: the file, the words or the time before cannot be used.
        """
        known = await self.said_about(calendar or calendar_name(path.stem))
        said = Calendar(
            name=known.name,
            body=body or known.body,
            lead=lead or known.lead,
            topic=known.topic if topic is None else topic or None,
        )
        read_lead(said.lead)
        _refuse_words(said.body)
        now = self._desk.clock.now()
        found = await asyncio.to_thread(
            read_appointments,
            path,
            self._desk.path,
            self._desk.profile,
            now,
            columns=columns or {},
            order=order,
        )

        def step(db: Database) -> Brought:
            brought = bring_in(db, self._desk.profile, said, found, now)
            if dry_run:
                raise _OnlyLooked(brought)
            return brought

        try:
            brought = await self._desk.store.write(step)
        except _OnlyLooked as looked:
            return looked.brought
        self._desk.tell(Changed.TEXTS)
        return brought

    async def said_about(self, calendar: str) -> Calendar:
        """Return words, time before and topic for a list of that name, or the usual ones.

        Raises:
            BadInput: nothing can be called so.
        """
        name = _named(calendar)
        known = await self._desk.store.read(reminders.calendar, name)
        return known or Calendar(name=name, body=USUAL_WORDS, lead=USUAL_LEAD, topic=None)

    async def find(
        self,
        stages: tuple[Stage, ...] = (Stage.DRAFT,),
        *,
        first: int = 0,
        count: int = 100,
    ) -> Page[Reminder]:
        """Return a window of the reminders of appointments that are still ahead."""
        now = self._desk.clock.now()
        rows, total = await self._desk.store.read(reminders.find, stages, now, first, count)
        return Page(rows=rows, first=first, total=total)

    async def get(self, reminder_id: ReminderId) -> Reminder:
        """Return one reminder.

        Raises:
            BadInput: there is none of that id.
        """
        return await self._desk.store.read(_known, reminder_id)

    async def approve(self, reminder_id: ReminderId) -> Said:
        """Say yes to one; one whose moment has passed leaves as soon as it may.

        Raises:
            BadInput: there is no such reminder, or it is no draft.
            GatewayTrouble: no gateway is set up yet; nothing was written.
        """
        config, _ = await self._gateways.connect()
        now = self._desk.clock.now()
        one = await self.get(reminder_id)
        if one.stage is not Stage.DRAFT:
            raise BadInput(
                f"Reminder {one.id} is {one.stage}, so there is nothing to say yes to.",
                "List the drafts with: shopbell reminders list",
                code="no_draft",
            )
        if one.starts_at <= now:
            return Said(reminder=one, decision=None, why_not="The appointment has begun.")
        at = one.remind_at if one.remind_at > now else None
        decision = (await self._texts.check(_draft(one), at)).judged.decision
        if why_not := _why_not(one, decision):
            return Said(reminder=one, decision=decision, why_not=why_not)
        route = outbox.Route(
            gateway=config.name, price_micros=config.price_micros, currency=config.currency
        )

        def step(db: Database) -> Said:
            again = _known(db, reminder_id)
            if again != one:
                return Said(reminder=again, decision=None, why_not="It was changed meanwhile.")
            judged, text = outbox.submit(
                db, _draft(one), self._desk.judge, route, new_ref(now), now, at
            )
            if text is not None:
                reminders.move(db, one.id, Stage.APPROVED, now, text.id)
            why_not = "" if text is not None else _why_not(one, judged.decision)
            return Said(reminder=_known(db, one.id), decision=judged.decision, why_not=why_not)

        said = await self._desk.store.write(step)
        self._desk.tell(Changed.TEXTS)
        return said

    async def approve_all(self) -> tuple[Said, ...]:
        """Say yes to every draft whose moment is still to come; the others are asked one by one.

        Raises:
            GatewayTrouble: no gateway is set up yet; nothing was written.
        """
        now = self._desk.clock.now()
        drafts = (await self.find(count=100_000)).rows
        return tuple([await self.approve(one.id) for one in drafts if not one.is_missed(now)])

    async def drop(self, reminder_id: ReminderId) -> Reminder:
        """Want no reminder for this appointment; one that waits in the outbox is taken back.

        Raises:
            BadInput: there is no such reminder, it is canceled, or its text has left.
        """
        now = self._desk.clock.now()

        def step(db: Database) -> Reminder:
            one = _known(db, reminder_id)
            if one.stage is Stage.CANCELED or not take_text_back(
                db, one, now, "The shop wants no reminder."
            ):
                raise BadInput(
                    f"Reminder {one.id} cannot be dropped: it has left or is canceled.",
                    "List the drafts with: shopbell reminders list",
                    code="too_late",
                )
            reminders.move(db, one.id, Stage.DROPPED, now)
            return _known(db, one.id)

        dropped = await self._desk.store.write(step)
        self._desk.tell(Changed.TEXTS)
        return dropped


def _draft(one: Reminder) -> TextDraft:
    return TextDraft(
        number=one.number,
        body=one.body,
        purpose=Purpose.SERVICE,
        topic=one.topic,
        filled_from=one.filled_from,
    )


def _why_not(one: Reminder, decision: Decision) -> str:
    why = " ".join(reason.sentence for reason in decision.reasons)
    if decision.verdict is Verdict.REFUSE:
        return why
    allowed = decision.next_allowed_at
    if decision.verdict is Verdict.HOLD and allowed is not None and allowed >= one.starts_at:
        return f"It could leave only after the appointment has begun. {why}"
    return ""


def _known(db: Database, reminder_id: ReminderId) -> Reminder:
    one = reminders.get(db, reminder_id)
    if one is None:
        raise BadInput(
            f"There is no reminder number {reminder_id}.",
            "List them with: shopbell reminders list",
            code="no_reminder",
        )
    return one


def calendar_name(stem: str) -> str:
    """Return what a file is called without the days and copies that programs count in its name."""
    return " ".join(_COUNTED.sub(" ", stem).split()) or "appointments"


def _named(text: str) -> CalendarName:
    name = " ".join(text.split())
    if not name or len(name) > _LONGEST_NAME or not name.isprintable():
        raise BadInput(
            f"A calendar's name has 1 to {_LONGEST_NAME} plain characters.",
            "Give it one: --calendar bookings",
            code="bad_name",
        )
    return CalendarName(name)


def _refuse_words(body: str) -> None:
    if not body.strip() or len(body) > _LONGEST_BODY:
        raise BadInput(
            f"A reminder needs words: 1 to {_LONGEST_BODY:,} characters.",
            "For example: see you {day} at {time}.",
            code="bad_text",
        )
    read_merge_text(body, OF_AN_APPOINTMENT)
