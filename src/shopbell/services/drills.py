"""All lessons and how far somebody is: what is done, which one runs, which one is wanted next.

Must not run a lesson (see `practising`), and must not open a shop.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from shopbell.errors import BadInput
from shopbell.services.drill_progress import read_progress, reset, save_done
from shopbell.services.lessons import LESSONS
from shopbell.services.practising import Lesson, Practising, Rehearsing


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A lesson in the list."""

    lesson: Lesson
    is_done: bool
    is_running: bool


class Drills:
    """What somebody practises on this computer."""

    def __init__(self, file: Path, lessons: Sequence[Lesson] = LESSONS) -> None:
        self.file = file
        self._lessons = {lesson.id: lesson for lesson in lessons}
        self._known = frozenset(self._lessons)
        progress = read_progress(file, self._known)
        self.trouble = progress.trouble
        """What is wrong with the file of progress, in a sentence; or ""."""
        self._done = set(progress.done)
        self.running: Practising | None = None
        self.wanted: Lesson | None = None
        """What is to be opened once this screen is closed."""

    def listed(self) -> tuple[Listed, ...]:
        """Return all lessons in their order."""
        running = self.running.lesson.id if self.running is not None else ""
        return tuple(
            Listed(lesson=one, is_done=one.id in self._done, is_running=one.id == running)
            for one in self._lessons.values()
        )

    def next(self) -> Lesson:
        """Return the first lesson that is not done; the first of all when all are."""
        every = list(self._lessons.values())
        return next((one for one in every if one.id not in self._done), every[0])

    def named(self, name: str) -> Lesson:
        """Return the lesson that is called so.

        Raises:
            BadInput: none is.
        """
        lesson = self._lessons.get(name)
        if lesson is None:
            raise BadInput(
                f"There is no lesson “{name[:40]}”.",
                f"Lessons: {', '.join(self._lessons)}.",
                code="no_lesson",
            )
        return lesson

    def begin(self, lesson: Lesson, practice: Rehearsing) -> Practising:
        """Begin a lesson; what is done is remembered."""
        self.wanted = None
        self.running = Practising(lesson, practice, passed=self._passed)
        return self.running

    def forget(self) -> None:
        """Begin from the first lesson again.

        Raises:
            BadInput: the file cannot be taken away.
        """
        if not reset(self.file):
            raise BadInput(
                f"“{self.file}” cannot be taken away.", "Take it away by hand.", code="bad_file"
            )
        self._done.clear()
        self.trouble = ""

    def _passed(self, lesson: Lesson) -> None:
        self._done.add(lesson.id)
        if not save_done(self.file, lesson.id, self._known) and not self.trouble:
            self.trouble = f"It is done, but “{self.file}” could not be written."
