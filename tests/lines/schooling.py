"""Plays a lesson in line mode: a fresh practice shop, its gateway on the wire, and a pupil."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from lines.conversing import Still, Typist
from shopbell.gateways.practice import PracticeGateway, practice_server
from shopbell.gateways.practice_script import Script
from shopbell.gateways.shelf import Shelf
from shopbell.lines.places import line_mode
from shopbell.lines.way_in import WayIn
from shopbell.services.clock import ShiftedClock
from shopbell.services.demo import (
    SAMPLE_NOW,
    SAMPLE_PASSPHRASE,
    practice_shop,
    private_copy,
    sample_file,
)
from shopbell.services.drills import Drills
from shopbell.services.practising import Stage
from shopbell.services.shop import Shop

PATIENCE = 4_000
"""Looks at what is waited for, five thousandths of a second apart, before a test gives up."""


@dataclass(slots=True, kw_only=True)
class School:
    """One lesson over a practice shop."""

    path: Path
    drills: Drills
    practice: PracticeGateway
    clock: Still
    way: WayIn

    @property
    def stage(self) -> Stage:
        """What the lesson is about."""
        assert self.drills.running is not None
        assert self.drills.running._stage is not None
        return self.drills.running._stage

    @property
    def shop(self) -> Shop:
        """The shop as line mode has it open."""
        return self.stage.shop

    async def talk(self, *steps: Step) -> Pupil:
        """Hold one conversation to its end."""
        pupil = Pupil([], school=self, steps=list(steps))
        await line_mode(self.way, pupil)
        assert not pupil.steps, f"it ended before {pupil.steps}:\n{pupil.page}"
        return pupil


Until = Callable[[School], Awaitable[bool]]
"""What has to be so before the next line is typed."""
Step = str | Until


@dataclass(slots=True)
class Pupil(Typist):
    """Types line after line, and waits in between for what a step asks for."""

    school: School | None = None
    steps: list[Step] = field(default_factory=list)

    async def read(self, *, hidden: bool = False) -> str | None:
        while self.steps and not isinstance(self.steps[0], str):
            await self._waits_until(self.steps.pop(0))
        self.typed = [*self.typed, *self.steps[:1]]  # type: ignore[list-item]
        del self.steps[:1]
        return await Typist.read(self, hidden=hidden)

    async def _waits_until(self, holds: Step) -> None:
        assert callable(holds)
        assert self.school is not None
        for _ in range(PATIENCE):
            if await holds(self.school):
                return
            await asyncio.sleep(0.005)
        raise AssertionError(f"{holds} never held:\n{self.page}")


@asynccontextmanager
async def school(name: str, folder: Path) -> AsyncIterator[School]:
    """Begin a lesson as `shopbell drill --plain` does, on a clock that stands still."""
    drills, clock = Drills(folder / "lessons.json"), Still(SAMPLE_NOW)
    lesson = drills.named(name)
    pretended = ShiftedClock(lesson.at, clock)
    with private_copy(sample_file()) as path:
        async with practice_server(now=pretended.now, script=Script(delay_s=0)) as practice:
            async with practice_shop(
                path, practice, clock=clock, shelf=lambda used: Shelf(now=used.now)
            ):
                pass
            drills.begin(lesson, practice)
            way = WayIn(
                path=path,
                clock=clock,
                shelf=Shelf(now=pretended.now),
                pretend_clock=pretended,
                passphrase=SAMPLE_PASSPHRASE,
                opens_itself=True,
                drills=drills,
            )
            yield School(path=path, drills=drills, practice=practice, clock=clock, way=way)


def wrote(words: str) -> Until:
    """Wait until a reply with these words has come in."""

    async def has_come(here: School) -> bool:
        return bool((await here.shop.threads.find(words)).total)

    return has_come
