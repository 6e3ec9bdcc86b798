"""News that comes in while the shop file is being locked."""

from __future__ import annotations

import asyncio
from pathlib import Path

from textual.app import App

from shopbell.errors import BadInput, Locked, ShopbellError
from shopbell.services.changed import Changed
from shopbell.tui.bars import FrameView
from shopbell.tui.bell import Bell
from shopbell.tui.news import News
from tui.counters import till
from tui.screens import press, settle


class Asked:
    """A session whose answer comes when the test says so, or fails with what the test says."""

    def __init__(self, error: ShopbellError | None = None) -> None:
        self.go_on = asyncio.Event()
        self.asked = asyncio.Event()
        self.error = error

    async def frame(self) -> FrameView:
        self.asked.set()
        await self.go_on.wait()
        if self.error is not None:
            raise self.error
        return FrameView(shop="Fern")


class Listening(App[None]):
    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []

    def notify(self, message: str, **_: object) -> None:  # type: ignore[override]
        self.said.append(message)


async def look(error: ShopbellError | None, *, lock: bool) -> tuple[Listening, News]:
    app = Listening()
    news, session = News(app, Bell()), Asked(error)
    news.session = session  # type: ignore[assignment]
    async with app.run_test():
        looking = asyncio.create_task(news.look())
        await session.asked.wait()
        if lock:
            news.session = None
        session.go_on.set()
        await looking
    return app, news


async def test_a_look_that_the_lock_overtook_says_nothing() -> None:
    app, news = await look(Locked("The shop file is locked."), lock=True)
    assert app.said == []
    assert news.frame == FrameView()


async def test_a_look_that_fails_says_why() -> None:
    app, _ = await look(BadInput("It cannot be read.", "Try again."), lock=False)
    assert app.said == ["It cannot be read. Try again."]


async def test_a_look_that_answers_changes_the_frame() -> None:
    app, news = await look(None, lock=False)
    assert (app.said, news.frame.shop) == ([], "Fern")


async def test_changes_heard_while_locking_break_nothing(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        for kind in Changed:
            shown.app._news.hear(kind)
        await press(shown.pilot, "l")
        assert "Passphrase" in await settle(shown.pilot)
        assert not shown.app._crashed
