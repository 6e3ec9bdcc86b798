"""A counter with many people who agreed to offers, for the screens of campaigns."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import Any

from crowds import a_campaign, crowd
from shopbell.domain.campaigns import Bucket, CampaignState
from shopbell.domain.ids import CampaignId
from shops import Counter
from tui.counters import Till
from tui.screens import settle

BODY = "{first_name|there}, wreaths are in!"


def counter_of(shown: Till) -> Counter:
    """Return the shop on the screen as tests of services hold one."""
    return Counter(shop=shown.shop, clock=shown.clock, gateway=shown.gateway, path=shown.shop.path)


async def peopled(shown: Till, count: int, names: Sequence[str] = ()) -> None:
    """Add people who said yes to offers."""
    await crowd(counter_of(shown), count, names=names)


async def written(shown: Till, body: str = BODY, **more: Any) -> CampaignId:
    """Write a campaign to everybody."""
    return (await shown.shop.campaigns.create(a_campaign(body, **more))).id


async def started(shown: Till, body: str = BODY) -> CampaignId:
    """Write, approve and start a campaign; its countdown runs."""
    made = await written(shown, body)
    plan = await shown.shop.plans.plan(made)
    await shown.shop.runs.approve(made, plan.to_send)
    await shown.shop.runs.start(made)
    return made


def later(shown: Till, **by: float) -> None:
    """Let time pass while somebody sits at the counter."""
    shown.clock.advance(**by)
    shown.app._idle.start(shown.clock.now())


async def until(is_so: Callable[[], Any]) -> None:
    """Wait until something is so; it may be a question to the shop."""
    for _ in range(1500):
        answer = is_so()
        if await answer if asyncio.iscoroutine(answer) else answer:
            return
        await asyncio.sleep(0.02)
    raise AssertionError("it never came to be so")


async def comes_to(shown: Till, words: str) -> str:
    """Wait until the screen says something."""
    for _ in range(600):
        seen = await settle(shown.pilot)
        if words in unwrapped(seen):
            return seen
        await asyncio.sleep(0.02)
    raise AssertionError(f"never said {words!r}:\n{seen}")


async def state_of(shown: Till, made: CampaignId) -> CampaignState:
    """Return where a campaign is."""
    return (await shown.shop.campaigns.get(made)).state


async def stand(shown: Till, made: CampaignId) -> dict[Bucket, int]:
    """Return where its people stand, without those places where nobody does."""
    tally = (await shown.shop.plans.show(made)).tally
    assert tally.balances
    return {bucket: count for bucket, count in tally.by_bucket if count}


def unwrapped(seen: str) -> str:
    """Return the words of a screen in one line, however they were folded."""
    return " ".join(seen.replace("▌", " ").replace("│", " ").split())
