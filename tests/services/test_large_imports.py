"""Files of 100,000 rows, clean and dirty: exact counts, bounded memory, and a way to stop."""

from __future__ import annotations

import asyncio
import gc
from collections import Counter as Fates
from pathlib import Path

from large_files import ROWS, resident_mb, write_large
from shopbell.domain.consent import How, Purpose
from shopbell.domain.import_choices import Choices, ConsentRule
from shopbell.domain.importing import ImportReport, RowFate
from shopbell.domain.progress import Progress
from shops import Counter

_MB_ABOVE_IDLE = 150
CLAIMED = Choices(consents=(ConsentRule(purpose=Purpose.MARKETING, how=How.WEB, column="SMS"),))


class Watch:
    """Notes how far an import is and what memory it takes; stops it when told to."""

    def __init__(self, stop_at: float = 2.0) -> None:
        gc.collect()
        self.idle_mb = resident_mb()
        self.peak_mb = self.idle_mb
        self.stop = asyncio.Event()
        self.shares: list[float] = []
        self._stop_at = stop_at

    def __call__(self, progress: Progress) -> None:
        assert progress.total
        self.shares.append(progress.done / progress.total)
        self.peak_mb = max(self.peak_mb, resident_mb())
        if self.shares[-1] > self._stop_at:
            self.stop.set()


async def brought_in(
    counter: Counter, path: Path, fates: Fates[RowFate], choices: Choices
) -> ImportReport:
    """Import the file; check every count, the progress and the memory."""
    watch = Watch()
    report = await counter.shop.imports.run(path, on=watch, choices=choices)
    counts = report.counts
    assert counts.read == ROWS
    assert (counts.new, counts.duplicates, counts.parked) == (
        fates[RowFate.NEW],
        fates[RowFate.DUPLICATE],
        fates[RowFate.PARKED],
    )
    assert watch.shares == sorted(watch.shares)
    assert watch.shares[-1] == 1
    assert len(watch.shares) > 20
    assert watch.peak_mb - watch.idle_mb < _MB_ABOVE_IDLE
    assert (await counter.shop.people.find()).total == counts.new
    return report


async def test_a_clean_file_comes_in_exactly_and_in_bounded_memory(
    counter: Counter, tmp_path: Path
) -> None:
    path = tmp_path / "large.csv"
    await brought_in(counter, path, write_large(path, odd=False), Choices())


async def test_a_dirty_file_can_be_stopped_brought_in_and_taken_back(
    counter: Counter, tmp_path: Path
) -> None:
    path = tmp_path / "large.csv"
    fates = write_large(path, odd=True)
    imports = counter.shop.imports

    watch = Watch(stop_at=0.2)
    stopped = await imports.run(path, on=watch, stop=watch.stop)
    assert stopped.stopped
    assert watch.shares[-1] < 0.3
    assert (await counter.shop.people.find()).total == 0
    assert await imports.history() == ()

    report = await brought_in(counter, path, fates, CLAIMED)
    assert report.consents.claimed == fates[RowFate.NEW]

    counter.clock.advance(minutes=5)
    assert report.batch_id is not None
    undone = (await imports.undo(report.batch_id)).batch.undone
    assert undone is not None
    assert (undone.removed, undone.kept) == (fates[RowFate.NEW], 0)
    assert (await counter.shop.people.find()).total == 0
