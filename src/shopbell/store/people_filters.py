"""Contacts by what is on file about them: consent, silence, tags. Must not judge a text.

Whether a yes to a topic stands is said here in SQL as `domain.consent.standing_topics` says it; a
test holds the two together.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from shopbell.domain.ids import E164, ContactId
from shopbell.domain.people import ContactRow, Page
from shopbell.domain.people_filter import PeopleFilter
from shopbell.store.contacts import list_rows, match_query
from shopbell.store.shop_row import blind_key, hashed
from shopbell.store.times import to_text

if TYPE_CHECKING:
    from sqlite_utils import Database

_CONSENTED = """c.number IN (
    SELECT g.number FROM consent g, json_each(g.topics) t
    WHERE g.act = 'granted' AND t.value = ?
    AND NOT EXISTS (
        SELECT 1 FROM consent r
        WHERE r.number = g.number AND r.act = 'revoked' AND r.purpose = g.purpose
        AND (r.at, r.id) > (g.at, g.id)
        AND (r.topics = '[]' OR t.value IN (SELECT value FROM json_each(r.topics)))
    )
    AND NOT EXISTS (SELECT 1 FROM suppression s WHERE s.bidx = g.bidx)
)"""

_NOT_TEXTED = """NOT EXISTS (
    SELECT 1 FROM text x WHERE x.number = c.number AND x.created_at > ?
    AND x.state NOT IN ('draft', 'held', 'canceled', 'expired')
)"""

_TAGGED = "EXISTS (SELECT 1 FROM json_each(c.tags) WHERE value = ? COLLATE NOCASE)"

_NO_ACT = "c.number NOT IN (SELECT number FROM consent WHERE number IS NOT NULL)"

_MATCHES = "c.id IN (SELECT rowid FROM contact_fts WHERE contact_fts MATCH ?)"

# "1985-03-09" and "--03-09" both end in month and day.
_BORN_IN = "substr(c.birthday, -5, 2) = ?"

_BY_NAME = "ORDER BY c.name COLLATE NOCASE, c.id"


def find(
    db: Database, words: str, wanted: PeopleFilter, now: datetime, first: int, count: int
) -> Page[ContactRow]:
    """Return a window of the contacts that match every word and the filter, in name order."""
    where, values = _where(db, words, wanted, now)
    total = db.execute(f"SELECT count(*) FROM contact c WHERE {where}", values).fetchone()[0]
    found = db.execute(
        f"SELECT c.id, c.number, c.name FROM contact c WHERE {where} {_BY_NAME} LIMIT ? OFFSET ?",
        [*values, count, first],
    ).fetchall()
    return Page(rows=list_rows(db, found), first=first, total=int(total))


def all_ids(db: Database, words: str, wanted: PeopleFilter, now: datetime) -> tuple[ContactId, ...]:
    """Return everybody who matches, in name order."""
    where, values = _where(db, words, wanted, now)
    rows = db.execute(f"SELECT c.id FROM contact c WHERE {where} {_BY_NAME}", values)
    return tuple(ContactId(row[0]) for row in rows)


def all_numbers(db: Database, words: str, wanted: PeopleFilter, now: datetime) -> tuple[E164, ...]:
    """Return the numbers of everybody who matches, in name order."""
    where, values = _where(db, words, wanted, now)
    rows = db.execute(f"SELECT c.number FROM contact c WHERE {where} {_BY_NAME}", values)
    return tuple(E164(row[0]) for row in rows)


def names_and_emails(db: Database) -> tuple[tuple[ContactId, str, str], ...]:
    """Return id, name and e-mail of everybody, in name order."""
    rows = db.execute(f"SELECT c.id, c.name, c.email FROM contact c {_BY_NAME}")
    return tuple((ContactId(row[0]), str(row[1]), str(row[2])) for row in rows)


def rows_of(db: Database, ids: tuple[ContactId, ...]) -> dict[ContactId, ContactRow]:
    """Return the list's line for each of these contacts that is still there."""
    marks = ", ".join("?" * len(ids))
    found = db.execute(
        f"SELECT c.id, c.number, c.name FROM contact c WHERE c.id IN ({marks})", list(ids)
    ).fetchall()
    return {row.id: row for row in list_rows(db, found)}


def _where(
    db: Database, words: str, wanted: PeopleFilter, now: datetime
) -> tuple[str, list[object]]:
    parts: list[str] = ["1"]
    values: list[object] = []
    typed = " ".join(words.split())
    if typed:
        query = match_query(typed)
        parts.append("0" if query is None else _MATCHES)
        values += [] if query is None else [query]
    if wanted.consented_to is not None:
        parts.append(_CONSENTED)
        values.append(wanted.consented_to)
    if wanted.not_asked:
        parts += [_NO_ACT, "c.id NOT IN (SELECT value FROM json_each(?))"]
        values.append(json.dumps(_stopped_unasked(db)))
    if wanted.not_texted_for is not None:
        parts.append(_NOT_TEXTED)
        values.append(to_text(now - timedelta(days=wanted.not_texted_for)))
    if wanted.tag is not None:
        parts.append(_TAGGED)
        values.append(wanted.tag)
    if wanted.birthday_month is not None:
        parts.append(_BORN_IN)
        values.append(f"{wanted.birthday_month:02d}")
    return " AND ".join(parts), values


def _stopped_unasked(db: Database) -> list[int]:
    """Return who said stop without ever having said yes: the stop list holds hashes only."""
    stopped = {bytes(row[0]) for row in db.execute("SELECT bidx FROM suppression")}
    if not stopped:
        return []
    key = blind_key(db)
    unasked = db.execute(f"SELECT c.id, c.number FROM contact c WHERE {_NO_ACT}")
    return [contact_id for contact_id, number in unasked if hashed(key, number) in stopped]
