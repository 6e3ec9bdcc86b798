"""Says what a lesson asks for, when that has changed. Must not judge: the lesson is asked."""

from __future__ import annotations

from collections.abc import Sequence

from shopbell.services.practising import Practising, Standing
from shopbell.services.shop import Shop


class LessonTask:
    """The task of the lesson that runs; nothing where nobody practises."""

    def __init__(self, practising: Practising | None) -> None:
        """Begin with nothing said."""
        self._practising = practising
        self._said: Standing | None = None

    async def begin(self, shop: Shop) -> None:
        """Bring about what the lesson is about; once, however often the shop is unlocked."""
        if self._practising is not None:
            await self._practising.begin(shop)

    async def news(self) -> Sequence[str]:
        """Return what was not said yet; the first time that is the whole task."""
        if self._practising is None:
            return ()
        before, now = self._said, await self._practising.look()
        self._said = now
        if before is None:
            return beginning(now)
        return () if now == before else changed(before, now)


def beginning(now: Standing) -> list[str]:
    """Return the lesson with its story, its task and its hint."""
    lesson = now.lesson
    return [f"Lesson: {lesson.title}.", lesson.story, *asked(now), f"Hint: {lesson.hint}"]


def changed(before: Standing, now: Standing) -> list[str]:
    """Return what somebody did, right or wrong, and what is asked for next."""
    finished = sum(now.done) - sum(before.done)
    if finished and not now.is_done:
        return ["Well done.", *asked(now)]
    return asked(now)


def asked(now: Standing) -> list[str]:
    """Return the next thing to do; or what went wrong, with the hint; or that all is done."""
    lesson, task, many = now.lesson, now.next, len(now.done)
    if task is None:
        return [f"Lesson done. {lesson.learned}", "The next one is under “Lessons”."]
    if now.slip:
        return [f"Careful. {now.slip}", f"Hint: {lesson.hint}"]
    which = "Task" if many == 1 else f"Task {sum(now.done) + 1} of {many}"
    return [f"{which}: {task.in_lines}"]
