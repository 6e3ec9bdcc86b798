"""Reports: what was sent, arrived, was answered and was paid, by day and by campaign.

Records and sums. Must not read the file, and must not say whether a number is good.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from shopbell.domain.campaigns import CampaignState
from shopbell.domain.failures import Cause
from shopbell.domain.ids import E164, CampaignId

ANSWER_WITHIN = timedelta(hours=72)
"""A reply or a stop counts for the campaign whose text came last, within this time before it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """What became of some texts, and what they led to."""

    sent: int = 0
    """Texts the gateway took."""
    delivered: int = 0
    failed: int = 0
    """Texts that did not arrive: some of them left, some never did."""
    unknown: int = 0
    """Texts nobody knows about."""
    replied: int = 0
    """Texts that customers wrote."""
    stopped: int = 0
    """People who said no to all texts."""
    parts: int = 0
    """Of the texts sent."""
    cost: tuple[tuple[str, int], ...] = ()
    """Of the texts sent, in millionths, by currency."""
    without_price: int = 0
    """Texts sent for which no price is known."""

    def __add__(self, other: Numbers) -> Numbers:
        """Return both together."""
        cost = dict(self.cost)
        for currency, micros in other.cost:
            cost[currency] = cost.get(currency, 0) + micros
        return Numbers(
            sent=self.sent + other.sent,
            delivered=self.delivered + other.delivered,
            failed=self.failed + other.failed,
            unknown=self.unknown + other.unknown,
            replied=self.replied + other.replied,
            stopped=self.stopped + other.stopped,
            parts=self.parts + other.parts,
            cost=tuple(sorted(cost.items())),
            without_price=self.without_price + other.without_price,
        )


NOTHING = Numbers()


@dataclass(frozen=True, slots=True, kw_only=True)
class DayNumbers:
    """One day of the shop."""

    day: date
    numbers: Numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignNumbers:
    """One campaign that sent something in the time of the report."""

    id: CampaignId
    name: str
    state: CampaignState
    started_at: datetime | None
    numbers: Numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class HeardFromUs:
    """One person and how often they had a text."""

    number: E164
    name: str
    texts: int
    marketing: int
    """Of those, the offers."""
    last_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FailureCount:
    """How many texts did not arrive for the same cause."""

    cause: Cause
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Everything about some days of the shop."""

    first: date
    last: date
    """The last day, itself included."""
    days: tuple[DayNumbers, ...]
    """Every day from the first to the last, also those on which nothing happened."""
    campaigns: tuple[CampaignNumbers, ...]
    """Newest first."""
    most: tuple[HeardFromUs, ...]
    """Who has heard from us most, most first."""
    failures: tuple[FailureCount, ...]
    """Most frequent first."""

    @property
    def total(self) -> Numbers:
        """All days together."""
        return together(day.numbers for day in self.days)

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all happened."""
        return self.total == NOTHING

    @property
    def busiest(self) -> DayNumbers | None:
        """The day with the most texts, the first of equals; None if none was sent."""
        found = max(self.days, key=lambda day: day.numbers.sent, default=None)
        return found if found is not None and found.numbers.sent else None


def together(numbers: Iterable[Numbers]) -> Numbers:
    """Return the sum."""
    return sum(numbers, NOTHING)


def days_from(first: date, last: date) -> tuple[date, ...]:
    """Return every day from `first` to `last`."""
    return tuple(first + timedelta(days=n) for n in range((last - first).days + 1))
