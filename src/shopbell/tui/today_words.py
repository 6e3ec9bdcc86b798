"""Puts the day of a shop into words and small bars. Must not count, and must not read the clock."""

from __future__ import annotations

from datetime import datetime

from textual.content import Content

from shopbell.domain.today import Held, Month, Need, NeedKind, Today, heights
from shopbell.tui import words
from shopbell.tui.plain import spans
from shopbell.tui.rows import Ink

_BARS = "·▁▂▃▄▅▆▇█"

_SIGNS: dict[NeedKind, tuple[str, str, Ink]] = {
    NeedKind.UNCLEAR: ("?", "is this a stop?", Ink.CAREFUL),
    NeedKind.COMPLAINT: ("!", "call them", Ink.CAREFUL),
    NeedKind.PAUSED: ("!", "stands still", Ink.CAREFUL),
    NeedKind.UNKNOWN: ("?", "did it arrive?", Ink.CAREFUL),
    NeedKind.REPLY: ("●", "reply", Ink.ACCENT),
}


def greeting(local: datetime) -> str:
    """Return what one says at that hour."""
    if local.hour < 12:
        return "Good morning."
    return "Good afternoon." if local.hour < 18 else "Good evening."


def sign(need: Need, zone: str, now: datetime) -> tuple[str, str, Ink]:
    """Return a sign, what is wanted, and the ink for a need."""
    sign, ask, ink = _SIGNS[need.kind]
    if need.due is None:
        return sign, ask, ink
    if need.due <= now:
        return sign, f"{ask}: late", Ink.BAD
    return sign, f"call by {words.moment(need.due, zone, now)}", ink


def rest(day: Today, zone: str, now: datetime) -> list[Content]:
    """Return what is on its way and how the month goes, line by line."""
    waiting = [_held(one, zone, now) for one in day.held]
    if day.due:
        leave = "leaves" if day.due == 1 else "leave"
        waiting.insert(0, f"{_texts(day.due)} {leave} as soon as the gateway takes them.")
    found = [spans(("ON ITS WAY", "bold $text-muted"))] if waiting else []
    found += [spans((one, ""), one_line=True) for one in waiting]
    if found:
        found.append(spans(""))
    return [*found, *month(day.month)]


def month(one: Month) -> list[Content]:
    """Return this month's numbers and a bar for each of its days."""
    facts = [f"sent {one.sent:,}", f"arrived {one.arrived:,}"]
    facts += [f"replies {one.replies:,}", f"stops {one.stops:,}"]
    facts += [f"cost {words.price(micros, currency)}" for currency, micros in one.cost]
    numbers = spans(("THIS MONTH", "bold $text-muted"), (f"   {'   '.join(facts)}", ""))
    if one.busiest is None:
        return [numbers, spans(("No text has left this month.", "$text-muted"))]
    bars = "".join(_BARS[height] for height in heights(one.days, len(_BARS)))
    most = f"  most on the {_nth(one.busiest)}: {one.days[one.busiest - 1]:,}"
    return [numbers, spans((bars, "$text-accent"), (most, "$text-muted"))]


def _held(one: Held, zone: str, now: datetime) -> str:
    wait = "waits" if one.count == 1 else "wait"
    until = "" if one.until is None else f" until {words.moment(one.until, zone, now)}"
    return f"{_texts(one.count)} {wait}{until}: {one.why}"


def _texts(count: int) -> str:
    return "1 text" if count == 1 else f"{count:,} texts"


def _nth(day: int) -> str:
    if day % 100 in {11, 12, 13}:
        return f"{day}th"
    return f"{day}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(day % 10, 'th') }"
