"""How fast texts leave through a gateway: its own limit, and what the owner says beyond it.

Pure: chance is handed in. Must not wait.
"""

from __future__ import annotations

from dataclasses import dataclass

from shopbell.errors import BadInput

LONGEST_SECONDS = 600.0
"""The most seconds between two texts, and the most that may be added by chance."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPace:
    """What the owner says about a gateway."""

    between: float
    """Seconds from one text to the next, at least."""
    jitter: float = 0.0
    """Up to so many seconds more, by chance, each time anew."""

    @property
    def is_usable(self) -> bool:
        """Whether both are numbers of seconds within the limits."""
        return 0 <= self.between <= LONGEST_SECONDS and 0 <= self.jitter <= LONGEST_SECONDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How long one text waits for the next."""

    between: float
    jitter: float

    @property
    def average(self) -> float:
        """Seconds from one text to the next, over many."""
        return self.between + self.jitter / 2

    def wait(self, chance: float) -> float:
        """Return the seconds until the next text, for a `chance` from 0 to 1."""
        return self.between + self.jitter * chance

    @property
    def words(self) -> str:
        """How fast it is, in words: "1 text every 8 to 12 s"; empty where nothing limits it."""
        if not self.average:
            return ""
        if not self.jitter and self.between < 1:
            return f"{round(1 / self.between):,} texts a second"
        least, most = _seconds(self.between), _seconds(self.between + self.jitter)
        return f"1 text every {least} s" if least == most else f"1 text every {least} to {most} s"


def pace_of(per_second: float, own: OwnPace | None) -> Pace:
    """Return how fast texts leave: never faster than the gateway takes them.

    Args:
        per_second: what the gateway takes; 0 is no limit.
        own: what the owner says; None leaves it to the gateway.
    """
    least = 1 / per_second if per_second > 0 else 0.0
    if own is None:
        return Pace(between=least, jitter=0.0)
    return Pace(between=max(least, own.between), jitter=own.jitter)


def read_pace(typed: str) -> OwnPace | None:
    """Return what somebody typed: "8", "8 4"; None for nothing.

    Raises:
        BadInput: it is not one or two numbers of seconds.
    """
    words = typed.replace(",", ".").split()
    try:
        numbers = [float(word) for word in words]
    except ValueError:
        numbers = []
    if words and len(numbers) not in {1, 2}:
        raise BadInput(
            "That is not a number of seconds, or two.",
            "For example 8 4: one text every 8 to 12 seconds.",
            code="bad_pace",
        )
    return OwnPace(between=numbers[0], jitter=sum(numbers[1:])) if numbers else None


def _seconds(seconds: float) -> str:
    return f"{seconds:.1f}".removesuffix(".0")
