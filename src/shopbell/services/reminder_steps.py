"""What becomes of the reminders of a calendar when its next file comes, in one transaction.

Must not read a file, and must not approve anything.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from shopbell.domain.appointment_people import Guest, guest_of
from shopbell.domain.appointments import (
    Appointment,
    Appointments,
    Calendar,
    Reminder,
    ReminderDraft,
    Stage,
    appointment_values,
    read_lead,
    remind_at,
)
from shopbell.domain.importing import ParkedRow
from shopbell.domain.merge_fields import (
    OF_AN_APPOINTMENT,
    Unprintable,
    filled_in,
    read_merge_text,
)
from shopbell.domain.parking import parked
from shopbell.domain.shop import ShopProfile
from shopbell.domain.texts import LEFT, NOT_LEFT, State
from shopbell.store import contacts, outbox, reminders

if TYPE_CHECKING:
    from sqlite_utils import Database

_MOVED = "The appointment it reminds of was changed."
_OFF = "The appointment it reminds of was canceled."


@dataclass(slots=True, kw_only=True)
class Brought:
    """What a file of appointments did: `read` is the sum of the next six."""

    read: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    canceled: int = 0
    """Appointments that the file says are off."""
    beyond: int = 0
    """Appointments that are past, or further ahead than anybody is reminded of."""
    parked: list[ParkedRow] = field(default_factory=list)
    """What could not be used, with the reason."""
    taken_away: int = 0
    """Reminders that are gone, for their appointment is off or no longer in the file."""
    texts_back: int = 0
    """Texts that were taken back from the outbox."""
    missed: int = 0
    """Of the drafts: their moment has passed already."""
    drafts: list[ReminderDraft] = field(default_factory=list)
    """What is new or changed, in the order of the file."""
    told: list[Reminder] = field(default_factory=list)
    """Who was reminded already of what is now otherwise: only the shop can tell them."""


def bring_in(
    db: Database, profile: ShopProfile, said: Calendar, found: Appointments, now: datetime
) -> Brought:
    """Make the reminders of a calendar what its file says."""
    reminders.keep_calendar(db, said)
    brought = Brought(
        read=len(found.found) + len(found.parked) + found.beyond,
        beyond=found.beyond,
        parked=list(found.parked),
    )
    step = _Step(db, profile, said, now, brought)
    seen = step.take(found.found)
    if any(not one.canceled for one in found.found):
        step.take_away_missing(seen, found.found)
    brought.missed = sum(
        one.is_missed(now)
        for one in reminders.of_calendar(db, said.name, now).values()
        if one.key in seen
    )
    return brought


def take_text_back(db: Database, one: Reminder, now: datetime, why: str) -> bool:
    """Cancel the text of a reminder, if there is one; False when it has left."""
    if one.text_id is None or one.text_state not in NOT_LEFT:
        return not _has_left(one)
    return outbox.cancel(db, one.text_id, now, why)


def _has_left(one: Reminder) -> bool:
    return one.text_state in LEFT


class _Step:
    def __init__(
        self, db: Database, profile: ShopProfile, said: Calendar, now: datetime, brought: Brought
    ) -> None:
        self._db, self._profile, self._said, self._now = db, profile, said, now
        self._brought = brought
        self._words = read_merge_text(said.body, OF_AN_APPOINTMENT)
        self._around = "".join(
            piece if isinstance(piece, str) else piece.fallback or "A"
            for piece in self._words.pieces
        )
        self._lead = read_lead(said.lead)
        self._old = reminders.of_calendar(db, said.name, now)
        self._keys: Counter[str] = Counter()

    def take(self, found: tuple[Appointment, ...]) -> set[str]:
        numbers = tuple({number for one in found for number in one.numbers})
        by_number = {
            number: (contact.id, number, contact.name)
            for number, contact in contacts.by_numbers(self._db, numbers).items()
        }
        needs_names = any(not one.numbers for one in found)
        by_name = reminders.people_named(self._db) if needs_names else {}
        seen = set()
        for one in found:
            guest = guest_of(one, by_number, by_name)
            if isinstance(guest, str) and not one.uid:
                self._park(one, guest)
                continue
            key = self._key(one, guest)
            seen.add(key)
            self._take(one, guest, key)
        return seen

    def take_away_missing(self, seen: set[str], found: tuple[Appointment, ...]) -> None:
        """Take the reminders away whose appointment is gone from between the others."""
        zone = ZoneInfo(self._profile.zone)
        days = [one.starts_at.astimezone(zone).date() for one in found]
        begin = datetime.combine(min(days), time(), zone)
        end = datetime.combine(max(days) + timedelta(days=1), time(), zone)
        for key, old in self._old.items():
            if key not in seen and begin <= old.starts_at < end:
                self._take_away(old)

    def _take(self, one: Appointment, guest: Guest | str, key: str) -> None:
        old = self._old.get(key)
        if one.canceled:
            self._brought.canceled += 1
            if old is not None:
                self._take_away(old)
            return
        draft = guest if isinstance(guest, str) else self._draft(one, guest, key)
        if isinstance(draft, str):
            self._park(one, draft)
            if old is not None:
                self._take_away(old)
            return
        if old is None and reminders.is_elsewhere(self._db, self._said.name, draft):
            self._brought.unchanged += 1
        elif old is None:
            self._brought.new += 1
            self._brought.drafts.append(draft)
            reminders.add(self._db, self._said.name, self._said.topic, draft, self._now)
        elif self._is_same(old, draft):
            self._brought.unchanged += 1
        else:
            self._change(old, draft)

    def _change(self, old: Reminder, draft: ReminderDraft) -> None:
        self._brought.changed += 1
        self._brought.drafts.append(draft)
        self._back(old, _MOVED)
        reminders.write_anew(self._db, old.id, self._said.topic, draft, self._now)

    def _take_away(self, old: Reminder) -> None:
        if old.stage in {Stage.CANCELED, Stage.DROPPED}:
            return
        self._brought.taken_away += 1
        self._back(old, _OFF)
        reminders.move(self._db, old.id, Stage.CANCELED, self._now)

    def _back(self, old: Reminder, why: str) -> None:
        if _has_left(old):
            # Of a text that did not arrive nobody knows.
            if old.text_state not in {State.FAILED, State.UNDELIVERABLE}:
                self._brought.told.append(old)
        elif old.text_state in NOT_LEFT and take_text_back(self._db, old, self._now, why):
            self._brought.texts_back += 1

    def _is_same(self, old: Reminder, draft: ReminderDraft) -> bool:
        """Whether nothing is to be said anew; other words are no reason to remind twice."""
        is_same_visit = (old.starts_at, old.number) == (draft.starts_at, draft.number)
        if old.stage is Stage.CANCELED or not is_same_visit:
            return False
        if old.stage is Stage.DROPPED or _has_left(old):
            return True
        return (old.body, old.remind_at, old.topic) == (
            draft.body,
            draft.remind_at,
            self._said.topic,
        )

    def _draft(self, one: Appointment, guest: Guest, key: str) -> ReminderDraft | str:
        values = appointment_values(guest.name, guest.what, one, self._profile)
        body = filled_in(self._words, values)
        if isinstance(body, Unprintable):
            return f"This person {body.why}."
        return ReminderDraft(
            key=key,
            number=guest.number,
            contact_id=guest.contact_id,
            name=guest.name,
            starts_at=one.starts_at,
            what=guest.what,
            body=body,
            filled_from=self._around,
            remind_at=remind_at(one.starts_at, self._lead, self._profile.zone),
        )

    def _key(self, one: Appointment, guest: Guest | str) -> str:
        """Return what stays the same when the appointment is moved, as far as the file tells."""
        if one.uid or isinstance(guest, str):
            key = f"id:{one.uid}"
        else:
            day = one.starts_at.astimezone(ZoneInfo(self._profile.zone)).date()
            key = f"{guest.number}|{day.isoformat()}"
        self._keys[key] += 1
        count = self._keys[key]
        return key if count == 1 else f"{key}|{count}"

    def _park(self, one: Appointment, reason: str) -> None:
        at = one.starts_at.astimezone(ZoneInfo(self._profile.zone))
        cells = (f"{at:%Y-%m-%d %H:%M}", *one.names[:1], *one.numbers, one.what)
        self._brought.parked.append(parked(one.row, reason, cells))
