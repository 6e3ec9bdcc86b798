"""Four processes on one file: two that deliver, two that write texts; one is killed at random.

One delivers at any moment, nothing goes twice, nothing that was written is lost, and when the one
that delivers dies the other takes over without being told.
"""

from __future__ import annotations

import asyncio
import os
import random
import signal
from itertools import pairwise
from pathlib import Path

import pytest

from apart import ended
from shopbell.domain.texts import State
from shopbell.services import delivery
from survival.street import Street, street

NIGHTLY = bool(os.environ.get("SHOPBELL_NIGHTLY"))
PEOPLE = 200 if NIGHTLY else 16
FOUR = ("one that delivers", "another that delivers", "a script", "another script")
AT_REST = frozenset({State.ACCEPTED, State.SENT, State.DELIVERED})


async def all_at_rest(here: Street) -> int:
    """Wait until everything that was written has left; return how many texts that are."""
    async with here.inside() as shop:
        while True:
            texts = (await shop.outbox.find(count=10_000)).rows
            if {text.state for text in texts} <= AT_REST:
                return len(texts)
            await asyncio.sleep(0.05)


async def who_sent(here: Street, logs: tuple[Path, ...]) -> list[int]:
    """Return which process sent each text, in the order in which the gateway took them."""
    async with here.inside() as shop:
        ids = {text.ref: text.id for text in (await shop.outbox.find(count=10_000)).rows}
    sender = {}
    for place, log in enumerate(logs):
        for line in log.read_text().splitlines() if log.exists() else ():
            text_id, _, state = line.partition(" ")
            if state == State.ACCEPTED:
                sender[int(text_id)] = place
    order = [ids[text.ref] for text in here.gateway.seen()]
    return [sender[text_id] for text_id in order if text_id in sender]


@pytest.mark.timeout(900 if NIGHTLY else 120)
@pytest.mark.parametrize("killed", FOUR)
async def test_one_of_four_is_killed_and_nothing_goes_twice_or_is_lost(
    tmp_path: Path, killed: str
) -> None:
    dice = random.Random(killed)
    logs = (tmp_path / "log0", tmp_path / "log1")
    folder = tmp_path / "shop"
    folder.mkdir()
    async with street(folder, PEOPLE, start=False) as here:
        half = PEOPLE // 2
        first = here.sender(FOUR[0], logs[0])
        # The lease is the first one's by now: it holds it while it waits for texts.
        lease = here.file.with_name(f"{here.file.name}.sender")
        while not lease.exists():
            await asyncio.sleep(0.01)
        four = [
            first,
            here.sender(FOUR[1], logs[1]),
            here.script(here.numbers[:half]),
            here.script(here.numbers[half:]),
        ]
        doomed = four.pop(FOUR.index(killed))
        try:
            await here.until_taken(dice.randrange(1, PEOPLE // 3), first)
        finally:
            doomed.kill()
        assert ended(doomed) in {-signal.SIGKILL, 0}
        for script in [one for one in four if one not in four[: 2 - (killed in FOUR[:2])]]:
            assert ended(script) == 0
            four.remove(script)
        written = await all_at_rest(here)
        for left in four:
            left.kill()
            assert ended(left) == -signal.SIGKILL
        assert set(here.arrived().values()) == {1}
        assert here.taken() == written
        assert written == PEOPLE or killed in FOUR[2:]
        places = await who_sent(here, logs)
        changes = sum(one != other for one, other in pairwise(places))
        assert changes <= (killed == FOUR[0])


def test_whoever_waits_for_the_lease_looks_for_it_several_times_a_second() -> None:
    """So that it moves within two seconds of a death, whatever else there is to do."""
    assert 4 * delivery._NOTICE_SECONDS <= 2
