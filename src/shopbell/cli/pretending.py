"""The time a drill pretends it is. Must not be used on a real shop: `open_shop` refuses that."""

from __future__ import annotations

from datetime import datetime, timedelta

from shopbell.cli.moments import read_moment
from shopbell.services.clock import Clock, ShiftedClock

_OPTION = "--now"


class _Hands:
    """A clock that stands still, except while somebody waits for it.

    So every command of a drill that names the same time happens at that very time, however long
    its work takes, and one that waits still comes to an end.
    """

    def __init__(self, real: Clock) -> None:
        self._real = real
        self._at = real.now()

    def now(self) -> datetime:
        """Return the moment the hands show, aware, UTC."""
        return self._at

    def move(self, by: timedelta) -> None:
        """Put the hands forward, or back."""
        self._at += by

    async def sleep(self, seconds: float) -> None:
        """Wait `seconds` of real time, and move the hands by as much."""
        await self._real.sleep(seconds)
        self.move(timedelta(seconds=seconds))


class PretendedTime:
    """A time as somebody typed it, and the clock that shows it.

    Raises:
        BadInput: it is not a time.
    """

    def __init__(self, text: str, real: Clock) -> None:
        self._text = text
        self._hands = _Hands(real)
        self._first = read_moment(text, "UTC", _OPTION)
        self.clock = ShiftedClock(self._first, self._hands)

    def belongs_to(self, zone: str) -> None:
        """Take a time without offset for the wall clock's in `zone`, which only the file knows."""
        self._hands.move(read_moment(self._text, zone, _OPTION) - self._first)
