"""How far this computer's clock and a gateway's are apart, by what the gateway says in passing.

Pure. Must not read a clock itself, nor guess where a gateway says nothing about the time.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from shopbell.gateways.when import read_moment

MOST_APART = timedelta(hours=26)
"""No clock is further off by mistake than a wrong time zone and a wrong day make it."""
TOLD_FROM = timedelta(minutes=10)
"""From so much on it is told; a little is usual."""

_USUAL = timedelta(minutes=1)
"""An answer is on its way for a while, and clocks differ a little."""


class Clocks:
    """Our clock beside one gateway's."""

    def __init__(self) -> None:
        self.ahead = timedelta()
        """How far ours is ahead of theirs; negative: behind. Nothing until they said something."""

    def hear(self, date: str, now: datetime) -> None:
        """Take in what an answer of `now` says of its own date; nonsense changes nothing."""
        theirs = read_moment(date)
        if theirs is not None:
            self.ahead = max(-MOST_APART, min(now - theirs, MOST_APART))

    @property
    def back(self) -> timedelta:
        """How much earlier than our clock says one must look to miss nothing there."""
        return self.ahead if self.ahead > _USUAL else timedelta()

    @property
    def words(self) -> str:
        """What to tell about the two clocks; empty if they agree well enough."""
        if abs(self.ahead) < TOLD_FROM:
            return ""
        minutes = int(abs(self.ahead).total_seconds() // 60)
        apart = f"{minutes // 60} hours" if minutes >= 120 else f"{minutes} minutes"
        way = "ahead of" if self.ahead > timedelta() else "behind"
        return (
            f"This computer's clock is {apart} {way} the gateway's. "
            "Check the date, the time and the time zone of this computer."
        )
