"""What `__main__` hands to the commands: ways to make the real things. Must not make any itself."""

from __future__ import annotations

import threading
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from shopbell.domain.secret import Secret
from shopbell.services.clock import Clock, ShiftedClock

if TYPE_CHECKING:
    from shopbell.services.demo import PracticeServer
    from shopbell.services.drills import Drills
    from shopbell.services.ports import GatewayShelf
    from shopbell.services.practising import Lesson, Rehearsing


class Seen(Protocol):
    """One thing that happened at a practice gateway."""

    @property
    def kind(self) -> str:
        """What happened, in one word."""
        ...

    @property
    def at(self) -> datetime:
        """When."""
        ...

    @property
    def ref(self) -> str:
        """Which text; empty when it was none."""
        ...

    @property
    def number(self) -> str:
        """Whose; may be empty."""
        ...

    @property
    def text(self) -> str:
        """The words; may be empty."""
        ...

    @property
    def note(self) -> str:
        """Anything else; may be empty."""
        ...


class ServePractice(Protocol):
    """Runs a practice gateway until `stop` is set."""

    def __call__(
        self,
        *,
        port: int | None,
        script: tuple[str, str] | None,
        on_event: Callable[[Seen], None],
        stop: threading.Event,
    ) -> None:
        """Serve; `on_event` is called from another thread, first with where it listens.

        `script` is the text of a script file and the file's name.

        Raises:
            BadInput: the port is taken, or the script cannot be read.
        """
        ...


class RefusedPreset(Protocol):
    """A preset file that cannot be used, and why."""

    @property
    def file(self) -> str:
        """Its name."""
        ...

    @property
    def reason(self) -> str:
        """A plain sentence."""
        ...


class Counter(Protocol):
    """The counter screen."""

    async def __call__(
        self,
        path: Path,
        *,
        pretend_clock: ShiftedClock | None = None,
        passphrase: Secret | None = None,
        drills: Callable[[], Drills] | None = None,
    ) -> int:
        """Show it over one shop file until the person leaves; returns the exit code.

        `passphrase` is for the practice shop, which opens by itself. In `drills` it says which
        lesson is wanted next.
        """
        ...


class Lines(Protocol):
    """Line mode: the same jobs as plain numbered text."""

    async def __call__(
        self,
        path: Path,
        *,
        pretend_clock: ShiftedClock | None = None,
        passphrase: Secret | None = None,
        runs_practice: bool = True,
        drills: Callable[[], Drills] | None = None,
    ) -> int:
        """Hold the conversation over one shop file until the person leaves; returns the exit code.

        `passphrase` is used once, instead of asking. Without `runs_practice`, a practice gateway
        runs already, and its shop opens by itself every time. In `drills` it says which lesson
        is wanted next.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """Factories, so that nothing heavy is imported before a command needs it."""

    clock: Callable[[], Clock]
    shelf: Callable[[Clock], GatewayShelf]
    """The gateways, in the time of the shop that asks."""
    practice_server: PracticeServer
    serve_practice: ServePractice
    rehearsal: Callable[[Clock], AbstractAsyncContextManager[Rehearsing]]
    """A practice gateway for lessons, on the clock of their shop."""
    drills: Callable[[], Drills]
    """The lessons, and what of them is done on this computer."""
    counter: Counter
    lines: Lines
    first_lesson: Callable[[Drills], Awaitable[Lesson | None]]
    """Asks in lines which lesson is to begin; None to leave."""
    prefers_lines: Callable[[], bool]
    """Whether the owner has chosen line mode in the settings file."""
    default_file: Callable[[], Path]
    """Where the shop file is when nobody says."""
    refused_presets: Callable[[], Sequence[RefusedPreset]]
    """The preset files that are not on the shelf."""
    check_preset: Callable[[str, str], tuple[str, ...]]
    """Try the text of a preset file (second: its name) with hostile texts; says what is wrong."""
    check_shelf: Callable[[], dict[str, tuple[str, ...]]]
    """The same for every preset there is, refused files among them."""
    theme_folders: Callable[[], tuple[Path, ...]]
    """Where theme files are, ours first."""
