"""A long job that is looked at first and then done. It goes on when its screen is left.

Must not draw: it calls back. Must not read the clock: it is handed one.
"""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from shopbell.domain.progress import Progress
from shopbell.errors import ShopbellError


class Step(StrEnum):
    """How far the job is."""

    CHOOSING = "choosing"
    LOOKING = "looking"
    LOOKED = "looked"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How fast a step goes, from its first progress to the latest."""

    seconds: float
    done: int
    items: int
    left: int
    """What `done` still lacks to the whole."""

    @property
    def items_a_second(self) -> float:
        """Rows or texts a second; 0 while nobody can tell."""
        return self.items / self.seconds if self.seconds > 0 else 0.0

    @property
    def seconds_left(self) -> float | None:
        """How long it still takes at this pace; None while nobody can tell."""
        return self.left * self.seconds / self.done if self.seconds > 0 and self.done else None


class Underway(ABC):
    """One job of a session, by steps. `on_change` is called after every change."""

    def __init__(self, now: Callable[[], datetime], on_error: Callable[[Exception], None]) -> None:
        """Begin with nothing chosen.

        Args:
            now: the clock.
            on_error: called with what nobody expected.
        """
        self._now = now
        self._on_error = on_error
        self._task: asyncio.Task[None] | None = None
        self._stop = asyncio.Event()
        self._first: tuple[datetime, Progress] | None = None
        self.on_change: Callable[[], None] = lambda: None
        self.step = Step.CHOOSING
        self.progress: Progress | None = None
        self.pace: Pace | None = None
        self.error: ShopbellError | None = None

    @property
    def is_busy(self) -> bool:
        """Whether it is at work."""
        return self.step in {Step.LOOKING, Step.RUNNING}

    @abstractmethod
    async def _look(self, stop: asyncio.Event) -> None:
        """Find out what would happen, and keep it unless `stop` is set."""

    @abstractmethod
    async def _do(self, stop: asyncio.Event) -> None:
        """Do it, and keep what happened."""

    def watched_by(self, on_change: Callable[[], None]) -> None:
        """Tell this screen of every change, and no other."""
        self.on_change = on_change

    def left_by(self, on_change: Callable[[], None]) -> None:
        """Tell this screen no more; another one may have come to watch before it was gone."""
        if self.on_change == on_change:
            self.on_change = lambda: None

    def look(self) -> None:
        """Find out what would happen."""
        self._begin(Step.LOOKING, self._look, Step.LOOKED)

    def go(self) -> None:
        """Do what was looked at."""
        if self.step is Step.LOOKED:
            self._begin(Step.RUNNING, self._do, Step.DONE)

    def stop(self) -> None:
        """Stop; nothing will have changed."""
        self._stop.set()

    def forget(self) -> None:
        """Choose again."""
        if self.step is not Step.RUNNING:
            self.stop()
            self._change(Step.CHOOSING)

    async def close(self) -> None:
        """Stop, and wait until nothing is half done."""
        self.on_change = lambda: None
        self.stop()
        if self._task is not None:
            await asyncio.gather(self._task, return_exceptions=True)

    def _saw(self, progress: Progress) -> None:
        now = self._now()
        if self._first is None or self._first[1].step != progress.step:
            self._first = now, progress
        began, first = self._first
        self.pace = Pace(
            seconds=(now - began).total_seconds(),
            done=progress.done - first.done,
            items=(progress.items or 0) - (first.items or 0),
            left=max((progress.total or 0) - progress.done, 0),
        )
        self.progress = progress
        self.on_change()

    def _begin(
        self, step: Step, work: Callable[[asyncio.Event], Awaitable[None]], after: Step
    ) -> None:
        self._stop.set()
        stop = self._stop = asyncio.Event()
        self.progress = self.pace = self.error = self._first = None
        self._change(step)
        self._task = asyncio.create_task(self._work(work, stop, after))
        self._task.add_done_callback(self._ended)

    async def _work(
        self, work: Callable[[asyncio.Event], Awaitable[None]], stop: asyncio.Event, after: Step
    ) -> None:
        try:
            await work(stop)
        except ShopbellError as error:
            if stop is self._stop:
                self.error = error
                self._change(Step.FAILED)
            return
        # A look that was stopped or replaced says nothing; a job that was stopped says so.
        if stop is self._stop and (after is Step.DONE or not stop.is_set()):
            self._change(after)

    def _change(self, step: Step) -> None:
        self.step = step
        self.on_change()

    def _ended(self, task: asyncio.Task[None]) -> None:
        if not task.cancelled() and isinstance(error := task.exception(), Exception):
            self._on_error(error)
