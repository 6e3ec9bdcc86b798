"""Reads what an owner types about the shop's rules in one line: a limit, a gap, days, a price.

Must not store it, and must not judge whether it makes sense: `shop_rule_changes` does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from shopbell.domain.budget import Budget
from shopbell.domain.pricing import amount_text, beginning_of, read_rates
from shopbell.domain.shop_rules import ELSEWHERE
from shopbell.errors import BadInput

_LIMIT = re.compile(r"(\d{1,4})\D{1,20}?(\d{1,4})\s*(?:days?)?")
_PARTS = re.compile(r",\s+|;|\band\b", re.I)
_TEXTS = re.compile(r"([0-9]{1,7}|[0-9]{1,3}(?:,[0-9]{3}){1,2})(?:\s*texts?)?", re.I)
_MONEY = re.compile(r"([0-9]{1,6}(?:\.[0-9]{1,6})?)\s*([A-Za-z]{3})")
_HOURS = re.compile(r"(\d{1,5})\s*(?:h|hours?)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedDays:
    """Some days and why: "2026-12-24 2026-12-27 Christmas"."""

    first: date
    last: date
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedPlace:
    """A place, perhaps a last day, and what happened: "US-LA 2026-12-01 hurricane"."""

    place: str
    last: date | None
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedPrice:
    """A price for numbers that begin so; without `micros`, to be forgotten."""

    prefix: str
    micros: int | None
    currency: str


def read_limit(line: str) -> tuple[int, int] | None:
    """Return texts and days of "2 in 30"; None for an empty line.

    Raises:
        BadInput: it is no limit.
    """
    if not line.strip():
        return None
    found = _LIMIT.fullmatch(line.strip())
    if found is None or int(found[1]) < 1:
        raise BadInput("That is no limit.", "Write it like: 2 in 30 days.", code="bad_limit")
    return int(found[1]), int(found[2])


def read_gap(line: str) -> int | None:
    """Return the hours of "48"; None for an empty line.

    Raises:
        BadInput: it is no number of hours.
    """
    if not line.strip():
        return None
    found = _HOURS.fullmatch(line.strip())
    if found is None:
        raise BadInput("That is no number of hours.", "Write it like 48.", code="bad_gap")
    return int(found[1])


def read_days(line: str) -> TypedDays:
    """Return one day or two, and the words after them.

    Raises:
        BadInput: it does not begin with a day.
    """
    words = line.split()
    days = _days(words[:2])
    if not days:
        raise BadInput("That is no day.", "Write it like 2026-12-24.", code="bad_day")
    return TypedDays(first=days[0], last=days[-1], note=" ".join(words[len(days) :]))


def read_place(line: str) -> TypedPlace:
    """Return the place, the last day if one follows, and the words after them."""
    words = line.split()
    days = _days(words[1:2])
    return TypedPlace(
        place=words[0] if words else "",
        last=days[0] if days else None,
        note=" ".join(words[1 + len(days) :]),
    )


def read_typed_price(line: str, currency: str) -> TypedPrice:
    """Return the price in "+44 0.04 USD"; a prefix alone forgets its price.

    Args:
        line: as it was typed; a country stands for the beginning of its numbers.
        currency: of the other prices; needed on the line where there are none yet.

    Raises:
        BadInput: it is no price.
    """
    prefix, *rest = line.split() or [""]
    beginning = beginning_of(prefix) if prefix.isascii() and prefix.isalpha() else None
    prefix = prefix if beginning is None else beginning.prefix
    if prefix and not rest:
        return TypedPrice(prefix=prefix, micros=None, currency=currency)
    wanted = rest[1].upper() if len(rest) == 2 else currency
    if not prefix or len(rest) > 2 or not wanted:
        raise BadInput(
            "That is no price.",
            "Write the beginning of the numbers, the price of one part and the currency, like: "
            "+44 0.04 GBP.",
            code="bad_price",
        )
    rates = read_rates(f"{prefix} {rest[0]}", wanted)
    micros = rates.elsewhere if prefix == ELSEWHERE else rates.by_prefix[prefix]
    return TypedPrice(prefix=prefix, micros=micros, currency=wanted)


def read_budget(line: str) -> Budget:
    """Return the limits of "400 texts", "20 USD" or "400 texts, 20 USD"; an empty line is none.

    Raises:
        BadInput: it is no budget.
    """
    texts: int | None = None
    micros: int | None = None
    currency = ""
    for part in filter(None, (one.strip() for one in _PARTS.split(line))):
        many, money = _TEXTS.fullmatch(part), _MONEY.fullmatch(part)
        if many is not None and texts is None:
            texts = int(many[1].replace(",", ""))
        elif money is not None and micros is None:
            micros, currency = int(Decimal(money[1]) * 1_000_000), money[2].upper()
        else:
            raise BadInput(
                f"“{part[:30]}” is no budget.",
                "Write it like: 400 texts, 20 USD. Either of them is enough.",
                code="bad_budget",
            )
    return Budget(texts=texts, micros=micros, currency=currency)


def budget_to_type(budget: Budget) -> str:
    """Return a budget as `read_budget` reads it."""
    texts = "" if budget.texts is None else f"{budget.texts} texts"
    money = "" if budget.micros is None else f"{amount_text(budget.micros)} {budget.currency}"
    return ", ".join(filter(None, (texts, money)))


def _days(words: list[str]) -> list[date]:
    """Return the days the words begin with."""
    found: list[date] = []
    for word in words:
        try:
            found.append(date.fromisoformat(word))
        except ValueError:
            break
    return found
