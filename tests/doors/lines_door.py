"""Line mode, one conversation after another."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from doors.door import PASSPHRASE, Street
from lines.conversing import NOTICES, Patient, Typist
from shopbell.domain.consent import Purpose
from shopbell.domain.ids import E164, TextId
from shopbell.gateways.shelf import Shelf
from shopbell.lines.places import line_mode
from shopbell.lines.way_in import WayIn
from shopbell.services.clock import ShiftedClock, SystemClock

KINDS = {Purpose.SERVICE: "Orders and appointments", Purpose.MARKETING: "Offers"}
SEND = "#Send it"


class Counting(SystemClock):
    """Counts the rounds of the deliverer behind the questions."""

    rounds = 0

    async def sleep(self, seconds: float) -> None:
        if seconds == NOTICES:
            self.rounds += 1
        await super().sleep(seconds)


class LinesDoor:
    """Answers questions and gives back what was said."""

    def __init__(self, street: Street) -> None:
        self._street = street
        self._real = Counting()
        self._clock = ShiftedClock(street.now, self._real)

    async def _talk(self, *typed: str, waits: bool = False) -> str:
        way = WayIn(
            path=self._street.file,
            clock=self._real,
            shelf=Shelf(now=self._clock.now),
            pretend_clock=self._clock,
            passphrase=PASSPHRASE,
        )
        typist = Patient(typed, rounds=lambda: self._real.rounds) if waits else Typist(typed)
        await line_mode(way, typist)
        return typist.said

    async def send(self, number: E164, text: str, purpose: Purpose = Purpose.SERVICE) -> str:
        kind = ("#Say what it is for", f"#{KINDS[purpose]}")
        words = ("#Text somebody", number, "#Own words", text)
        return await self._talk(*words, *kind, f"{SEND}|Keep it", "q")

    async def stop(self, number: E164) -> str:
        find = ("#People", "#Find somebody", number, "#They said stop")
        return await self._talk(*find, "#Here, in person", "", "0", "q")

    async def fetch(self) -> str:
        return await self._talk("#Replies", "#Fetch new ones now", "q", waits=True)

    async def bring_in(self, file: Path) -> str:
        find = ("#Import", "#Bring people in from a file", str(file))
        return await self._talk(*find, "#Import it", "q")

    async def settle(self, text_id: TextId) -> str:
        del text_id  # it is the only one
        return await self._talk("#Outbox", "#What became of them?", "1", "#Ask the gateway", "q")


@asynccontextmanager
async def lines_door(street: Street) -> AsyncIterator[LinesDoor]:
    """Point line mode at the street's file and moment."""
    yield LinesDoor(street)
