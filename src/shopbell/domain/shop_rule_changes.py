"""One change after another to what the owner says about the rules. Must not store or decide.

Each returns new rules and says in a sentence what cannot be done.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from shopbell.domain.consent import Purpose
from shopbell.domain.rule_ids import may_be_set_aside
from shopbell.domain.rulebook import Rulebook
from shopbell.domain.shop_rules import (
    ELSEWHERE,
    Closure,
    Emergency,
    Rate,
    SetAside,
    ShopCap,
    ShopRules,
)
from shopbell.domain.zones import country_zones
from shopbell.errors import BadInput

_DAY = timedelta(days=1)


def with_set_aside(
    own: ShopRules, rules: Rulebook, rule: str, reason: str, by: str, now: datetime
) -> ShopRules:
    """Return the rules with one of the rulebook's set aside, anew if it was already.

    Raises:
        BadInput: there is no such rule, or it is nobody's to set aside.
    """
    known = {each.lower(): each for each in may_be_set_aside(rules)}
    found = known.get(rule.lower())
    if found is None:
        raise BadInput(
            f"“{rule[:40]}” is no rule that can be set aside.",
            "Hours, holidays and caps of a row can: 'shopbell rules show US-TX' names them. "
            "A stop or a missing yes cannot.",
            code="no_rule",
        )
    kept = tuple(each for each in own.set_aside if each.rule != found)
    fresh = SetAside(rule=found, reason=" ".join(reason.split()), by=by.strip(), at=now)
    return replace(own, set_aside=(*kept, fresh))


def without_set_aside(own: ShopRules, rule: str) -> ShopRules:
    """Return the rules with that rule counting again.

    Raises:
        BadInput: it is not set aside.
    """
    kept = tuple(each for each in own.set_aside if each.rule.lower() != rule.lower())
    if len(kept) == len(own.set_aside):
        raise BadInput(
            f"“{rule[:40]}” is not set aside.",
            "List what is with 'shopbell rules shop'.",
            code="no_rule",
        )
    return replace(own, set_aside=kept)


def with_closure(own: ShopRules, first: date, last: date, note: str, today: date) -> ShopRules:
    """Return the rules with the shop closed from the first to the last day.

    Raises:
        BadInput: the days end before they begin, or are over.
    """
    if last < today:
        raise BadInput(
            f"The days from {first} to {last} are over.", "Check the year.", code="bad_day"
        )
    if last < first:
        raise BadInput(
            f"The days from {first} to {last} end before they begin.",
            "Turn the two dates round.",
            code="bad_day",
        )
    fresh = Closure(first=first, last=last, note=" ".join(note.split()))
    kept = [each for each in own.closures if (each.first, each.last) != (first, last)]
    ordered = sorted([*kept, fresh], key=lambda each: (each.first, each.last))
    return replace(own, closures=tuple(ordered))


def without_closure(own: ShopRules, first: date, last: date) -> ShopRules:
    """Return the rules with the shop open from the first to the last day.

    A closure that reaches beyond is kept for the days beyond.

    Raises:
        BadInput: the shop is not closed on any of those days.
    """
    kept: list[Closure] = []
    for each in own.closures:
        if each.last < first or last < each.first:
            kept.append(each)
            continue
        if each.first < first:
            kept.append(replace(each, last=first - _DAY))
        if last < each.last:
            kept.append(replace(each, first=last + _DAY))
    if tuple(kept) == own.closures:
        raise BadInput(
            f"The shop is not closed on {first}."
            if first == last
            else f"The shop is not closed between {first} and {last}.",
            "List the closed days with 'shopbell rules shop'.",
            code="bad_day",
        )
    return replace(own, closures=tuple(kept))


def with_emergency(
    own: ShopRules, rules: Rulebook, place: str, first: date, last: date | None, note: str
) -> ShopRules:
    """Return the rules with marketing to a region stopped.

    Raises:
        BadInput: nobody knows the place.
    """
    place = place.upper()
    if not _is_known(place, rules):
        raise BadInput(
            f"“{place[:20]}” is no place Shopbell knows.",
            "Write a country or a state: US, US-LA, GB.",
            code="bad_place",
        )
    fresh = Emergency(place=place, first=first, last=last, note=" ".join(note.split()))
    return replace(own, emergencies=(*own.emergencies, fresh))


def without_emergency(own: ShopRules, place: str) -> ShopRules:
    """Return the rules with marketing to that region going again.

    Raises:
        BadInput: there is no emergency there.
    """
    kept = tuple(each for each in own.emergencies if each.place != place.upper())
    if len(kept) == len(own.emergencies):
        raise BadInput(
            f"There is no emergency in {place[:20]}.",
            "List them with 'shopbell rules shop'.",
            code="bad_place",
        )
    return replace(own, emergencies=kept)


def with_cap(own: ShopRules, purpose: Purpose, n: int, days: int) -> ShopRules:
    """Return the rules with a limit of the shop's own, in place of one over the same days."""
    kept = [c for c in own.caps if (c.purpose, c.days) != (purpose, days)]
    fresh = ShopCap(purpose=purpose, n=n, days=days)
    ordered = sorted([*kept, fresh], key=lambda cap: (cap.purpose, cap.days))
    return replace(own, caps=tuple(ordered))


def without_caps(own: ShopRules, purpose: Purpose) -> ShopRules:
    """Return the rules with Shopbell's own limits for that purpose."""
    return replace(own, caps=tuple(cap for cap in own.caps if cap.purpose is not purpose))


def with_rate(own: ShopRules, prefix: str, micros: int, currency: str) -> ShopRules:
    """Return the rules with the price of one part to numbers that begin so.

    Raises:
        BadInput: other rates are in another currency.
    """
    others = tuple(rate for rate in own.rates if rate.prefix != prefix)
    if others and currency != own.currency:
        raise BadInput(
            f"The other rates are in {own.currency}, not in {currency}.",
            "Give all rates in one currency.",
            code="bad_currency",
        )
    # Where no other prefix fits, "*" does: it stands last.
    ordered = sorted(
        [*others, Rate(prefix=prefix, micros=micros)],
        key=lambda rate: (rate.prefix == ELSEWHERE, rate.prefix),
    )
    return replace(own, rates=tuple(ordered), currency=currency)


def without_rate(own: ShopRules, prefix: str) -> ShopRules:
    """Return the rules without that rate.

    Raises:
        BadInput: there is none.
    """
    kept = tuple(rate for rate in own.rates if rate.prefix != prefix)
    if len(kept) == len(own.rates):
        raise BadInput(
            f"There is no rate for {prefix[:20]}.",
            "List them with 'shopbell rules shop'.",
            code="bad_price",
        )
    return replace(own, rates=kept, currency=own.currency if kept else "")


def _is_known(place: str, rules: Rulebook) -> bool:
    country, dash, part = place.partition("-")
    if not country_zones(country) and country not in rules.by_place:
        return False
    parts = {
        other
        for other in (*rules.by_place, *rules.area_codes.codes, *rules.part_zones)
        if other.startswith(f"{country}-")
    }
    return not dash or place in parts or (bool(part) and not parts)
