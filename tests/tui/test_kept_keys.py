"""Keys pressed while a file is looked at: kept, done in their order, or dropped by Escape."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from shopbell.domain.ids import E164
from shopbell.tui.commands import Scope
from shopbell.tui.file_screen import FileScreen
from shopbell.tui.in_parts import InParts
from shopbell.tui.own_keys import OwnKeys, put_in_force
from shopbell.tui.screens.columns import Columns
from shopbell.tui.screens.import_file import ImportScreen
from shopbell.tui.screens.people import PeopleScreen
from shopbell.tui.screens.permission import Permission
from shopbell.tui.screens.stop_list import StopListScreen
from shopbell.tui.underway import Step, Underway
from shopbell.tui.wanted_keys import own_keys
from shops import NOW
from tui.counters import Till, till
from tui.crowded import until
from tui.screens import press, settle

GOOD = "First Name,Phone Number\nZara,212.555.0188\n"
ZARA = E164("+12125550188")
PARKED = GOOD + "Nia,555-0105\n"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of downloads with one list."""
    folder = tmp_path / "home" / "Downloads"
    folder.mkdir(parents=True)
    (folder / "customers.csv").write_text(GOOD)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "home"))
    return folder


class Slow:
    """A service whose first step waits until a test lets it go on."""

    def __init__(self, imports: Any, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
        self.let_go = asyncio.Event()
        self._real = getattr(imports, name)
        monkeypatch.setattr(imports, name, self._held)

    async def _held(self, *args: Any, **options: Any) -> Any:
        await self.let_go.wait()
        return await self._real(*args, **options)


async def looking(shown: Till, monkeypatch: pytest.MonkeyPatch) -> Slow:
    """Choose the file, and stay in the look at it."""
    slow = Slow(shown.shop.imports, "preview", monkeypatch)
    await press(shown.pilot, "4", "enter")
    await until(lambda: job(shown).step is Step.LOOKING)
    return slow


def job(shown: Till) -> Underway:
    screen = shown.app.screen
    assert isinstance(screen, FileScreen)
    return screen.job


def told(shown: Till) -> list[str]:
    """Return all sentences that were told."""
    return [one.message for one in shown.app._notifications]


async def is_there(shown: Till, number: E164 = ZARA) -> bool:
    return await shown.shop.people.by_number(number) is not None


async def test_a_key_comes_when_the_look_is_over_and_the_next_ones_go_to_its_box(
    full: Path, tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with till(full, tmp_path) as shown:
        slow = await looking(shown, monkeypatch)
        await press(shown.pilot, "m", "down", "enter")
        assert isinstance(shown.app.screen, ImportScreen)
        assert told(shown) == ["It comes as soon as the file was looked at. esc drops it."]
        slow.let_go.set()
        await until(lambda: isinstance(shown.app.screen, Columns))
        await settle(shown.pilot)
        box = shown.app.screen
        assert isinstance(box, Columns)
        assert box._column() == 1, "down and enter were typed in the box"
        assert box.query_one("#fields").has_focus


async def test_g_pressed_ahead_imports_what_needs_nobody(
    full: Path, tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with till(full, tmp_path) as shown:
        slow = await looking(shown, monkeypatch)
        await press(shown.pilot, "g")
        assert not await is_there(shown)
        slow.let_go.set()
        await until(lambda: job(shown).step is Step.DONE)
        assert await is_there(shown)


async def test_g_pressed_ahead_of_rows_that_need_a_look_imports_nothing_and_says_so(
    full: Path, tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "customers.csv").write_text(PARKED)
    async with till(full, tmp_path) as shown:
        slow = await looking(shown, monkeypatch)
        await press(shown.pilot, "g")
        slow.let_go.set()
        await until(lambda: "1 row needs a look first. g imports the others." in told(shown))
        assert job(shown).step is Step.LOOKED
        assert not await is_there(shown)
        await press(shown.pilot, "g")
        await until(lambda: job(shown).step is Step.DONE)
        assert await is_there(shown)


async def test_escape_drops_what_waits_and_the_next_one_leaves(
    full: Path, tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with till(full, tmp_path) as shown:
        slow = await looking(shown, monkeypatch)
        await press(shown.pilot, "m", "g", "escape")
        assert told(shown)[-1] == "What you pressed ahead is dropped."
        assert job(shown).step is Step.LOOKING
        slow.let_go.set()
        await until(lambda: job(shown).step is Step.LOOKED)
        await settle(shown.pilot)
        assert isinstance(shown.app.screen, ImportScreen)
        assert not await is_there(shown)
        await press(shown.pilot, "escape")
        assert job(shown).step is Step.CHOOSING


async def test_whoever_goes_elsewhere_goes_at_once_and_nothing_comes_after_them(
    full: Path, tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with till(full, tmp_path) as shown:
        slow = await looking(shown, monkeypatch)
        await press(shown.pilot, "g", "1")
        assert isinstance(shown.app.screen, PeopleScreen)
        slow.let_go.set()
        await press(shown.pilot, "4")
        await until(lambda: job(shown).step is Step.LOOKED)
        await settle(shown.pilot)
        assert job(shown).step is Step.LOOKED
        assert not await is_there(shown)


async def test_the_look_is_stopped_at_once_whatever_waits(
    full: Path, tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with till(full, tmp_path) as shown:
        slow = await looking(shown, monkeypatch)
        await press(shown.pilot, "c", "x")
        assert job(shown).step is Step.CHOOSING
        slow.let_go.set()
        await settle(shown.pilot)
        assert not isinstance(shown.app.screen, Permission)


async def test_nobody_is_stopped_for_good_by_a_key_pressed_ahead(
    full: Path, tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with till(full, tmp_path) as shown:
        slow = Slow(shown.shop.imports, "do_not_text", monkeypatch)
        await press(shown.pilot, "4", "n", "enter")
        assert isinstance(shown.app.screen, StopListScreen)
        await until(lambda: job(shown).step is Step.LOOKING)
        await press(shown.pilot, "g")
        slow.let_go.set()
        says = "See first whom it stops: that is for good. g stops them."
        await until(lambda: says in told(shown))
        assert job(shown).step is Step.LOOKED
        sheet = await shown.shop.people.sheet(shown.shop.people.read_number(ZARA))
        assert sheet.suppression is None


async def test_what_is_locked_forgets_what_waits(
    full: Path, tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with till(full, tmp_path) as shown:
        slow = await looking(shown, monkeypatch)
        kept = shown.app._typeahead._kept
        await press(shown.pilot, "g")
        assert [one.key for one in kept._keys] == ["g"]
        shown.app._typeahead.forget()
        assert not kept._keys
        slow.let_go.set()
        await until(lambda: job(shown).step is Step.LOOKED)
        await settle(shown.pilot)
        assert not await is_there(shown)


# -- which keys wait --


class Job(InParts):
    """One that is only where a test says it is."""

    async def _look(self, stop: asyncio.Event) -> None: ...

    async def _do(self, stop: asyncio.Event) -> None: ...

    def choose_part(self, number: int) -> None: ...


class Alone(FileScreen):
    """A screen that shows a job and nothing else."""

    scope = Scope.IMPORT
    needs_look = ImportScreen.needs_look

    def __init__(self) -> None:
        super().__init__()
        self._job = Job(lambda: NOW, lambda _: None)
        self.result = False

    @property
    def job(self) -> InParts:
        return self._job

    @property
    def has_result(self) -> bool:
        return self.result

    def why_not_unseen(self) -> str:
        return "See it first."


WAITS: tuple[tuple[str, bool, bool], ...] = (
    # a key, whether it waits alone, whether it waits behind another one
    *((key, True, True) for key in ("g", "m", "c", "o", "d", "i", "e", "k", "r", "right")),
    *((key, False, True) for key in ("down", "enter", "f2", "space", "z", "h", "n", "p")),
    *((key, False, False) for key in ("x", "escape", "0", "1", "9", "t", "slash", "b", "f12")),
    *((key, False, False) for key in ("exclamation_mark", "f6", "l", "f10", "ctrl+q", "ctrl+p")),
)


@pytest.mark.parametrize(("key", "alone", "behind"), WAITS)
def test_what_needs_the_look_waits_and_what_leads_away_does_not(
    key: str, alone: bool, behind: bool
) -> None:
    screen = Alone()
    screen.job.step = Step.LOOKING
    assert screen.keeps_key(key, after_others=False) is alone
    assert screen.keeps_key(key, after_others=True) is behind


@pytest.mark.parametrize("step", [one for one in Step if one is not Step.LOOKING])
def test_nothing_waits_where_nothing_is_looked_at(step: Step) -> None:
    screen = Alone()
    screen.job.step = step
    assert not any(screen.keeps_key(key, after_others=True) for key, _, _ in WAITS)


def test_a_changed_key_waits_and_the_one_it_replaced_does_not() -> None:
    put_in_force(own_keys([("import.columns", ("z",))]))
    try:
        screen = Alone()
        screen.job.step = Step.LOOKING
        assert screen.keeps_key("z", after_others=False)
        assert not screen.keeps_key("m", after_others=False)
    finally:
        put_in_force(OwnKeys())


@pytest.mark.parametrize(
    ("seen_before", "keys", "dropped"),
    [
        (False, ["g"], True),
        (False, ["m", "down", "g"], True),
        (False, ["m", "down"], False),
        (True, ["g"], False),
        (True, ["m", "g"], False),
    ],
)
def test_only_what_was_seen_before_is_done_without_a_look(
    seen_before: bool, keys: list[str], dropped: bool
) -> None:
    screen = Alone()
    screen.result = seen_before
    screen.job.step = Step.LOOKING
    for place, key in enumerate(keys):
        assert screen.keeps_key(key, after_others=bool(place))
    screen.result = True  # the look is over
    assert bool(screen.why_dropped(keys)) is dropped
