"""The screens at work: start, change of place, a long list, and a key while the shop is busy.

Keys are put into the app's own queue and counted until what they do is on the screen; drawing for
the terminal is part of it, the terminal itself is not. Starting is measured on a real
pseudo-terminal, so not on Windows.
"""

from __future__ import annotations

import asyncio
import os
import select
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from textual import events
from textual.widgets import Input

from benchmarks.importing import SECRET, Watch, open_new
from benchmarks.people_files import write_people
from benchmarks.report import Row
from shopbell.services.clock import SystemClock
from shopbell.services.drill import DrillShelf
from shopbell.services.shop import Shop
from shopbell.services.themes import read_themes, shipped_folder
from shopbell.tui.app import ShopbellApp
from shopbell.tui.door import Door
from shopbell.tui.frame import FrameScreen
from shopbell.tui.rows import Rows

ROUNDS = 5
PAGES = 200
PLACES = (("3", "outbox"), ("2", "replies"), ("0", "today"), ("1", "people"))
_SIZE = (80, 24)
_LONGEST = 120.0
_BARE = (
    "from textual.app import App\nfrom textual.widgets import Input\n"
    "class Bare(App):\n    def compose(self):\n        yield Input(placeholder='passphrase')\n"
    "Bare().run()\n"
)


async def measure(folder: Path, count: int) -> list[Row]:
    """Measure the screens over a file of `count` people."""
    shop = await open_new(folder)
    await shop.imports.run(write_people(folder / f"counter-{count}.csv", count))
    path = shop.path
    await shop.close()
    rows = [] if sys.platform == "win32" else [_started(path, folder)]
    async with _opened(path, folder) as (app, shop):
        rows.append(await _places(app))
        rows.append(await _scrolled(app, count))
        rows += await _while_importing(app, shop, folder, count)
    return rows


def _started(path: Path, folder: Path) -> Row:
    home = folder / "home"
    home.mkdir(exist_ok=True)
    line = (sys.executable, "-m", "shopbell", "--file", str(path))
    ours = statistics.median([_until_drawn(line, home) for _ in range(ROUNDS)])
    bare = statistics.median(
        [_until_drawn((sys.executable, "-c", _BARE), home) for _ in range(ROUNDS)]
    )
    return Row(
        "start to the first screen", f"{ours:.2f} s", f"{ours / bare:.2f} x bare Textual", ""
    )


def _until_drawn(line: tuple[str, ...], home: Path) -> float:
    """Return the seconds until a program on a terminal of its own asks for the passphrase."""
    import fcntl
    import pty
    import struct
    import termios

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", _SIZE[1], _SIZE[0], 0, 0))
    around = {**os.environ, "TERM": "xterm-256color", "HOME": str(home)}
    begin = time.perf_counter()
    program = subprocess.Popen(line, stdin=theirs, stdout=theirs, stderr=theirs, env=around)
    os.close(theirs)
    seen = b""
    try:
        while b"assphrase" not in seen:
            if time.perf_counter() - begin > _LONGEST or program.poll() is not None:
                raise SystemExit(f"no screen came: {seen[-300:]!r}")
            if select.select([ours], [], [], 0.05)[0]:
                seen += os.read(ours, 65_536)
        return time.perf_counter() - begin
    finally:
        program.kill()
        program.wait()
        os.close(ours)


@asynccontextmanager
async def _opened(path: Path, folder: Path) -> AsyncIterator[tuple[ShopbellApp, Shop]]:
    own = folder / "counter.db"
    shutil.copy(path, own)
    app = ShopbellApp(
        Door(path=own, clock=SystemClock(), shelf=DrillShelf, demo_passphrase=SECRET),
        themes=read_themes((shipped_folder(),)),
        crash_folder=folder,
    )
    async with app.run_test(size=_SIZE):
        await _until(lambda: isinstance(app.screen, FrameScreen))
        session = app._session  # noqa: SLF001 - only here
        assert session is not None
        await _place(app, "1", "people")
        yield app, session.shop


async def _until(is_so: Callable[[], bool]) -> None:
    end = time.perf_counter() + _LONGEST
    while not is_so():
        if time.perf_counter() > end:
            raise SystemExit("the screen never came")
        await asyncio.sleep(0.001)


def _press(app: ShopbellApp, key: str) -> None:
    app.post_message(events.Key(key, key if len(key) == 1 else None))


async def _timed(app: ShopbellApp, key: str, is_so: Callable[[], bool]) -> float:
    """Return the milliseconds from a key until it has done what it does and that is drawn."""
    begin = time.perf_counter()
    _press(app, key)
    await _until(is_so)
    drawn = asyncio.Event()
    app.screen.call_after_refresh(drawn.set)
    await drawn.wait()
    return (time.perf_counter() - begin) * 1000


async def _place(app: ShopbellApp, key: str, place: str) -> float:
    return await _timed(
        app, key, lambda: isinstance(app.screen, FrameScreen) and app.screen.place == place
    )


async def _places(app: ShopbellApp) -> Row:
    times = [await _place(app, *one) for _ in range(ROUNDS) for one in PLACES]
    return Row(
        "change of place, p50",
        f"{statistics.median(times):.0f} ms",
        f"worst {max(times):.0f} ms",
        "100 ms",
    )


async def _scrolled(app: ShopbellApp, count: int) -> Row:
    rows = app.screen.query_one(Rows)
    rows.focus()
    times = []
    for nth in range(PAGES):
        before = rows.cursor
        key = "end" if nth == PAGES // 2 else "pageup" if nth > PAGES // 2 else "pagedown"
        times.append(await _timed(app, key, lambda before=before: rows.cursor != before))
    return Row(
        f"one page of a list of {count:,}, p50",
        f"{statistics.median(times):.0f} ms",
        f"worst {max(times):.0f} ms",
        "50 ms",
    )


async def _while_importing(app: ShopbellApp, shop: Shop, folder: Path, count: int) -> list[Row]:
    file = write_people(folder / f"counter-more-{count}.csv", count, first=count)
    quiet = await _echoes(app, lambda: _nothing(0.0))
    async with Watch() as watch:
        busy = await _echoes(app, lambda: shop.imports.run(file))
    return [
        Row("a letter until it shows, p50", f"{statistics.median(quiet):.0f} ms", "", "50 ms"),
        Row(
            f"  while {count:,} rows come in",
            f"{statistics.median(busy):.0f} ms",
            f"{statistics.median(busy) / statistics.median(quiet):.1f} x, worst {max(busy):.0f} ms",
            "50 ms",
        ),
        Row("  worst stall of the event loop", f"{watch.worst_ms:.0f} ms", "", "50 ms"),
    ]


async def _nothing(seconds: float) -> None:
    await asyncio.sleep(seconds)


async def _echoes(app: ShopbellApp, work: Callable[[], Awaitable[object]]) -> list[float]:
    """Return how long each letter took to show, while something is done and twenty at least."""
    field = app.screen.query_one(Input)
    field.focus()
    field.value = ""
    times: list[float] = []
    under_way = asyncio.ensure_future(work())
    while len(times) < 20 or not under_way.done():
        before = len(field.value)
        if before > 20:
            field.value, before = "", 0
        times.append(await _timed(app, "a", lambda before=before: len(field.value) > before))
        await asyncio.sleep(0.02)
    await under_way
    return times
