"""What is asked about each line of the shop's own rules, and what the answer changes.

Must not decide, and must not draw: the screen shows the question and the sentence.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from shopbell.domain.budget import NO_BUDGET, Budget, budget_words
from shopbell.domain.consent import Purpose
from shopbell.domain.pricing import amount_text
from shopbell.domain.purpose_words import texts_for
from shopbell.domain.shop_rules import ShopRules
from shopbell.domain.telling import counted, plain_day
from shopbell.domain.typed_rules import (
    budget_to_type,
    read_budget,
    read_days,
    read_gap,
    read_limit,
    read_place,
    read_typed_price,
)
from shopbell.domain.weeks import read_week, week_text
from shopbell.services.opening import shop_name
from shopbell.services.shop import Shop

_AS_BEFORE = "An empty line goes by Shopbell's own again."


class Asks(StrEnum):
    """What about the shop's rules can be changed."""

    HOURS = "hours"
    HOLIDAYS = "holidays"
    MARKETING = "marketing"
    ORDERS = "orders"
    GAP = "gap"
    CONTACT = "contact"
    SHORT_CODE = "short-code"
    PRICES = "prices"
    CLOSED = "closed"
    EMERGENCY = "emergency"
    TWO = "two"
    NAME = "name"
    PHONE = "phone"
    BUDGET = "budget"


BY_TOPIC = {
    "Hours": Asks.HOURS,
    "Holidays": Asks.HOLIDAYS,
    "Most marketing": Asks.MARKETING,
    "Most on orders": Asks.ORDERS,
    "Between two": Asks.GAP,
    "Contact": Asks.CONTACT,
    "Short code": Asks.SHORT_CODE,
    "Prices": Asks.PRICES,
}
"""What a line with that topic asks when it is changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One line to type."""

    title: str
    about: str
    take: Callable[[str], Awaitable[str]]
    """Does what the line says and returns what was done; raises a `ShopbellError`."""
    value: str = ""


def question(asks: Asks, shop: Shop, own: ShopRules, budget: Budget = NO_BUDGET) -> Question | None:
    """Return what to ask; None for what is changed without one, or in a box of its own."""
    match asks:
        case Asks.HOLIDAYS | Asks.TWO:
            return None
        case Asks.NAME:
            return Question(
                title="What is the shop called?",
                about="It starts every text from then on, so the shorter the better.",
                take=partial(_name, shop),
                value=shop.profile.name,
            )
        case Asks.PHONE:
            return Question(
                title="Which number do people call?",
                about="It stands in answers to HELP, and where a text says that they may call. An "
                "empty line: none.",
                take=partial(_phone, shop),
                value=shop.profile.phone or "",
            )
        case Asks.BUDGET:
            return Question(
                title="How much may leave in a month?",
                about="Texts, money or both, like: 400 texts, 20 USD. What would go beyond it "
                "waits, and campaigns pause. An empty line: no limit.",
                take=partial(_budget, shop),
                value=budget_to_type(budget),
            )
        case Asks.HOURS:
            return Question(
                title="When may texts arrive?",
                about="Days and hours, like: mon-fri 10:00-18:00; sat 10:00-17:00",
                take=partial(_hours, shop),
                value=week_text(shop.profile.hours),
            )
        case Asks.MARKETING | Asks.ORDERS:
            purpose = Purpose.MARKETING if asks is Asks.MARKETING else Purpose.SERVICE
            return Question(
                title=f"How many {texts_for(purpose)}?",
                about="At most so many to one person in so many days, like: 2 in 30. A limit over "
                f"other days stays beside it. {_AS_BEFORE}",
                take=partial(_limit, shop, purpose),
            )
        case Asks.GAP:
            return Question(
                title="How long between two marketing texts?",
                about=f"Hours between two to one person, like: 48. {_AS_BEFORE}",
                take=partial(_gap, shop),
                value="" if own.gap_hours is None else str(own.gap_hours),
            )
        case Asks.CONTACT:
            return Question(
                title="How is the shop reached?",
                about="A short web or mail address, like: fern.example. It stands in texts where a "
                "law asks for one. An empty line forgets it.",
                take=partial(_contact, shop),
                value=own.contact,
            )
        case Asks.SHORT_CODE:
            return Question(
                title="Which number do people in France text STOP to?",
                about="Its digits, like: 36123. An empty line forgets it.",
                take=partial(_short_code, shop),
                value=own.short_code,
            )
        case Asks.PRICES:
            return Question(
                title="What does one part cost?",
                about="The beginning of the numbers (or a country, or * for all others), the price "
                "and the currency: +44 0.04 GBP. Without a price, it is forgotten: +44",
                take=partial(_price, shop, own.currency),
            )
        case Asks.CLOSED:
            return Question(
                title="Closed on which days?",
                about="A day, or the first and the last, then why if you like: "
                "2026-12-24 2026-12-27 Christmas",
                take=partial(_closed, shop),
            )
        case Asks.EMERGENCY:
            return Question(
                title="An emergency where?",
                about="A country or a state, its last day if you know it, then what happened: "
                "US-LA 2026-12-01 hurricane. Without a day, marketing there stops until you take "
                "it back.",
                take=partial(_emergency, shop),
            )


async def _name(shop: Shop, line: str) -> str:
    profile = await shop.change_profile(name=shop_name(line))
    return f"Texts begin with “{profile.name}:” from now on."


async def _phone(shop: Shop, line: str) -> str:
    number = shop.people.read_number(line).e164 if line else ""
    profile = await shop.change_profile(phone=number)
    return f"People call {profile.phone}." if profile.phone else "No number to call is given."


async def _budget(shop: Shop, line: str) -> str:
    month = await shop.budgets.set_to(read_budget(line))
    return budget_words(month)


async def _hours(shop: Shop, line: str) -> str:
    profile = await shop.change_profile(hours=read_week(line))
    return f"Texts may arrive {week_text(profile.hours)}."


async def _limit(shop: Shop, purpose: Purpose, line: str) -> str:
    limit, texts = read_limit(line), texts_for(purpose)
    if limit is None:
        await shop.rules.unlimit(purpose)
        return f"Shopbell's own limits hold for {texts} again."
    await shop.rules.limit(purpose, *limit)
    return f"At most {limit[0]} {texts} to one person in {counted(limit[1], 'day')}."


async def _gap(shop: Shop, line: str) -> str:
    hours = read_gap(line)
    await shop.rules.keep_apart(hours)
    if hours is None:
        return "Shopbell's own gap holds again."
    return f"{counted(hours, 'hour')} between two marketing texts to one person."


async def _contact(shop: Shop, line: str) -> str:
    own = await shop.rules.tell_contact(line)
    return f"Contact: {own.contact or 'none'}."


async def _short_code(shop: Shop, line: str) -> str:
    own = await shop.rules.tell_short_code(line)
    return f"Short code: {own.short_code or 'none'}."


async def _price(shop: Shop, currency: str, line: str) -> str:
    typed = read_typed_price(line, currency)
    if typed.micros is None:
        await shop.rules.forget_price(typed.prefix)
        return f"No price for {typed.prefix}."
    await shop.rules.price(typed.prefix, typed.micros, typed.currency)
    return f"One part to {typed.prefix} costs {amount_text(typed.micros)} {typed.currency}."


async def _closed(shop: Shop, line: str) -> str:
    days = read_days(line)
    await shop.rules.close(days.first, days.last, days.note)
    until = f" to {plain_day(days.last)}" if days.last != days.first else ""
    return f"Closed {plain_day(days.first)}{until}."


async def _emergency(shop: Shop, line: str) -> str:
    typed = read_place(line)
    await shop.rules.declare_emergency(typed.place, last=typed.last, note=typed.note)
    until = "until you take it back" if typed.last is None else f"until {plain_day(typed.last)}"
    return f"Marketing to {typed.place.upper()} is stopped {until}."
