"""Every screen in every state it can be in: kept, and looked at by a person."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from textual import events

from shopbell.errors import Busy
from shopbell.services.shop import Shop
from shopbell.tui.door import Door
from shopbell.tui.screens.unlock import Unlock
from tui.counters import Till, till
from tui.crowded import comes_to, peopled, written
from tui.golden_shop import TroubledStore, short_folder, steady
from tui.screens import GOLDEN, press, screen_text, settle
from tui.state_table import KEPT_ON_THE_WAY, SIZES, STATES, Never, wanted
from tui.test_goldens import sized, troubled
from tui.ways import NOT_SHOWN, WAYS, all_screens, at_rest, furnish, go

Keeps = Callable[[str, str], None]

BUSY = Busy("Another window is writing.", "Wait a moment.")


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    with short_folder() as made:
        (made / "Downloads").mkdir()
        for variable in ("HOME", "USERPROFILE"):
            monkeypatch.setenv(variable, str(made))
        yield made


def test_every_screen_has_a_row_in_the_table() -> None:
    assert set(STATES) == set(all_screens()) - set(NOT_SHOWN)


def test_every_picture_of_the_table_is_kept() -> None:
    assert wanted() <= {path.stem for path in GOLDEN.glob("*.txt")}


def test_a_state_that_cannot_be_is_told_in_a_sentence() -> None:
    for name, states in STATES.items():
        for one in (states.full, states.empty, states.loading, states.failed):
            assert (len(one.split()) > 4) == isinstance(one, Never), f"{name}: {one}"


def test_no_two_screens_share_a_picture() -> None:
    full = [states.full for states in STATES.values()]
    assert len(full) == len(set(full))


@pytest.mark.parametrize("name", sorted(wanted()))
def test_a_kept_picture_fits_its_size_and_says_what_its_state_says(name: str) -> None:
    path = GOLDEN / f"{name}.txt"
    width, height = map(int, name.rpartition("-")[2].split("x"))
    lines = path.read_text(encoding="utf-8").splitlines()
    assert len(lines) <= height
    assert max(map(cell_len, lines)) <= width
    assert any(line.strip() for line in lines)
    if name == "quick-text-failed-80x24" or "-failed-" in name:
        assert "!" in path.read_text(encoding="utf-8"), "a failure has its sign"
    if "-loading-" in name:
        assert "…" in path.read_text(encoding="utf-8")


async def keep_all_sizes(shown: Till, keeps: Keeps, name: str, folder: Path) -> None:
    """Keep what is on the screen at every size; one start of the app serves them all."""
    shown.app.clear_notifications()
    for size in (*SIZES[1:], SIZES[0]):
        await shown.pilot.resize_terminal(*size)
        keeps(f"{name}-{sized(size)}", steady(await settle(shown.pilot), folder))


async def test_the_boxes_and_lists_behind_the_places(
    full: Path, folder: Path, keeps: Keeps
) -> None:
    async with till(full, folder) as shown:
        await furnish(shown, folder)
        for way in WAYS:
            if way.to in KEPT_ON_THE_WAY:
                await go(shown, way.to)
                await keep_all_sizes(shown, keeps, KEPT_ON_THE_WAY[way.to], folder)


async def while_slow(
    shown: Till, store: TroubledStore, keys: tuple[str, ...], word: str = "Looking"
) -> str:
    """Press keys while the file keeps everybody waiting; return what is seen meanwhile."""
    store.is_quick.clear()
    await shown.pilot.press(*keys)
    seen, before = screen_text(shown.app), ""
    for _ in range(300):
        if word in seen and seen == before:
            break
        await asyncio.sleep(0.2)
        seen, before = screen_text(shown.app), seen
    assert word in seen, seen
    store.is_quick.set()
    await at_rest(shown)
    return seen


async def test_a_campaign_and_its_people_while_the_file_is_slow_and_when_it_cannot_be_read(
    empty: Path, folder: Path, keeps: Keeps
) -> None:
    async with till(empty, folder) as shown:
        await peopled(shown, 3)
        await written(shown)
        await press(shown.pilot, "5", "enter", "escape")
        store = await troubled(shown)

        async def slow(name: str, *keys: str, word: str = "Looking") -> None:
            keeps(f"{name}-loading-80x24", await while_slow(shown, store, keys, word))

        async def broken(name: str, *keys: str) -> None:
            store.error = BUSY
            await press(shown.pilot, *keys)
            shown.app.clear_notifications()
            keeps(f"{name}-failed-80x24", await settle(shown.pilot))
            store.error = None

        await slow("campaign", "enter", word="Deciding about everybody")
        await slow("chosen", "enter")
        await press(shown.pilot, "escape")
        await broken("chosen", "enter")
        await press(shown.pilot, "escape")
        await slow("real-texts", "v")
        await broken("real-texts", "right")
        await press(shown.pilot, "escape")
        await press(shown.pilot, "5")
        await broken("campaign", "enter")
        await press(shown.pilot, "5", "enter", "e")
        await keep_all_sizes(shown, keeps, "draft", folder)
        keeps("draft-loading-80x24", await while_slow(shown, store, ("space",)))
        await broken("draft", "backspace")
        await press(shown.pilot, "f3", "down")
        keeps("audience-loading-80x24", await while_slow(shown, store, ("right",), "Counting"))
        await broken("audience", "right")
        await press(shown.pilot, "up", "up")
        shown.app.post_message(events.Paste("zzz"))
        keeps("audience-nobody-80x24", await settle(shown.pilot))


async def test_nobody_to_show(empty: Path, folder: Path, keeps: Keeps) -> None:
    async with till(empty, folder) as shown:
        keeps("draft-empty-80x24", await press(shown.pilot, "5", "n"))
        await press(shown.pilot, "escape")
        await written(shown)
        await press(shown.pilot, "5")
        keeps("campaign-empty-80x24", await press(shown.pilot, "enter"))
        await peopled(shown, 1)
        await press(shown.pilot, "5", "enter", "enter", "x")
        shown.app.clear_notifications()
        keeps("chosen-empty-80x24", await settle(shown.pilot))
        await palette(shown, "reminders")
        keeps("reminders-empty-80x24", await press(shown.pilot, "enter"))


async def palette(shown: Till, word: str) -> None:
    """Look for a command; Enter runs it."""
    await press(shown.pilot, "escape", "colon")
    shown.app.post_message(events.Paste(word))
    await settle(shown.pilot)


async def test_the_boxes_and_lists_while_the_file_is_slow_and_when_it_cannot_be_read(
    full: Path, folder: Path, keeps: Keeps
) -> None:
    (folder / "Downloads" / "customers.csv").write_text("Name,Phone\nNora,(212) 555-0141\n")
    async with till(full, folder) as shown:
        store = await troubled(shown)
        keeps("quick-text-loading-80x24", await while_slow(shown, store, ("t",)))
        await palette(shown, "reminders")
        keeps("reminders-loading-80x24", await while_slow(shown, store, ("enter",)))
        await palette(shown, "reminders")
        store.error = BUSY
        keeps("reminders-failed-80x24", await press(shown.pilot, "enter"))
        store.error = None
        await press(shown.pilot, "4")
        await at_rest(shown)
        keeps("import-loading-80x24", await while_slow(shown, store, ("enter",)))
        await press(shown.pilot, "escape", "n")
        await at_rest(shown)
        keeps("stops-loading-80x24", await while_slow(shown, store, ("enter",)))
        await press(shown.pilot, "escape")
        (folder / "Downloads" / "customers.csv").write_text("Name,E-mail\nNora,n@example.com\n")
        await press(shown.pilot, "enter")
        await at_rest(shown)
        keeps("stops-failed-80x24", steady(await settle(shown.pilot), folder))


async def test_the_lock_at_every_size_and_while_it_opens(
    full: Path, folder: Path, keeps: Keeps, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with till(full, folder, opens_itself=False) as shown:
        for size in (*SIZES[1:], SIZES[0]):
            await shown.pilot.resize_terminal(*size)
            keeps(f"unlock-{sized(size)}", steady(await settle(shown.pilot), folder))
        assert isinstance(shown.app.screen, Unlock)
        may_open, unlock = asyncio.Event(), Door.unlock

        async def slow(door: Door, *secret: Any, **more: Any) -> Shop:
            await may_open.wait()
            return await unlock(door, *secret, **more)

        monkeypatch.setattr(Door, "unlock", slow)
        shown.app.post_message(events.Paste("wrong horse"))
        await settle(shown.pilot)
        await shown.pilot.press("enter")
        for _ in range(300):
            if "Unlocking" in screen_text(shown.app):
                break
            await asyncio.sleep(0.02)
        keeps("unlock-loading-80x24", steady(screen_text(shown.app), folder))
        may_open.set()
        await comes_to(shown, "does not open")
