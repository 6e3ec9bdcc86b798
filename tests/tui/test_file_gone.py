"""The shop file is taken away while it is open: said, nothing pretended, nothing sent."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from textual import events

from tui.counters import Till, till
from tui.crowded import unwrapped
from tui.screens import press, settle, type_in

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows lets nobody take away a file that is open"
)

GONE = "The shop file is no longer in its place"


def taken_away(folder: Path) -> Path:
    """Move the file and what stands beside it, as somebody tidying up would."""
    away = folder / "away"
    away.mkdir()
    for path in folder.glob("shop.db*"):
        path.rename(away / path.name)
    return away / "shop.db"


async def text_to_ana(shown: Till, words: str) -> str:
    await press(shown.pilot, "t")
    await type_in(shown.pilot, "an")
    await press(shown.pilot, "enter")
    shown.app.post_message(events.Paste(words))
    await settle(shown.pilot)
    return await press(shown.pilot, "enter", "enter")


async def test_a_text_is_not_taken_and_not_sent_once_the_file_is_gone(
    full: Path, tmp_path: Path
) -> None:
    async with till(full, tmp_path) as shown:
        before = list(shown.gateway.taken)
        taken_away(tmp_path)
        seen = unwrapped(await text_to_ana(shown, "Your wreath is ready."))
        assert GONE in seen
        assert "Put it back" in seen
        assert "Your wreath is ready." in seen, "the words are still there"
        assert shown.gateway.taken == before


async def test_every_place_can_still_be_gone_to_and_nothing_crashes(
    full: Path, tmp_path: Path
) -> None:
    async with till(full, tmp_path) as shown:
        taken_away(tmp_path)
        for key in "0123457819":
            await press(shown.pilot, key)
            assert not shown.app._crashed, key
        shown.app.do_lock()
        await settle(shown.pilot)
        assert not shown.app._crashed


async def test_put_back_it_has_everything_but_what_was_refused(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        away = taken_away(tmp_path)
        await text_to_ana(shown, "Your wreath is ready.")
    (tmp_path / "next").mkdir()
    async with till(away, tmp_path / "next") as shown:
        await press(shown.pilot, "escape")
        texts = (await shown.shop.outbox.find()).rows
        assert texts
        assert "Your wreath is ready." not in [text.body for text in texts]
        assert (await shown.shop.checking.whole()).ok
