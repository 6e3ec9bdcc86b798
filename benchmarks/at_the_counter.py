"""The screens over a shop, for a measurement: opened, given keys, and waited for."""

from __future__ import annotations

import asyncio
import shutil
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from textual import events

from benchmarks.importing import SECRET
from shopbell.services.clock import ShiftedClock, SystemClock
from shopbell.services.drill import DrillShelf
from shopbell.services.ports import GatewayShelf
from shopbell.services.shop import Shop
from shopbell.services.themes import read_themes, shipped_folder
from shopbell.tui.app import ShopbellApp
from shopbell.tui.door import Door
from shopbell.tui.frame import FrameScreen
from shopbell.wiring import load_the_rest

SIZE = (80, 24)
LONGEST = 120.0


@asynccontextmanager
async def opened(
    path: Path,
    folder: Path,
    *,
    clock: ShiftedClock | None = None,
    shelf: Callable[[], GatewayShelf] = DrillShelf,
) -> AsyncIterator[tuple[ShopbellApp, Shop]]:
    """Show a copy of a shop file, as the program does, at its people."""
    own = folder / f"counter-{path.name}"
    shutil.copy(path, own)
    load_the_rest()
    door = Door(
        path=own,
        clock=SystemClock(),
        pretend_clock=clock,
        shelf=shelf,
        demo_passphrase=SECRET,
    )
    themes = read_themes((shipped_folder(),))
    app = ShopbellApp(door, themes=themes, crash_folder=folder)
    async with app.run_test(size=SIZE):
        await until(lambda: isinstance(app.screen, FrameScreen))
        session = app._session  # noqa: SLF001 - only here
        assert session is not None
        await place(app, "1", "people")
        yield app, session.shop


async def until(is_so: Callable[[], bool]) -> None:
    """Wait until something is so."""
    end = time.perf_counter() + LONGEST
    while not is_so():
        if time.perf_counter() > end:
            raise SystemExit("the screen never came")
        await asyncio.sleep(0.001)


def press(app: ShopbellApp, key: str) -> None:
    """Put a key into the app's queue."""
    app.post_message(events.Key(key, key if len(key) == 1 else None))


async def timed(app: ShopbellApp, key: str, is_so: Callable[[], bool]) -> float:
    """Return the milliseconds from a key until it has done what it does and that is drawn."""
    begin = time.perf_counter()
    press(app, key)
    await until(is_so)
    drawn = asyncio.Event()
    app.screen.call_after_refresh(drawn.set)
    await drawn.wait()
    return (time.perf_counter() - begin) * 1000


async def place(app: ShopbellApp, key: str, name: str) -> float:
    """Go to a place; return the milliseconds that took."""
    return await timed(
        app, key, lambda: isinstance(app.screen, FrameScreen) and app.screen.place == name
    )
