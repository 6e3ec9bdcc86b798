"""The shop itself: name, place, hours, and the wall-clock windows hours are made of.

Must not know about storage or about any text in particular.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Window:
    """A half-open stretch of wall-clock time `[start, end)`, in minutes after midnight, 0..1440."""

    start: int
    end: int

    def __str__(self) -> str:
        """Return the window the way rule files write it: `10:00-18:00`."""
        return (
            f"{self.start // 60:02d}:{self.start % 60:02d}-{self.end // 60:02d}:{self.end % 60:02d}"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """Windows per weekday, Monday first; an empty tuple is a closed day."""

    days: tuple[
        tuple[Window, ...],
        tuple[Window, ...],
        tuple[Window, ...],
        tuple[Window, ...],
        tuple[Window, ...],
        tuple[Window, ...],
        tuple[Window, ...],
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShopProfile:
    """What the owner told us about the shop at first run."""

    name: str
    """The sender name at the start of every text, for example "Fern & Finch"."""
    country: str
    """ISO 3166-1 alpha-2, upper case; numbers without a country code are read as this country's."""
    zone: str
    """IANA time zone of the counter, for example "America/New_York"."""
    hours: Week
    """When texts may arrive, by the shop's own wish; intersected with every other window."""
    phone: str | None
    """The number printed in HELP answers, as the owner typed it."""
    practice: bool
    """A practice file: only the practice gateway may be used, and the time may be pretended."""
    created_at: datetime
    """Aware, UTC."""
