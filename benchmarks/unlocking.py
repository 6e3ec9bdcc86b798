"""From enter on the lock screen to the first list of people, against deriving the key alone."""

from __future__ import annotations

import asyncio
import statistics
import time
from pathlib import Path

from benchmarks.importing import SECRET, open_new
from benchmarks.people_files import write_people
from benchmarks.report import Row
from shopbell.services.clock import SystemClock
from shopbell.services.drill import DrillShelf
from shopbell.services.themes import read_themes, shipped_folder
from shopbell.store import keys
from shopbell.tui.app import ShopbellApp
from shopbell.tui.door import Door
from shopbell.tui.rows import Rows
from shopbell.tui.screens.people import PeopleScreen

ROUNDS = 5


async def measure(folder: Path, count: int) -> list[Row]:
    """Unlock a file of `count` contacts several times."""
    shop = await open_new(folder)
    await shop.imports.run(write_people(folder / f"unlock-{count}.csv", count))
    path = shop.path
    await shop.close()
    derived = statistics.median([_derive(path) for _ in range(ROUNDS)])
    opened = statistics.median([await _unlock(path, folder) for _ in range(ROUNDS)])
    return [
        Row(
            f"unlock to first list, {count:,} contacts",
            f"{opened:.2f} s",
            f"key {derived:.2f} s + {opened - derived:.2f}",
            "key + 0.7",
        )
    ]


def _derive(path: Path) -> float:
    salt = path.read_bytes()[:16]
    begin = time.perf_counter()
    keys.derive(SECRET, salt)
    return time.perf_counter() - begin


async def _unlock(path: Path, folder: Path) -> float:
    app = ShopbellApp(
        Door(path=path, clock=SystemClock(), shelf=DrillShelf),
        themes=read_themes((shipped_folder(),)),
        crash_folder=folder,
        no_colour=False,
    )
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        for letter in SECRET.reveal():
            await pilot.press("space" if letter == " " else letter)
        begin = time.perf_counter()
        await pilot.press("enter")
        while not (
            isinstance(app.screen, PeopleScreen)
            and any("-" in strip.text for strip in _lines(app.screen))
        ):
            await asyncio.sleep(0.005)
        return time.perf_counter() - begin


def _lines(screen: PeopleScreen) -> list:
    """Return what the list draws; the names of the benchmark's people hold a dash."""
    rows = screen.query_one(Rows)
    return [rows.render_line(y) for y in range(rows.size.height)]
