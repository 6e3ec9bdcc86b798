"""Which numbers belong to one person, and which people live together. Must not judge anything.

Links are one deep: every other number of a person points at the contact that is kept.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from shopbell.domain.frozen import from_json, to_json
from shopbell.domain.ids import E164, ContactId
from shopbell.domain.linked import merged_draft
from shopbell.domain.people import Contact, ContactDraft
from shopbell.store.contacts import any_merged, draft_of, get, get_many, overwrite
from shopbell.store.times import to_text

if TYPE_CHECKING:
    from sqlite_utils import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """What became of a merge that was taken back."""

    kept: Contact
    joined: Contact
    restored: bool
    """The kept contact is as it was before; False if it was changed since and stays as it is."""


def others_of(db: Database, numbers: Sequence[E164]) -> dict[E164, tuple[E164, ...]]:
    """Return the other numbers of the same person, for those of `numbers` that have any."""
    if not any_merged(db):
        return {}
    roots: dict[E164, int] = {
        E164(number): root
        for number, root in db.execute(
            f"SELECT number, coalesce(merged_into, id) FROM contact WHERE number IN"
            f" ({_marks(numbers)}) AND (merged_into IS NOT NULL OR id IN"
            " (SELECT merged_into FROM contact WHERE merged_into IS NOT NULL))",
            list(numbers),
        )
    }
    whole: dict[int, list[E164]] = {}
    ids = sorted(set(roots.values()))
    for number, root in db.execute(
        "SELECT number, coalesce(merged_into, id) FROM contact"
        f" WHERE id IN ({_marks(ids)}) OR merged_into IN ({_marks(ids)}) ORDER BY id",
        [*ids, *ids],
    ):
        whole.setdefault(root, []).append(E164(number))
    return {
        number: tuple(other for other in whole[root] if other != number)
        for number, root in roots.items()
    }


def root_of(db: Database, contact_id: ContactId) -> ContactId:
    """Return the contact that is kept for this person; itself if nothing was merged."""
    row = db.execute(
        "SELECT coalesce(merged_into, id) FROM contact WHERE id = ?", (contact_id,)
    ).fetchone()
    return ContactId(row[0])


def whole_person(db: Database, contact_id: ContactId) -> tuple[Contact, ...]:
    """Return all contacts of a person, the kept one first."""
    root = root_of(db, contact_id)
    rows = db.execute(
        "SELECT id FROM contact WHERE id = ?1 OR merged_into = ?1 ORDER BY id <> ?1, id", (root,)
    )
    return _in_order(db, [ContactId(row[0]) for row in rows])


def merge(db: Database, kept: Contact, other: Contact, now: datetime) -> Contact:
    """Make `other`, and what was merged into it, further numbers of `kept`; return it as it is now.

    Both must be kept contacts of two people.
    """
    before, stamp = draft_of(kept), to_text(now)
    after = merged_draft(before, draft_of(other))
    moved = [row[0] for row in db.execute(_JOINED_TO, (other.id,))]
    overwrite(db, kept.id, after, now)
    db.execute(
        "UPDATE contact SET merged_into = ?1, updated_at = ?2 WHERE id = ?3 OR merged_into = ?3",
        (kept.id, stamp, other.id),
    )
    db.execute(
        "INSERT INTO contact_merge (kept_id, joined_id, moved, before, after, at)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (kept.id, other.id, json.dumps(moved), to_json(before), to_json(after), stamp),
    )
    return _must_get(db, kept.id)


def split(db: Database, contact_id: ContactId, now: datetime) -> Split | None:
    """Take back the merge that brought this number in, or the last one into it; None if none did.

    Names and notes of both come apart unless the kept contact was changed since.
    """
    row = db.execute(
        "SELECT id, kept_id, joined_id, moved, before, after FROM contact_merge"
        " WHERE joined_id = ?1 OR kept_id = ?1 ORDER BY joined_id = ?1 DESC, id DESC LIMIT 1",
        (contact_id,),
    ).fetchone()
    if row is None:
        return None
    merge_id, kept_id, joined_id = row[0], ContactId(row[1]), ContactId(row[2])
    stamp = to_text(now)
    db.execute(
        "UPDATE contact SET merged_into = NULL, updated_at = ? WHERE id = ?", (stamp, joined_id)
    )
    db.conn.executemany(
        "UPDATE contact SET merged_into = ?, updated_at = ?"
        " WHERE id = ? AND merged_into IS NOT NULL",
        [(joined_id, stamp, one) for one in json.loads(row[3])],
    )
    kept = _must_get(db, kept_id)
    restored = draft_of(kept) == from_json(ContactDraft, row[5])
    if restored:
        overwrite(db, kept_id, from_json(ContactDraft, row[4]), now)
    db.execute("DELETE FROM contact_merge WHERE id = ?", (merge_id,))
    return Split(kept=_must_get(db, kept_id), joined=_must_get(db, joined_id), restored=restored)


def household_of(db: Database, contact_id: ContactId) -> tuple[Contact, ...]:
    """Return everybody else who lives with a contact, in name order."""
    rows = db.execute(
        "SELECT id FROM contact WHERE household = (SELECT household FROM contact WHERE id = ?1)"
        " AND id <> ?1 ORDER BY name COLLATE NOCASE, id",
        (contact_id,),
    )
    return _in_order(db, [ContactId(row[0]) for row in rows])


def same_person(db: Database, contact: Contact | None) -> tuple[Contact, ...]:
    """Return the contacts of the other numbers of whoever this is, the kept one first."""
    whole = () if contact is None else whole_person(db, contact.id)
    return tuple(one for one in whole if contact is None or one.id != contact.id)


def household(db: Database, contact: Contact | None) -> tuple[Contact, ...]:
    """Return who lives with a person, by whichever of their numbers they are asked for."""
    return () if contact is None else household_of(db, root_of(db, contact.id))


def live_together(db: Database, ids: Sequence[ContactId], now: datetime) -> None:
    """Make one household of these contacts and of everybody who lives with one of them."""
    marks = _marks(ids)
    old = [
        row[0]
        for row in db.execute(
            "SELECT DISTINCT household FROM contact"
            f" WHERE id IN ({marks}) AND household IS NOT NULL ORDER BY 1",
            list(ids),
        )
    ]
    home = old[0] if old else _new_household(db)
    db.execute(
        f"UPDATE contact SET household = ?, updated_at = ? WHERE id IN ({marks})"
        f" OR household IN ({_marks(old)})",
        [home, to_text(now), *ids, *old],
    )


def move_out(db: Database, contact_id: ContactId, now: datetime) -> None:
    """Take a contact out of its household; one person alone is no household."""
    row = db.execute("SELECT household FROM contact WHERE id = ?", (contact_id,)).fetchone()
    stamp = to_text(now)
    db.execute(
        "UPDATE contact SET household = NULL, updated_at = ? WHERE id = ?", (stamp, contact_id)
    )
    db.execute(
        "UPDATE contact SET household = NULL, updated_at = ?1 WHERE household = ?2"
        " AND (SELECT count(*) FROM contact WHERE household = ?2) = 1",
        (stamp, row[0]),
    )


def one_each(db: Database, *, households: bool) -> dict[E164, str]:
    """Return, for every number that shares a person, whom it belongs to: equal means the same.

    With `households`, people who live together count as one.
    """
    found = db.execute(
        "SELECT c.number, coalesce(c.merged_into, c.id), coalesce(k.household, c.household)"
        " FROM contact c LEFT JOIN contact k ON k.id = c.merged_into"
        " WHERE c.merged_into IS NOT NULL OR c.household IS NOT NULL OR c.id IN"
        " (SELECT merged_into FROM contact WHERE merged_into IS NOT NULL)"
    )
    return {
        E164(number): f"home {home}" if households and home is not None else f"person {root}"
        for number, root, home in found
    }


_JOINED_TO = "SELECT id FROM contact WHERE merged_into = ? ORDER BY id"


def _new_household(db: Database) -> int:
    row = db.execute("SELECT coalesce(max(household), 0) + 1 FROM contact").fetchone()
    return int(row[0])


def _must_get(db: Database, contact_id: ContactId) -> Contact:
    contact = get(db, contact_id)
    if contact is None:
        raise LookupError(f"contact {contact_id} is gone")
    return contact


def _in_order(db: Database, ids: Sequence[ContactId]) -> tuple[Contact, ...]:
    found = {contact.id: contact for contact in get_many(db, ids)}
    return tuple(found[one] for one in ids)


def _marks(values: Iterable[object]) -> str:
    return ", ".join("?" for _ in values)
