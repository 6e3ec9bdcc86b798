"""The street, and each door onto it in turn."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import datetime
from pathlib import Path

import pytest

from doors.cli_door import cli_door
from doors.door import Door, Street
from doors.lines_door import lines_door
from doors.services_door import services_door
from doors.tui_door import tui_door
from shopbell.gateways.practice import PracticeGateway
from shopbell.gateways.practice_script import Script
from shopbell.services.clock import SystemClock

DOORS: dict[str, Callable[[Street], AbstractAsyncContextManager[Door]]] = {
    "services": services_door,
    "cli": cli_door,
    "lines": lines_door,
    "tui": tui_door,
}

Enter = Callable[[], AbstractAsyncContextManager[Door]]


@pytest.fixture
def practice() -> Iterator[PracticeGateway]:
    gateway = PracticeGateway(now=SystemClock().now, script=Script(delay_s=0))
    gateway.start()
    yield gateway
    gateway.stop()


@pytest.fixture
async def street(tmp_path: Path, practice: PracticeGateway, now: datetime) -> Street:
    street = Street(file=tmp_path / "shop.db", practice=practice, now=now)
    await street.open_up()
    return street


@pytest.fixture(params=DOORS)
def enter(request: pytest.FixtureRequest, street: Street) -> Enter:
    """Go in by one of the doors; each test that uses this is run for all of them."""
    make = DOORS[request.param]

    @asynccontextmanager
    async def enter() -> AsyncIterator[Door]:
        async with make(street) as door:
            yield door

    return enter
