"""Holds a conversation in lines: a terminal that types what it was given and keeps what it hears.

What is kept of a conversation holds both sides: lines that begin with "> " were typed.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from shopbell.domain.secret import Secret
from shopbell.lines.places import line_mode
from shopbell.lines.way_in import WayIn
from shopbell.services.clock import FixedClock
from shopbell.services.drill import DrillGateway, DrillShelf
from shopbell.services.opening import Opener, open_shop
from shopbell.services.shop import Shop
from shops import NOW, PASSPHRASE

TYPED = "> "
NOTICES = 0.25
"""Seconds the deliverer waits between two rounds."""
LABEL = "#"
"""Before words that are typed as the number of the choice that begins with them."""
FILES = Path(__file__).parent / "files"
"""Lists to import; "{files}" in a kept conversation."""


class Still(FixedClock):
    """Stands still, and its waits take a moment of real time, so that others get a turn."""

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        await asyncio.sleep(0.005)


@dataclass(slots=True)
class Typist:
    """A terminal at which every line was thought of beforehand; then the input ends."""

    typed: Sequence[str]
    columns: int | None = None
    heard: list[str] = field(default_factory=list)
    asked: int = 0
    hidden: list[str] = field(default_factory=list)

    def width(self) -> int | None:
        return self.columns

    def write(self, text: str) -> None:
        assert text.endswith("\n"), "half a line was said"
        self.heard.append(text)

    async def read(self, *, hidden: bool = False) -> str | None:
        await asyncio.sleep(0)
        if self.asked >= len(self.typed):
            return None
        line = self.typed[self.asked]
        self.asked += 1
        if line.startswith(LABEL) and not hidden:
            line = self._number_of(line.removeprefix(LABEL))
        if hidden:
            self.hidden.append(line)
        self.heard.append(f"{TYPED}{'(not shown)' if hidden else line}\n")
        return line

    def _number_of(self, label: str) -> str:
        """Return the number of a choice as it was said last, or "0" where it is not offered."""
        lines = self.said.splitlines()
        is_known = "? says what they do" in lines[-1]  # the menu was said a while ago
        for line in reversed(lines):
            number, dot, words = line.partition(". ")
            if dot and number.isdigit() and words.startswith(tuple(label.split("|"))):
                return number
            asks = line.endswith((":", "?")) and not line.startswith("Choose")
            if asks and not is_known:
                break
        return "0"

    @property
    def page(self) -> str:
        """Both sides of the conversation."""
        return "".join(self.heard)

    @property
    def said(self) -> str:
        """Our side alone."""
        return "".join(line for line in self.heard if not line.startswith(TYPED))


@dataclass(slots=True)
class Patient(Typist):
    """Types its last line only after the deliverer has gone round twice since it was asked."""

    rounds: Callable[[], int] = lambda: 0

    async def read(self, *, hidden: bool = False) -> str | None:
        if self.asked == len(self.typed) - 1:
            before = self.rounds()
            while self.rounds() < before + 2:
                await asyncio.sleep(0.005)
        return await Typist.read(self, hidden=hidden)


@dataclass(slots=True, kw_only=True)
class Place:
    """A shop file, its gateway and its moment."""

    path: Path
    gateway: DrillGateway = field(default_factory=DrillGateway)
    clock: FixedClock = field(default_factory=lambda: Still(NOW))

    def way(self, passphrase: Secret | None = PASSPHRASE) -> WayIn:
        """Return the way in, without a question about the passphrase unless it is None."""
        return WayIn(
            path=self.path,
            clock=self.clock,
            shelf=DrillShelf(self.gateway),
            passphrase=passphrase,
            guessed_country="US",
            guessed_zone="America/New_York",
        )

    async def talk(
        self,
        *typed: str,
        passphrase: Secret | None = PASSPHRASE,
        columns: int | None = None,
        patient: bool = False,
    ) -> Typist:
        """Hold one conversation to its end; `patient`: the deliverer goes round before it."""
        typist = Typist(typed, columns)
        if patient:
            typist = Patient(typed, rounds=lambda: self.clock.slept.count(NOTICES))
        await line_mode(self.way(passphrase), typist)
        return typist

    @asynccontextmanager
    async def inside(self) -> AsyncIterator[Shop]:
        """Open the file by the services, to prepare something or to look."""
        shop = await open_shop(
            self.path,
            Opener(secret=PASSPHRASE),
            clock=self.clock,
            shelf=DrillShelf(self.gateway),
        )
        try:
            yield shop
        finally:
            await shop.close()

    def at(self, moment: datetime) -> None:
        """Go on at another moment."""
        self.clock = Still(moment)


def typed_in(page: str) -> list[str]:
    """Return what was typed in a kept conversation."""
    return [
        line[len(TYPED) :].replace("{files}", str(FILES))
        for line in page.splitlines()
        if line.startswith(TYPED) or line == TYPED.strip()
    ]
