"""When an open shop locks by themselves. Compares times it is given; must not read a clock."""

from __future__ import annotations

from datetime import datetime, timedelta

LOOKS_EVERY = 1.0
"""Seconds between two looks at the clock."""

_SLEPT = timedelta(seconds=60)
"""A longer gap between two looks means that the computer slept."""


class IdleWatch:
    """Remembers when somebody was last at the keys, and when it last looked."""

    def __init__(self, after: timedelta, now: datetime) -> None:
        self._after = after
        self._touched = now
        self._looked = now

    def lock_after(self, after: timedelta) -> None:
        """Lock after so long from now on."""
        self._after = after

    def touch(self, now: datetime) -> None:
        """Somebody is there."""
        self._touched = now

    def start(self, now: datetime) -> None:
        """Begin to count: the file was just unlocked."""
        self._touched = self._looked = now

    def why_lock(self, now: datetime) -> str:
        """Return why to lock now, in a sentence, or "" when there is no reason to."""
        slept = now - self._looked > _SLEPT
        self._looked = now
        if slept:
            return "Locked: the computer was asleep."
        if now - self._touched >= self._after:
            minutes = round(self._after.total_seconds() / 60)
            quiet = "1 quiet minute" if minutes == 1 else f"{minutes} quiet minutes"
            return f"Locked after {quiet}."
        return ""
