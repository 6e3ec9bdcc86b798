"""Search as you type over 100,000 contacts: every key of several words, window and total."""

from __future__ import annotations

import statistics
import time
from pathlib import Path

from benchmarks.importing import open_new
from benchmarks.people_files import write_people
from benchmarks.report import Row

TYPED = ("ana rey", "o", "okafor-99", "nora sh", "peon", "555-00", "212", "0042", "zzz", "c")


async def measure(folder: Path, count: int) -> list[Row]:
    """Type every word key by key."""
    shop = await open_new(folder)
    await shop.imports.run(write_people(folder / f"search-{count}.csv", count))
    times = []
    for _ in range(3):
        for words in TYPED:
            for end in range(1, len(words) + 1):
                begin = time.perf_counter()
                await shop.people.find(words[:end], count=50)
                times.append((time.perf_counter() - begin) * 1000)
    scroll = []
    for first in range(0, count, count // 50):
        begin = time.perf_counter()
        await shop.people.find("", first=first, count=100)
        scroll.append((time.perf_counter() - begin) * 1000)
    await shop.close()
    p95 = statistics.quantiles(times, n=20)[-1]
    return [
        Row(
            f"search, one key, {count:,} contacts, p50",
            f"{statistics.median(times):.1f} ms",
            "",
            "",
        ),
        Row(f"search, one key, {count:,} contacts, p95", f"{p95:.1f} ms", "", "10 ms"),
        Row("  one page of the whole list, worst", f"{max(scroll):.1f} ms", "", ""),
    ]
