"""The time a drill pretends it is. Must not be used on a real shop: `open_shop` refuses that."""

from __future__ import annotations

from datetime import datetime, timedelta

from shopbell.services.clock import Clock, ShiftedClock


class _StandingClock:
    """Stands still, except while somebody waits for it.

    So every command of a drill that names the same time happens at that very time, however long
    its work takes, and one that waits still comes to an end.
    """

    def __init__(self, real: Clock) -> None:
        self._real = real
        self._at = real.now()

    def now(self) -> datetime:
        """Return the moment the hands show, aware, UTC."""
        return self._at

    async def sleep(self, seconds: float) -> None:
        """Wait `seconds` of real time, and move the hands by as much."""
        await self._real.sleep(seconds)
        self._at += timedelta(seconds=seconds)


def pretended(start: datetime, real: Clock) -> ShiftedClock:
    """Return a clock that shows `start` until somebody waits for it."""
    return ShiftedClock(start, _StandingClock(real))
