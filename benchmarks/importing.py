"""Import against the plainest thing that could work, and what it costs the counter meanwhile."""

from __future__ import annotations

import asyncio
import csv
import gc
import sqlite3
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

import phonenumbers

from benchmarks.people_files import write_people
from benchmarks.report import Row
from shopbell.domain.secret import Secret
from shopbell.services.clock import FixedClock
from shopbell.services.drill import DrillShelf
from shopbell.services.opening import NewShop, Opener, create_shop, open_shop
from shopbell.services.shop import Shop

SECRET = Secret("maple harbor violin candle")


def plain_import(file: Path, database: Path) -> float:
    """Read with `csv`, parse with `phonenumbers`, insert with `sqlite3`; return the seconds."""
    begin = time.perf_counter()
    connection = sqlite3.connect(database)
    connection.execute(
        "CREATE TABLE contact (id INTEGER PRIMARY KEY, number TEXT UNIQUE, name TEXT, email TEXT,"
        " note TEXT)"
    )
    with file.open(newline="", encoding="utf-8") as source:
        for row in csv.DictReader(source):
            parsed = phonenumbers.parse(row["Phone Number"], "US")
            if not phonenumbers.is_possible_number(parsed):
                continue
            number = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
            connection.execute(
                "INSERT OR IGNORE INTO contact (number, name, email, note) VALUES (?, ?, ?, ?)",
                (
                    number,
                    f"{row['First Name']} {row['Last Name']}",
                    row["Email Address"],
                    row["Memo"],
                ),
            )
    connection.commit()
    connection.close()
    return time.perf_counter() - begin


async def open_new(folder: Path) -> Shop:
    """Make and open an empty practice shop."""
    path = folder / f"shop-{time.monotonic_ns()}.db"
    clock = FixedClock(datetime(2026, 11, 24, 15, 42, tzinfo=UTC))
    new = NewShop(name="Fern & Finch", country="US", zone="America/New_York", practice=True)
    await create_shop(path, new, SECRET, clock)
    return await open_shop(path, Opener(secret=SECRET), clock=clock, shelf=DrillShelf())


class Watch:
    """Measures the longest stall of the event loop and the highest memory while it runs."""

    def __init__(self) -> None:
        self.worst_ms = 0.0
        self.peak_mb = 0.0
        self._task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        gc.collect()
        self.idle_mb = resident_mb()
        self._task = asyncio.create_task(self._run())
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._task is not None:
            self._task.cancel()

    async def _run(self) -> None:
        while True:
            begin = time.perf_counter()
            await asyncio.sleep(0.002)
            self.worst_ms = max(self.worst_ms, (time.perf_counter() - begin - 0.002) * 1000)
            self.peak_mb = max(self.peak_mb, resident_mb())


def resident_mb() -> float:
    """Return the memory this process holds, in MB (Linux; elsewhere 0)."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except OSError:
        return 0.0
    return pages * 4096 / 1e6


async def measure(folder: Path, count: int) -> list[Row]:
    """Import `count` rows both ways."""
    file = write_people(folder / f"people-{count}.csv", count)
    plain = plain_import(file, folder / f"plain-{count}.db")
    shop = await open_new(folder)
    async with Watch() as watch:
        begin = time.perf_counter()
        report = await shop.imports.run(file)
        ours = time.perf_counter() - begin
    await shop.close()
    if report.counts.new != count:
        raise SystemExit(f"expected {count} new contacts: {report.counts}")
    return [
        Row(f"import {count:,} rows", f"{ours:.2f} s", f"{ours / plain:.2f} x plain", "1.5 x"),
        Row("  worst stall of the event loop", f"{watch.worst_ms:.0f} ms", "", "50 ms"),
        Row("  memory above idle", f"{watch.peak_mb - watch.idle_mb:.0f} MB", "", "150 MB"),
    ]
