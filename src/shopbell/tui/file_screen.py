"""A screen that looks at a file before anything is done with it. Must not read the file.

A key that needs the look waits until it is over; see `kept_keys`.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import ClassVar

from shopbell.tui.commands import Scope, of_scope
from shopbell.tui.file_picker import FilePicker
from shopbell.tui.frame import FrameScreen
from shopbell.tui.in_parts import InParts
from shopbell.tui.own_keys import keys_of
from shopbell.tui.screens.choose_part import ChoosePart
from shopbell.tui.underway import Step


class FileScreen(FrameScreen):
    """Lets keys wait while its job looks."""

    needs_look: ClassVar[frozenset[str]]
    """The commands of its scope that need the look, by name; `go` among them."""

    _is_unseen = False
    """Whether nobody has seen what the file brings when a key was kept for it."""

    @property
    @abstractmethod
    def job(self) -> InParts:
        """What it shows."""

    @abstractmethod
    def why_not_unseen(self) -> str:
        """Return why nothing is done with what nobody has seen yet, or "" when it may be."""

    @property
    @abstractmethod
    def has_result(self) -> bool:
        """Whether it is known what the file brings."""

    @property
    def is_behind(self) -> bool:
        """Also while a folder is read: Enter takes a file out of its list."""
        return super().is_behind or any(one.is_listing for one in self.query(FilePicker))

    @property
    def is_looking(self) -> bool:
        """Whether the file is being looked at."""
        return self.job.step is Step.LOOKING

    def keeps_key(self, key: str, *, after_others: bool) -> bool:
        """Keep what needs the look, and what comes after it but for leaving and stopping."""
        if not self.is_looking:
            return False
        if self._means(key, self.scope) & self.needs_look:
            if not after_others:
                self._is_unseen = not self.has_result
            return True
        stops = "stop" in self._means(key, self.scope)
        return after_others and not stops and not self._means(key, Scope.EVERYWHERE)

    def why_dropped(self, keys: Sequence[str]) -> str:
        """Let nobody do for good what nobody has seen."""
        goes = any("go" in self._means(key, self.scope) for key in keys)
        return self.why_not_unseen() if goes and self._is_unseen else ""

    def do_part(self) -> None:
        """Begin with the first part of a file that is too long, or choose another one."""
        job = self.job
        if job.part is None:
            job.choose_part(1)
            return

        def chosen(number: int | None) -> None:
            if number is not None:
                job.choose_part(number)

        self.app.push_screen(ChoosePart(job.part, job.brought, job.next_part), chosen)

    def _means(self, key: str, scope: Scope) -> set[str]:
        return {one.name for one in of_scope(scope) if key in keys_of(one)}
