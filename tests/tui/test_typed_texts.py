"""What was typed to somebody outlives the lock, the end of the app and a lost terminal."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
from pathlib import Path

import pytest
from textual import events

from journeys.pseudo_terminal import PseudoTerminal
from journeys.terminal import PASSPHRASE
from shopbell.errors import Busy
from shops import ANA
from tui.counters import Till, build, till
from tui.screens import press, settle, type_in

WORDS = "Your wreath is nearly"


async def typed(shown: Till, words: str = WORDS) -> str:
    """Write to Ana, and leave the box open."""
    await press(shown.pilot, "t")
    await type_in(shown.pilot, "an")
    await press(shown.pilot, "enter")
    shown.app.post_message(events.Paste(words))
    return await settle(shown.pilot)


async def found(shown: Till) -> str:
    """Return what the box for Ana says when it is opened."""
    await press(shown.pilot, "t")
    await type_in(shown.pilot, "an")
    return await press(shown.pilot, "enter")


async def kept(folder: Path, shop: Path) -> list[tuple[str, str]]:
    """Return what the file keeps, as the next window finds it."""
    folder.mkdir()
    async with till(shop, folder) as shown:
        return [(one.number, one.body) for one in await shown.shop.typed_texts.take_out()]


async def test_what_was_typed_when_the_app_ends_is_there_when_it_begins(
    full: Path, tmp_path: Path
) -> None:
    async with till(full, tmp_path) as shown:
        assert WORDS in await typed(shown)
    (tmp_path / "next").mkdir()
    async with till(tmp_path / "shop.db", tmp_path / "next") as shown:
        await press(shown.pilot, "escape")  # a copied file asks whether it is the one that sends
        assert WORDS in await found(shown)


async def test_what_was_typed_when_it_locks_is_there_when_it_is_unlocked(
    full: Path, tmp_path: Path
) -> None:
    async with till(full, tmp_path) as shown:
        await typed(shown)
        shown.clock.advance(hours=1)
        shown.app._look_at_the_time()
        assert "Passphrase" in await settle(shown.pilot)
        assert WORDS not in await settle(shown.pilot)
        await type_in(shown.pilot, PASSPHRASE)
        await press(shown.pilot, "enter")
        assert WORDS in await found(shown)


async def test_a_text_that_left_or_was_emptied_is_not_kept(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        await typed(shown, "Your wreath is ready.")
        assert "On its way to Ana Reyes." in await press(shown.pilot, "enter", "enter")
        shown.app.clear_notifications()
        assert "Your wreath is ready." not in await typed(shown, "x")
        assert "Text somebody" in await press(shown.pilot, "backspace")
        await press(shown.pilot, "escape")
    assert await kept(tmp_path / "next", tmp_path / "shop.db") == []


async def test_what_was_taken_up_again_and_sent_is_gone_from_the_file(
    full: Path, tmp_path: Path
) -> None:
    async with till(full, tmp_path) as shown:
        await typed(shown)
    one, two = tmp_path / "one", tmp_path / "two"
    one.mkdir()
    async with till(tmp_path / "shop.db", one) as shown:
        await press(shown.pilot, "escape")
        assert WORDS in await found(shown)
        shown.app.post_message(events.Paste(" ready."))
        seen = await settle(shown.pilot)
        while "Text somebody" in seen:
            seen = await press(shown.pilot, "enter")
    assert await kept(two, one / "shop.db") == []


async def test_a_file_that_cannot_be_written_does_not_hold_the_lock_up(
    full: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with till(full, tmp_path) as shown:
        await typed(shown)

        async def busy(_: object) -> None:
            raise Busy("Another window is writing.", "Wait a moment.")

        monkeypatch.setattr(shown.shop.typed_texts, "put_back", busy)
        shown.app.do_lock()
        assert "Passphrase" in await settle(shown.pilot)
    assert await kept(tmp_path / "next", tmp_path / "shop.db") == []


async def test_a_file_that_cannot_be_read_opens_all_the_same(
    full: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def busy(_: object) -> None:
        raise Busy("Another window is writing.", "Wait a moment.")

    monkeypatch.setattr("shopbell.services.typed_texts.TypedTexts.take_out", busy)
    async with till(full, tmp_path) as shown:
        assert "find by name" in await settle(shown.pilot)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signal for a lost terminal")
def test_what_was_typed_when_the_terminal_is_lost_is_there_in_the_next_one(tmp_path: Path) -> None:
    shop = tmp_path / "shop.db"
    asyncio.run(build(shop))
    home = {name: str(tmp_path) for name in ("HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME")}
    now = "2026-11-24T10:45:00-05:00"
    command = (sys.executable, "-m", "shopbell", "--file", str(shop), "--now", now)
    first, second = PseudoTerminal(), PseudoTerminal()
    try:
        for terminal in (first, second):
            terminal.start(command, home, tmp_path)
            terminal.wait_for("Passphrase")
            terminal.press(f"{PASSPHRASE}\r")
            terminal.wait_for("find by name")
            terminal.press("t")
            terminal.wait_for("Text somebody")
            terminal.press("ana rey\r")
            terminal.wait_for(ANA[-4:], "running late" if terminal is first else WORDS)
            if terminal is first:
                terminal.press(f"\x1b[200~{WORDS}\x1b[201~")
                terminal.wait_for(WORDS)
                assert first._process is not None
                os.kill(first._process.pid, signal.SIGHUP)
                end = time.monotonic() + 60
                while first._process.poll() is None:
                    assert time.monotonic() < end, "it never ended"
                    first._read()
    finally:
        first.close()
        second.close()
