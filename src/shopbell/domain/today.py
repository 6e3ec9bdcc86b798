"""What the shop's day looks like: what needs a person, what is on its way, how the month goes.

Records and small sums; must not look anything up.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from shopbell.domain.ids import E164


class NeedKind(StrEnum):
    """Why something needs a person, the most pressing first."""

    UNCLEAR = "unclear"
    """A reply that may be a stop."""
    COMPLAINT = "complaint"
    """Somebody complained, and a person has to call them."""
    PAUSED = "paused"
    """A campaign that stands still."""
    UNKNOWN = "unknown"
    """A text that may or may not have left."""
    REPLY = "reply"
    """A reply nobody has seen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """One thing that needs a person."""

    kind: NeedKind
    name: str
    """The person, or the campaign."""
    number: E164 | None
    """Whom it is about, where they can be texted."""
    text: str
    """Their words, our words, or why it stands still. From outside: shown like any such text."""
    at: datetime
    due: datetime | None = None
    """By when, where there is such a moment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """Texts that wait for the same moment."""

    count: int
    until: datetime | None
    """None = until something changes that has no date."""
    why: str
    """The reason of one of them, as a sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """This month so far, by the counter's calendar."""

    sent: int
    arrived: int
    replies: int
    stops: int
    cost: tuple[tuple[str, int], ...]
    """Currency and millionths, for what left."""
    days: tuple[int, ...]
    """Texts that left, a number for every day from the first until today."""

    @property
    def busiest(self) -> int | None:
        """The day of the month (from 1) on which most texts left; None when none did."""
        most = max(self.days, default=0)
        return self.days.index(most) + 1 if most else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Today:
    """All of it, as of one moment."""

    people: int
    """How many contacts there are."""
    needs: tuple[Need, ...]
    """The most pressing first; within a kind the newest first."""
    more: int
    """How many need somebody besides `needs`."""
    due: int
    """Texts that may leave now and have not yet."""
    held: tuple[Held, ...]
    """The soonest first."""
    month: Month


def in_order(needs: Iterable[Need]) -> tuple[Need, ...]:
    """Return needs, the most pressing kind first, within a kind the newest first."""
    kinds = list(NeedKind)
    newest = sorted(needs, key=lambda one: one.at, reverse=True)
    return tuple(sorted(newest, key=lambda one: kinds.index(one.kind)))


def by_day(left: Iterable[tuple[datetime, int]], zone: str, today: date) -> tuple[int, ...]:
    """Return how many texts left on each day of this month, until today.

    Args:
        left: moments and how many left then; those of other months do not count.
        zone: the counter's time zone.
        today: the date there.
    """
    place = ZoneInfo(zone)
    days = [0] * today.day
    for at, count in left:
        there = at.astimezone(place).date()
        if there.replace(day=1) == today.replace(day=1) and there <= today:
            days[there.day - 1] += count
    return tuple(days)


def heights(days: Sequence[int], levels: int) -> tuple[int, ...]:
    """Return a height from 0 to `levels` - 1 for each day; a day with any text is never 0."""
    most = max(days, default=0)
    if not most:
        return (0,) * len(days)
    return tuple(-(-count * (levels - 1) // most) for count in days)
