"""Who is on file twice, whose yes runs out, whom to ask; merging, welcoming, forgetting."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from shopbell.domain.consent import Purpose
from shopbell.domain.ids import E164
from shopbell.domain.people import ContactDraft
from shopbell.errors import Busy
from shopbell.tui.frame import FrameScreen
from shopbell.tui.screens.doubles import DoublesScreen
from shopbell.tui.screens.reconfirm import ReconfirmScreen
from shops import ANA, a_yes
from tui.counters import Till, till
from tui.screens import HOSTILE, press, screen_text, settle, type_in
from tui.test_goldens import troubled
from tui.test_hostile import is_safe

Keeps = Callable[[str, str], None]

SECOND = E164("+12125550181")
LONG_AGO = datetime(2025, 6, 20, 12, tzinfo=UTC)


async def ana_twice(shown: Till, **more: str) -> None:
    await shown.shop.people.add(
        ContactDraft(number=SECOND, name="Ana Reyes", note="dog called Biscuit", **more)
    )


async def an_old_yes(shown: Till) -> None:
    yes = a_yes(SECOND, Purpose.MARKETING, ("offers",), at=LONG_AGO)
    await shown.shop.consents.grant(replace(yes, at=LONG_AGO))


async def sheet(shown: Till, who: E164) -> str:
    screen = shown.app.screen
    assert isinstance(screen, FrameScreen)
    screen.post_message(screen.PersonOpened(who))
    await shown.pilot.pause(0.05)
    return await settle(shown.pilot)


async def test_two_contacts_become_one_person_by_keys_alone(
    full: Path, tmp_path: Path, keeps: Keeps
) -> None:
    async with till(full, tmp_path) as shown:
        await ana_twice(shown)
        seen = await press(shown.pilot, "d")
        assert isinstance(shown.app.screen, DoublesScreen)
        assert "the same name" in seen
        box = await press(shown.pilot, "m")
        keeps("doubles-merge-80x24", box)
        assert "…0101 is kept" in box
        assert "Nobody seems to be on file twice." not in await press(shown.pilot, "escape")
        await press(shown.pilot, "m")
        seen = await press(shown.pilot, "enter")
        assert "Nobody seems to be on file twice." in seen
        kept = await shown.shop.people.by_number(ANA)
        assert kept is not None
        assert kept.note == "likes peonies\ndog called Biscuit"
        await press(shown.pilot, "escape")
        assert (await shown.shop.people.find()).total == 12
        seen = await sheet(shown, ANA)
        assert "The same person: …0181." in seen
        await press(shown.pilot, "u", "enter")
        assert (await shown.shop.people.find()).total == 13
        assert "The same person" not in await settle(shown.pilot)


async def test_a_merge_is_taken_back_only_where_there_was_one(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        await sheet(shown, ANA)
        assert "This number was not merged" in await press(shown.pilot, "u")


async def test_enter_opens_the_sheet_of_the_double(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        await ana_twice(shown)
        await press(shown.pilot, "d", "down")
        assert "dog called Biscuit" in await press(shown.pilot, "enter")


async def test_nobody_twice_and_nobody_to_ask_again_says_what_comes_here(
    full: Path, tmp_path: Path, keeps: Keeps
) -> None:
    async with till(full, tmp_path) as shown:
        keeps("doubles-empty-80x24", await press(shown.pilot, "d"))
        await press(shown.pilot, "escape")
        keeps("reconfirm-empty-80x24", await press(shown.pilot, "r"))
        assert isinstance(shown.app.screen, ReconfirmScreen)
        assert "/ find by name" in await press(shown.pilot, "escape")
        await press(shown.pilot, "d", "m")
        assert isinstance(shown.app.screen, DoublesScreen)


async def test_whose_yes_runs_out_is_asked_and_written_down(
    full: Path, tmp_path: Path, keeps: Keeps
) -> None:
    async with till(full, tmp_path) as shown:
        await ana_twice(shown)
        await an_old_yes(shown)
        seen = await press(shown.pilot, "r")
        assert "Ana Reyes" in seen
        assert "until 2" in seen
        assert "Write down a yes" in await press(shown.pilot, "y")
        await press(shown.pilot, "escape")
        assert "dog called Biscuit" in await press(shown.pilot, "enter")


async def test_whom_to_ask_at_the_next_visit_is_one_key(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        seen = await press(shown.pilot, "a")
        (total,) = {(await shown.shop.people.find()).total}
        assert "people" in seen
        rows = seen.count("not asked yet")
        assert 0 < rows < total
        assert "12 people" in await press(shown.pilot, "a")


async def test_the_lists_wait_and_fail_with_a_sentence(
    full: Path, tmp_path: Path, keeps: Keeps
) -> None:
    async with till(full, tmp_path) as shown:
        store = await troubled(shown)
        for name, key in (("doubles", "d"), ("reconfirm", "r")):
            store.is_quick.clear()
            await shown.pilot.press(key)
            while "Looking" not in screen_text(shown.app):
                await asyncio.sleep(0.05)
            keeps(f"{name}-loading-80x24", screen_text(shown.app))
            store.is_quick.set()
            await settle(shown.pilot)
            await press(shown.pilot, "escape")
            store.error = Busy("Another window is writing.", "Wait a moment.")
            keeps(f"{name}-failed-80x24", await press(shown.pilot, key))
            store.error = None
            await press(shown.pilot, "escape")


async def test_the_welcome_that_is_due_is_shown_with_its_price_and_sent(
    full: Path, tmp_path: Path
) -> None:
    async with till(full, tmp_path) as shown:
        await sheet(shown, ANA)
        box = await press(shown.pilot, "g")
        assert "Welcome Ana Reyes" in box
        assert "part" in box
        await press(shown.pilot, "f2")
        found = await shown.shop.outbox.find(number=ANA)
        assert any("on our list" in text.body for text in found.rows)
        assert "Welcome Ana Reyes" not in await press(shown.pilot, "g")


async def test_a_person_is_forgotten_only_once_the_digits_are_typed(
    full: Path, tmp_path: Path, keeps: Keeps
) -> None:
    async with till(full, tmp_path) as shown:
        await sheet(shown, ANA)
        box = await press(shown.pilot, "d")
        assert "Goes for good: name, notes and wishes" in box
        assert "not the end of this number" in await press(shown.pilot, "f2")
        await type_in(shown.pilot, "0102")
        assert "not the end of this number" in await press(shown.pilot, "f2")
        assert await shown.shop.people.by_number(ANA) is not None
        await press(shown.pilot, *("backspace",) * 4)
        await type_in(shown.pilot, "0101")
        seen = await press(shown.pilot, "f2")
        assert await shown.shop.people.by_number(ANA) is None
        assert "Nothing may be sent." in seen
        assert "Ana Reyes" not in seen


async def test_hostile_names_are_harmless_in_every_new_list_and_box(
    hostile: Path, tmp_path: Path
) -> None:
    async with till(hostile, tmp_path) as shown:
        for index, text in enumerate(HOSTILE[:3]):
            storable = text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
            await shown.shop.people.add(
                ContactDraft(
                    number=E164(f"+1212555{180 + index:04d}"),
                    name=f"{storable} twin",
                    email="same@example.com",
                )
            )
        for keys in (("d", "m", "escape", "down", "m", "enter", "escape"), ("r", "escape")):
            for key in keys:
                assert is_safe(await press(shown.pilot, key))
        await press(shown.pilot, "enter")
        for key in ("c", "escape", "d", "escape", "g", "escape", "u", "escape"):
            assert is_safe(await press(shown.pilot, key))
        assert not shown.app._crashed
