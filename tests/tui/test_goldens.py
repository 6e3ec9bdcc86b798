"""Every screen as a person last looked at it. Run with `--update-golden`, then look again."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from textual import events

from owners_rules import WHY
from shopbell.domain.campaigns import CampaignState
from shopbell.domain.consent import Purpose
from shopbell.domain.facts import TextDraft
from shopbell.domain.gateway import Outcome
from shopbell.errors import Busy
from shopbell.services.drill import DrillGateway
from shopbell.services.themes import read_themes, shipped_folder
from shopbell.tui import questions
from shopbell.tui.app import ShopbellApp
from shopbell.tui.crash import farewell
from shopbell.tui.door import Door
from shopbell.tui.importing import Step
from shopbell.tui.recovery import Recovery
from shopbell.tui.screens.unlock import Unlock
from shops import ANA, NOW, PASSPHRASE
from tui.counters import Hands, Till, till
from tui.crowded import later, peopled, started, state_of, written
from tui.golden_shop import TroubledStore, short_folder, steady
from tui.rule_lines import at_line
from tui.screens import press, screen_text, settle, type_in
from tui.test_unlock_and_setup import Refusing, comes_to

Keeps = Callable[[str, str], None]

SIZES = ((80, 24), (60, 20), (120, 40))

WALK = (
    ("people", ()),
    ("people-search", ("slash", *"an")),
    ("people-nobody", (*"zzz",)),
    ("contact", ("escape", "home", "enter")),
    ("contact-why", ("down", "w")),
    ("contact-no", ("escape", "n")),
    ("contact-stop", ("escape", "s")),
    ("contact-edit", ("escape", "e")),
    ("contact-complaint", ("escape", "c")),
    ("contact-welcome", ("escape", "g")),
    ("contact-sign-up", ("escape", "y")),
    ("sign-up", ("escape", "1", "n")),
    ("quick-text-who", ("escape", "t")),
    ("quick-text-ready", (*"an", "enter", "1")),
    ("quick-text-typing", ("e", *" Until 6")),
    ("quick-text-refused", ("enter", "escape", "t", *"dana", "enter", "1")),
    ("quick-text-why", ("w",)),
    ("replies", ("escape", "escape", "2")),
    ("outbox", ("3",)),
    ("stop-all", ("exclamation_mark",)),
    ("help", ("escape", "question_mark")),
    ("palette", ("escape", "colon")),
    ("palette-found", (*"stop",)),
    ("colours", ("escape", "colon", *"colours", "enter")),
    ("check", ("escape", "colon", *"check", "enter")),
    ("gateways", ("escape", "colon", *"gateways", "enter")),
    ("gateways-proved", ("p",)),
    ("gateways-choose", ("n",)),
    ("gateways-fill", ("enter",)),
    ("blank", ("escape", "b")),
    ("today", ("space", "0")),
    ("reports", ("8",)),
    ("reports-people", ("right",)),
    ("reports-write", ("x",)),
    ("thread", ("escape", "2", "down", "enter")),
    ("replies-nobody", ("escape", "slash", *"zzz")),
    ("settings", ("escape", "9")),
    ("settings-minutes", ("m",)),
    ("settings-keys", ("escape", "k")),
    ("settings-compact", ("escape", "d")),
    ("people-compact", ("1",)),
)  # fmt: skip
"""Names of screens, each with the keys that lead there from the one before."""

TILL_LIST = """\
First Name,Last Name,Phone Number,Memo,SMS
Nora,Vance,(212) 555-0141,likes peonies,yes
Bo,Lind,212.555.0102,,unsubscribed
Nia,Long,555-0105,,
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    with short_folder() as made:
        yield made


@pytest.fixture(autouse=True)
def _downloads(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "Downloads").mkdir()
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("USERPROFILE", str(folder))


def sized(size: tuple[int, int]) -> str:
    return f"{size[0]}x{size[1]}"


@pytest.mark.parametrize("size", SIZES, ids=sized)
async def test_the_screens_of_a_shop_at_work(
    full: Path, folder: Path, keeps: Keeps, size: tuple[int, int]
) -> None:
    async with till(full, folder, size=size) as shown:
        for name, keys in WALK:
            seen = await press(shown.pilot, *keys)
            keeps(f"{name}-{sized(size)}", steady(seen, folder))


@pytest.mark.parametrize("size", SIZES, ids=sized)
async def test_the_stages_of_an_import(
    full: Path, folder: Path, keeps: Keeps, size: tuple[int, int]
) -> None:
    for name, age, text in (
        ("customers.csv", 0, TILL_LIST),
        ("old-list.csv", 60, "Name,E-mail\nAna,ana@example.com\n"),
    ):
        path = folder / "Downloads" / name
        path.write_text(text)
        os.utime(path, (NOW.timestamp() - age, NOW.timestamp() - age))
    async with till(full, folder, size=size) as shown:

        async def keep(name: str, *keys: str, until: Step) -> None:
            await press(shown.pilot, *keys)
            importing = shown.app._everywhere._importing  # type: ignore[union-attr]
            for _ in range(400):
                if importing.step is until:
                    break
                await asyncio.sleep(0.02)
            assert importing.step is until
            keeps(f"{name}-{sized(size)}", steady(await settle(shown.pilot), folder))

        await keep("import-choose", "4", until=Step.CHOOSING)
        await keep("import-looked", "enter", until=Step.LOOKED)
        await keep("import-columns", "m", until=Step.LOOKED)
        await keep("import-done", "escape", "g", until=Step.DONE)
        await keep("import-again", "escape", until=Step.CHOOSING)
        await keep("import-failed", "down", "enter", until=Step.FAILED)


@pytest.mark.parametrize("size", SIZES, ids=sized)
async def test_the_rules_of_a_shop_that_changed_some(
    empty: Path, folder: Path, keeps: Keeps, size: tuple[int, int]
) -> None:
    async with till(empty, folder, size=size) as shown:

        async def keep(name: str, *keys: str) -> None:
            await press(shown.pilot, *keys)
            shown.app.clear_notifications()
            keeps(f"{name}-{sized(size)}", await settle(shown.pilot))

        rules = shown.shop.rules
        await rules.set_aside("US-TX.hours", WHY, "Ana")
        await rules.declare_emergency("US-LA", note="hurricane")
        await rules.close(date(2026, 12, 24), date(2026, 12, 26), "Christmas")
        await rules.limit(Purpose.MARKETING, 2, 30)
        await rules.price("+1", 7_900, "USD")
        await keep("rules", "7")
        await keep("rules-closing", "c")
        await press(shown.pilot, "escape")
        await keep("rules-week", "g", "up", "end", "space", "home", "r", *["right"] * 5)
        await press(shown.pilot, "escape", "escape")
        await at_line(shown, "Most marketing")
        await keep("rules-limit", "enter")
        shown.app.post_message(events.Paste("2 soon"))
        await keep("rules-limit-refused", "enter")
        await press(shown.pilot, "escape")
        await at_line(shown, "US-AL")
        await keep("rules-row")
        await keep("rules-aside", "s")
        await press(shown.pilot, "right", "tab")
        shown.app.post_message(events.Paste("ok"))
        await press(shown.pilot, "f2")
        # How far the box has moved by itself depends on whether the wait was told.
        shown.app.screen.query_one("#box").scroll_end(animate=False, immediate=True)
        await keep("rules-aside-refused")
        await keep("rules-page", "escape", "enter")


@pytest.mark.parametrize("size", SIZES, ids=sized)
async def test_the_stages_of_a_campaign(
    empty: Path, folder: Path, keeps: Keeps, size: tuple[int, int]
) -> None:
    async with till(empty, folder, size=size) as shown:
        await peopled(shown, 60, names=["NULL", "BO LIND"])
        await written(shown, "{first_name}, wreaths are in! Come by today before 5.")

        async def keep(name: str, *keys: str) -> None:
            await press(shown.pilot, *keys)
            shown.app.clear_notifications()
            keeps(f"{name}-{sized(size)}", await settle(shown.pilot))

        await press(shown.pilot, "5", "enter", "escape")
        await keep("campaigns")
        await keep("campaign-plan", "enter")
        await keep("campaign-held", "end", "enter")
        await keep("campaign-text", "v")
        await keep("campaign-go", "escape", "escape", "g", *"58")
        await keep("campaign-countdown", "enter")
        await nobody_delivers(shown)
        await keep("campaign-taken-back", "u")
        await keep("campaign-end", "x")
        await keep("campaign-ended", "enter")


@pytest.mark.parametrize("size", SIZES, ids=sized)
async def test_a_campaign_that_paused_by_itself(
    empty: Path, folder: Path, keeps: Keeps, size: tuple[int, int]
) -> None:
    async with till(empty, folder, size=size) as shown:
        await peopled(shown, 12)
        made = await started(shown)
        await nobody_delivers(shown)
        shown.gateway.answers.extend([*[Outcome.ACCEPTED] * 4, *[Outcome.UNKNOWN] * 3])
        later(shown, seconds=61)
        assert await shown.shop.delivery.take("the counter screen")
        await shown.shop.delivery.deliver()
        seen = await press(shown.pilot, "5", "enter")
        assert "4 of 12" not in seen
        keeps(f"campaign-paused-{sized(size)}", seen)
        assert await state_of(shown, made) is CampaignState.PAUSED


async def test_the_screens_of_a_shop_that_begins(empty: Path, folder: Path, keeps: Keeps) -> None:
    async with till(empty, folder) as shown:
        for name, keys in (
            ("people", ()),
            ("quick-text-who", ("t",)),
            ("replies", ("escape", "2")),
            ("outbox", ("3",)),
            ("import-choose", ("4",)),
            ("campaigns", ("5",)),
            ("rules", ("7",)),
            ("reports", ("8",)),
            ("check", ("colon", *"check", "enter")),
            ("today", ("escape", "0")),
            ("settings", ("9",)),
            ("gateways", ("colon", *"gateways", "enter")),
            ("past", ("escape", "4", "h")),
            ("stops", ("escape", "4", "n")),
        ):
            seen = await press(shown.pilot, *keys)
            keeps(f"{name}-empty-80x24", steady(seen, folder))
        await press(shown.pilot, "escape", "1", "n")
        await type_in(shown.pilot, "2125550155")
        await press(shown.pilot, "f2", "slash")
        await press(shown.pilot, "enter")
        # How long "Written down" stays is a matter of real time.
        shown.app.clear_notifications()
        seen = await settle(shown.pilot)
        keeps("contact-empty-80x24", steady(seen, folder))


async def nobody_delivers(shown: Till) -> None:
    session = shown.app._session
    assert session is not None
    session._stop.set()
    while session._task is None or not session._task.done():
        await asyncio.sleep(0.02)


async def troubled(shown: Till) -> TroubledStore:
    """Let the file of the shop be slow or busy from now on, for the screens alone."""
    await nobody_delivers(shown)
    desk = shown.shop._desk
    store = TroubledStore(desk.store)
    desk.store = store  # type: ignore[assignment]
    return store


PLACES = (("today", "0"), ("people", "1"), ("replies", "2"), ("outbox", "3"), ("rules", "7"),
          ("campaigns", "5"), ("reports", "8"))  # fmt: skip


async def test_the_places_while_the_file_is_slow(full: Path, folder: Path, keeps: Keeps) -> None:
    async with till(full, folder) as shown:
        await press(shown.pilot, "1")
        store = await troubled(shown)
        for name, key in PLACES:
            store.is_quick.clear()
            await shown.pilot.press(key)
            while "Looking" not in screen_text(shown.app):
                await asyncio.sleep(0.05)
            keeps(f"{name}-loading-80x24", screen_text(shown.app))
            store.is_quick.set()
            await settle(shown.pilot)


async def test_a_thread_while_the_file_is_slow_and_when_it_cannot_be_read(
    full: Path, folder: Path, keeps: Keeps
) -> None:
    async with till(full, folder) as shown:
        await press(shown.pilot, "2", "down")
        store = await troubled(shown)
        store.is_quick.clear()
        await shown.pilot.press("enter")
        seen, before = screen_text(shown.app), ""
        while "Looking" not in seen or seen != before:
            await asyncio.sleep(0.2)
            seen, before = screen_text(shown.app), seen
        keeps("thread-loading-80x24", seen)
        store.is_quick.set()
        await press(shown.pilot, "escape")
        store.error = Busy("Another window is writing.", "Wait a moment.")
        keeps("thread-failed-80x24", await press(shown.pilot, "enter"))
        store.error = None


FURTHER = (
    ("contact", ("1",), ("enter",)),
    ("past", ("4",), ("h",)),
    ("gateways", ("1", "colon", *"gateways"), ("enter",)),
    ("check", ("1", "colon", *"check"), ("enter",)),
)
"""Screens behind a place: the keys to where they are one key away, and that key."""


async def test_the_screens_behind_the_places_while_the_file_is_slow(
    full: Path, folder: Path, keeps: Keeps
) -> None:
    async with till(full, folder) as shown:
        store = await troubled(shown)
        for name, there, key in FURTHER:
            await press(shown.pilot, *there)
            store.is_quick.clear()
            await shown.pilot.press(*key)
            seen, before = screen_text(shown.app), ""
            while "Looking" not in seen or seen != before:
                await asyncio.sleep(0.2)
                seen, before = screen_text(shown.app), seen
            keeps(f"{name}-loading-80x24", steady(seen, folder))
            store.is_quick.set()
            await press(shown.pilot, "escape")


async def test_the_screens_behind_the_places_when_the_file_cannot_be_read(
    full: Path, folder: Path, keeps: Keeps
) -> None:
    async with till(full, folder) as shown:
        store = await troubled(shown)
        for name, there, key in FURTHER:
            await press(shown.pilot, *there)
            store.error = Busy("Another window is writing.", "Wait a moment.")
            seen = await press(shown.pilot, *key)
            keeps(f"{name}-failed-80x24", steady(seen, folder))
            store.error = None
            await press(shown.pilot, "escape")


async def test_the_places_when_the_file_cannot_be_read(
    full: Path, folder: Path, keeps: Keeps
) -> None:
    async with till(full, folder) as shown:
        await press(shown.pilot, "1", "enter")
        store = await troubled(shown)
        store.error = Busy("Another window is writing.", "Wait a moment.")
        for name, keys in (
            *((name, (key,)) for name, key in PLACES),
            ("quick-text-who", ("t",)),
        ):
            keeps(f"{name}-failed-80x24", await press(shown.pilot, *keys))
        store.error = None
        await type_in(shown.pilot, "an")
        await press(shown.pilot, "enter")
        store.error = Busy("Another window is writing.", "Wait a moment.")
        keeps("quick-text-failed-80x24", await press(shown.pilot, "1"))
        store.error = None


@pytest.mark.parametrize("size", SIZES, ids=sized)
async def test_the_lock_and_the_question_before_closing(
    full: Path, folder: Path, keeps: Keeps, size: tuple[int, int]
) -> None:
    async with till(full, folder, size=size) as shown:
        pilot = shown.pilot
        await nobody_delivers(shown)
        assert await shown.shop.delivery.take("the counter screen")
        draft = TextDraft(number=ANA, body="Ready.", purpose=Purpose.SERVICE, topic="orders")
        await shown.shop.outbox.submit(draft)
        await settle(pilot)
        keeps(f"closing-{sized(size)}", await press(pilot, "q"))
        await press(pilot, "escape", "l")
        while not isinstance(shown.app.screen, Unlock):
            await asyncio.sleep(0.02)
        keeps(f"locked-{sized(size)}", steady(await settle(pilot), folder))
        await type_in(pilot, "wrong horse")
        await pilot.press("enter")
        seen = await comes_to(pilot, "does not open")
        keeps(f"unlock-failed-{sized(size)}", steady(seen, folder))
        keeps(f"unlock-code-{sized(size)}", steady(await press(pilot, "f2"), folder))


async def test_the_first_look(full: Path, folder: Path, keeps: Keeps) -> None:
    async with till(full, folder, opens_itself=False) as shown:
        keeps("unlock-80x24", steady(await settle(shown.pilot), folder))


def first_questions(folder: Path) -> ShopbellApp:
    return ShopbellApp(
        Door(
            path=folder / "shop.db",
            clock=Hands(NOW),
            shelf=lambda: Refusing(DrillGateway()),
            guessed_country="US",
            guessed_zone="America/New_York",
        ),
        themes=read_themes([shipped_folder()]),
        crash_folder=folder,
    )


@pytest.mark.parametrize("size", SIZES, ids=sized)
async def test_the_first_questions(
    folder: Path, keeps: Keeps, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(questions, "suggest_passphrase", lambda: PASSPHRASE)
    app = first_questions(folder)
    async with app.run_test(size=size, notifications=True) as pilot:
        await settle(pilot)

        async def keep(name: str, *keys: str) -> None:
            seen = await press(pilot, *keys)
            keeps(f"setup-{name}-{sized(size)}", steady(worded(pilot.app, seen), folder))

        await keep("name")
        await keep("no-name", "enter")
        app.post_message(events.Paste("Fern & Finch"))
        await keep("place", "enter")
        await keep("hours", "enter", "enter")
        await keep("passphrase", "enter")
        await keep("own-words", "right")
        await keep("gateway", "left", "enter")
        await keep("account", "down", "enter")
        await keep("no-account", "f2")
        await press(pilot, "escape", "home")
        await pilot.press("enter")
        seen = await comes_to(pilot, "the recovery code")
        keeps(f"setup-recovery-{sized(size)}", worded(app, seen))


def worded(app: Any, seen: str) -> str:
    """Return the screen with a code that is always the same."""
    for recovery in app.screen.query(Recovery):
        for at, group in enumerate(recovery._groups):
            seen = seen.replace(group, f"GRP{at:02d}"[: len(group)])
    return seen


def test_what_is_left_on_the_terminal_after_a_crash(keeps: Keeps) -> None:
    keeps("crash-with-log", farewell(Path("/home/fern/ana/crash.txt")) + "\n")
    keeps("crash-without-log", farewell(None) + "\n")
