"""A shop whose owner has changed every rule that can be changed."""

from __future__ import annotations

from datetime import UTC, date, datetime

from shopbell.domain.consent import Purpose
from shopbell.domain.shop_rules import (
    Closure,
    Emergency,
    HolidayWish,
    Rate,
    SetAside,
    ShopCap,
    ShopRules,
)

TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 15, 42, tzinfo=UTC)
WHY = "Our regulars asked for evening texts."
FULL = ShopRules(
    set_aside=(SetAside(rule="US-TX.hours", reason=WHY, by="Ana", at=NOW),),
    closures=(Closure(first=date(2026, 12, 24), last=date(2026, 12, 26), note="[/] Christmas"),),
    emergencies=(Emergency(place="US-LA", first=TODAY, last=None, note="storm"),),
    holidays=HolidayWish.OPEN,
    caps=(ShopCap(purpose=Purpose.MARKETING, n=2, days=30),),
    gap_hours=48,
    contact="fern.example",
    short_code="36123",
    currency="USD",
    rates=(Rate(prefix="+1", micros=7900), Rate(prefix="*", micros=50_000)),
)
