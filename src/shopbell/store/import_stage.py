"""An import on its way in: staged in memory first, then written in one short transaction.

Reading a big file takes seconds; staging keeps the shop file free for the counter meanwhile, and
an import that is stopped or fails has never touched it. Must not read files.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from shopbell.domain.ids import E164, BatchId, ContactId
from shopbell.domain.importing import ImportBatch, ImportCounts, ParkedRow, ReadRow
from shopbell.domain.merging import joined, updated
from shopbell.domain.people import ContactDraft
from shopbell.store.contacts import draft_values, endings, overwrite
from shopbell.store.shop_row import blind_key, hashed
from shopbell.store.times import from_text, to_text

if TYPE_CHECKING:
    from sqlite_utils import Database

_STAGE = """CREATE TEMP TABLE staged (
    number TEXT PRIMARY KEY, name TEXT NOT NULL, note TEXT NOT NULL, email TEXT NOT NULL,
    tags TEXT NOT NULL, zone TEXT, region TEXT, birthday TEXT NOT NULL, source TEXT NOT NULL,
    digits TEXT NOT NULL
) WITHOUT ROWID"""

_PARKED = """CREATE TEMP TABLE staged_parked (
    row INTEGER PRIMARY KEY, reason TEXT NOT NULL, cells TEXT NOT NULL
)"""

_DRAFT = "s.number, s.name, s.note, s.email, s.tags, s.zone, s.region, s.birthday, s.source"
_WIDTH = _DRAFT.count(",") + 1


def open_stage(db: Database) -> None:
    """Begin with an empty stage; anything a stopped import left is dropped."""
    drop_stage(db)
    db.execute(_STAGE)
    db.execute(_PARKED)


def drop_stage(db: Database) -> None:
    """Forget the stage."""
    db.execute("DROP TABLE IF EXISTS temp.staged")
    db.execute("DROP TABLE IF EXISTS temp.staged_parked")


def stage(db: Database, rows: Sequence[ReadRow | ParkedRow]) -> int:
    """Stage some rows; return how many were doubles of rows staged before (folded into them)."""
    db.conn.executemany(
        "INSERT INTO temp.staged_parked VALUES (?, ?, ?)",
        ((r.row, r.reason, json.dumps(r.cells)) for r in rows if isinstance(r, ParkedRow)),
    )
    drafts = [row.draft for row in rows if isinstance(row, ReadRow)]
    marks = ", ".join("?" * len(drafts))
    taken = {
        number
        for (number,) in db.execute(
            f"SELECT number FROM temp.staged WHERE number IN ({marks})",
            [draft.number for draft in drafts],
        )
    }
    fresh: dict[str, ContactDraft] = {}
    doubles: list[ContactDraft] = []
    for draft in drafts:
        if draft.number in taken or draft.number in fresh:
            doubles.append(draft)
        else:
            fresh[draft.number] = draft
    _put(db, fresh.values())
    for draft in doubles:
        _put(db, [joined(_staged(db, draft.number), draft)])
    return len(doubles)


def preview(db: Database, doubles: int) -> ImportCounts:
    """Count what would happen to every staged row; the shop file is not touched."""
    suppressed = _unstage_suppressed(db)
    return _counts(db, doubles, suppressed, len(_changes(db)))


def write(
    db: Database, doubles: int, file_name: str, sha256: str, now: datetime
) -> tuple[BatchId, ImportCounts]:
    """Turn the stage into contacts, in the caller's one transaction."""
    suppressed = _unstage_suppressed(db)
    changes = _changes(db)
    counts = _counts(db, doubles, suppressed, len(changes))
    stamp = to_text(now)
    row = db.execute(
        "INSERT INTO import_batch (file_name, sha256, at, new, updated, unchanged, parked,"
        " duplicates, suppressed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
        (
            file_name,
            sha256,
            stamp,
            counts.new,
            counts.updated,
            counts.unchanged,
            counts.parked,
            counts.duplicates,
            counts.suppressed,
        ),
    ).fetchone()
    batch_id = BatchId(row[0])
    db.execute(
        "INSERT INTO parked_row SELECT ?, row, reason, cells FROM temp.staged_parked", (batch_id,)
    )
    for contact_id, change in changes:
        overwrite(db, contact_id, change, now)
    _add_new(db, batch_id, stamp)
    return batch_id, counts


def batches(db: Database) -> tuple[ImportBatch, ...]:
    """Return the history of imports, newest first."""
    rows = db.execute(
        "SELECT id, file_name, sha256, at, new, updated, unchanged, parked, duplicates, suppressed"
        " FROM import_batch ORDER BY id DESC"
    )
    return tuple(_batch(row) for row in rows)


def parked(db: Database, batch_id: BatchId, count: int) -> tuple[ParkedRow, ...]:
    """Return the first `count` parked rows of an import."""
    rows = db.execute(
        "SELECT row, reason, cells FROM parked_row WHERE batch_id = ? ORDER BY row LIMIT ?",
        (batch_id, count),
    )
    return tuple(_parked(row) for row in rows)


def staged_parked(db: Database, count: int) -> tuple[ParkedRow, ...]:
    """Return the first `count` parked rows of the stage."""
    rows = db.execute(
        "SELECT row, reason, cells FROM temp.staged_parked ORDER BY row LIMIT ?", (count,)
    )
    return tuple(_parked(row) for row in rows)


def _put(db: Database, drafts: Iterable[ContactDraft]) -> None:
    db.conn.executemany(
        "INSERT OR REPLACE INTO temp.staged VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        ((*draft_values(draft), endings(draft.number)) for draft in drafts),
    )


def _staged(db: Database, number: E164) -> ContactDraft:
    row = db.execute(f"SELECT {_DRAFT} FROM temp.staged s WHERE s.number = ?", (number,)).fetchone()
    return _draft(row)


def _unstage_suppressed(db: Database) -> int:
    """Take people who said stop off the stage: an import neither adds nor changes them."""
    if db.execute("SELECT 1 FROM suppression LIMIT 1").fetchone() is None:
        return 0
    stopped = {bytes(row[0]) for row in db.execute("SELECT bidx FROM suppression")}
    key = blind_key(db)
    gone = [
        (number,)
        for (number,) in db.execute("SELECT number FROM temp.staged")
        if hashed(key, number) in stopped
    ]
    db.conn.executemany("DELETE FROM temp.staged WHERE number = ?", gone)
    return len(gone)


def _changes(db: Database) -> list[tuple[ContactId, ContactDraft]]:
    """Return the contacts that the stage would change, as they would become."""
    rows = db.execute(
        f"SELECT c.id, {_DRAFT}, {_DRAFT.replace('s.', 'c.')}"
        " FROM temp.staged s JOIN contact c ON c.number = s.number"
        " WHERE (s.name <> c.name AND s.name <> '') OR (s.note <> c.note AND s.note <> '')"
        " OR (s.email <> c.email AND s.email <> '') OR (s.tags <> c.tags AND s.tags <> '[]')"
        " OR (s.zone IS NOT c.zone AND s.zone IS NOT NULL)"
        " OR (s.region IS NOT c.region AND s.region IS NOT NULL)"
        " OR (s.birthday <> c.birthday AND s.birthday <> '')"
    )
    changes = []
    for contact_id, *values in rows:
        new, old = _draft(values[:_WIDTH]), _draft(values[_WIDTH:])
        change = updated(old, new)
        if change != old:
            changes.append((ContactId(contact_id), change))
    return changes


def _counts(db: Database, doubles: int, suppressed: int, changed: int) -> ImportCounts:
    count = "SELECT count(*) FROM temp."
    known = db.execute(f"{count}staged s JOIN contact c ON c.number = s.number").fetchone()[0]
    return ImportCounts(
        new=db.execute(f"{count}staged").fetchone()[0] - known,
        updated=changed,
        unchanged=known - changed,
        parked=db.execute(f"{count}staged_parked").fetchone()[0],
        duplicates=doubles,
        suppressed=suppressed,
    )


def _add_new(db: Database, batch_id: BatchId, stamp: str) -> None:
    first_id = db.execute("SELECT coalesce(max(id), 0) + 1 FROM contact").fetchone()[0]
    db.execute(
        "INSERT INTO contact (number, name, note, email, tags, zone, region, birthday, source,"
        f" batch_id, created_at, updated_at) SELECT {_DRAFT}, ?1, ?2, ?2 FROM temp.staged s"
        " WHERE NOT EXISTS (SELECT 1 FROM contact c WHERE c.number = s.number)",
        (batch_id, stamp),
    )
    db.execute(
        "INSERT INTO contact_fts (rowid, name, digits, note, tags)"
        " SELECT c.id, c.name, s.digits, c.note, c.tags"
        " FROM contact c JOIN temp.staged s ON s.number = c.number WHERE c.id >= ?",
        (first_id,),
    )


def _draft(row: Sequence[Any]) -> ContactDraft:
    return ContactDraft(
        number=E164(row[0]),
        name=row[1],
        note=row[2],
        email=row[3],
        tags=tuple(json.loads(row[4])),
        zone=row[5],
        region=row[6],
        birthday=row[7],
        source=row[8],
    )


def _parked(row: Sequence[Any]) -> ParkedRow:
    return ParkedRow(row=row[0], reason=row[1], cells=tuple(json.loads(row[2])))


def _batch(row: Sequence[Any]) -> ImportBatch:
    new, updated_, unchanged, parked_, duplicates, suppressed = row[4:]
    return ImportBatch(
        id=BatchId(row[0]),
        file_name=row[1],
        sha256=row[2],
        at=from_text(row[3]),
        counts=ImportCounts(
            new=new,
            updated=updated_,
            unchanged=unchanged,
            parked=parked_,
            duplicates=duplicates,
            suppressed=suppressed,
        ),
    )
