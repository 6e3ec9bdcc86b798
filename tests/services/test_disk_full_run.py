"""A disk that fills up in the middle of a campaign: it stands still, says why, and goes on."""

from __future__ import annotations

import asyncio
from collections import Counter as Count
from typing import TYPE_CHECKING

import pytest

from crowds import campaign, crowd
from shopbell.domain.campaigns import Bucket, CampaignState
from shopbell.services.events import Event, Happened
from shops import Counter, SteppingClock

if TYPE_CHECKING:
    from sqlite_utils import Database

PEOPLE = 60
FOR_EVER = 1_000_000


def room(db: Database, pages: int) -> None:
    """Let the file take so many pages; beyond them SQLite itself says that the disk is full."""
    db.execute(f"PRAGMA max_page_count = {pages}").fetchone()


def pages(db: Database) -> int:
    return int(db.execute("PRAGMA page_count").fetchone()[0])


async def full_disk(counter: Counter, *, more: int) -> None:
    store = counter.shop._desk.store
    await store.read(room, await store.read(pages) + more)


async def make_room(counter: Counter) -> None:
    await counter.shop._desk.store.read(room, FOR_EVER)


@pytest.mark.parametrize("more", [0, 1, 2, 3, 5], ids="{} pages left".format)
async def test_nobody_gets_two_and_nobody_is_lost_when_there_is_room_again(
    counter: Counter, more: int
) -> None:
    numbers = await crowd(counter, PEOPLE)
    made = await campaign(counter)
    await counter.shop.runs.approve(made.id, PEOPLE)
    await counter.shop.runs.start(made.id, hold_seconds=0)
    counter.shop._desk.clock = SteppingClock(counter.clock)
    stop, events = asyncio.Event(), list[Event]()
    await full_disk(counter, more=more)
    watching = asyncio.ensure_future(counter.shop.delivery.watch("here", stop, events.append))
    try:
        await until(lambda: any(one.kind is Happened.TROUBLE for one in events))
        while_full = len(counter.gateway.taken)
        assert while_full < PEOPLE
        assert not watching.done(), "a full disk does not end who delivers"
        await make_room(counter)
        for _ in range(3000):
            if (await counter.shop.campaigns.get(made.id)).state is CampaignState.DONE:
                break
            await asyncio.sleep(0.01)
    finally:
        stop.set()
        await watching
    said = {one.note for one in events if one.kind is Happened.TROUBLE}
    assert said == {"The disk is full. The last change was not saved."}
    taken = Count(one.to for one in counter.gateway.taken)
    assert taken == Count(numbers), "everybody once"
    tally = (await counter.shop.plans.show(made.id)).tally
    assert tally.balances
    assert tally.of(Bucket.SENT) + tally.of(Bucket.UNKNOWN) == PEOPLE
    assert not counter.shop.delivery.is_ours


async def test_somebody_who_stops_the_watch_need_not_wait_for_room(counter: Counter) -> None:
    await crowd(counter, 30)
    made = await campaign(counter)
    await counter.shop.runs.approve(made.id, 30)
    await counter.shop.runs.start(made.id, hold_seconds=0)
    counter.shop._desk.clock = SteppingClock(counter.clock)
    stop, events = asyncio.Event(), list[Event]()
    await full_disk(counter, more=0)
    watching = asyncio.ensure_future(counter.shop.delivery.watch("here", stop, events.append))
    await until(lambda: any(one.kind is Happened.TROUBLE for one in events))
    stop.set()
    await watching
    assert not counter.shop.delivery.is_ours
    await make_room(counter)


async def until(is_so: object) -> None:
    for _ in range(3000):
        if is_so():  # type: ignore[operator]
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it never came to be so")
