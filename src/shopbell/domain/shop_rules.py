"""What the owner changes about the rules: closed days, emergencies, limits, rules set aside, rates.

Comes in with the shop's settings and is stored with every decision (all but the rates). Must not
decide, and must not read text: see `shop_rules_text`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from itertools import combinations

from shopbell.domain.calendars import day_number
from shopbell.domain.consent import Purpose
from shopbell.domain.pricing import Rates
from shopbell.domain.purpose_words import texts_for
from shopbell.errors import BadInput

ELSEWHERE = "*"
"""The prefix of the rate for all numbers no other prefix fits."""

LEAST_REASON = 10
"""Characters a typed reason has at least; "ok" is none."""


class HolidayWish(StrEnum):
    """What the shop does on the holidays of its own and its customers' places."""

    CLOSED = "closed"
    """No marketing and no service texts."""
    NO_MARKETING = "no-marketing"
    """Service texts go."""
    OPEN = "open"
    """Everything goes that no law holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside:
    """A rule that does not count in this shop, with the owner's typed reason."""

    rule: str
    """Id of hours, holidays or a cap of the rulebook: "US-TX.hours"."""
    reason: str
    by: str
    at: datetime
    """Aware, UTC."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Closure:
    """Days on which the shop is closed, both included, by the shop's own calendar."""

    first: date
    last: date
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Emergency:
    """Days on which nobody in a region gets marketing, both included; without `last`, for now."""

    place: str
    """A country, or a part of one: "US-LA"."""
    first: date
    last: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShopCap:
    """The shop's own limit: at most `n` texts of a purpose to one person in `days` days."""

    purpose: Purpose
    n: int
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """What one part costs to numbers that begin with `prefix`, in millionths of the currency."""

    prefix: str
    """With its plus: "+44"; "*" for all other numbers."""
    micros: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ShopRules:
    """Everything the owner changed; without a change, Shopbell's own policy."""

    set_aside: tuple[SetAside, ...] = ()
    closures: tuple[Closure, ...] = ()
    emergencies: tuple[Emergency, ...] = ()
    holidays: HolidayWish = HolidayWish.CLOSED
    caps: tuple[ShopCap, ...] = ()
    """For a purpose that is named here, instead of the caps of the policy."""
    gap_hours: int | None = None
    """Hours between two marketing texts to one person; None for the policy's."""
    contact: str = ""
    """A short web or mail address put into texts where a law asks for one (Canada)."""
    short_code: str = ""
    """The number people in France text STOP to: "36123"."""
    currency: str = ""
    """Of the rates, for example "USD"."""
    rates: tuple[Rate, ...] = ()

    def for_deciding(self) -> ShopRules:
        """Return what a decision may depend on."""
        return replace(self, currency="", rates=()) if self.rates or self.currency else self

    def prices(self) -> Rates | None:
        """Return the rates for reckoning; None while the owner has set none."""
        if not self.rates:
            return None
        by_prefix = {rate.prefix: rate.micros for rate in self.rates}
        elsewhere = by_prefix.pop(ELSEWHERE, None)
        return Rates(currency=self.currency, by_prefix=by_prefix, elsewhere=elsewhere)


NOTHING_CHANGED = ShopRules()
"""What a shop begins with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spans:
    """Stretches of days that are closed; for `windows.Hours`."""

    spans: tuple[tuple[int, int | None], ...]
    """First and last day (counted since 1970); None where no end is known."""

    def shuts(self, day: int) -> bool:
        """Return whether that day is in one of the stretches."""
        return any(first <= day and (last is None or day <= last) for first, last in self.spans)


def spans_of(stretches: Iterable[Closure | Emergency]) -> Spans:
    """Return the days of closures or emergencies."""
    return Spans(
        spans=tuple(
            (day_number(each.first), None if each.last is None else day_number(each.last))
            for each in stretches
        )
    )


def consistent(rules: ShopRules) -> ShopRules:
    """Return the rules, if they do not contradict themselves.

    Raises:
        BadInput: names what contradicts what.
    """
    for aside in rules.set_aside:
        if len(aside.reason.strip()) < LEAST_REASON:
            raise _wrong(
                f"The rule {aside.rule} is set aside without a real reason.",
                "Type why, in a sentence: it is kept with every decision it changes.",
            )
    _refuse_twice("set aside", [aside.rule for aside in rules.set_aside])
    stretches: list[Closure | Emergency] = [*rules.closures, *rules.emergencies]
    for first, last in ((each.first, each.last) for each in stretches):
        if last is not None and last < first:
            raise _wrong(
                f"The days from {first} to {last} end before they begin.",
                "Turn the two dates round.",
            )
    for one, other in combinations(rules.emergencies, 2):
        if one.place == other.place and _overlap(one, other):
            raise _wrong(
                f"Two emergencies in {one.place} cover the same days.",
                "Give the first one a last day, or remove one of them.",
            )
    _refuse_twice(
        "the limit of", [f"{texts_for(cap.purpose)} in {cap.days} days" for cap in rules.caps]
    )
    for one_cap, other_cap in combinations(rules.caps, 2):
        _refuse_useless(one_cap, other_cap)
    _refuse_twice("the rate of", [rate.prefix for rate in rules.rates])
    rules.prices()
    return rules


def _refuse_useless(one: ShopCap, other: ShopCap) -> None:
    if one.purpose is not other.purpose:
        return
    shorter, longer = sorted((one, other), key=lambda cap: cap.days)
    if longer.n < shorter.n:
        raise _wrong(
            f"{shorter.n} {texts_for(one.purpose)} in {shorter.days} days can never go when only "
            f"{longer.n} may go in {longer.days} days.",
            "Lower the first number or raise the second.",
        )


def _overlap(one: Emergency, other: Emergency) -> bool:
    return (one.last is None or other.first <= one.last) and (
        other.last is None or one.first <= other.last
    )


def _refuse_twice(what: str, names: list[str]) -> None:
    for name in names:
        if names.count(name) > 1:
            raise _wrong(f"The rules of this shop say {what} {name} twice.", "Remove one of them.")


def _wrong(message: str, hint: str) -> BadInput:
    return BadInput(message, hint, code="rules")
