"""A lesson over a practice shop: what happens, what is asked of somebody, and how far they are.

Everything is read through the services, as the screens do. Must not do the task, and must not run
over anything but a practice shop.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from shopbell.domain.ids import E164, CampaignId
from shopbell.errors import BadInput, ShopbellError
from shopbell.services.demo import SAMPLE_NOW, Practice
from shopbell.services.shop import Shop


class Rehearsing(Practice, Protocol):
    """A practice gateway that can be told to break down, and to work again."""

    def break_down(self, after: int) -> None:
        """Take `after` more texts, then one whose answer is lost, then none."""
        ...

    def recover(self) -> None:
        """Work again."""
        ...


@dataclass(slots=True, kw_only=True)
class Stage:
    """Where a lesson is played."""

    shop: Shop
    practice: Rehearsing
    began: datetime
    """When it began, on the clock of the shop."""
    campaign: CampaignId | None = None
    people: list[E164] = field(default_factory=list)
    """Those it is about, the first one most."""

    @property
    def who(self) -> E164:
        """Whom it is about."""
        return self.people[0]


Check = Callable[[Stage], Awaitable[bool]]
"""Whether something is so; must not change anything."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One thing that is asked of somebody."""

    words: str
    """With `[scope.name]` where a key of that command is named."""
    in_lines: str
    """The same for line mode, with “Choice” where a choice is named by how it begins."""
    done: Check
    then: Callable[[Stage], None] = lambda _: None
    """What happens once it is done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """A wrong turn, and what is said of it."""

    words: str
    taken: Check


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """One lesson: pure description, and the steps that play it."""

    id: str
    """Its name on the command line and in the file of progress."""
    title: str
    story: str
    """What has happened, in a sentence or two."""
    tasks: tuple[Task, ...]
    slips: tuple[Slip, ...] = ()
    hint: str
    learned: str
    """What is said once it is done."""
    happens: Callable[[Stage], Awaitable[None]]
    """Brings about what it is about."""
    at: datetime = SAMPLE_NOW
    """When its day begins, on the clock of the practice shop."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How far somebody is with a lesson."""

    lesson: Lesson
    done: tuple[bool, ...]
    """For each task; one that was done stays done."""
    slip: str = ""
    """What went wrong, if anything did."""

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to do."""
        return all(self.done)

    @property
    def next(self) -> Task | None:
        """The first task that is not done."""
        return next(
            (task for task, done in zip(self.lesson.tasks, self.done, strict=True) if not done),
            None,
        )


class Practising:
    """One lesson that somebody is at."""

    def __init__(
        self,
        lesson: Lesson,
        practice: Rehearsing,
        *,
        passed: Callable[[Lesson], None] = lambda _: None,
    ) -> None:
        """Make it.

        Args:
            lesson: which one.
            practice: the gateway the practice shop texts through.
            passed: called once all of it is done.
        """
        self.lesson = lesson
        self.standing = Standing(lesson=lesson, done=(False,) * len(lesson.tasks))
        self._practice = practice
        self._passed = passed
        self._stage: Stage | None = None

    async def begin(self, shop: Shop) -> None:
        """Bring about what the lesson is about; once, however often the shop is unlocked.

        Raises:
            BadInput: it is no practice shop.
        """
        if not shop.profile.practice:
            raise BadInput(
                "Lessons are for the practice shop only.", "Run: shopbell drill", code="no_practice"
            )
        if self._stage is not None:
            self._stage.shop = shop
            return
        stage = Stage(shop=shop, practice=self._practice, began=shop.clock.now())
        await self.lesson.happens(stage)
        self._stage = stage

    async def look(self) -> Standing:
        """Return how far somebody is now. A task counts once those before it are done."""
        stage, before = self._stage, self.standing
        if stage is None or before.is_done:
            return before
        try:
            done = await self._done(stage, before.done)
            slips = [slip.words for slip in self.lesson.slips if await slip.taken(stage)]
        except ShopbellError:
            return before  # the file is being locked or is in trouble: the screens say so
        self.standing = Standing(
            lesson=self.lesson, done=done, slip=slips[0] if slips and not all(done) else ""
        )
        if self.standing.is_done:
            self._passed(self.lesson)
        return self.standing

    async def _done(self, stage: Stage, before: tuple[bool, ...]) -> tuple[bool, ...]:
        done = list(before)
        for index, task in enumerate(self.lesson.tasks):
            if done[index]:
                continue
            if not await task.done(stage):
                break
            done[index] = True
            task.then(stage)
        return tuple(done)
