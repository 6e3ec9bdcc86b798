"""Forgets a person: everything about them goes, but what proves that they may not be texted.

What stays: the entries of the consent ledger under a keyed hash (they prove past permission, and
the chain must hold), one line of the stop list and the moment of forgetting under the same hash,
and complaints without words.
Must not decide who is forgotten.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from shopbell.domain.consent import ERASED, How
from shopbell.domain.erasing import Erasure
from shopbell.domain.ids import E164
from shopbell.domain.texts import State
from shopbell.store import campaign_plan
from shopbell.store.shop_row import blind_index
from shopbell.store.times import to_text

if TYPE_CHECKING:
    from sqlite_utils import Database

OF_A_NUMBER = {
    "claimed_consent": ("number",),
    "decision": ("number",),
    "open_yes": ("number",),
    "occasion": ("number",),
    "reminder": ("number",),
    "reply": ("number", "sender"),
    "text": ("number",),
    "typed_text": ("number",),
    "welcomed": ("number",),
}
"""Tables whose rows about a number go as a whole, with the columns that hold it."""

IN_OTHER_WAYS = {
    "campaign_row": ("number",),
    "complaint": ("number",),
    "consent": ("number",),
    "contact": ("number",),
}
"""Tables with a number that are cleared by a step of their own."""

_ORDER = (
    *("reminder", "welcomed", "open_yes", "occasion", "text", "decision", "reply"),
    *("claimed_consent", "typed_text"),
)
"""Who refers to others goes first."""

_LEAST_DIGITS = 7
"""As many digits at the end of a number make a cell of a parked row somebody's."""


def on_the_way(db: Database, numbers: Sequence[E164]) -> bool:
    """Return whether a text to one of these numbers is being handed over right now."""
    row = db.execute(
        f"SELECT EXISTS (SELECT 1 FROM text WHERE number IN ({_marks(numbers)}) AND state = ?)",
        [*numbers, State.SENDING],
    ).fetchone()
    return bool(row[0])


def count(db: Database, numbers: Sequence[E164]) -> Erasure:
    """Return what is on file about a person, by what would become of it."""

    def of(table: str) -> int:
        row = db.execute(
            f"SELECT count(*) FROM {table} WHERE number IN ({_marks(numbers)})", list(numbers)
        ).fetchone()
        return int(row[0])

    return Erasure(
        numbers=len(numbers),
        contacts=of("contact"),
        texts=of("text"),
        replies=of("reply"),
        decisions=of("decision"),
        kept_entries=of("consent"),
        kept_complaints=of("complaint"),
    )


def erase(db: Database, numbers: Sequence[E164], now: datetime) -> Erasure:
    """Forget a person with all their numbers, in the caller's one transaction."""
    done = count(db, numbers)
    for number in numbers:
        _stop_for_good(db, number, now)
        _clear_plans(db, number)
        _forget_words(db, number)
        db.execute("UPDATE consent SET number = NULL WHERE number = ?", (number,))
        db.execute(
            "UPDATE complaint SET number = NULL, words = '', who = '', closed_by = '',"
            " outcome = CASE WHEN closed_at IS NULL THEN 'erased' ELSE '' END,"
            " closed_at = coalesce(closed_at, ?) WHERE number = ?",
            (to_text(now), number),
        )
        for table in _ORDER:
            for column in OF_A_NUMBER[table]:
                db.execute(f"DELETE FROM {table} WHERE {column} = ?", (number,))
    _clear_parked(db, numbers)
    _clear_contacts(db, numbers)
    return done


def _stop_for_good(db: Database, number: E164, now: datetime) -> None:
    """Put the number on the stop list; what was noted there goes, day and way of a stop stay."""
    db.execute(
        "INSERT INTO suppression (bidx, at, how, note) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (bidx) DO UPDATE SET note = excluded.note",
        (blind_index(db, number), to_text(now), How.IN_PERSON, ERASED),
    )
    db.execute(
        "INSERT INTO forgotten (bidx, at) VALUES (?, ?)"
        " ON CONFLICT (bidx) DO UPDATE SET at = excluded.at",
        (blind_index(db, number), to_text(now)),
    )


def was_forgotten_since(db: Database, number: E164, at: datetime) -> bool:
    """Return whether the person with this number was forgotten at `at` (aware) or later."""
    row = db.execute(
        "SELECT 1 FROM forgotten WHERE bidx = ? AND at >= ?",
        (blind_index(db, number), to_text(at)),
    ).fetchone()
    return row is not None


def _clear_plans(db: Database, number: E164) -> None:
    campaign_plan.forget(db, number)
    db.execute(
        "DELETE FROM campaign_reasons WHERE id NOT IN"
        " (SELECT reasons_id FROM campaign_row WHERE reasons_id IS NOT NULL)"
    )


def _forget_words(db: Database, number: E164) -> None:
    """Clear the words that only this person said; their hash still carries the ledger."""
    db.execute(
        "UPDATE wording SET text = '', forgotten = 1 WHERE id IN"
        " (SELECT wording_id FROM consent WHERE number = ?1 AND act = 'revoked')"
        " AND id NOT IN (SELECT wording_id FROM consent WHERE number IS NOT ?1)",
        (number,),
    )
    rows = db.execute(
        "SELECT DISTINCT w.id, w.text, c.name FROM wording w"
        " JOIN consent e ON e.wording_id = w.id LEFT JOIN contact c ON c.number = e.number"
        " WHERE e.number = ? AND w.forgotten = 0",
        (number,),
    ).fetchall()
    for wording_id, text, name in rows:
        if number in text or number[1:] in text or (name and name in text):
            db.execute("UPDATE wording SET text = '', forgotten = 1 WHERE id = ?", (wording_id,))


def _clear_parked(db: Database, numbers: Sequence[E164]) -> None:
    """Drop rows of past imports that could not be used and hold one of these numbers."""
    ends = tuple(number[-_LEAST_DIGITS:] for number in numbers)
    found = [
        (batch, row)
        for batch, row, cells in db.execute("SELECT batch_id, row, cells FROM parked_row")
        if any(re.sub(r"\D", "", str(cell)).endswith(ends) for cell in _cells(cells))
    ]
    db.conn.executemany("DELETE FROM parked_row WHERE batch_id = ? AND row = ?", found)


def _cells(text: str) -> Iterable[object]:
    read = json.loads(text)
    return read.values() if isinstance(read, dict) else read


def _clear_contacts(db: Database, numbers: Sequence[E164]) -> None:
    marks = _marks(numbers)
    rows = db.execute(
        f"SELECT id, household FROM contact WHERE number IN ({marks}) ORDER BY merged_into IS NULL",
        list(numbers),
    ).fetchall()
    for contact_id, _ in rows:
        db.execute("DELETE FROM contact_fts WHERE rowid = ?", (contact_id,))
        db.execute("DELETE FROM contact WHERE id = ?", (contact_id,))
    # A deleted row of the search index is only marked as gone until the index is written anew.
    db.execute("INSERT INTO contact_fts (contact_fts) VALUES ('optimize')")
    for home in {home for _, home in rows if home is not None}:
        # One person alone is no household.
        db.execute(
            "UPDATE contact SET household = NULL WHERE household = ?1"
            " AND (SELECT count(*) FROM contact WHERE household = ?1) = 1",
            (home,),
        )


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))
