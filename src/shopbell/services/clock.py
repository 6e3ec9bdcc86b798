"""The only place that reads the time or waits for it."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Where services get "now" from: read once per job."""

    def now(self) -> datetime:
        """Return the present moment, aware, UTC."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Wait; a fixed clock only moves its hands."""
        ...


class SystemClock:
    """The computer's own clock."""

    def now(self) -> datetime:
        """Return the present moment, aware, UTC."""
        return datetime.now(UTC)

    async def sleep(self, seconds: float) -> None:
        """Wait `seconds`."""
        await asyncio.sleep(seconds)


class ShiftedClock:
    """A clock that pretends it was `start` when it was made, and ticks on from there.

    For practice files only: drills, the demo and `--now`.
    """

    def __init__(self, start: datetime, real: Clock | None = None) -> None:
        self._real = real or SystemClock()
        self._shift = start.astimezone(UTC) - self._real.now()

    def now(self) -> datetime:
        """Return the pretended moment, aware, UTC."""
        return self._real.now() + self._shift

    async def sleep(self, seconds: float) -> None:
        """Wait `seconds` of real time."""
        await self._real.sleep(seconds)


class FixedClock:
    """A clock that stands still until it is told to advance; sleeping advances it at once."""

    def __init__(self, at: datetime) -> None:
        self._at = at.astimezone(UTC)
        self.slept: list[float] = []

    def now(self) -> datetime:
        """Return the moment the hands show, aware, UTC."""
        return self._at

    def advance(self, **delta: float) -> None:
        """Move the hands by `timedelta(**delta)`."""
        self._at += timedelta(**delta)

    async def sleep(self, seconds: float) -> None:
        """Record the wait and advance; yields once so that other tasks run."""
        self.slept.append(seconds)
        self.advance(seconds=seconds)
        await asyncio.sleep(0)
