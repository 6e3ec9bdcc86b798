"""A staged do-not-text list into the stop list, in the caller's one transaction, or only counted.

Numbers are stopped whether they are contacts or not. Must not read files.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from shopbell.domain.ids import E164, BatchId
from shopbell.domain.importing import BatchKind, ImportCounts, RowPreview, StopCounts
from shopbell.store.import_judging import SHOWN, stopped_hashes
from shopbell.store.import_stage import count_staged
from shopbell.store.import_write import Origins, add_batch, put_on_stop_list
from shopbell.store.shop_row import blind_key, hashed
from shopbell.store.times import maybe_from_text

if TYPE_CHECKING:
    from sqlite_utils import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class StagedStops:
    """What a do-not-text list does, or would do."""

    counts: StopCounts
    stops: tuple[tuple[E164, str, datetime | None], ...]
    """The numbers that are new to the stop list, why, and when they said it if that is known."""
    shown: tuple[RowPreview, ...] = ()
    """The first of them, with the names of those who are contacts."""


def judge(db: Database) -> StagedStops:
    """Say what would happen to every row; the shop file is not touched."""
    key, known = blind_key(db), stopped_hashes(db)
    rows: dict[int, bool] = {}
    stops: list[tuple[E164, str, datetime | None]] = []
    shown: list[RowPreview] = []
    for number, row, why, at in db.execute(
        "SELECT number, row, why, at FROM temp.staged_stop ORDER BY row, number"
    ):
        is_new = hashed(key, number) not in known
        rows[row] = rows.get(row, False) or is_new
        if is_new:
            stops.append((E164(number), str(why), maybe_from_text(at)))
            if len(shown) < SHOWN:
                shown.append(RowPreview(row=row, number=E164(number), name=_name(db, number)))
    counts = StopCounts(
        stopped=sum(rows.values()),
        already=len(rows) - sum(rows.values()),
        duplicates=count_staged(db, "double"),
        parked=count_staged(db, "parked"),
        passed_over=count_staged(db, "passed"),
    )
    return StagedStops(counts=counts, stops=tuple(stops), shown=tuple(shown))


def write(db: Database, origins: Origins, now: datetime) -> tuple[BatchId, StagedStops, int]:
    """Stop every number; return the batch, what was done, and how many texts were canceled."""
    staged = judge(db)
    counts = staged.counts
    batch_id = add_batch(
        db,
        BatchKind.DO_NOT_TEXT,
        origins,
        ImportCounts(
            unchanged=counts.already,
            parked=counts.parked,
            duplicates=counts.duplicates,
            suppressed=counts.stopped,
        ),
        now,
    )
    db.execute(
        "UPDATE import_batch SET stopped = ?, passed_over = ? WHERE id = ?",
        (len(staged.stops), counts.passed_over, batch_id),
    )
    canceled = put_on_stop_list(
        db, [(number, why, min(at or now, now)) for number, why, at in staged.stops], now
    )
    return batch_id, staged, canceled


def _name(db: Database, number: str) -> str:
    row = db.execute("SELECT name FROM contact WHERE number = ?", (number,)).fetchone()
    return "" if row is None else str(row[0])
