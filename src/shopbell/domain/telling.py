"""Times and places in the words of a sentence, the same on every computer. Must not decide.

The computer's language settings play no part: a reason reads the same at every shop.
"""

from __future__ import annotations

from datetime import UTC, date, datetime

from shopbell.domain.shop import ShopProfile
from shopbell.domain.zones import zone_named

WEEKDAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def local(at: datetime, zone: str) -> datetime:
    """Return `at` on a clock in `zone`; in UTC if this computer does not know the zone."""
    return at.astimezone(zone_named(zone) or UTC)


def clock(at: datetime, zone: str) -> str:
    """Return the time of day there: "21:14"."""
    there = local(at, zone)
    return f"{there.hour:02d}:{there.minute:02d}"


def weekday(at: datetime, zone: str) -> str:
    """Return the day of the week there: "Monday"."""
    return WEEKDAY_NAMES[local(at, zone).weekday()]


def calendar_day(at: datetime, zone: str) -> str:
    """Return the date there: "24 Nov 2026"."""
    return plain_day(local(at, zone).date())


def plain_day(day: date) -> str:
    """Return a date: "24 Nov 2026"."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def how_long_ago(at: datetime, now: datetime) -> str:
    """Return how old something is, in whole calendar steps: "3 days ago", "14 months ago"."""
    months = (
        (now.year - at.year) * 12
        + now.month
        - at.month
        - ((now.day, now.time()) < (at.day, at.time()))
    )
    if months >= 24:
        return f"{months // 12} years ago"
    if months >= 2:
        return f"{months} months ago"
    days = (now - at).days
    return f"{counted(days, 'day')} ago" if days > 0 else "today"


def day_and_clock(at: datetime, zone: str) -> str:
    """Return day and time there: "Tue 24 Nov 10:00"."""
    there = local(at, zone)
    return f"{weekday(at, zone)[:3]} {there.day} {_MONTHS[there.month - 1]} {clock(at, zone)}"


def place_of(zone: str) -> str:
    """Return the place a zone is named after: "New York", "Center, North Dakota"."""
    _, *parts = zone.replace("_", " ").split("/")
    return ", ".join(reversed(parts)) or zone


def next_step(next_allowed_at: datetime | None, shop: ShopProfile, otherwise: str) -> str:
    """Return when it may go, on the shop's own clock; `otherwise` if that is not known."""
    if next_allowed_at is None:
        return otherwise
    return f"It may go {day_and_clock(next_allowed_at, shop.zone)}, shop time."


def counted(n: int, noun: str, nouns: str = "") -> str:
    """Return a number with its noun: "1 text", "3 texts"; `nouns` where it does not end in s."""
    return f"{n} {noun}" if n == 1 else f"{n} {nouns or noun + 's'}"
