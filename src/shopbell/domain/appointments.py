"""Appointments as a file brings them, and the words that remind of one. Must not read a file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from shopbell.domain.ids import E164, CalendarName, ContactId, ReminderId, TextId
from shopbell.domain.importing import ParkedRow
from shopbell.domain.merge_fields import Field, Unprintable, values_for
from shopbell.domain.shop import ShopProfile
from shopbell.domain.telling import calendar_day, local, weekday
from shopbell.domain.texts import State
from shopbell.errors import BadInput

USUAL_WORDS = "Hi {first_name|there}, a reminder: {day} at {time}. Can't come? Just reply."
USUAL_LEAD = "1 day"

HORIZON = timedelta(days=60)
"""How far ahead appointments are looked at; a series goes no further."""

MOST_APPOINTMENTS = 5_000
"""Of one file, within the horizon."""

_LEAD = re.compile(r"(\d{1,3})\s*(m|min|minutes?|h|hours?|d|days?)", re.I)
_TWELVE_HOURS = frozenset("US CA AU NZ IN PH".split())
"""Countries where people say "2:30 pm"."""

_LONGEST_SHOWN = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """One appointment of a file."""

    row: int
    """Its row, or which event of the file it is, counted from 1."""
    uid: str
    """What the file calls it; stays when it is moved. Empty if the file has no such thing."""
    starts_at: datetime
    """Aware, UTC."""
    names: tuple[str, ...]
    """What the person may be called, likeliest first."""
    numbers: tuple[E164, ...]
    what: str
    where: str
    canceled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointments:
    """What was found in a file."""

    found: tuple[Appointment, ...]
    parked: tuple[ParkedRow, ...]
    """What could not be used, with the reason."""
    beyond: int = 0
    """Appointments past or too far ahead."""


class Stage(StrEnum):
    """Where a reminder is."""

    DRAFT = "draft"
    APPROVED = "approved"
    """Its text is in the outbox."""
    DROPPED = "dropped"
    """The shop wants none for this appointment."""
    CANCELED = "canceled"
    """The appointment is off."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """What the owner says about the appointments of one calendar, kept for the next file."""

    name: CalendarName
    body: str
    """The words with their fields."""
    lead: str
    """How long before, in words: "1 day", "3 hours"."""
    topic: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderDraft:
    """A reminder as it is to be kept."""

    key: str
    """Which appointment of its calendar it is about."""
    number: E164
    contact_id: ContactId | None
    name: str
    starts_at: datetime
    what: str
    body: str
    filled_from: str
    remind_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder(ReminderDraft):
    """One reminder as stored."""

    id: ReminderId
    calendar: CalendarName
    topic: str | None
    stage: Stage
    text_id: TextId | None
    text_state: State | None

    def is_missed(self, now: datetime) -> bool:
        """Return whether its moment has passed unsaid while the appointment is still ahead."""
        return self.stage is Stage.DRAFT and self.remind_at <= now < self.starts_at


def read_lead(text: str) -> timedelta:
    """Return how long before an appointment somebody is reminded; a day is a day on the clock.

    Raises:
        BadInput: it is no such time, or longer than the horizon.
    """
    found = _LEAD.fullmatch(text.strip())
    if found is not None:
        count, unit = int(found.group(1)), found.group(2)[0].lower()
        lead = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}[unit]
        if timedelta() < count * lead <= HORIZON:
            return count * lead
    raise BadInput(
        f"“{text[:_LONGEST_SHOWN]}” is no time before an appointment.",
        f"Write it like 1 day, 3 hours or 90 minutes, at most {HORIZON.days} days.",
        code="bad_lead",
    )


def remind_at(starts_at: datetime, lead: timedelta, zone: str) -> datetime:
    """Return when to remind: whole days before at the same time of day, else so many hours."""
    if lead % timedelta(days=1):
        return starts_at - lead
    there = starts_at.astimezone(ZoneInfo(zone))
    return (there - lead).replace(fold=0).astimezone(UTC)


def appointment_values(
    name: str, what: str, appointment: Appointment, shop: ShopProfile
) -> dict[Field, str | Unprintable]:
    """Return what each field of a reminder prints, to somebody called `name`."""
    at, zone = appointment.starts_at, shop.zone
    return {
        **values_for(name, shop.name),
        Field.DAY: f"{weekday(at, zone)[:3]} {calendar_day(at, zone).rpartition(' ')[0]}",
        Field.TIME: spoken_clock(local(at, zone), shop.country),
        Field.WHAT: _told(Field.WHAT, what),
        Field.WHERE: _told(Field.WHERE, appointment.where),
    }


def spoken_clock(there: datetime, country: str) -> str:
    """Return a time of day as people of a country say it: "2:30 pm" or "14:30"."""
    if country not in _TWELVE_HOURS:
        return f"{there.hour}:{there.minute:02d}"
    hour, half = there.hour % 12 or 12, "am" if there.hour < 12 else "pm"
    return f"{hour}:{there.minute:02d} {half}" if there.minute else f"{hour} {half}"


def _told(field: Field, text: str) -> str | Unprintable:
    plain = " ".join(text.split())
    if not plain:
        return Unprintable(field=field, why=f"has an appointment without “{field}”")
    if len(plain) > _LONGEST_SHOWN or not plain.isprintable():
        return Unprintable(field=field, why=f"has an appointment with an unprintable “{field}”")
    return plain
