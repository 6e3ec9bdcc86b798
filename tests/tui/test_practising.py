"""Practising at the screens: the task in the frame, its progress, and going on."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from textual.app import App
from textual.pilot import Pilot

from shopbell.gateways.practice import practice_server
from shopbell.gateways.practice_script import Script
from shopbell.gateways.shelf import Shelf
from shopbell.services.clock import ShiftedClock, SystemClock
from shopbell.services.demo import (
    SAMPLE_PASSPHRASE,
    practice_shop,
    private_copy,
    sample_file,
)
from shopbell.services.drills import Drills
from shopbell.services.lessons import LESSONS
from shopbell.services.practising import Lesson, Standing
from shopbell.services.themes import read_themes, shipped_folder
from shopbell.tui.app import ShopbellApp
from shopbell.tui.door import Door
from shopbell.tui.frame import FrameScreen
from shopbell.tui.own_keys import OwnKeys, put_in_force
from shopbell.tui.screens.lessons import Lessons
from shopbell.tui.screens.quick_text import QuickText
from shopbell.tui.screens.unlock import Unlock
from shopbell.tui.task_line import TaskLine, asked
from shopbell.tui.wanted_keys import own_keys
from tui.counters import till
from tui.crowded import until
from tui.screens import press, settle


@dataclass(slots=True, kw_only=True)
class School:
    """The app over a lesson."""

    app: ShopbellApp
    pilot: Pilot[Any]
    drills: Drills

    async def comes_to(self, words: str) -> str:
        """Wait until the screen says something, however it is broken into lines."""
        for _ in range(600):
            seen = await settle(self.pilot)
            if words in " ".join(seen.split()):
                return seen
            await self.pilot.pause(0.05)
        raise AssertionError(f"it never said “{words}”:\n{seen}")


@asynccontextmanager
async def school(
    name: str, folder: Path, size: tuple[int, int] = (80, 24)
) -> AsyncIterator[School]:
    """Begin a lesson at the screens, as `shopbell drill` does."""
    drills = Drills(folder / "lessons.json")
    lesson = drills.named(name)
    clock = ShiftedClock(lesson.at, SystemClock())
    with private_copy(sample_file()) as path:
        async with practice_server(now=clock.now, script=Script()) as practice:
            async with practice_shop(
                path, practice, clock=SystemClock(), shelf=lambda used: Shelf(now=used.now)
            ):
                pass
            drills.begin(lesson, practice)
            app = ShopbellApp(
                Door(
                    path=path,
                    clock=SystemClock(),
                    shelf=lambda: Shelf(now=clock.now),
                    pretend_clock=clock,
                    demo_passphrase=SAMPLE_PASSPHRASE,
                    drills=lambda: drills,
                ),
                themes=read_themes([shipped_folder()]),
                crash_folder=folder / "crashes",
            )
            async with app.run_test(size=size, notifications=True) as pilot:
                await until(lambda: isinstance(app.screen, FrameScreen))
                yield School(app=app, pilot=pilot, drills=drills)


async def test_a_stop_in_odd_words_is_seen_to_by_keys_and_the_next_lesson_is_one_box_away(
    tmp_path: Path,
) -> None:
    async with school("odd-stop", tmp_path) as here:
        seen = await here.comes_to("Practice: A stop in odd words · 0 of 1 done")
        assert "(practice)" in seen
        assert "→ Read what Marta wrote (Replies, 2)." in seen
        await press(here.pilot, "2")
        await here.comes_to("I think I have had enough of these")
        assert "0 of 1 done" in await settle(here.pilot)
        here.app.clear_notifications()
        await press(here.pilot, "home", "s")
        seen = await here.comes_to("1 of 1 done")
        assert "✓ Done." in seen
        assert [one.is_done for one in Drills(here.drills.file).listed()][1]
        await press(here.pilot, "ctrl+p", *"practise", "enter")
        assert isinstance(here.app.screen, Lessons)
        seen = await settle(here.pilot)
        assert "✓ A stop in odd words  you are at it" in seen
        assert "1 of 5 done." in seen
        assert "Hint: Nothing but an answer leaves" in seen
        await press(here.pilot, "end", "enter")
        await until(lambda: here.drills.wanted is not None)
        assert here.drills.wanted is LESSONS[-1]


async def test_the_task_stands_above_the_keys_of_every_place_and_under_every_box(
    tmp_path: Path,
) -> None:
    async with school("late", tmp_path, (60, 20)) as here:
        for place in "0123578":
            await press(here.pilot, place)
            seen = await here.comes_to("→ Text Priya Frost that her order is ready: t.")
            assert len(seen.splitlines()) == 20
        await press(here.pilot, "1", "t")
        assert isinstance(here.app.screen, QuickText)
        await press(here.pilot, "escape")
        assert here.app.screen.query_one(TaskLine).display


async def test_nobody_practises_in_a_shop_and_the_lessons_are_offered_there(
    full: Path, tmp_path: Path
) -> None:
    async with till(full, tmp_path) as shown:
        assert not shown.app.screen.query_one(TaskLine).display
        await press(shown.pilot, "ctrl+p", *"practise", "enter")
        assert not isinstance(shown.app.screen, Lessons)
        assert "shopbell drill" in await settle(shown.pilot)


# -- the line itself --


@pytest.mark.parametrize("one", LESSONS, ids=lambda one: one.id)
def test_the_line_says_how_far_it_is_and_the_next_thing_to_do(one: Lesson) -> None:
    count = len(one.tasks)
    for done in range(count):
        flags = (True,) * done + (False,) * (count - done)
        said = asked(Standing(lesson=one, done=flags)).plain
        assert f"Practice: {one.title} · {done} of {count} done" in said
        assert "→ " in said
        assert "[" not in said
    said = asked(Standing(lesson=one, done=(True,) * count)).plain
    assert f"✓ Done. {one.learned} The next one: ctrl+p “practise”." in said
    for slip in one.slips:
        said = asked(Standing(lesson=one, done=(False,) * count, slip=slip.words)).plain
        assert f"! {slip.words}" in said
        assert "→ " not in said


def test_the_line_names_the_keys_in_force() -> None:
    lesson = LESSONS[0]
    put_in_force(own_keys([("everywhere.replies", ("6",)), ("replies.complaint", ("j",))]))
    said = asked(Standing(lesson=lesson, done=(False,) * 2)).plain
    put_in_force(OwnKeys())
    assert "(Replies, 6)" in said
    assert "complaint: j." in said


async def test_the_line_is_hidden_until_somebody_practises() -> None:
    class Alone(App[None]):
        def compose(self) -> Any:
            yield TaskLine(None)

    app = Alone()
    async with app.run_test(size=(60, 10)) as pilot:
        line = app.query_one(TaskLine)
        assert not line.display
        line.standing = Standing(lesson=LESSONS[0], done=(False, False))
        assert "An angry reply · 0 of 2 done" in await settle(pilot)
        line.standing = None
        await settle(pilot)
        assert not line.display


async def test_a_practice_shop_that_was_locked_opens_again_without_a_passphrase(
    tmp_path: Path,
) -> None:
    async with school("late", tmp_path) as here:
        await here.comes_to("→ Text Priya Frost that her order is ready: t.")
        await press(here.pilot, "l")
        await until(lambda: isinstance(here.app.screen, Unlock))
        seen = await settle(here.pilot)
        assert "This is the practice shop: ↵ opens it again." in " ".join(seen.split())
        await press(here.pilot, "f2", "enter")
        assert isinstance(here.app.screen, Unlock), "the recovery code is still asked for"
        await press(here.pilot, "f2", "enter")
        await here.comes_to("→ Text Priya Frost that her order is ready: t.")
