"""`python -m benchmarks`: prints every measurement with its ratio and its aim."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path

from benchmarks import busy_counter, counter, importing, judging, searching, sending, unlocking
from benchmarks.report import HEAD


async def main() -> None:
    """Measure everything, one after the other."""
    print(HEAD, flush=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for count in (10_000, 100_000):
            for row in await importing.measure(folder, count):
                print(row, flush=True)
        for row in await unlocking.measure(folder, 100_000):
            print(row, flush=True)
        for row in await judging.measure(folder, 100_000):
            print(row, flush=True)
        for row in await searching.measure(folder, 100_000):
            print(row, flush=True)
        for row in await sending.measure(folder, 2_000, 100_000):
            print(row, flush=True)
        for row in await counter.measure(folder, 100_000):
            print(row, flush=True)
        for row in await busy_counter.measure(folder, 100_000, 2_000):
            print(row, flush=True)


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
