"""Bringing contacts in from a file: look first, then all of it or nothing; and taking it back.

Never sends, never undoes a stop, and records a yes only where the file brings its proof and the
owner has said where.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from shopbell.domain import importing
from shopbell.domain.columns import Word, header_fingerprint
from shopbell.domain.ids import E164, BatchId
from shopbell.domain.import_choices import Choices, Ours, StopRule
from shopbell.domain.importing import (
    ImportBatch,
    ImportCounts,
    ImportPreview,
    ImportReport,
    ParkedRow,
    ReadRow,
    StopReport,
    UndoReport,
)
from shopbell.domain.progress import Progress
from shopbell.domain.row_yes import Claim
from shopbell.domain.rows import RowReader
from shopbell.services import stop_lists
from shopbell.services.changed import Changed
from shopbell.services.desk import Desk
from shopbell.services.import_job import Job, looked_at, to_remember
from shopbell.services.import_reading import SHOWN, WRITING, Columns, SavedColumns, contacts_in
from shopbell.services.reading import Origin, open_table
from shopbell.services.tables import Table
from shopbell.store import (
    claims,
    import_history,
    import_stage,
    import_undo,
    import_write,
    saved_columns,
)
from shopbell.store.import_judging import Staged
from shopbell.store.import_write import Origins

if TYPE_CHECKING:
    from datetime import datetime

    from sqlite_utils import Database

_NO_CHOICES = Choices()

OnProgress = Callable[[Progress], None]


class Imports:
    """The imports of one shop file."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        # The stage is one per connection.
        self._one_at_a_time = asyncio.Lock()

    async def preview(
        self,
        path: Origin,
        *,
        columns: Columns | None = None,
        country: str | None = None,
        choices: Choices = _NO_CHOICES,
    ) -> ImportPreview:
        """Say what kind of file it is and what its columns would fill; writes nothing.

        Columns that were chosen for a file with this header before are taken again.

        Raises:
            BadInput: it cannot be read as a table, or no column holds phone numbers.
        """
        country = country or self._desk.profile.country
        table = await asyncio.to_thread(open_table, path, country, self._desk.path)
        with table:
            saved = await self._saved(table, choices)
            mapping, unclear = await asyncio.to_thread(
                looked_at, table, country, columns or {}, saved, choices
            )
            return ImportPreview(
                file_name=table.name,
                header=table.header,
                samples=table.samples,
                mapping=mapping,
                encoding=table.encoding,
                delimiter=table.delimiter,
                notes=table.notes,
                saved=saved is not None,
                unclear_dates=unclear,
            )

    async def run(
        self,
        path: Origin,
        *,
        columns: Columns | None = None,
        country: str | None = None,
        dry_run: bool = False,
        choices: Choices = _NO_CHOICES,
        on: OnProgress = lambda _: None,
        stop: asyncio.Event | None = None,
    ) -> ImportReport:
        """Import the file in one transaction, or only count what would happen.

        Setting `stop` while it reads leaves everything as it was. Columns that were chosen are
        remembered for the next file with this header.

        Raises:
            BadInput: the file cannot be read; nothing was written.
            VaultError: the shop file could not be written; nothing was written.
        """
        country = country or self._desk.profile.country
        async with self._one_at_a_time:
            table = await asyncio.to_thread(open_table, path, country, self._desk.path)
            try:
                saved = await self._saved(table, choices)
                mapping, _ = await asyncio.to_thread(
                    looked_at, table, country, columns or {}, saved, choices
                )
                zone = self._desk.profile.zone
                job = Job(
                    contacts_in(table, mapping, country, choices, zone),
                    mapping,
                    choices,
                    to_remember(path, table, mapping, columns or {}, saved or {}),
                )
                return await self._staged(job, dry_run, on, stop)
            finally:
                await asyncio.to_thread(table.close)

    def recheck(
        self,
        row: int,
        cells: Sequence[str],
        mapping: importing.Mapping,
        country: str | None = None,
    ) -> ReadRow | ParkedRow:
        """Read the corrected cells of a parked row as the import would.

        Hand them to `run` as `Choices.fixed` to have them imported with the rest.
        """
        country = country or self._desk.profile.country
        return RowReader(mapping, country, "import").read(row, cells)

    async def do_not_text(
        self,
        path: Origin,
        *,
        column: Word | None = None,
        country: str | None = None,
        only: StopRule | None = None,
        fixed: Mapping[int, Sequence[str]] | None = None,
        part: int | None = None,
        dry_run: bool = False,
        who: str = "",
        on: OnProgress = lambda _: None,
        stop: asyncio.Event | None = None,
    ) -> StopReport:
        """Put every number of a list on the stop list, contact or not; or only count.

        Of a list that is too long for one go, only the `part` that is asked for, from 1.

        Of a Twilio message log, those who wrote a stop and those whom Twilio refused to text.
        Numbers are stopped for ever: taking an import back does not take them off.

        Raises:
            BadInput: the list cannot be read; nothing was written.
            VaultError: the shop file could not be written; nothing was written.
        """
        wanted = stop_lists.StopList(
            origin=path,
            column=column,
            country=country or self._desk.profile.country,
            only=only,
            fixed=fixed or {},
            part=part,
        )
        async with self._one_at_a_time:
            return await stop_lists.bring_in(
                self._desk, wanted, dry_run=dry_run, on=on, stop=stop, who=who
            )

    def recheck_stop(
        self, row: int, cells: Sequence[str], looked: StopReport, country: str | None = None
    ) -> ParkedRow | None:
        """Return why the corrected cells of a row would still be parked, or None."""
        country = country or self._desk.profile.country
        read = stop_lists.reader_like(self._desk, looked, country).read(row, cells)
        return read if isinstance(read, ParkedRow) else None

    async def undo(self, batch_id: BatchId) -> UndoReport:
        """Take a whole import back, in one transaction.

        Whoever was texted, wrote, gave or withdrew a yes, or was changed since is left alone and
        named. Yeses it brought are taken back in the ledger; stops stay.

        Raises:
            BadInput: there is no such import, it brought stops, or it was taken back before.
        """
        now = self._desk.clock.now()
        report = await self._desk.store.write(import_undo.undo, batch_id, now, SHOWN)
        self._desk.tell(Changed.PEOPLE, Changed.CONSENT)
        return report

    async def history(self) -> tuple[ImportBatch, ...]:
        """Return past imports, newest first."""
        return await self._desk.store.read(import_history.batches)

    async def parked(self, batch_id: BatchId) -> tuple[ParkedRow, ...]:
        """Return the parked rows of a past import (at most the first 1,000)."""
        return await self._desk.store.read(import_history.parked, batch_id, SHOWN)

    async def claims(self, number: E164) -> tuple[Claim, ...]:
        """Return what imported lists claim about a number's yes; it allows nothing."""
        return await self._desk.store.read(claims.of, number)

    async def _saved(self, table: Table, choices: Choices) -> SavedColumns | None:
        if not (choices.use_saved and table.has_header):
            return None
        fingerprint = header_fingerprint(table.header)
        return await self._desk.store.read(saved_columns.load, fingerprint)

    async def _staged(
        self, job: Job, dry_run: bool, on: OnProgress, stop: asyncio.Event | None
    ) -> ImportReport:
        await self._desk.store.stage(import_stage.open_stage)
        try:
            if not await self._stage_all(job, on, stop):
                return replace(job.report(ImportCounts(), ()), stopped=True)
            return await self._finish(job, dry_run, on)
        finally:
            await self._desk.store.stage(import_stage.drop_stage)

    async def _stage_all(self, job: Job, on: OnProgress, stop: asyncio.Event | None) -> bool:
        """Stage every row; return False when stopped."""
        while (rows := await asyncio.to_thread(job.reading.next)) is not None:
            if rows:
                await self._desk.store.stage(import_stage.stage, rows)
            on(job.reading.progress)
            if stop is not None and stop.is_set():
                return False
        return True

    async def _finish(self, job: Job, dry_run: bool, on: OnProgress) -> ImportReport:
        store, table, now = self._desk.store, job.reading.table, self._desk.clock.now()
        parked = await store.stage(import_stage.staged_parked, SHOWN)
        if dry_run:
            staged = await store.stage(import_write.preview, job.choices.ours, now)
            return job.report(staged.counts, parked, staged)
        on(Progress(step=WRITING, done=table.size, total=table.size))
        origins = Origins(file_name=job.name, sha256=table.sha256, who=job.choices.who)
        ours = job.choices.ours
        batch_id, staged = await store.write(_write, origins, job.remember, ours, now)
        self._desk.tell(Changed.PEOPLE)
        if staged.consents != importing.ConsentCounts():
            self._desk.tell(Changed.CONSENT, Changed.TEXTS)
        return replace(job.report(staged.counts, parked, staged), batch_id=batch_id)


def _write(
    db: Database,
    origins: Origins,
    remember: tuple[str, SavedColumns] | None,
    ours: Ours,
    now: datetime,
) -> tuple[BatchId, Staged]:
    if remember is not None:
        saved_columns.save(db, *remember, origins.file_name, now)
    return import_write.write(db, origins, ours, now)
