"""Bringing a do-not-text list in: from any file, a message log, or typed numbers.

All of it or nothing. It only ever stops: it adds no contact and records no yes.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from shopbell.domain.column_words import WordCount
from shopbell.domain.columns import Word, map_columns
from shopbell.domain.consent_columns import consent_columns
from shopbell.domain.import_choices import StopRule
from shopbell.domain.importing import StopCounts, StopReport, Target
from shopbell.domain.message_log import MessageLog, is_message_log
from shopbell.domain.progress import Progress
from shopbell.domain.row_marks import StopColumn
from shopbell.domain.stop_lists import (
    ListedRow,
    NumberList,
    OnlyThese,
    ReadsStops,
    columns_with_numbers,
    listed_rows,
)
from shopbell.errors import BadInput
from shopbell.services.changed import Changed
from shopbell.services.desk import Desk
from shopbell.services.import_reading import SHOWN, Reading, in_batches, in_parts, part_of, rows_of
from shopbell.services.reading import Origin, open_table
from shopbell.services.tables import Table
from shopbell.store import import_stage, stop_list_write
from shopbell.store.import_write import Origins

TWILIO = "twilio-log"
"""The profile of Twilio's message log."""

OnProgress = Callable[[Progress], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class StopList:
    """What to read, and how."""

    origin: Origin
    country: str
    """ISO alpha-2, for numbers without a country code."""
    column: Word | None = None
    """Where the numbers are, by name, number from 1 or letter, or by index; None to find it."""
    only: StopRule | None = None
    """Which rows count; None for all of them."""
    fixed: Mapping[int, Sequence[str]] = field(default_factory=dict)
    """Corrected cells by row number: read in place of what the file says there."""
    part: int | None = None
    """Of a list too long for one go, which part is meant, from 1."""


async def bring_in(
    desk: Desk,
    wanted: StopList,
    *,
    dry_run: bool,
    on: OnProgress,
    stop: asyncio.Event | None,
    who: str,
) -> StopReport:
    """Stop every number of the list, or only count. The stage must be this import's alone.

    Raises:
        BadInput: the list cannot be read; nothing was written.
        VaultError: the shop file could not be written; nothing was written.
    """
    opened = await asyncio.to_thread(_open, desk, wanted)
    try:
        await desk.store.stage(import_stage.open_stage)
        try:
            while (rows := await asyncio.to_thread(opened.reading.next)) is not None:
                await desk.store.stage(import_stage.stage_listed, rows)
                on(opened.reading.progress)
                if stop is not None and stop.is_set():
                    return opened.report(StopCounts(), stopped=True)
            return await _finish(desk, opened, who, dry_run=dry_run)
        finally:
            await desk.store.stage(import_stage.drop_stage)
    finally:
        await asyncio.to_thread(opened.reading.table.close)


def reader_like(desk: Desk, looked: StopReport, country: str) -> ReadsStops:
    """Return what reads single rows as they were read when the list was looked at."""
    if looked.profile == TWILIO:
        return MessageLog(looked.header, country, desk.profile.zone, desk.rules.stops)
    return NumberList(looked.columns, country, "")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Opened:
    """A list that is open, and how it is read."""

    reading: Reading[ListedRow]
    profile: str
    columns: tuple[int, ...]

    def report(self, counts: StopCounts, *, stopped: bool = False) -> StopReport:
        """Return a report without what only the shop file knows."""
        table = self.reading.table
        return StopReport(
            file_name=table.name,
            counts=counts,
            parked=(),
            numbers=0,
            canceled=0,
            profile=self.profile,
            header=table.header,
            columns=self.columns,
            batch_id=None,
            stopped=stopped,
            notes=table.notes,
            samples=table.samples,
            said=self.reading.words.found,
            part=self.reading.which,
        )


async def _finish(desk: Desk, opened: _Opened, who: str, *, dry_run: bool) -> StopReport:
    store, table = desk.store, opened.reading.table
    parked = await store.stage(import_stage.staged_parked, SHOWN)
    if dry_run:
        staged = await store.stage(stop_list_write.judge)
        return replace(
            opened.report(staged.counts),
            parked=parked,
            numbers=len(staged.stops),
            rows=staged.shown,
        )
    part = opened.reading.part
    name = table.name if part is None else f"{table.name}, part {part}"
    origins = Origins(file_name=name, sha256=table.sha256, who=who)
    batch_id, staged, canceled = await store.write(stop_list_write.write, origins, desk.clock.now())
    desk.tell(Changed.CONSENT, Changed.TEXTS, Changed.PEOPLE)
    return replace(
        opened.report(staged.counts),
        parked=parked,
        numbers=len(staged.stops),
        rows=staged.shown,
        canceled=canceled,
        batch_id=batch_id,
    )


def _open(desk: Desk, wanted: StopList) -> _Opened:
    table = open_table(wanted.origin, wanted.country, desk.path)
    try:
        reader, profile, columns = _reader(desk, table, wanted)
        if wanted.only is not None:
            reader = OnlyThese(reader, StopColumn(table.header, wanted.only))
    except BaseException:
        table.close()
        raise
    words = WordCount(consent_columns(table.header))
    every, part = iter(table), wanted.part
    rows = rows_of(part_of(every, part), wanted.fixed, words)
    reading = Reading(
        table,
        in_batches(listed_rows(rows, reader)),
        words,
        part=part,
        passing=iter(()) if part is None else every,
        hint=in_parts(" --do-not-text"),
    )
    return _Opened(reading=reading, profile=profile, columns=columns)


def _reader(desk: Desk, table: Table, wanted: StopList) -> tuple[ReadsStops, str, tuple[int, ...]]:
    if is_message_log(table.header) and wanted.column is None:
        zone, rules = desk.profile.zone, desk.rules.stops
        log = MessageLog(table.header, wanted.country, zone, rules)
        return log, TWILIO, log.columns
    chosen = {} if wanted.column is None else {Target.PHONE: wanted.column}
    try:
        mapping = map_columns(table.header, table.samples, wanted.country, chosen)
        profile, columns = mapping.profile, mapping.columns[Target.PHONE]
    except BadInput:
        # For contacts one good number in a column of words is chance; here it is somebody's stop.
        profile, columns = "guessed", columns_with_numbers(table.samples, wanted.country)
        if chosen or not columns:
            raise
    reader = NumberList(columns, wanted.country, f"On the do-not-text list {table.name}.")
    return reader, profile, columns
