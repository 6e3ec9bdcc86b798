"""The welcome on the screens: shown after a yes, sent by one key, by itself, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from doors.door import plain
from shopbell.domain.own_texts import OwnTexts, Welcoming
from shopbell.domain.texts import OutboundText
from tui.counters import Till, till
from tui.screens import press, settle

WHO = ("n", *"2125550155", "enter", "tab")
OFFERS = ("space", "right", "space")


async def signed_up(shown: Till) -> str:
    """Write down a yes to offers alone."""
    await press(shown.pilot, *WHO)
    seen = plain(await press(shown.pilot, *OFFERS))
    assert "[x] offers" in seen
    assert "Up to 4 texts a month." in seen
    await press(shown.pilot, "f2")
    await shown.pilot.pause(0.2)
    return plain(await settle(shown.pilot))


async def texts(shown: Till) -> list[OutboundText]:
    rows = (await shown.shop.outbox.find()).rows
    return [text for text in rows if text.own is not None]


async def test_it_is_shown_with_parts_price_and_promise_and_goes_by_one_key(
    empty: Path, tmp_path: Path
) -> None:
    async with till(empty, tmp_path) as shown:
        seen = await signed_up(shown)
        for said in ("Welcome ", "on our list! Up to 4 offer texts/month", "1 part", "may go now"):
            assert said in seen
        assert "It promises up to 4 a month." in seen
        assert await texts(shown) == []
        await press(shown.pilot, "f2")
        (text,) = await texts(shown)
        assert text.final.text.startswith("Fern & Finch: you're on our list!")


async def test_left_for_now_nothing_is_written(empty: Path, tmp_path: Path) -> None:
    async with till(empty, tmp_path) as shown:
        await signed_up(shown)
        assert "Welcome " not in await press(shown.pilot, "escape")
        assert await texts(shown) == []


async def test_words_that_lack_something_are_refused_with_what_is_missing(
    empty: Path, tmp_path: Path
) -> None:
    async with till(empty, tmp_path) as shown:
        await signed_up(shown)
        seen = plain(await press(shown.pilot, *"Sale "))
        assert "is an offer" in seen
        assert "not allowed" in seen
        assert "is an offer" in plain(await press(shown.pilot, "f2"))
        assert await texts(shown) == []


@pytest.mark.parametrize(
    ("chosen", "written", "said"),
    [(Welcoming.ALWAYS, 1, "Their welcome is on its way."), (Welcoming.NEVER, 0, "said yes")],
)
async def test_the_owners_standing_choice_is_kept(
    empty: Path, tmp_path: Path, chosen: Welcoming, written: int, said: str
) -> None:
    async with till(empty, tmp_path) as shown:
        await shown.shop.welcomes.choose(OwnTexts(welcoming=chosen))
        seen = await signed_up(shown)
        assert said in seen
        assert "Send the welcome" not in seen
        assert len(await texts(shown)) == written
