"""Whether the shop is closed, and when it opens again, on its own clock. Must not decide a text."""

from __future__ import annotations

from datetime import datetime

from shopbell.domain.calendars import Calendar
from shopbell.domain.shop import ShopProfile
from shopbell.domain.shop_rules import HolidayWish, ShopRules, spans_of
from shopbell.domain.windows import ROUND_THE_CLOCK, Hours, is_open, next_open
from shopbell.domain.zones import zone_named


def opens_again_at(shop: ShopProfile, rules: ShopRules, now: datetime) -> datetime | None:
    """Return when a shop that is closed at `now` opens again (aware, UTC).

    None if it is open, or if nobody can tell: no hours at all, or a zone nobody here knows.
    """
    if zone_named(shop.zone) is None:
        return None
    hours = [Hours(week=shop.hours, zone=shop.zone)]
    if rules.closures:
        closed = spans_of(rules.closures)
        hours.append(Hours(week=ROUND_THE_CLOCK, zone=shop.zone, shut=closed))
    if rules.holidays is HolidayWish.CLOSED:
        rests = Calendar(country=shop.country, parts=())
        hours.append(Hours(week=ROUND_THE_CLOCK, zone=shop.zone, shut=rests))
    return None if is_open(hours, now) else next_open(hours, now)
