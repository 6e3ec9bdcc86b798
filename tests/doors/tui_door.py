"""The screens, by keys alone."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from textual import events
from textual.pilot import Pilot

from doors.door import PASSPHRASE, Street
from shopbell.domain.consent import Purpose
from shopbell.domain.ids import E164, TextId
from shopbell.domain.texts import State
from shopbell.gateways.shelf import Shelf
from shopbell.services.clock import SystemClock
from shopbell.services.shop import Shop
from shopbell.services.themes import read_themes, shipped_folder
from shopbell.tui.app import ShopbellApp
from shopbell.tui.composer import Composer
from shopbell.tui.door import Door as WayIn
from shopbell.tui.frame import FrameScreen
from shopbell.tui.importing import Step
from shopbell.tui.plain import PlainInput
from tui.screens import press, settle

ON_ITS_WAY = {State.WAITING, State.SENDING}


class TuiDoor:
    """Presses keys and answers with what stood on the screen on the way."""

    def __init__(self, app: ShopbellApp, pilot: Pilot[Any]) -> None:
        self._app = app
        self._pilot = pilot

    @property
    def _shop(self) -> Shop:
        assert self._app._session is not None
        return self._app._session.shop

    async def send(self, number: E164, text: str, purpose: Purpose = Purpose.SERVICE) -> str:
        await press(self._pilot, "1", "t")
        await self._paste(number.removeprefix("+"))
        said = await press(self._pilot, "enter")
        if not self._app.screen.query(Composer):
            # Nobody is found who could be written to: there is no box to type into.
            await press(self._pilot, "escape", "escape")
            return said
        # What was typed for this person before is kept; it is wiped first.
        await press(self._pilot, "e", "ctrl+u")
        await self._paste(text)
        said = await press(self._pilot, "enter")
        while self._app.screen.query_one(Composer).kind[0] is not purpose:
            said = await press(self._pilot, "p")
        said += await press(self._pilot, "enter")
        await self._until(self._nothing_is_on_its_way)
        said += await settle(self._pilot)
        await press(self._pilot, "escape")
        return said

    async def stop(self, number: E164) -> str:
        await press(self._pilot, "1", "slash")
        await self._paste(number.removeprefix("+"))
        await press(self._pilot, "enter")
        said = await press(self._pilot, "s")
        return said + await press(self._pilot, "f2")

    async def fetch(self) -> str:
        return await press(self._pilot, "2", "f")

    async def bring_in(self, file: Path) -> str:
        await press(self._pilot, "4")
        self._app.screen.query_one(PlainInput).focus()
        await press(self._pilot, "end", "ctrl+u")
        await self._paste(str(file))
        await press(self._pilot, "enter")
        await self._until(self._the_import_rests)
        said = await press(self._pilot, "g")
        await self._until(self._the_import_rests)
        return said + await settle(self._pilot)

    async def settle(self, text_id: TextId) -> str:
        del text_id  # the newest text is under the cursor
        await press(self._pilot, "3")
        return await press(self._pilot, "s")

    async def _paste(self, text: str) -> None:
        self._app.post_message(events.Paste(text))
        await settle(self._pilot)

    async def _nothing_is_on_its_way(self) -> bool:
        return all(text.state not in ON_ITS_WAY for text in (await self._shop.outbox.find()).rows)

    async def _the_import_rests(self) -> bool:
        assert self._app._everywhere is not None
        return self._app._everywhere._importing.step not in {Step.LOOKING, Step.RUNNING}

    async def _until(self, holds: Callable[[], Awaitable[bool]]) -> None:
        for _ in range(500):
            if await holds():
                return
            await asyncio.sleep(0.02)
        raise AssertionError("the screens never came that far")


@asynccontextmanager
async def tui_door(street: Street) -> AsyncIterator[TuiDoor]:
    """Open the screens over the street's file."""
    clock = street.clock()
    app = ShopbellApp(
        WayIn(
            path=street.file,
            clock=SystemClock(),
            shelf=lambda: Shelf(now=clock.now),
            pretend_clock=clock,
            demo_passphrase=PASSPHRASE,
        ),
        themes=read_themes([shipped_folder()]),
        crash_folder=street.file.parent / "crashes",
    )
    async with app.run_test(size=(100, 40), notifications=True) as pilot:
        for _ in range(500):
            if isinstance(app.screen, FrameScreen):
                break
            await pilot.pause(0.02)
        await settle(pilot)
        yield TuiDoor(app, pilot)
