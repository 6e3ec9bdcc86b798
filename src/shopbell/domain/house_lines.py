"""What the owner changed about the rules, line by line, beside Shopbell's own. Must not decide."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from shopbell.domain.caps import per_text
from shopbell.domain.consent import Purpose
from shopbell.domain.policy import Policy
from shopbell.domain.pricing import rates_text
from shopbell.domain.row_lines import RuleLine
from shopbell.domain.shop_rules import Closure, Emergency, HolidayWish, SetAside, ShopRules
from shopbell.domain.telling import calendar_day, counted, plain_day

HOLIDAY_WORDS = {
    HolidayWish.CLOSED: "No marketing on holidays, and no texts about orders and appointments.",
    HolidayWish.NO_MARKETING: "No marketing on holidays; texts about orders and appointments go.",
    HolidayWish.OPEN: "Texts go on holidays, where no law closes them.",
}


def house_lines(own: ShopRules, policy: Policy, zone: str, today: date) -> Iterator[RuleLine]:
    """Yield the rules of the shop as they are in force: the owner's, or else Shopbell's own."""
    for aside in own.set_aside:
        yield RuleLine(topic="Set aside", says=set_aside_words(aside, zone), rule=aside.rule)
    for emergency in own.emergencies:
        yield RuleLine(topic="Emergency", says=emergency_words(emergency, today))
    for closure in own.closures:
        yield RuleLine(topic="Closed", says=closure_words(closure, today))
    yield RuleLine(topic="Holidays", says=HOLIDAY_WORDS[own.holidays])
    yield RuleLine(topic="Most marketing", says=_limits(own, policy, Purpose.MARKETING))
    yield RuleLine(topic="Most on orders", says=_limits(own, policy, Purpose.SERVICE))
    yield RuleLine(topic="Between two", says=_gap(own, policy))
    yield RuleLine(
        topic="Contact",
        says=own.contact or "None; texts to Canada need one.",
    )
    yield RuleLine(
        topic="Short code",
        says=f"{own.short_code} (France)" if own.short_code else "None; only France uses one.",
    )
    yield RuleLine(topic="Prices", says=_prices(own))


def set_aside_words(aside: SetAside, zone: str) -> str:
    """Return "US-TX.hours, by Ana on 24 Nov 2026: “...”"."""
    who = aside.by or "the owner"
    return f"{aside.rule}, by {who} on {calendar_day(aside.at, zone)}: “{aside.reason}”"


def emergency_words(emergency: Emergency, today: date) -> str:
    """Return "US-LA: no marketing from 24 Nov 2026 until it is ended (hurricane)"."""
    until = "until it is ended" if emergency.last is None else f"until {plain_day(emergency.last)}"
    note = f" ({emergency.note})" if emergency.note else ""
    over = ", over" if emergency.last is not None and emergency.last < today else ""
    return f"{emergency.place}: no marketing from {plain_day(emergency.first)} {until}{note}{over}"


def closure_words(closure: Closure, today: date) -> str:
    """Return "24 Nov 2026 to 28 Nov 2026 (holiday)"."""
    days = plain_day(closure.first)
    if closure.last != closure.first:
        days += f" to {plain_day(closure.last)}"
    note = f" ({closure.note})" if closure.note else ""
    return f"{days}{note}{', over' if closure.last < today else ''}"


def _prices(own: ShopRules) -> str:
    rates = own.prices()
    if rates is None:
        return "None of your own; the gateway's price counts."
    return f"{'; '.join(rates_text(rates).splitlines())} ({rates.currency} a part)"


def _limits(own: ShopRules, policy: Policy, purpose: Purpose) -> str:
    mine = [cap for cap in own.caps if cap.purpose is purpose]
    if mine:
        said = ", ".join(f"{cap.n} in {counted(cap.days, 'day')}" for cap in mine)
        return f"{said} to one person."
    said = ", ".join(f"{cap.n} in {per_text(cap.per)}" for cap in policy.purposes[purpose].caps)
    return f"{said} to one person (Shopbell's own)."


def _gap(own: ShopRules, policy: Policy) -> str:
    if own.gap_hours is not None:
        return f"{counted(own.gap_hours, 'hour')} between two marketing texts to one person."
    gap = policy.purposes[Purpose.MARKETING].gap
    hours = "No time" if gap is None else per_text(gap)
    return f"{hours} between two marketing texts to one person (Shopbell's own)."
