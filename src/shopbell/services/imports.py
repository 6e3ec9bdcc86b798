"""Bringing contacts in from a file: look first, then all of it or nothing.

Never sends, never records a yes, never undoes a stop.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from shopbell.domain import importing
from shopbell.domain.columns import map_columns
from shopbell.domain.ids import BatchId
from shopbell.domain.importing import (
    ImportBatch,
    ImportCounts,
    ImportPreview,
    ImportReport,
    ParkedRow,
    ReadRow,
    Target,
)
from shopbell.domain.progress import Progress
from shopbell.domain.rows import read_rows
from shopbell.services.desk import Changed, Desk
from shopbell.services.reading import Table, open_table
from shopbell.store import import_stage

_BATCH = 500
_SHOWN = 1000
_SHOWN_SAMPLES = 5

OnProgress = Callable[[Progress], None]
Columns = Mapping[Target, str]
"""The owner's own word on columns: field -> column name, number from 1, or letter."""


@dataclass(slots=True)
class _Reading:
    """A file being read, on a thread, batch by batch."""

    table: Table
    mapping: importing.Mapping
    batches: Iterator[tuple[ReadRow | ParkedRow, ...]]
    remarks: list[tuple[int, str]] = field(default_factory=list)

    def next(self) -> tuple[ReadRow | ParkedRow, ...]:
        """Return the next rows, keeping the first remarks on them; empty at the end."""
        rows = next(self.batches, ())
        if len(self.remarks) < _SHOWN:
            said = ((r.row, remark) for r in rows if isinstance(r, ReadRow) for remark in r.remarks)
            self.remarks.extend(islice(said, _SHOWN - len(self.remarks)))
        return rows


class Imports:
    """The imports of one shop file."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        # The stage is one per connection.
        self._one_at_a_time = asyncio.Lock()

    async def preview(
        self, path: Path, *, columns: Columns | None = None, country: str | None = None
    ) -> ImportPreview:
        """Say what kind of file it is and what its columns would fill; writes nothing.

        Raises:
            BadInput: it cannot be read as a table, or no column holds phone numbers.
        """
        return await asyncio.to_thread(
            _look,
            path,
            columns or {},
            country or self._desk.profile.country,
            self._desk.path,
        )

    async def run(
        self,
        path: Path,
        *,
        columns: Columns | None = None,
        country: str | None = None,
        dry_run: bool = False,
        on: OnProgress = lambda _: None,
        stop: asyncio.Event | None = None,
    ) -> ImportReport:
        """Import the file in one transaction, or only count what would happen.

        Setting `stop` while it reads leaves everything as it was.

        Raises:
            BadInput: the file cannot be read; nothing was written.
            VaultError: the shop file could not be written; nothing was written.
        """
        country = country or self._desk.profile.country
        async with self._one_at_a_time:
            reading = await asyncio.to_thread(_open, path, columns or {}, country, self._desk.path)
            try:
                return await self._staged(reading, dry_run, on, stop)
            finally:
                await asyncio.to_thread(reading.table.close)

    async def _staged(
        self, reading: _Reading, dry_run: bool, on: OnProgress, stop: asyncio.Event | None
    ) -> ImportReport:
        await self._desk.store.stage(import_stage.open_stage)
        try:
            doubles = await self._stage_all(reading, on, stop)
            if doubles is None:
                return _report(reading, ImportCounts(), (), stopped=True)
            return await self._finish(reading, doubles, dry_run, on)
        finally:
            await self._desk.store.stage(import_stage.drop_stage)

    async def history(self) -> tuple[ImportBatch, ...]:
        """Return past imports, newest first."""
        return await self._desk.store.read(import_stage.batches)

    async def parked(self, batch_id: BatchId) -> tuple[ParkedRow, ...]:
        """Return the parked rows of a past import (at most the first 1,000)."""
        return await self._desk.store.read(import_stage.parked, batch_id, _SHOWN)

    async def _stage_all(
        self, reading: _Reading, on: OnProgress, stop: asyncio.Event | None
    ) -> int | None:
        """Stage every row; return how many were doubles, or None when stopped."""
        doubles = 0
        while rows := await asyncio.to_thread(reading.next):
            doubles += await self._desk.store.stage(import_stage.stage, rows)
            table = reading.table
            on(Progress(step="reading rows", done=table.bytes_read, total=table.size))
            if stop is not None and stop.is_set():
                return None
        return doubles

    async def _finish(
        self, reading: _Reading, doubles: int, dry_run: bool, on: OnProgress
    ) -> ImportReport:
        store, table = self._desk.store, reading.table
        parked = await store.stage(import_stage.staged_parked, _SHOWN)
        if dry_run:
            counts = await store.stage(import_stage.preview, doubles)
            return _report(reading, counts, parked)
        on(Progress(step="writing contacts", done=table.size, total=table.size))
        batch_id, counts = await store.write(
            import_stage.write, doubles, table.name, table.sha256, self._desk.clock.now()
        )
        self._desk.tell(Changed.PEOPLE)
        return _report(reading, counts, parked, batch_id=batch_id)


def _look(path: Path, columns: Columns, country: str, shop_file: Path) -> ImportPreview:
    with open_table(path, country, shop_file) as table:
        return ImportPreview(
            file_name=table.name,
            header=table.header,
            samples=table.samples[:_SHOWN_SAMPLES],
            mapping=map_columns(table.header, table.samples, country, columns),
            encoding=table.encoding,
            delimiter=table.delimiter,
            notes=table.notes,
        )


def _open(path: Path, columns: Columns, country: str, shop_file: Path) -> _Reading:
    table = open_table(path, country, shop_file)
    try:
        mapping = map_columns(table.header, table.samples, country, columns)
    except BaseException:
        table.close()
        raise
    rows = read_rows(iter(table), mapping, country, f"import:{table.name}")
    return _Reading(table, mapping, _in_batches(rows))


def _in_batches(
    rows: Iterator[ReadRow | ParkedRow],
) -> Iterator[tuple[ReadRow | ParkedRow, ...]]:
    while batch := tuple(islice(rows, _BATCH)):
        yield batch


def _report(
    reading: _Reading,
    counts: ImportCounts,
    parked: Sequence[ParkedRow],
    *,
    batch_id: BatchId | None = None,
    stopped: bool = False,
) -> ImportReport:
    return ImportReport(
        file_name=reading.table.name,
        counts=counts,
        parked=tuple(parked),
        remarks=tuple(reading.remarks),
        mapping=reading.mapping,
        header=reading.table.header,
        batch_id=batch_id,
        stopped=stopped,
    )
