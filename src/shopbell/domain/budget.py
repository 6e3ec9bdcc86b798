"""The month's budget: how many texts may leave, and for how much. Must not count them itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from shopbell.domain.pricing import amount_text
from shopbell.domain.telling import counted, plain_day


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """What the owner allows a month; None is no limit."""

    texts: int | None = None
    micros: int | None = None
    """Millionths of `currency`."""
    currency: str = ""

    @property
    def is_set(self) -> bool:
        """Whether there is any limit."""
        return self.texts is not None or self.micros is not None


NO_BUDGET = Budget()


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """A budget and what has been used of it this month."""

    budget: Budget
    starts_at: datetime
    ends_at: datetime
    """When the next month begins, on the shop's clock."""
    texts: int = 0
    """How many texts left, or may have left."""
    micros: int = 0
    """What those cost together that have a price in the budget's currency."""
    unpriced: int = 0
    """How many of them have none."""

    @property
    def texts_left(self) -> int | None:
        """How many more may leave; None without such a limit."""
        limit = self.budget.texts
        return None if limit is None else max(limit - self.texts, 0)

    @property
    def micros_left(self) -> int | None:
        """How much more they may cost; None without such a limit."""
        limit = self.budget.micros
        return None if limit is None else max(limit - self.micros, 0)

    @property
    def why_spent(self) -> str:
        """Why no text at all may leave any more this month, as sentences; "" while one may."""
        if self.texts_left == 0:
            return f"This month's budget of {counted(self.budget.texts or 0, 'text')} is used up."
        if self.micros_left == 0:
            return f"This month's budget of {self._money(self.budget.micros)} is used up."
        return ""

    def why_not(self, micros: int | None, currency: str | None) -> str:
        """Return why a text at this price may not leave any more this month; "" when it may."""
        if spent := self.why_spent:
            return spent
        if self.micros_left is None:
            return ""
        if micros is None or currency != self.budget.currency:
            return (
                f"There is a budget of {self._money(self.budget.micros)} a month, and the next "
                f"text has no price in {self.budget.currency}."
            )
        if micros <= self.micros_left:
            return ""
        return (
            f"Of this month's budget {self._money(self.micros_left)} is left, and the next text "
            f"costs {self._money(micros)}."
        )

    def next_month(self, zone: str) -> str:
        """Return the day on which the next month begins: "1 Dec 2026"."""
        return plain_day(self.ends_at.astimezone(ZoneInfo(zone)).date())

    def _money(self, micros: int | None) -> str:
        return f"{amount_text(micros or 0)} {self.budget.currency}"


def budget_words(month: Month) -> str:
    """Return the limits of a month and what is left of them, in a few words."""
    budget, said = month.budget, []
    if budget.texts is not None:
        said.append(f"{counted(budget.texts, 'text')}, {month.texts_left:,} left")
    if budget.micros is not None:
        both = (budget.micros, month.micros_left or 0)
        of, left = (f"{amount_text(one)} {budget.currency}" for one in both)
        said.append(f"{of}, {left} left")
    return f"A month: {'; '.join(said)}." if said else "No limit for a month."


def month_around(now: datetime, zone: str) -> tuple[datetime, datetime]:
    """Return when the month of `now` began and ends on a clock in `zone`."""
    here = now.astimezone(ZoneInfo(zone))
    start = here.replace(day=1, hour=0, minute=0, second=0, microsecond=0, fold=0)
    if start.month == 12:
        return start, start.replace(year=start.year + 1, month=1)
    return start, start.replace(month=start.month + 1)
