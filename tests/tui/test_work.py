"""What a service could not do is told wherever it was asked for; the rest ends the app."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest
from textual import events
from textual.app import ComposeResult
from textual.message import Message

from shopbell.errors import BadInput, Busy, ShopbellError
from shopbell.tui.commands import Scope
from shopbell.tui.frame import Dialog
from shopbell.tui.keyed_app import KeyedApp
from shopbell.tui.plain import Plain
from shopbell.tui.work import or_told, run_beside, start
from tui.screens import HOSTILE, press, settle
from tui.test_hostile import is_safe

BUSY = Busy("Another window is writing.", "Wait a moment.")


class Wanted(Message):
    """The app is asked for something, as screens do."""


class Trouble(Dialog[None]):
    """Does what it is told to when a key of the outbox is pressed."""

    scope = Scope.OUTBOX

    def __init__(self, does: Callable[[], Awaitable[None]]) -> None:
        super().__init__("Trouble")
        self._does = does

    def inside(self) -> ComposeResult:
        yield Plain("Here", id_="here")

    async def do_why(self) -> None:
        await self._does()

    def do_settle(self) -> None:
        start(self.query_one("#here"), self._work, "work")

    def do_cancel(self) -> None:
        run_beside(self, self._work, "work")

    def do_replace(self) -> None:
        self.post_message(Wanted())

    async def _work(self) -> None:
        await self._does()


class Counter(KeyedApp[None]):
    """An app with nothing but that box."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self._error = error
        self.went_on = False

    async def fails(self) -> None:
        raise self._error

    async def on_mount(self) -> None:
        await self.push_screen(Trouble(self.fails))

    async def on_wanted(self) -> None:
        await self.fails()

    def on_key(self, event: events.Key) -> None:
        self.went_on = event.key == "z"


WAYS = {
    "a key": "outbox.why",
    "work of a widget": "outbox.settle",
    "work beside a screen": "outbox.cancel",
    "a message to the app": "outbox.replace",
}


@pytest.mark.parametrize("command", WAYS.values(), ids=WAYS)
async def test_what_could_not_be_done_is_told_and_the_screen_goes_on(command: str) -> None:
    app = Counter(BUSY)
    async with app.run_test(size=(60, 20), notifications=True) as pilot:
        await settle(pilot)
        assert isinstance(app.screen, Trouble)
        await app.screen.action_run(command)
        seen = await settle(pilot)
        assert "Another window is writing." in seen
        assert "Wait a moment." in seen
        await press(pilot, "z")
        assert app.went_on


@pytest.mark.parametrize("error", [ZeroDivisionError("x"), KeyError("name"), OSError("disk")])
async def test_what_nobody_expected_is_not_swallowed(error: Exception) -> None:
    app = Counter(error)
    with pytest.raises(type(error)):
        await or_told(app, app.fails)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (BUSY, "Another window is writing. Wait a moment."),
        (BadInput("No such person."), "No such person."),
        *((ShopbellError(text[:80], text[:80]), "") for text in HOSTILE[:6]),
    ],
    ids=str,
)
async def test_it_is_told_in_the_sentence_and_its_hint(error: ShopbellError, said: str) -> None:
    app = Counter(error)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settle(pilot)
        await or_told(app, app.fails)
        seen = await settle(pilot)
        assert is_safe(seen)
        assert all(word in seen for word in said.split())
