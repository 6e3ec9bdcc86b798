"""The imports of the past: what each brought, and what is parked from it. Must not change them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from shopbell.domain.ids import BatchId
from shopbell.domain.importing import (
    BatchKind,
    ConsentCounts,
    ImportBatch,
    ImportCounts,
    ParkedRow,
    Undone,
)
from shopbell.store.import_stage import parked_of_row
from shopbell.store.times import from_text

if TYPE_CHECKING:
    from sqlite_utils import Database

_BATCH = (
    "SELECT b.id, b.kind, b.file_name, b.sha256, b.at, b.who, b.new, b.updated, b.unchanged,"
    " b.parked, b.duplicates, b.suppressed, b.passed_over, b.stopped, b.granted, b.claimed,"
    " u.at, u.removed, u.restored, u.kept, u.revoked"
    " FROM import_batch b LEFT JOIN import_undo u ON u.batch_id = b.id"
)


def batches(db: Database) -> tuple[ImportBatch, ...]:
    """Return the history of imports, newest first."""
    return tuple(_batch(row) for row in db.execute(f"{_BATCH} ORDER BY b.id DESC"))


def batch(db: Database, batch_id: BatchId) -> ImportBatch | None:
    """Return one import, or None."""
    row = db.execute(f"{_BATCH} WHERE b.id = ?", (batch_id,)).fetchone()
    return None if row is None else _batch(row)


def parked(db: Database, batch_id: BatchId, count: int) -> tuple[ParkedRow, ...]:
    """Return the first `count` parked rows of an import."""
    rows = db.execute(
        "SELECT row, reason, cells FROM parked_row WHERE batch_id = ? ORDER BY row LIMIT ?",
        (batch_id, count),
    )
    return tuple(parked_of_row(row) for row in rows)


def _batch(row: Sequence[Any]) -> ImportBatch:
    batch_id, kind, file_name, sha256, at, who, *numbers = row
    new, updated, unchanged, parked_, duplicates, suppressed = numbers[:6]
    passed_over, stopped, granted, claimed = numbers[6:10]
    return ImportBatch(
        id=BatchId(batch_id),
        file_name=file_name,
        sha256=sha256,
        at=from_text(at),
        counts=ImportCounts(
            new=new,
            updated=updated,
            unchanged=unchanged,
            parked=parked_,
            duplicates=duplicates,
            suppressed=suppressed,
        ),
        kind=BatchKind(kind),
        who=who,
        passed_over=passed_over,
        consents=ConsentCounts(granted=granted, claimed=claimed, stopped=stopped),
        undone=_undone(numbers[10:]),
    )


def _undone(row: Sequence[Any]) -> Undone | None:
    at, removed, restored, kept, revoked = row
    if at is None:
        return None
    return Undone(at=from_text(at), removed=removed, restored=restored, kept=kept, revoked=revoked)
