"""A wait is told once it is long, and it can be left; a second key meanwhile does nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from textual.app import App, ComposeResult

from shopbell.errors import Busy
from shopbell.tui.plain import Plain
from shopbell.tui.screens.ask_line import AskLine
from shopbell.tui.screens.contact import ContactScreen
from shopbell.tui.screens.people import PeopleScreen
from shopbell.tui.screens.record_stop import RecordStop
from shopbell.tui.screens.write_file import WriteFile
from shopbell.tui.waiting import SHOW_WAIT_AFTER, told_when_slow
from shopbell.tui.work import start
from shops import ANA
from tui.counters import Till, till
from tui.screens import press, screen_text, settle
from tui.test_goldens import troubled


class Held:
    """Work that goes on until it is let go, and remembers how often it was begun."""

    def __init__(self, answer: str = "done") -> None:
        self.may_go = asyncio.Event()
        self.begun = self.ended = self.left = 0
        self.answer = answer
        self.error: Exception | None = None

    async def __call__(self, *_given: object) -> str:
        self.begun += 1
        try:
            await self.may_go.wait()
        except asyncio.CancelledError:
            self.left += 1
            raise
        self.ended += 1
        if self.error is not None:
            raise self.error
        return self.answer


class Desk(App[None]):
    """An app with one line that tells of waits."""

    def __init__(self, work: Callable[[], Awaitable[object]]) -> None:
        super().__init__()
        self.work = work
        self.told = 0

    def compose(self) -> ComposeResult:
        yield Plain("", id_="line")

    def tell(self) -> None:
        self.told += 1

    def begin(self) -> None:
        start(self.query_one("#line"), self.wait, "wait")

    async def wait(self) -> None:
        with told_when_slow(self.query_one("#line"), self.tell):
            await self.work()


async def comes(so: Callable[[], object]) -> None:
    """Wait until it is so."""
    for _ in range(1500):
        if so():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it never came to be so")


async def test_a_long_wait_is_told_once_and_a_short_one_never() -> None:
    work = Held()
    app = Desk(work)
    async with app.run_test(size=(20, 2)) as pilot:
        work.may_go.set()
        for _ in range(3):
            await app.wait()
        assert app.told == 0
        work.may_go.clear()
        app.begin()
        await comes(lambda: app.told)
        work.may_go.set()
        await settle(pilot)
        assert app.told == 1
        assert work.ended == 4


async def test_a_wait_that_fails_is_not_told_afterwards() -> None:
    work = Held()
    work.may_go.set()
    work.error = Busy("x")
    app = Desk(work)
    async with app.run_test(size=(20, 2)) as pilot:
        with pytest.raises(Busy):
            await app.wait()
        await settle(pilot)
        assert app.told == 0


def test_a_wait_is_told_after_150_milliseconds() -> None:
    assert SHOW_WAIT_AFTER == 0.15


def boxes(work: Held) -> dict[str, tuple[AskLine | WriteFile[str], str]]:
    """Return boxes that do something slow at Enter, each with what it says meanwhile."""
    write = WriteFile("Write", Path("/nowhere/x.csv"), work, what="All.", warnings=())
    return {
        "a line": (AskLine("Say", "About.", work, value="x"), "One moment; esc leaves …"),
        "a file": (write, "Writing; esc leaves …"),
    }


@pytest.mark.parametrize("name", ["a line", "a file"])
async def test_a_box_at_work_says_so_does_it_once_and_is_left_with_esc(
    empty: Path, tmp_path: Path, name: str
) -> None:
    async with till(empty, tmp_path) as shown:
        work, answers = Held(), []
        box, said = boxes(work)[name]
        await shown.app.push_screen(box, answers.append)
        await settle(shown.pilot)
        await shown.pilot.press("enter")
        await comes(lambda: said in screen_text(shown.app))
        assert box.is_behind
        box.action_write() if isinstance(box, WriteFile) else box.on_input_submitted()
        assert work.begun == 1
        await shown.pilot.press("escape")
        await comes(lambda: isinstance(shown.app.screen, PeopleScreen))
        await comes(lambda: work.left)
        assert answers == [None]
        assert work.ended == 0


@pytest.mark.parametrize("name", ["a line", "a file"])
async def test_a_box_whose_work_fails_says_why_and_does_it_again(
    empty: Path, tmp_path: Path, name: str
) -> None:
    async with till(empty, tmp_path) as shown:
        work, answers = Held(), []
        box, _ = boxes(work)[name]
        await shown.app.push_screen(box, answers.append)
        await settle(shown.pilot)
        work.error = Busy("Another window is writing.")
        work.may_go.set()
        assert "! Another window is writing." in await press(shown.pilot, "enter")
        work.error = None
        await press(shown.pilot, "enter")
        assert answers == ["done"]
        assert work.begun == 2


async def test_what_is_pressed_ahead_waits_for_a_form_that_is_written_down(
    full: Path, tmp_path: Path
) -> None:
    async with till(full, tmp_path) as shown:
        await press(shown.pilot, "enter", "s")
        assert isinstance(shown.app.screen, RecordStop)
        seen = await press(shown.pilot, "f2", "slash", *"0103")
        assert isinstance(shown.app.screen, PeopleScreen)
        assert "Cy Moss" in seen
        sheet = await shown.shop.people.sheet(shown.shop.people.read_number(ANA))
        assert sheet.suppression is not None


async def opens_slowly(shown: Till) -> None:
    store = await troubled(shown)
    store.is_quick.clear()
    await shown.pilot.press("enter")
    await comes(lambda: "Looking …" in screen_text(shown.app))
    assert isinstance(shown.app.screen, ContactScreen)


async def test_a_screen_that_is_still_read_is_left_with_esc_at_once(
    full: Path, tmp_path: Path
) -> None:
    async with till(full, tmp_path) as shown:
        await opens_slowly(shown)
        await shown.pilot.press("escape")
        await comes(lambda: isinstance(shown.app.screen, PeopleScreen))


async def test_a_key_that_does_something_waits_for_what_is_still_read(
    full: Path, tmp_path: Path
) -> None:
    async with till(full, tmp_path) as shown:
        store = await troubled(shown)
        store.is_quick.clear()
        await shown.pilot.press("enter")
        await comes(lambda: "Looking …" in screen_text(shown.app))
        await shown.pilot.press("v")
        assert "+1 212-555-0101" not in screen_text(shown.app)
        store.is_quick.set()
        await settle(shown.pilot)
        assert "+1 212-555-0101" in screen_text(shown.app)


async def test_a_box_that_is_left_twice_answers_once(empty: Path, tmp_path: Path) -> None:
    async with till(empty, tmp_path) as shown:
        answers: list[str | None] = []
        box = AskLine("Say", "About.", Held())
        await shown.app.push_screen(box, answers.append)
        await settle(shown.pilot)
        box.dismiss(None)
        box.dismiss("again")
        await settle(shown.pilot)
        assert answers == [None]
        assert not shown.app._crashed
