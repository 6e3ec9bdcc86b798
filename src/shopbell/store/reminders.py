"""Reminders of appointments as stored, and their calendars. Must not judge and must not send."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from shopbell.domain.appointments import Calendar, Reminder, ReminderDraft, Stage
from shopbell.domain.ids import E164, CalendarName, ContactId, ReminderId, TextId
from shopbell.domain.texts import State
from shopbell.store.times import from_text, maybe_from_text, to_text

if TYPE_CHECKING:
    from sqlite_utils import Database

_COLUMNS = (
    "r.id, r.calendar, r.key, r.number, r.contact_id, r.name, r.starts_at, r.what, r.body,"
    " r.filled_from, r.topic, r.remind_at, r.stage, r.text_id, t.state"
)
_FROM = "FROM reminder r LEFT JOIN text t ON t.id = r.text_id"


def calendar(db: Database, name: CalendarName) -> Calendar | None:
    """Return what the owner said about a calendar."""
    row = db.execute("SELECT body, lead, topic FROM calendar WHERE name = ?", (name,)).fetchone()
    return None if row is None else Calendar(name=name, body=row[0], lead=row[1], topic=row[2])


def keep_calendar(db: Database, one: Calendar) -> None:
    """Write down what the owner says about a calendar, for its next file."""
    db.execute(
        "INSERT INTO calendar (name, body, lead, topic) VALUES (?1, ?2, ?3, ?4)"
        " ON CONFLICT (name) DO UPDATE SET body = ?2, lead = ?3, topic = ?4",
        (one.name, one.body, one.lead, one.topic),
    )


def of_calendar(db: Database, name: CalendarName, since: datetime) -> dict[str, Reminder]:
    """Return the reminders of a calendar's appointments that begin after `since`, by their key."""
    rows = db.execute(
        f"SELECT {_COLUMNS} {_FROM} WHERE r.calendar = ? AND r.starts_at > ?",
        (name, to_text(since)),
    )
    return {one.key: one for one in map(_reminder, rows)}


def get(db: Database, reminder_id: ReminderId) -> Reminder | None:
    """Return one reminder."""
    row = db.execute(f"SELECT {_COLUMNS} {_FROM} WHERE r.id = ?", (reminder_id,)).fetchone()
    return None if row is None else _reminder(row)


def find(
    db: Database, stages: Sequence[Stage], since: datetime, first: int, count: int
) -> tuple[tuple[Reminder, ...], int]:
    """Return reminders of appointments that begin after `since`, by when they remind."""
    where = f"r.starts_at > ? AND r.stage IN ({', '.join('?' * len(stages))})"
    values = [to_text(since), *stages]
    total = db.execute(f"SELECT count(*) {_FROM} WHERE {where}", values).fetchone()[0]
    rows = db.execute(
        f"SELECT {_COLUMNS} {_FROM} WHERE {where} ORDER BY r.remind_at, r.id LIMIT ? OFFSET ?",
        [*values, count, first],
    )
    return tuple(map(_reminder, rows)), int(total)


def add(
    db: Database, name: CalendarName, topic: str | None, draft: ReminderDraft, now: datetime
) -> None:
    """Write a new draft."""
    db.execute(
        "INSERT INTO reminder (calendar, topic, key, number, contact_id, name, starts_at, what,"
        " body, filled_from, remind_at, stage, created_at, updated_at)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?13)",
        (name, topic, *_values(draft), Stage.DRAFT, to_text(now)),
    )


def write_anew(
    db: Database, old: ReminderId, topic: str | None, draft: ReminderDraft, now: datetime
) -> None:
    """Put a draft in the place of what was said about the same appointment."""
    db.execute(
        "UPDATE reminder SET topic = ?1, key = ?2, number = ?3, contact_id = ?4, name = ?5,"
        " starts_at = ?6, what = ?7, body = ?8, filled_from = ?9, remind_at = ?10, stage = ?11,"
        " text_id = NULL, updated_at = ?12 WHERE id = ?13",
        (topic, *_values(draft), Stage.DRAFT, to_text(now), old),
    )


def move(
    db: Database, one: ReminderId, stage: Stage, now: datetime, text_id: TextId | None = None
) -> None:
    """Note where a reminder is now; `text_id` is its text, where one was written."""
    db.execute(
        "UPDATE reminder SET stage = ?, text_id = coalesce(?, text_id), updated_at = ?"
        " WHERE id = ?",
        (stage, text_id, to_text(now), one),
    )


def begins(db: Database, text_id: TextId) -> datetime | None:
    """Return when the appointment begins that a text reminds of; None for any other text."""
    row = db.execute("SELECT starts_at FROM reminder WHERE text_id = ?", (text_id,)).fetchone()
    return None if row is None else maybe_from_text(row[0])


def is_elsewhere(db: Database, name: CalendarName, draft: ReminderDraft) -> bool:
    """Return whether another calendar reminds the same person of the same moment."""
    row = db.execute(
        "SELECT EXISTS (SELECT 1 FROM reminder WHERE number = ? AND starts_at = ?"
        " AND calendar <> ? AND stage <> 'canceled')",
        (draft.number, to_text(draft.starts_at), name),
    ).fetchone()
    return bool(row[0])


def people_named(db: Database) -> dict[str, list[tuple[ContactId, E164, str]]]:
    """Return everybody on file by their name without case; whoever has several numbers once."""
    found: dict[str, list[tuple[ContactId, E164, str]]] = {}
    rows = db.execute(
        "SELECT id, number, name FROM contact WHERE name <> '' AND merged_into IS NULL"
    )
    for contact_id, number, name in rows:
        found.setdefault(" ".join(name.casefold().split()), []).append((contact_id, number, name))
    return found


def _values(draft: ReminderDraft) -> tuple[object, ...]:
    return (
        draft.key,
        draft.number,
        draft.contact_id,
        draft.name,
        to_text(draft.starts_at),
        draft.what,
        draft.body,
        draft.filled_from,
        to_text(draft.remind_at),
    )


def _reminder(row: Sequence[Any]) -> Reminder:
    return Reminder(
        id=ReminderId(row[0]),
        calendar=CalendarName(row[1]),
        key=row[2],
        number=E164(row[3]),
        contact_id=None if row[4] is None else ContactId(row[4]),
        name=row[5],
        starts_at=from_text(row[6]),
        what=row[7],
        body=row[8],
        filled_from=row[9],
        topic=row[10],
        remind_at=from_text(row[11]),
        stage=Stage(row[12]),
        text_id=None if row[13] is None else TextId(row[13]),
        text_state=None if row[14] is None else State(row[14]),
    )
