"""The screens at work: start, change of place, a long list.

Keys are put into the app's own queue and counted until what they do is on the screen; drawing for
the terminal is part of it, the terminal itself is not. Starting is measured on a real
pseudo-terminal, so not on Windows.
"""

from __future__ import annotations

import os
import select
import statistics
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.at_the_counter import LONGEST, SIZE, opened, place, timed
from benchmarks.importing import open_new
from benchmarks.people_files import write_people
from benchmarks.report import Row
from shopbell.tui.app import ShopbellApp
from shopbell.tui.rows import Rows

ROUNDS = 5
PAGES = 200
PLACES = (("3", "outbox"), ("2", "replies"), ("0", "today"), ("1", "people"))
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
    async with opened(path, folder) as (app, _):
        rows.append(await _places(app))
        rows.append(await _scrolled(app, count))
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
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", SIZE[1], SIZE[0], 0, 0))
    around = {**os.environ, "TERM": "xterm-256color", "HOME": str(home)}
    begin = time.perf_counter()
    program = subprocess.Popen(line, stdin=theirs, stdout=theirs, stderr=theirs, env=around)
    os.close(theirs)
    seen = b""
    try:
        while b"assphrase" not in seen:
            if time.perf_counter() - begin > LONGEST or program.poll() is not None:
                raise SystemExit(f"no screen came: {seen[-300:]!r}")
            if select.select([ours], [], [], 0.05)[0]:
                seen += os.read(ours, 65_536)
        return time.perf_counter() - begin
    finally:
        program.kill()
        program.wait()
        os.close(ours)


async def _places(app: ShopbellApp) -> Row:
    times = [await place(app, *one) for _ in range(ROUNDS) for one in PLACES]
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
        times.append(await timed(app, key, lambda before=before: rows.cursor != before))
    return Row(
        f"one page of a list of {count:,}, p50",
        f"{statistics.median(times):.0f} ms",
        f"worst {max(times):.0f} ms",
        "50 ms",
    )
