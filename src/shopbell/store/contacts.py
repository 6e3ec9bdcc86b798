"""Contacts and their search index. Must not say whether anybody may be texted."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from shopbell.domain.answers import answer_to
from shopbell.domain.consent import Purpose
from shopbell.domain.ids import E164, BatchId, ContactId
from shopbell.domain.people import Contact, ContactDraft, ContactRow, Page
from shopbell.store.consents import events_of_many
from shopbell.store.shop_row import blind_key, hashed
from shopbell.store.times import from_text, maybe_from_text, to_text

if TYPE_CHECKING:
    from sqlite_utils import Database

_COLUMNS = (
    "id, number, name, note, email, tags, zone, region, birthday, source, batch_id, created_at,"
    " updated_at"
)

_MANY = 1000
"""Sorting more hits than this by name takes longer than a keystroke should (measured)."""

_LEAST_DIGITS = 2
"""A single digit is in nearly every number: it narrows nothing."""

_LAST = "\U0010ffff"
"""Sorts after every other character."""

Found = list[tuple[Any, ...]]


def get(db: Database, contact_id: ContactId) -> Contact | None:
    """Return one contact by id."""
    row = db.execute(f"SELECT {_COLUMNS} FROM contact WHERE id = ?", (contact_id,)).fetchone()
    return None if row is None else _contact(row)


def get_many(db: Database, ids: Sequence[ContactId]) -> tuple[Contact, ...]:
    """Return those of these contacts that are there, in no order."""
    marks = ", ".join("?" * len(ids))
    rows = db.execute(f"SELECT {_COLUMNS} FROM contact WHERE id IN ({marks})", list(ids))
    return tuple(_contact(row) for row in rows)


def by_numbers(db: Database, numbers: Sequence[E164]) -> dict[E164, Contact]:
    """Return the contacts that have one of these numbers."""
    marks = ", ".join("?" * len(numbers))
    rows = db.execute(f"SELECT {_COLUMNS} FROM contact WHERE number IN ({marks})", list(numbers))
    return {contact.number: contact for contact in map(_contact, rows)}


def by_number(db: Database, number: E164) -> Contact | None:
    """Return the contact with this number."""
    row = db.execute(f"SELECT {_COLUMNS} FROM contact WHERE number = ?", (number,)).fetchone()
    return None if row is None else _contact(row)


def add(
    db: Database, draft: ContactDraft, now: datetime, batch_id: BatchId | None = None
) -> Contact | None:
    """Add a contact and index it; None when the number is there already (nothing is written)."""
    stamp = to_text(now)
    row = db.execute(
        f"INSERT INTO contact ({_COLUMNS}) VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        f" ON CONFLICT (number) DO NOTHING RETURNING {_COLUMNS}",
        (*draft_values(draft), batch_id, stamp, stamp),
    ).fetchone()
    if row is None:
        return None
    contact = _contact(row)
    index_many(db, [(contact.id, draft)])
    return contact


def overwrite(db: Database, contact_id: ContactId, draft: ContactDraft, now: datetime) -> None:
    """Replace everything but id, source, batch and creation time."""
    db.execute(
        "UPDATE contact SET number = ?, name = ?, note = ?, email = ?, tags = ?, zone = ?,"
        " region = ?, birthday = ?, updated_at = ? WHERE id = ?",
        (*draft_values(draft)[:-1], to_text(now), contact_id),
    )
    db.execute("DELETE FROM contact_fts WHERE rowid = ?", (contact_id,))
    index_many(db, [(contact_id, draft)])


def index_many(db: Database, rows: Iterable[tuple[ContactId, ContactDraft]]) -> None:
    """Add contacts to the search index."""
    db.conn.executemany(
        "INSERT INTO contact_fts (rowid, name, digits, note, tags) VALUES (?, ?, ?, ?, ?)",
        (
            (contact_id, draft.name, endings(draft.number), draft.note, " ".join(draft.tags))
            for contact_id, draft in rows
        ),
    )


def any_merged(db: Database) -> bool:
    """Return whether anybody in the file has more than one number."""
    row = db.execute(
        "SELECT EXISTS (SELECT 1 FROM contact WHERE merged_into IS NOT NULL)"
    ).fetchone()
    return bool(row[0])


def find(db: Database, words: str, first: int, count: int) -> Page[ContactRow]:
    """Return a window of the contacts that match every word, each person once.

    Names that begin with what was typed come first, in name order; then the others, in name order
    too unless there are very many.
    """
    typed = " ".join(words.split())
    if (len(typed) < _LEAST_DIGITS and typed.isdigit()) or not typed:
        found = _starting_with(db, "", first, count)
        return Page(rows=list_rows(db, found), first=first, total=total(db))
    query = match_query(typed)
    if query is None:
        return Page(rows=(), first=first, total=0)
    hits = db.execute(
        "SELECT count(*) FROM contact_fts WHERE contact_fts MATCH ?", (query,)
    ).fetchone()[0]
    search = _few if hits <= _MANY else _many
    people = _people_among(db, query, hits) if any_merged(db) else hits
    return Page(
        rows=list_rows(db, search(db, typed, query, first, count)), first=first, total=people
    )


def _people_among(db: Database, query: str, hits: int) -> int:
    """Return how many people those hits are: a further number of somebody is not one more."""
    if hits > _MANY:
        further = db.execute(
            "SELECT count(*) FROM contact WHERE merged_into IS NOT NULL AND id IN"
            " (SELECT rowid FROM contact_fts WHERE contact_fts MATCH ?)",
            (query,),
        ).fetchone()[0]
        return hits - int(further)
    row = db.execute(
        "SELECT count(DISTINCT coalesce(c.merged_into, c.id))"
        " FROM contact_fts f JOIN contact c ON c.id = f.rowid WHERE contact_fts MATCH ?",
        (query,),
    ).fetchone()
    return int(row[0])


def total(db: Database) -> int:
    """Return how many people there are; somebody with several numbers is one."""
    row = db.execute(
        "SELECT (SELECT count(*) FROM contact)"
        " - (SELECT count(*) FROM contact WHERE merged_into IS NOT NULL)"
    ).fetchone()
    return int(row[0])


def match_query(words: str) -> str | None:
    """Return the full-text query for what was typed, or None when it holds nothing to look for.

    A number typed in any way ("(212) 555-01", "0142", "07700 900") is looked for by its digits.
    """
    if re.fullmatch(r"[\d\s()+./\-]+", words):
        digits = re.sub(r"\D", "", words).lstrip("0") if len(words.strip()) > 4 else None
        digits = digits or re.sub(r"\D", "", words)
        return f'digits : "{digits}"*' if digits else None
    parts = [part.replace('"', "") for part in words.split()]
    parts = [part for part in parts if any(ch.isalnum() for ch in part)]
    return " AND ".join(f'"{part}"*' for part in parts) or None


def endings(number: E164) -> str:
    """Return the ways people type a number: all digits, then its last ten, seven and four."""
    digits = number[1:]
    return " ".join(dict.fromkeys((digits, digits[-10:], digits[-7:], digits[-4:])))


def draft_of(contact: Contact) -> ContactDraft:
    """Return the contact's changeable part."""
    return ContactDraft(
        number=contact.number,
        name=contact.name,
        note=contact.note,
        email=contact.email,
        tags=contact.tags,
        zone=contact.zone,
        region=contact.region,
        birthday=contact.birthday,
        source=contact.source,
    )


def draft_values(draft: ContactDraft) -> tuple[object, ...]:
    """Return a draft as column values, from the number to the source."""
    return (
        draft.number,
        draft.name,
        draft.note,
        draft.email,
        json.dumps(draft.tags, ensure_ascii=False),
        draft.zone,
        draft.region,
        draft.birthday,
        draft.source,
    )


def _contact(row: Sequence[Any]) -> Contact:
    return Contact(
        id=ContactId(row[0]),
        number=E164(row[1]),
        name=row[2],
        note=row[3],
        email=row[4],
        tags=tuple(json.loads(row[5])),
        zone=row[6],
        region=row[7],
        birthday=row[8],
        source=row[9],
        batch_id=None if row[10] is None else BatchId(row[10]),
        created_at=from_text(row[11]),
        updated_at=from_text(row[12]),
    )


def _few(db: Database, typed: str, query: str, first: int, count: int) -> Found:
    return db.execute(
        "SELECT c.id, c.number, c.name FROM contact c WHERE c.id IN"
        " (SELECT coalesce(m.merged_into, m.id) FROM contact_fts f JOIN contact m ON m.id = f.rowid"
        " WHERE contact_fts MATCH ?1)"
        " ORDER BY NOT (c.name >= ?2 COLLATE NOCASE AND c.name < ?3 COLLATE NOCASE),"
        " c.name COLLATE NOCASE, c.id LIMIT ?4 OFFSET ?5",
        (query, typed, typed + _LAST, count, first),
    ).fetchall()


def _many(db: Database, typed: str, query: str, first: int, count: int) -> Found:
    starting = db.execute(
        "SELECT count(*) FROM contact WHERE name >= ?1 COLLATE NOCASE AND name < ?2 COLLATE NOCASE"
        " AND merged_into IS NULL",
        (typed, typed + _LAST),
    ).fetchone()[0]
    found = _starting_with(db, typed, first, count) if first < starting else []
    if len(found) == count:
        return found
    others = db.execute(
        "SELECT c.id, c.number, c.name FROM contact_fts f JOIN contact c ON c.id = f.rowid"
        " WHERE contact_fts MATCH ?1"
        " AND NOT (c.name >= ?2 COLLATE NOCASE AND c.name < ?3 COLLATE NOCASE)"
        " AND c.merged_into IS NULL"
        " ORDER BY f.rowid LIMIT ?4 OFFSET ?5",
        (query, typed, typed + _LAST, count - len(found), max(0, first - starting)),
    )
    return [*found, *others]


def _starting_with(db: Database, typed: str, first: int, count: int) -> Found:
    return db.execute(
        "SELECT id, number, name FROM contact"
        " WHERE name >= ?1 COLLATE NOCASE AND name < ?2 COLLATE NOCASE AND merged_into IS NULL"
        " ORDER BY name COLLATE NOCASE, id LIMIT ?3 OFFSET ?4",
        (typed, typed + _LAST, count, first),
    ).fetchall()


def list_rows(db: Database, found: Found) -> tuple[ContactRow, ...]:
    """Return found `(id, number, name)` as lines of the people list, in the same order."""
    numbers = [E164(number) for _, number, _ in found]
    events = events_of_many(db, numbers)
    stopped = _suppressed(db, numbers)
    last = _last_texts(db, numbers)
    return tuple(
        ContactRow(
            id=ContactId(contact_id),
            number=E164(number),
            name=name,
            suppressed=number in stopped,
            marketing_answer=answer_to(events.get(number, ()), Purpose.MARKETING),
            service_answer=answer_to(events.get(number, ()), Purpose.SERVICE),
            last_text_at=maybe_from_text(last.get(number)),
        )
        for contact_id, number, name in found
    )


def _suppressed(db: Database, numbers: Sequence[E164]) -> frozenset[E164]:
    key = blind_key(db)
    by_hash = {hashed(key, number): number for number in numbers}
    marks = ", ".join("?" * len(by_hash))
    rows = db.execute(f"SELECT bidx FROM suppression WHERE bidx IN ({marks})", list(by_hash))
    return frozenset(by_hash[bytes(row[0])] for row in rows)


def _last_texts(db: Database, numbers: Sequence[E164]) -> dict[E164, str]:
    marks = ", ".join("?" * len(numbers))
    rows = db.execute(
        f"SELECT number, max(created_at) FROM text WHERE number IN ({marks})"
        " AND state NOT IN ('draft', 'held', 'canceled', 'expired') GROUP BY number",
        list(numbers),
    )
    return {E164(number): at for number, at in rows}
