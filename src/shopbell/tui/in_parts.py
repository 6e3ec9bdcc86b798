"""A job over a file that may be too long for one go: which part it does, which are done.

Must not draw, and must not read the file.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from datetime import datetime

from shopbell.domain.file_parts import FilePart
from shopbell.services.import_reading import TOO_MANY_ROWS
from shopbell.tui.underway import Step, Underway


class InParts(Underway):
    """Does one part at a time; each is a job of its own."""

    def __init__(self, now: Callable[[], datetime], on_error: Callable[[Exception], None]) -> None:
        super().__init__(now, on_error)
        self.part: FilePart | None = None
        """The one that was looked at last; None where a file comes in at once."""
        self.brought: frozenset[int] = frozenset()
        """The parts that were brought in."""

    @abstractmethod
    def choose_part(self, number: int) -> None:
        """Take this part of the file, and look again."""

    @property
    def next_part(self) -> int | None:
        """The first part that was not brought in yet."""
        if self.part is None:
            return None
        every = range(1, self.part.parts + 1)
        return next((one for one in every if one not in self.brought), None)

    @property
    def is_too_long(self) -> bool:
        """Whether the file was refused because it does not come in at once."""
        return self.step is Step.FAILED and (
            self.error is not None and self.error.code == TOO_MANY_ROWS
        )

    def why_no_part(self) -> str:
        """Return why no part can be chosen now, or "" when one can."""
        if self.is_too_long:
            return ""
        if self.part is None or self.step not in {Step.LOOKED, Step.DONE, Step.FAILED}:
            return "Only a file of more than 500,000 rows comes in by parts."
        return "" if self.part.parts > 1 else "The file has no other part."

    def _forget_parts(self) -> None:
        self.part, self.brought = None, frozenset()

    def _brought(self, part: FilePart | None) -> None:
        if part is not None:
            self.brought |= {part.number}
