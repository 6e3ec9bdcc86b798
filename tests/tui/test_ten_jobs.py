"""The ten jobs of a small shop's day, by keys alone, each with how many it takes.

What has to be said anyway (a name, a number, the words) is pasted and not counted.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date
from pathlib import Path

import pytest
from textual import events

from shopbell.domain.appointments import Stage
from shopbell.domain.texts import State
from shops import ANA
from tui.counters import CY, PRIYA, Till, till
from tui.screens import press, settle
from tui.ways import at_rest, furnish

WORDS = "words: "
"""Marks what is pasted in one piece."""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for variable in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(variable, str(tmp_path / "home"))
    (tmp_path / "home").mkdir()
    return tmp_path / "home"


async def texts_to(shown: Till, *numbers: str) -> bool:
    """Return whether a text to each of them has been written, and was not refused."""
    found = await shown.shop.outbox.find(tuple(State))
    fresh = {text.number for text in found.rows if text.created_at >= shown.clock.now()}
    return set(numbers) <= fresh


async def ready(shown: Till, _seen: str) -> bool:
    return await texts_to(shown, ANA)


async def answered(shown: Till, _seen: str) -> bool:
    return await texts_to(shown, PRIYA)


async def reminded(shown: Till, _seen: str) -> bool:
    found = await shown.shop.reminders.find(tuple(Stage))
    return all(one.stage is not Stage.DRAFT for one in found.rows) and found.total == 1


async def told_today(_shown: Till, seen: str) -> bool:
    return "Leaves in 60 s" in seen


async def signed_up(shown: Till, _seen: str) -> bool:
    found = await shown.shop.people.find("Nora Vance")
    return found.total == 1


async def closed(shown: Till, _seen: str) -> bool:
    (closure,) = (await shown.shop.rules.changed()).closures
    return (closure.first, closure.last) == (date(2026, 12, 24), date(2026, 12, 26))


async def imported(shown: Till, seen: str) -> bool:
    return "✓ Imported." in seen


async def complained(shown: Till, _seen: str) -> bool:
    sheet = await shown.shop.people.sheet(shown.shop.people.read_number(CY))
    return any(one.closed_at is None for one in sheet.complaints)


async def cost(_shown: Till, seen: str) -> bool:
    return "cost $0.0316" in seen


JOBS: tuple[tuple[str, tuple[str, ...], int, Callable[[Till, str], Awaitable[bool]]], ...] = (
    ("an order is ready", ("t", "a", "n", "enter", "1", "enter"), 6, ready),
    ("answer a reply", ("2", "end", "a", f"{WORDS}Yes, until 6.", "enter", "enter"), 5, answered),
    (
        "say yes to the reminders of the day",
        ("colon", "r", "e", "m", "i", "enter", "a"),
        7,
        reminded,
    ),
    (
        "closed today, to the people of the week",
        (
            *("5", "n", f"{WORDS}Closed", "tab", "left", "tab"),
            *(f"{WORDS}We are closed today.", "f3", "up", f"{WORDS}weekly", "f2", "enter"),
            *("g", "enter"),
        ),
        11,
        told_today,
    ),
    (
        "a new customer at the till",
        ("n", f"{WORDS}212 555 0177", "tab", f"{WORDS}Nora Vance", "f2"),
        3,
        signed_up,
    ),
    (
        "a season's offer",
        ("5", "n", f"{WORDS}Wreaths", "enter", f"{WORDS}Wreaths are in!", "enter", "g", "enter"),
        6,
        told_today,
    ),
    (
        "closed over the holidays",
        ("7", "c", f"{WORDS}2026-12-24 2026-12-26 Christmas", "enter"),
        3,
        closed,
    ),
    ("bring in the list of the till", ("4", "enter", "g"), 3, imported),
    (
        "somebody is cross",
        ("slash", f"{WORDS}cy", "enter", "c", "f2"),
        4,
        complained,
    ),
    ("what did it cost", ("8",), 1, cost),
)
"""Each with its keys from the list of people, how many are not words, and what shows it is done."""


def test_there_are_ten_and_a_text_that_is_ready_takes_six_keys_at_most() -> None:
    assert len(JOBS) == len({job for job, *_ in JOBS}) == 10
    assert JOBS[0][2] <= 6


@pytest.mark.parametrize(("job", "keys", "count", "is_done"), JOBS, ids=[one[0] for one in JOBS])
async def test_a_job_of_the_day_takes_so_many_keys(
    full: Path,
    tmp_path: Path,
    home: Path,
    job: str,
    keys: tuple[str, ...],
    count: int,
    is_done: Callable[[Till, str], Awaitable[bool]],
) -> None:
    assert sum(not key.startswith(WORDS) for key in keys) == count
    async with till(full, tmp_path) as shown:
        if job in {"say yes to the reminders of the day", "bring in the list of the till"}:
            await furnish(shown, home)
        seen = ""
        for key in keys:
            if key.startswith(WORDS):
                shown.app.post_message(events.Paste(key.removeprefix(WORDS)))
                await settle(shown.pilot)
            else:
                await press(shown.pilot, key)
            seen = await at_rest(shown)
        assert await is_done(shown, seen), f"{job}:\n{seen}"
