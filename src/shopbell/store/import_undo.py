"""Takes a whole import back, in the caller's one transaction.

Whoever was texted, wrote, said yes or no, or was changed since the import is left alone and named.
The consent ledger only grows: a yes that the import brought is taken back by a new entry. Stops
stay. Must not touch anything another import did.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from shopbell.domain.consent import Act, ConsentDraft, ConsentEvent, How, Purpose, standing
from shopbell.domain.ids import E164, BatchId, ConsentId, ContactId
from shopbell.domain.importing import BatchKind, ImportBatch, KeptPerson, Undone, UndoReport
from shopbell.errors import BadInput
from shopbell.store import claims, consents, import_history
from shopbell.store.import_before import put_back
from shopbell.store.times import to_text

if TYPE_CHECKING:
    from sqlite_utils import Database

_SINCE = """CASE
    WHEN EXISTS (SELECT 1 FROM text t WHERE t.number = p.number AND t.created_at >= :at)
        THEN 'A text to this number was written since.'
    WHEN EXISTS (SELECT 1 FROM reply r WHERE r.number = p.number AND r.received_at >= :at)
        THEN 'This number has written since.'
    WHEN EXISTS (SELECT 1 FROM consent e WHERE e.number = p.number AND e.recorded_at >= :at
                 AND e.id NOT IN (SELECT consent_id FROM import_grant WHERE batch_id = :batch))
        THEN 'A yes or a no of this number was recorded since.'
END"""

_TOUCHED = f"""SELECT p.id, p.number, p.name, c.before, CASE
    WHEN p.updated_at <> :at THEN 'This contact was changed since.' ELSE {_SINCE} END
FROM contact p LEFT JOIN import_change c ON c.contact_id = p.id AND c.batch_id = :batch
WHERE c.batch_id IS NOT NULL OR p.batch_id = :batch"""

_AT_ONCE = 500

_OWN = frozenset({"import_change", "text", "reply"})
"""Tables that refer to a contact and are looked at by name, or say nothing about it."""

_GRANTED = f"""SELECT p.number, p.id, {_SINCE}
FROM import_grant g JOIN consent p ON p.id = g.consent_id
WHERE g.batch_id = :batch AND p.number IS NOT NULL ORDER BY p.id"""

_MORE_IS_KNOWN = "Something else about this person was recorded since."
_ANOTHER_YES = (
    "Another yes of this number stands, and the two cannot be told apart; look at its sheet."
)


def undo(db: Database, batch_id: BatchId, now: datetime, shown: int) -> UndoReport:
    """Take an import back; return what was done, with the first `shown` people left alone.

    Raises:
        BadInput: there is no such import, it brought stops, it was taken back before, or it is from
            before changes were remembered.
    """
    batch = _refuse(db, import_history.batch(db, batch_id), batch_id)
    key = {"at": to_text(batch.at), "batch": batch_id}
    removed: list[ContactId] = []
    restored: list[tuple[ContactId, str]] = []
    kept: dict[E164, KeptPerson] = {}
    for contact_id, number, name, before, why in db.execute(_TOUCHED, key).fetchall():
        if why is not None:
            kept[E164(number)] = KeptPerson(number=E164(number), name=name, why=why)
        elif before is None:
            removed.append(ContactId(contact_id))
        else:
            restored.append((ContactId(contact_id), before))
    for number, name in _referred_to(db, batch_id):
        kept.setdefault(number, KeptPerson(number=number, name=name, why=_MORE_IS_KNOWN))
    revoked = _revoke(db, key, kept, now)
    claims.forget(db, batch_id)
    # Somebody whose yes stays is somebody who stays.
    keep = {contact_id for (contact_id,) in _ids(db, kept)}
    removed = [contact_id for contact_id in removed if contact_id not in keep]
    restored = [(contact_id, before) for contact_id, before in restored if contact_id not in keep]
    for contact_id, before in restored:
        put_back(db, contact_id, before)
    db.conn.executemany("DELETE FROM contact_fts WHERE rowid = ?", [(one,) for one in removed])
    db.conn.executemany("DELETE FROM contact WHERE id = ?", [(one,) for one in removed])
    db.execute("DELETE FROM import_change WHERE batch_id = ?", (batch_id,))
    undone = Undone(
        at=now, removed=len(removed), restored=len(restored), kept=len(kept), revoked=revoked
    )
    db.execute(
        "INSERT INTO import_undo VALUES (?, ?, ?, ?, ?, ?)",
        (batch_id, to_text(now), undone.removed, undone.restored, undone.kept, undone.revoked),
    )
    people = sorted(kept.values(), key=lambda one: (one.name.casefold(), one.number))
    return UndoReport(
        batch=_refuse_nothing(import_history.batch(db, batch_id)), kept=tuple(people[:shown])
    )


def _referred_to(db: Database, batch_id: BatchId) -> list[tuple[E164, str]]:
    """Return the contacts this import added that anything else in the file refers to.

    Whatever later versions keep about a person would go with the contact otherwise.
    """
    found = []
    for (table,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall():
        for key in db.execute(f'PRAGMA foreign_key_list("{table}")').fetchall():
            if key[2] == "contact" and table not in _OWN:
                rows = db.execute(
                    "SELECT c.number, c.name FROM contact c WHERE c.batch_id = ?"
                    f' AND EXISTS (SELECT 1 FROM "{table}" o WHERE o."{key[3]}" = c.id)',
                    (batch_id,),
                )
                found += [(E164(number), str(name)) for number, name in rows]
    return found


def _refuse(db: Database, batch: ImportBatch | None, batch_id: BatchId) -> ImportBatch:
    if batch is None:
        raise BadInput(
            f"There is no import number {batch_id}.",
            "See all imports with shopbell imports.",
            code="no_import",
        )
    if batch.kind is BatchKind.DO_NOT_TEXT:
        raise BadInput(
            f"Import {batch_id} was a do-not-text list, and stops are never taken back this way.",
            "If one of these people signs up again, record that yes.",
            code="stops_stay",
        )
    if batch.undone is not None:
        raise BadInput(
            f"Import {batch_id} was taken back before.", "Nothing is left to do.", code="undone"
        )
    if batch.counts.updated and not _remembers_changes(db, batch_id):
        raise BadInput(
            f"Import {batch_id} is from before Shopbell remembered what imports change.",
            "The contacts it changed cannot be what they were; change them by hand.",
            code="not_remembered",
        )
    return batch


def _remembers_changes(db: Database, batch_id: BatchId) -> bool:
    found = db.execute("SELECT 1 FROM import_change WHERE batch_id = ? LIMIT 1", (batch_id,))
    return found.fetchone() is not None


def _refuse_nothing(batch: ImportBatch | None) -> ImportBatch:
    assert batch is not None  # noqa: S101 -- it was read in this transaction
    return batch


def _ids(db: Database, kept: dict[E164, KeptPerson]) -> Sequence[tuple[int]]:
    return [
        row
        for number in kept
        for row in db.execute("SELECT id FROM contact WHERE number = ?", (number,))
    ]


def _revoke(
    db: Database, key: dict[str, object], kept: dict[E164, KeptPerson], now: datetime
) -> int:
    """Take back the yeses of people who are not kept; keep those that cannot be told apart."""
    mine: dict[E164, set[ConsentId]] = {}
    for number, consent_id, why in db.execute(_GRANTED, key).fetchall():
        mine.setdefault(E164(number), set()).add(ConsentId(consent_id))
        if why is not None and E164(number) not in kept:
            kept[E164(number)] = KeptPerson(number=E164(number), name=_name(db, number), why=why)
    entries: list[ConsentDraft] = []
    gone = [number for number in mine if number not in kept]
    for start in range(0, len(gone), _AT_ONCE):
        numbers = gone[start : start + _AT_ONCE]
        for number, events in consents.events_of_many(db, numbers).items():
            purposes = {event.purpose for event in events if event.id in mine[number]}
            found = [
                _revocation(number, events, mine[number], purpose, now)
                for purpose in sorted(purposes)
            ]
            if _ANOTHER_YES in found:
                kept[number] = KeptPerson(number=number, name=_name(db, number), why=_ANOTHER_YES)
            else:
                entries += [entry for entry in found if isinstance(entry, ConsentDraft)]
    return len(consents.append_many(db, entries, now))


def _revocation(
    number: E164,
    events: tuple[ConsentEvent, ...],
    mine: set[ConsentId],
    purpose: Purpose,
    now: datetime,
) -> ConsentDraft | str | None:
    """Return the entry that ends this import's yes and no other, or why there can be none."""
    grants = standing(events, purpose)
    ours = [grant for grant in grants if grant.id in mine]
    others = [grant for grant in grants if grant.id not in mine]
    if not ours:
        return None
    topics: set[str] = set()
    if others:
        if any(not grant.topics for grant in (*ours, *others)):
            return _ANOTHER_YES
        topics = {topic for grant in ours for topic in grant.topics}
        topics -= {topic for grant in others for topic in grant.topics}
        if not topics:
            return None
    return ConsentDraft(
        number=number,
        act=Act.REVOKED,
        purpose=purpose,
        topics=tuple(sorted(topics)),
        wording="The import that brought this yes was taken back.",
        how=How.IMPORT,
        at=max(now, *(grant.at for grant in ours)),
    )


def _name(db: Database, number: str) -> str:
    row = db.execute("SELECT name FROM contact WHERE number = ?", (number,)).fetchone()
    return "" if row is None else str(row[0])
