"""From the stage into the shop file, in the caller's one transaction; or only counted.

Never lifts a stop and never gives a yes to somebody who said stop: they are taken off the stage
first. Must not read files.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING

from shopbell.domain.consent import How
from shopbell.domain.ids import E164, BatchId, ContactId
from shopbell.domain.importing import (
    BatchKind,
    ConsentCounts,
    FieldChange,
    ImportCounts,
    RowFate,
    RowPreview,
)
from shopbell.domain.merging import updated
from shopbell.domain.people import ContactDraft
from shopbell.store import consents, import_yeses, outbox
from shopbell.store.contacts import overwrite
from shopbell.store.import_before import before_json
from shopbell.store.import_stage import DRAFT, WIDTH, count_staged, draft_of_row
from shopbell.store.shop_row import blind_key, hashed
from shopbell.store.times import to_text

if TYPE_CHECKING:
    from sqlite_utils import Database

SHOWN = 200
"""Rows of each fate that a person may look through."""

_FIELDS = ("name", "note", "email", "tags", "zone", "region", "birthday")

Rows = dict[RowFate, tuple[RowPreview, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Origins:
    """Where a batch came from: goes into the history."""

    file_name: str
    sha256: str
    who: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Staged:
    """What the stage does, or would do, to the shop file."""

    counts: ImportCounts
    consents: ConsentCounts
    rows: Rows


@dataclass(frozen=True, slots=True, kw_only=True)
class _Change:
    """A contact that the stage changes."""

    id: ContactId
    draft: ContactDraft
    before: str
    """The contact as it was, as JSON."""


def preview(db: Database, now: datetime) -> Staged:
    """Say what would happen to every staged row; the shop file is not touched."""
    stops = len(_new_stops(db))
    staged, _ = _judged(db)
    yeses = import_yeses.count(db, now)
    return replace(staged, consents=replace(yeses, stopped=stops))


def write(db: Database, origins: Origins, now: datetime) -> tuple[BatchId, Staged]:
    """Turn the stage into contacts, stops, yeses and claims; note all of it in the history."""
    stops = [(number, f"{origins.file_name}: {why}", now) for number, why in _new_stops(db)]
    staged, changes = _judged(db)
    batch_id = add_batch(db, BatchKind.CONTACTS, origins, staged.counts, now)
    for change in changes:
        overwrite(db, change.id, change.draft, now)
    db.conn.executemany(
        "INSERT INTO import_change VALUES (?, ?, ?)",
        ((batch_id, change.id, change.before) for change in changes),
    )
    _add_new(db, batch_id, to_text(now))
    put_on_stop_list(db, stops, now)
    yeses = import_yeses.write(db, batch_id, origins.file_name, now)
    db.execute(
        "UPDATE import_batch SET stopped = ?, granted = ?, claimed = ? WHERE id = ?",
        (len(stops), yeses.granted, yeses.claimed, batch_id),
    )
    return batch_id, replace(staged, consents=replace(yeses, stopped=len(stops)))


def add_batch(
    db: Database, kind: BatchKind, origins: Origins, counts: ImportCounts, now: datetime
) -> BatchId:
    """Note an import in the history, with its parked rows."""
    row = db.execute(
        "INSERT INTO import_batch (kind, file_name, sha256, at, who, new, updated, unchanged,"
        " parked, duplicates, suppressed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
        (
            kind,
            origins.file_name,
            origins.sha256,
            to_text(now),
            origins.who,
            counts.new,
            counts.updated,
            counts.unchanged,
            counts.parked,
            counts.duplicates,
            counts.suppressed,
        ),
    ).fetchone()
    db.execute(
        "INSERT INTO parked_row SELECT ?, row, reason, cells FROM temp.staged_parked", (row[0],)
    )
    return BatchId(row[0])


def put_on_stop_list(
    db: Database, stops: Sequence[tuple[E164, str, datetime]], now: datetime
) -> int:
    """Record these stops, each with its reason and moment; return how many texts were canceled."""
    canceled = 0
    for number, why, at in stops:
        consents.suppress(db, number, How.IMPORT, why, at, now)
        canceled += outbox.cancel_for_number(db, number, now, "They said stop.")
    return canceled


def stopped_hashes(db: Database) -> frozenset[bytes]:
    """Return the keyed hashes of all numbers on the stop list."""
    return frozenset(bytes(row[0]) for row in db.execute("SELECT bidx FROM suppression"))


def _new_stops(db: Database) -> list[tuple[E164, str]]:
    """Return the numbers that rows of this file stop, and that are not on the stop list."""
    staged = db.execute("SELECT number, why FROM temp.staged_stop ORDER BY row").fetchall()
    if not staged:
        return []
    key, known = blind_key(db), stopped_hashes(db)
    return [(E164(number), why) for number, why in staged if hashed(key, number) not in known]


def _judged(db: Database) -> tuple[Staged, list[_Change]]:
    """Take those who said stop off the stage, and say what becomes of the others."""
    stopped = _unstage_stopped(db)
    changes: list[_Change] = []
    shown: list[RowPreview] = []
    for row, change, old in _changes(db):
        if len(shown) < SHOWN:
            shown.append(_preview(row, change.draft, old))
        changes.append(change)
    known = _count(db, "staged s JOIN contact c ON c.number = s.number")
    counts = ImportCounts(
        new=_count(db, "staged") - known,
        updated=len(changes),
        unchanged=known - len(changes),
        parked=count_staged(db, "parked"),
        duplicates=count_staged(db, "double"),
        suppressed=len(stopped),
    )
    rows = {
        RowFate.NEW: _previews(db, _NEW),
        RowFate.UPDATED: tuple(shown),
        RowFate.UNCHANGED: _unchanged(db, {change.id for change in changes}),
        RowFate.DUPLICATE: _previews(db, _DOUBLE),
        RowFate.SUPPRESSED: tuple(stopped[:SHOWN]),
    }
    return Staged(counts=counts, rows=rows, consents=ConsentCounts()), changes


_NEW = (
    "SELECT s.row, s.number, s.name FROM temp.staged s"
    " WHERE NOT EXISTS (SELECT 1 FROM contact c WHERE c.number = s.number) ORDER BY s.row LIMIT ?"
)
_DOUBLE = "SELECT row, number, name FROM temp.staged_double ORDER BY row LIMIT ?"


def _previews(db: Database, query: str) -> tuple[RowPreview, ...]:
    return tuple(
        RowPreview(row=row, number=E164(number), name=name)
        for row, number, name in db.execute(query, (SHOWN,))
    )


def _unchanged(db: Database, changed: set[ContactId]) -> tuple[RowPreview, ...]:
    rows = db.execute(
        "SELECT s.row, c.number, c.name, c.id FROM temp.staged s"
        " JOIN contact c ON c.number = s.number ORDER BY s.row"
    )
    same = (
        RowPreview(row=row, number=E164(number), name=name)
        for row, number, name, contact_id in rows
        if contact_id not in changed
    )
    return tuple(islice(same, SHOWN))


def _preview(row: int, new: ContactDraft, old: ContactDraft) -> RowPreview:
    changes = tuple(
        FieldChange(field=name, old=_said(getattr(old, name)), new=_said(getattr(new, name)))
        for name in _FIELDS
        if getattr(old, name) != getattr(new, name)
    )
    return RowPreview(row=row, number=new.number, name=new.name, changes=changes)


def _said(value: object) -> str:
    return ", ".join(value) if isinstance(value, tuple) else str(value or "")


def _unstage_stopped(db: Database) -> list[RowPreview]:
    """Take people who said stop off the stage: an import neither adds nor changes them."""
    known = stopped_hashes(db)
    if not known and not _count(db, "staged_stop"):
        return []
    key = blind_key(db)
    here = {number for (number,) in db.execute("SELECT number FROM temp.staged_stop")}
    gone = [
        RowPreview(row=row, number=E164(number), name=name)
        for row, number, name in db.execute("SELECT row, number, name FROM temp.staged s")
        if number in here or hashed(key, number) in known
    ]
    db.conn.executemany("DELETE FROM temp.staged WHERE number = ?", [(one.number,) for one in gone])
    return sorted(gone, key=lambda one: one.row)


def _changes(db: Database) -> Iterator[tuple[int, _Change, ContactDraft]]:
    """Yield the contacts that the stage would change: row, what they become, what they are."""
    rows = db.execute(
        f"SELECT s.row, c.id, c.updated_at, {DRAFT}, {DRAFT.replace('s.', 'c.')}"
        " FROM temp.staged s JOIN contact c ON c.number = s.number"
        " WHERE (s.name <> c.name AND s.name <> '') OR (s.note <> c.note AND s.note <> '')"
        " OR (s.email <> c.email AND s.email <> '') OR (s.tags <> c.tags AND s.tags <> '[]')"
        " OR (s.zone IS NOT c.zone AND s.zone IS NOT NULL)"
        " OR (s.region IS NOT c.region AND s.region IS NOT NULL)"
        " OR (s.birthday <> c.birthday AND s.birthday <> '') ORDER BY s.row"
    )
    for row, contact_id, updated_at, *values in rows:
        new, old = draft_of_row(values[:WIDTH]), draft_of_row(values[WIDTH:])
        draft = updated(old, new)
        if draft != old:
            before = before_json(old, updated_at)
            yield row, _Change(id=ContactId(contact_id), draft=draft, before=before), old


def _count(db: Database, what: str) -> int:
    return int(db.execute(f"SELECT count(*) FROM temp.{what}").fetchone()[0])


def _add_new(db: Database, batch_id: BatchId, stamp: str) -> None:
    first_id = db.execute("SELECT coalesce(max(id), 0) + 1 FROM contact").fetchone()[0]
    db.execute(
        "INSERT INTO contact (number, name, note, email, tags, zone, region, birthday, source,"
        f" batch_id, created_at, updated_at) SELECT {DRAFT}, ?1, ?2, ?2 FROM temp.staged s"
        " WHERE NOT EXISTS (SELECT 1 FROM contact c WHERE c.number = s.number)",
        (batch_id, stamp),
    )
    db.execute(
        "INSERT INTO contact_fts (rowid, name, digits, note, tags)"
        " SELECT c.id, c.name, s.digits, c.note, c.tags"
        " FROM contact c JOIN temp.staged s ON s.number = c.number WHERE c.id >= ?",
        (first_id,),
    )
