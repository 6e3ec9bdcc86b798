"""`kill -9` at random moments of a campaign: everybody gets one text, and every row says so.

By day a few short campaigns; with SHOPBELL_NIGHTLY two hundred, each to 500 people.
"""

from __future__ import annotations

import os
import random
import signal
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from apart import ended
from survival.street import street

NIGHTLY = bool(os.environ.get("SHOPBELL_NIGHTLY"))
RUNS = range(200 if NIGHTLY else 2)
PEOPLE = 500 if NIGHTLY else 40
KILLS = 4 if NIGHTLY else 3
LONGEST_AFTER_S = 0.03
"""A text takes some milliseconds: by then the kill has met any step of one of the next few."""


@pytest.fixture(scope="module")
def happened() -> Iterator[Counter[str]]:
    """What became of all texts of all runs, printed in the end."""
    happened: Counter[str] = Counter()
    yield happened
    sys.stdout.write(f"{dict(happened)}\n")


@pytest.mark.timeout(900 if NIGHTLY else 120)
@pytest.mark.parametrize("run", RUNS)
async def test_killed_at_random_moments_nobody_gets_two_and_nobody_is_lost(
    tmp_path: Path, run: int, happened: Counter[str]
) -> None:
    dice = random.Random(run)
    async with street(tmp_path, PEOPLE) as here:
        for moment in sorted(dice.sample(range(PEOPLE - 20), KILLS)):
            sender = here.sender("a sender that will be killed")
            try:
                await here.until_taken(moment, sender)
                sender.join(dice.uniform(0, LONGEST_AFTER_S))
            finally:
                sender.kill()
            assert ended(sender) == -signal.SIGKILL
        await here.finish()
        happened.update(await here.proved())
        happened["kills"] += KILLS
