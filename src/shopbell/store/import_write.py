"""From the stage into the shop file, in the caller's one transaction; or only counted.

Never lifts a stop and never gives a yes to somebody who said stop: they are taken off the stage
first. Must not read files.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from shopbell.domain.consent import How
from shopbell.domain.ids import E164, BatchId
from shopbell.domain.import_choices import Ours
from shopbell.domain.importing import BatchKind, ImportCounts
from shopbell.store import consents, import_yeses, outbox
from shopbell.store.contacts import overwrite
from shopbell.store.import_before import before_json
from shopbell.store.import_judging import Staged, judged, stopped_hashes
from shopbell.store.import_stage import DRAFT
from shopbell.store.shop_row import blind_key, hashed
from shopbell.store.times import to_text

if TYPE_CHECKING:
    from sqlite_utils import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Origins:
    """Where a batch came from: goes into the history."""

    file_name: str
    sha256: str
    who: str


def preview(db: Database, ours: Ours, now: datetime) -> Staged:
    """Say what would happen to every staged row; the shop file is not touched."""
    stops = len(_new_stops(db))
    staged, _ = judged(db, ours)
    yeses = import_yeses.count(db, now)
    return replace(staged, consents=replace(yeses, stopped=stops))


def write(db: Database, origins: Origins, ours: Ours, now: datetime) -> tuple[BatchId, Staged]:
    """Turn the stage into contacts, stops, yeses and claims; note all of it in the history."""
    stops = [(number, f"{origins.file_name}: {why}", now) for number, why in _new_stops(db)]
    staged, changes = judged(db, ours)
    batch_id = add_batch(db, BatchKind.CONTACTS, origins, staged.counts, now)
    for change in changes:
        overwrite(db, change.id, change.draft, now)
    db.conn.executemany(
        "INSERT INTO import_change VALUES (?, ?, ?)",
        ((batch_id, one.id, before_json(one.old, one.updated_at)) for one in changes),
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


def _new_stops(db: Database) -> list[tuple[E164, str]]:
    """Return the numbers that rows of this file stop, and that are not on the stop list."""
    staged = db.execute("SELECT number, why FROM temp.staged_stop ORDER BY row").fetchall()
    if not staged:
        return []
    key, known = blind_key(db), stopped_hashes(db)
    return [(E164(number), why) for number, why in staged if hashed(key, number) not in known]


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
