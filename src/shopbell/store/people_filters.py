"""Contacts by what is on file about them: consent, silence, tags. Must not judge a text.

Whether a yes to a topic stands is said here in SQL as `domain.consent.standing_topics` says it; a
test holds the two together.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from shopbell.domain.ids import E164, ContactId
from shopbell.domain.people import ContactRow, Page
from shopbell.domain.people_filter import PeopleFilter
from shopbell.store.contacts import any_merged, list_rows, match_query
from shopbell.store.shop_row import blind_key, hashed
from shopbell.store.times import to_text

if TYPE_CHECKING:
    from sqlite_utils import Database

_CONSENTED = """(
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

_TEXTED = "x.created_at > ? AND x.state NOT IN ('draft', 'held', 'canceled', 'expired')"

_NOT_TEXTED = f"NOT EXISTS (SELECT 1 FROM text x WHERE x.number = c.number AND {_TEXTED})"

_NONE_TEXTED = (
    "c.id NOT IN (SELECT coalesce(m.merged_into, m.id) FROM contact m"
    f" JOIN text x ON x.number = m.number WHERE {_TEXTED})"
)

_TAGGED = "EXISTS (SELECT 1 FROM json_each(c.tags) WHERE value = ? COLLATE NOCASE)"

_ACTED = "(SELECT number FROM consent WHERE number IS NOT NULL)"

_MATCHES = (
    "c.id IN (SELECT coalesce(m.merged_into, m.id) FROM contact m WHERE m.id IN"
    " (SELECT rowid FROM contact_fts WHERE contact_fts MATCH ?))"
)

_ANY_NUMBER = (
    "c.id IN (SELECT coalesce(m.merged_into, m.id) FROM contact m WHERE m.number IN {numbers})"
)
"""Some number of the person is among these."""

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
    """Return everybody who matches, in name order, each with all their numbers."""
    return tuple(ContactId(contact_id) for contact_id, _ in _all(db, words, wanted, now))


def all_numbers(db: Database, words: str, wanted: PeopleFilter, now: datetime) -> tuple[E164, ...]:
    """Return all numbers of everybody who matches, in name order."""
    return tuple(E164(number) for _, number in _all(db, words, wanted, now))


def _all(
    db: Database, words: str, wanted: PeopleFilter, now: datetime
) -> Iterable[tuple[int, str]]:
    where, values = _where(db, words, wanted, now)
    whole = ""
    if any_merged(db):
        whole = " LEFT JOIN contact n ON n.id = c.id OR n.merged_into = c.id"
    one = "n" if whole else "c"
    further = ", n.id <> c.id, n.id" if whole else ""
    rows: Iterable[tuple[int, str]] = db.execute(
        f"SELECT {one}.id, {one}.number FROM contact c{whole} WHERE {where} {_BY_NAME}{further}",
        values,
    )
    return rows


def names_and_emails(db: Database) -> tuple[tuple[ContactId, str, str], ...]:
    """Return id, name and e-mail of everybody, in name order; of several numbers, the kept one."""
    rows = db.execute(
        f"SELECT c.id, c.name, c.email FROM contact c WHERE c.merged_into IS NULL {_BY_NAME}"
    )
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
    parts: list[str] = ["c.merged_into IS NULL"]
    values: list[object] = []
    merged = any_merged(db)
    typed = " ".join(words.split())
    if typed:
        query = match_query(typed)
        parts.append("0" if query is None else _MATCHES)
        values += [] if query is None else [query]
    if wanted.consented_to is not None:
        parts.append(_number_in(_CONSENTED, merged))
        values.append(wanted.consented_to)
    if wanted.not_asked:
        nobody_acted = f"NOT {_number_in(_ACTED, merged)}"
        parts += [nobody_acted, "c.id NOT IN (SELECT value FROM json_each(?))"]
        values.append(json.dumps(_stopped_unasked(db)))
    if wanted.not_texted_for is not None:
        parts.append(_NONE_TEXTED if merged else _NOT_TEXTED)
        values.append(to_text(now - timedelta(days=wanted.not_texted_for)))
    if wanted.tag is not None:
        parts.append(_TAGGED)
        values.append(wanted.tag)
    if wanted.birthday_month is not None:
        parts.append(_BORN_IN)
        values.append(f"{wanted.birthday_month:02d}")
    return " AND ".join(parts), values


def _number_in(numbers: str, merged: bool) -> str:
    """Return the condition that a number of the person is among these; the plain one is quicker."""
    return _ANY_NUMBER.format(numbers=numbers) if merged else f"c.number IN {numbers}"


def _stopped_unasked(db: Database) -> list[int]:
    """Return who said stop without ever having said yes: the stop list holds hashes only."""
    stopped = {bytes(row[0]) for row in db.execute("SELECT bidx FROM suppression")}
    if not stopped:
        return []
    key = blind_key(db)
    unasked = db.execute(
        "SELECT coalesce(c.merged_into, c.id), c.number FROM contact c"
        f" WHERE c.number NOT IN {_ACTED}"
    )
    return [contact_id for contact_id, number in unasked if hashed(key, number) in stopped]
