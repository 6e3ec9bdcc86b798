"""A letter in the search field while the shop is busy: people come in, or texts leave.

Every letter searches all people. The worst stall is the longest time in which the event loop did
not come round.
"""

from __future__ import annotations

import asyncio
import statistics
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

from textual.widgets import Input

from benchmarks import sending
from benchmarks.at_the_counter import opened, timed
from benchmarks.importing import Watch, open_new
from benchmarks.people_files import write_people
from benchmarks.report import Row
from shopbell.domain.texts import LEFT
from shopbell.services.clock import ShiftedClock, SystemClock
from shopbell.services.shop import Shop
from shopbell.tui.app import ShopbellApp

_LETTERS = 20
"""Typed at least, before the field is emptied again."""


async def measure(folder: Path, people: int, texts: int) -> list[Row]:
    """Type while nothing else is done, while `people` come in, and while `texts` leave."""
    return [*await _importing(folder, people), *await _sending(folder, texts)]


async def _importing(folder: Path, count: int) -> list[Row]:
    shop = await open_new(folder)
    await shop.imports.run(write_people(folder / f"busy-{count}.csv", count))
    await shop.close()
    file = write_people(folder / f"busy-more-{count}.csv", count, first=count)
    async with opened(shop.path, folder) as (app, at_work):
        quiet = await _letters(app, _nothing)
        async with Watch() as watch:
            busy = await _letters(app, lambda: at_work.imports.run(file))
    return [
        Row("a letter until it shows, p50", f"{statistics.median(quiet):.0f} ms", "", "50 ms"),
        *_rows(f"while {count:,} rows come in", busy, quiet, watch),
    ]


async def _sending(folder: Path, count: int) -> list[Row]:
    async with sending.server(folder) as url:
        shop, _ = await sending.shop_with_campaign(folder, url, count)
        await shop.close()
        clock = ShiftedClock(sending.NOW, SystemClock())
        shelf = sending.Unhurried(now=clock.now)
        async with opened(shop.path, folder, clock=clock, shelf=lambda: shelf) as (app, at_work):
            async with Watch() as watch:
                busy = await _letters(app, lambda: _all_left(at_work, count))
            quiet = await _letters(app, _nothing)
    return _rows(f"while {count:,} texts leave", busy, quiet, watch)


def _rows(what: str, busy: list[float], quiet: list[float], watch: Watch) -> list[Row]:
    ratio = statistics.median(busy) / statistics.median(quiet)
    return [
        Row(
            f"  {what}",
            f"{statistics.median(busy):.0f} ms",
            f"{ratio:.1f} x, worst {max(busy):.0f} ms",
            "50 ms",
        ),
        Row("  worst stall of the event loop", f"{watch.worst_ms:.0f} ms", "", "50 ms"),
    ]


async def _nothing() -> None:
    pass


async def _all_left(shop: Shop, count: int) -> None:
    """Wait until all texts have left; delivery runs in the background of the screens."""
    since = sending.NOW - timedelta(days=1)
    while True:
        counts = await shop.outbox.counts(since)
        if sum(counts.get(state, 0) for state in LEFT) >= count:
            return
        await asyncio.sleep(0.5)


async def _letters(app: ShopbellApp, work: Callable[[], Awaitable[object]]) -> list[float]:
    """Return how long each letter took to show, while something is done and twenty at least."""
    field = app.screen.query_one(Input)
    field.focus()
    field.value = ""
    times: list[float] = []
    under_way = asyncio.ensure_future(work())
    while len(times) < _LETTERS or not under_way.done():
        before = len(field.value)
        if before >= _LETTERS:
            field.value, before = "", 0
        times.append(await timed(app, "a", lambda before=before: len(field.value) > before))
        await asyncio.sleep(0.02)
    await under_way
    return times
