"""Locking stops what this window delivers: it says so, and goes on after unlocking."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from shopbell.domain.campaigns import CampaignState
from shopbell.tui.screens.unlock import Unlock
from tui.counters import Till, till
from tui.crowded import later, peopled, started, state_of, until, unwrapped
from tui.screens import press, settle, type_in

SAYS = "A campaign waits meanwhile and will go on once it is unlocked, in its hours."


async def locked(shown: Till) -> str:
    await until(lambda: isinstance(shown.app.screen, Unlock))
    return unwrapped(await settle(shown.pilot))


async def test_a_campaign_waits_for_the_passphrase_and_goes_on_with_it(
    empty: Path, tmp_path: Path
) -> None:
    async with till(empty, tmp_path) as shown:
        await peopled(shown, 3)
        made = await started(shown)
        await until(lambda: shown.shop.delivery.is_ours)
        await press(shown.pilot, "l")
        seen = await locked(shown)
        assert f"Locked. {SAYS}" in seen
        assert "wreaths" not in seen.lower(), "a locked screen tells nothing about the shop"
        assert shown.gateway.taken == []
        await type_in(shown.pilot, "maple harbor violin candle")
        await press(shown.pilot, "enter")
        await until(lambda: not isinstance(shown.app.screen, Unlock))
        later(shown, seconds=61)
        await until(lambda: len(shown.gateway.taken) == 3)
        shop = shown.app._session.shop  # type: ignore[union-attr]

        async def is_done() -> bool:
            return (await shop.campaigns.get(made)).state is CampaignState.DONE

        await until(is_done)


async def test_quiet_minutes_say_it_too(empty: Path, tmp_path: Path) -> None:
    async with till(empty, tmp_path) as shown:
        await peopled(shown, 2)
        await started(shown)
        await until(lambda: shown.shop.delivery.is_ours)
        shown.app._idle._after = timedelta(0)
        seen = await locked(shown)
        assert SAYS in seen


async def test_without_a_campaign_at_work_there_is_nothing_to_say(
    empty: Path, tmp_path: Path
) -> None:
    async with till(empty, tmp_path) as shown:
        await peopled(shown, 2)
        made = await started(shown)
        await shown.shop.runs.take_back(made)
        assert await state_of(shown, made) is CampaignState.APPROVED
        await press(shown.pilot, "l")
        seen = await locked(shown)
        assert "Locked." in seen
        assert "campaign waits" not in seen
