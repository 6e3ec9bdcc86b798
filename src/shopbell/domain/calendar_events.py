"""Makes appointments of the events of a calendar file. Must not open it, nor look anybody up."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from shopbell.domain.appointments import MOST_APPOINTMENTS, Appointment, Appointments
from shopbell.domain.calendar_lines import Event, Events
from shopbell.domain.calendar_times import MOST_OF_A_SERIES, UnreadTime, series, starts_of
from shopbell.domain.card_lines import Property
from shopbell.domain.cells import PhoneRead, read_phone
from shopbell.domain.ids import E164
from shopbell.domain.importing import ParkedRow
from shopbell.domain.parking import parked
from shopbell.errors import BadInput

MOST_EVENTS = 100_000
MOST_SERIES = 300
_MOST_NEVER = 5
"""Series of which no time comes: each has to be looked for through thousands of years."""

_MOST_NUMBERS = 20
_MOST_NAMES = 10
_LONGEST_LOOKED_AT = 2_000

_NUMBER = re.compile(r"\+?\(?\d[\d\s().-]{5,20}\d")
_SEPARATOR = re.compile(r"\s+[-\u2013\u2014|/:]\s+|:\s+|\s*[(),|]\s*|\s+(?:with|for|w/)\s+", re.I)
_ADDRESS = re.compile(r"(?:tel|sms):(\+?[\d().\s-]{7,25})", re.I)


def appointments_of(
    events: Events, zone: str, country: str, now: datetime, until: datetime
) -> Appointments:
    """Return the appointments between `now` and `until`, those of series one by one.

    Args:
        events: of the file.
        zone: of the shop, for times that name none.
        country: of the shop, for numbers without a country code.
        now: what began before is past.
        until: the last moment that is looked at.

    Raises:
        BadInput: there are more than anybody has.
    """
    reading = _Reading(ZoneInfo(zone), country, now, until)
    for event in events:
        if event.number > MOST_EVENTS:
            raise _too_many(f"more than {MOST_EVENTS:,} events")
        reading.take(event)
    return reading.done(is_cancellation=events.is_cancellation)


class _Reading:
    """The appointments found so far: those of a series, and the single ones that replace them."""

    def __init__(self, here: ZoneInfo, country: str, now: datetime, until: datetime) -> None:
        self._here, self._country = here, country
        self._now, self._until = now, until
        self._of_series: dict[str, Appointment] = {}
        self._single: dict[str, Appointment] = {}
        self._parked: list[ParkedRow] = []
        self._beyond: set[str] = set()
        self._series = self._never = 0

    def take(self, event: Event) -> None:
        try:
            self._take(event)
        except UnreadTime as error:
            cells = (event.text("SUMMARY"), event.text("DTSTART"))
            if len(self._parked) < MOST_APPOINTMENTS:
                self._parked.append(parked(event.number, str(error), cells))
        if len(self._of_series) + len(self._single) > MOST_APPOINTMENTS:
            raise _too_many(f"more than {MOST_APPOINTMENTS:,} appointments ahead")

    def _take(self, event: Event) -> None:
        begins, uid = event.first("DTSTART"), event.text("UID")[:200]
        if begins is None or not event.ends:
            raise UnreadTime("It has no beginning." if event.ends else "The file ends inside it.")
        first = starts_of(begins, self._here)[0]
        replaced, rule = event.first("RECURRENCE-ID"), event.first("RRULE")
        if replaced is not None:
            key = _key(uid, starts_of(replaced, self._here)[0])
            self._keep(self._single, key, event, first)
            return
        if rule is None:
            self._keep(self._single, uid, event, first)
            return
        self._series += 1
        if self._series > MOST_SERIES:
            raise _too_many(f"more than {MOST_SERIES:,} series")
        left_out = {at for one in event.all("EXDATE") for at in starts_of(one, self._here)}
        more = [at for one in event.all("RDATE") for at in starts_of(one, self._here)]
        times, kept = series(rule.value, first, self._until), 0
        self._never += not times and first <= self._until
        if self._never > _MOST_NEVER:
            raise _too_many(f"more than {_MOST_NEVER} series that never come")
        for at in (*times, *more):
            if at > self._now and at not in left_out and kept < MOST_OF_A_SERIES:
                kept += 1
                self._keep(self._of_series, _key(uid, at), event, at)

    def _keep(self, into: dict[str, Appointment], key: str, event: Event, at: datetime) -> None:
        if not self._now < at <= self._until:
            self._beyond.add(key)
            # Moved out of sight, it is not where its series has it either.
            if into is self._single and key:
                into[key] = self._appointment(key, event, at)
            return
        into[key or f"{event.number}"] = self._appointment(key, event, at)

    def _appointment(self, key: str, event: Event, at: datetime) -> Appointment:
        said = (event.text("SUMMARY"), event.text("DESCRIPTION"), event.text("LOCATION"))
        people = (*event.all("ATTENDEE"), *event.all("CONTACT"))
        return Appointment(
            row=event.number,
            uid=key,
            starts_at=at.astimezone(UTC),
            names=_names(said[0], (name for one in people for name in _called(one))),
            numbers=_numbers((*(one.text() for one in people), *said), self._country),
            what=said[0],
            where=said[2],
            canceled=event.text("STATUS").upper() == "CANCELLED",
        )

    def done(self, *, is_cancellation: bool) -> Appointments:
        both = {**self._of_series, **self._single}
        ahead = [one for one in both.values() if self._now < one.starts_at <= self._until]
        if is_cancellation:
            ahead = [replace(one, canceled=True) for one in ahead]
        return Appointments(
            found=tuple(sorted(ahead, key=lambda one: (one.starts_at, one.row))),
            parked=tuple(self._parked),
            beyond=len(self._beyond),
        )


def _key(uid: str, at: datetime) -> str:
    return f"{uid}|{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _called(person: Property) -> tuple[str, ...]:
    return (*person.parameters.get("cn", ()), *([person.text()] * (person.name == "CONTACT")))


def _names(summary: str, more: Iterable[str]) -> tuple[str, ...]:
    pieces = _SEPARATOR.split(summary[:_LONGEST_LOOKED_AT])
    names = [" ".join(one.split()) for one in (*more, summary, *pieces)]
    return tuple(dict.fromkeys(one for one in names if one))[:_MOST_NAMES]


def _numbers(texts: Iterable[str], country: str) -> tuple[E164, ...]:
    found: dict[E164, None] = {}
    for text in texts:
        looked_at = text[:_LONGEST_LOOKED_AT]
        for piece in (*_ADDRESS.findall(looked_at), *_NUMBER.findall(looked_at))[:_MOST_NUMBERS]:
            read = read_phone(piece, country)
            if isinstance(read, PhoneRead):
                found[read.number] = None
    return tuple(found)


def _too_many(what: str) -> BadInput:
    return BadInput(
        f"The calendar has {what}.",
        "Export the coming weeks only.",
        code="too_many_appointments",
    )
