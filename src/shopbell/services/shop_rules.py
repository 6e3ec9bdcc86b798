"""What the owner changes about the rules: kept in the shop file, read again for every decision.

Must not decide what a change means for a text: the gate does.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from shopbell.domain import shop_rule_changes as changes
from shopbell.domain.calendars import Calendar
from shopbell.domain.consent import Purpose
from shopbell.domain.shop_rules import HolidayWish, ShopRules, consistent
from shopbell.domain.shop_rules_text import shop_rules_from_text, shop_rules_text
from shopbell.domain.telling import local
from shopbell.errors import BadInput
from shopbell.services.changed import Changed
from shopbell.services.desk import Desk
from shopbell.store import shop_row

if TYPE_CHECKING:
    from sqlite_utils import Database

Change = Callable[[ShopRules], ShopRules]

_YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True, kw_only=True)
class Holiday:
    """One holiday by the calendar the gate goes by."""

    day: date
    name: str


class HouseRules:
    """The rules of one shop: what its owner said differently from Shopbell's own policy."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def today(self) -> date:
        """Return today by the shop's own calendar."""
        return local(self._desk.clock.now(), self._desk.profile.zone).date()

    async def changed(self) -> ShopRules:
        """Return what the owner changed.

        Raises:
            BadInput: what is stored cannot be read.
        """
        return await self._desk.store.read(shop_row.load_rules)

    async def set_aside(self, rule: str, reason: str, by: str = "") -> ShopRules:
        """Have a rule of the rulebook not count in this shop.

        Args:
            rule: the id that decisions name, like "US-TX.hours".
            reason: why, in the owner's words; kept with every decision it changes.
            by: who says so.

        Raises:
            BadInput: the rule cannot be set aside, or the reason is none.
        """
        rules, now = self._desk.rules, self._desk.clock.now()
        return await self._change(
            lambda own: changes.with_set_aside(own, rules, rule, reason, by, now)
        )

    async def restore(self, rule: str) -> ShopRules:
        """Have a rule count again.

        Raises:
            BadInput: it was not set aside.
        """
        return await self._change(lambda own: changes.without_set_aside(own, rule))

    async def close(self, first: date, last: date | None = None, note: str = "") -> ShopRules:
        """Close the shop on a day, or from the first to the last day.

        Raises:
            BadInput: the days are over or end before they begin.
        """
        today = self.today()
        return await self._change(
            lambda own: changes.with_closure(own, first, last or first, note, today)
        )

    async def reopen(self, first: date, last: date | None = None) -> ShopRules:
        """Open the shop on a day, or from the first to the last day.

        Raises:
            BadInput: it is not closed then.
        """
        return await self._change(lambda own: changes.without_closure(own, first, last or first))

    async def declare_emergency(
        self, place: str, *, first: date | None = None, last: date | None = None, note: str = ""
    ) -> ShopRules:
        """Stop marketing to a region from today, or from `first`; without `last`, until ended.

        Raises:
            BadInput: nobody knows the place, or there is an emergency already.
        """
        rules, begins = self._desk.rules, first or self.today()
        return await self._change(
            lambda own: changes.with_emergency(own, rules, place, begins, last, note)
        )

    async def end_emergency(self, place: str) -> ShopRules:
        """Let marketing to a region go again.

        Raises:
            BadInput: there is no emergency there.
        """
        return await self._change(lambda own: changes.without_emergency(own, place))

    async def keep_holidays(self, wish: HolidayWish) -> ShopRules:
        """Say what the shop does on holidays; what a law closes stays closed."""
        return await self._change(lambda own: replace(own, holidays=wish))

    async def limit(self, purpose: Purpose, n: int, days: int) -> ShopRules:
        """Send at most `n` texts of a purpose to one person in `days` days.

        Raises:
            BadInput: the number makes no sense, or contradicts another limit.
        """
        return await self._change(lambda own: changes.with_cap(own, purpose, n, days))

    async def unlimit(self, purpose: Purpose) -> ShopRules:
        """Go by Shopbell's own limits for a purpose again."""
        return await self._change(lambda own: changes.without_caps(own, purpose))

    async def keep_apart(self, hours: int | None) -> ShopRules:
        """Leave so many hours between two marketing texts; None for Shopbell's own.

        Raises:
            BadInput: the number makes no sense.
        """
        return await self._change(lambda own: replace(own, gap_hours=hours))

    async def tell_contact(self, contact: str) -> ShopRules:
        """Put a short web or mail address into texts where a law asks for one; "" forgets it.

        Raises:
            BadInput: it is no address.
        """
        return await self._change(lambda own: replace(own, contact=contact.strip()))

    async def tell_short_code(self, digits: str) -> ShopRules:
        """Name the number people in France text STOP to; "" forgets it.

        Raises:
            BadInput: these are no digits.
        """
        return await self._change(lambda own: replace(own, short_code=digits.strip()))

    async def price(self, prefix: str, micros: int, currency: str) -> ShopRules:
        """Say what one part costs to numbers that begin so, in millionths of the currency.

        Raises:
            BadInput: the prefix is none, or the currency is not that of the other rates.
        """
        return await self._change(lambda own: changes.with_rate(own, prefix, micros, currency))

    async def forget_price(self, prefix: str) -> ShopRules:
        """Forget what one part costs to numbers that begin so.

        Raises:
            BadInput: no price is set for them.
        """
        return await self._change(lambda own: changes.without_rate(own, prefix))

    def holidays(self, place: str = "", *, since: date | None = None) -> tuple[Holiday, ...]:
        """Return the holidays of a year from `since` (today if not given), by day.

        Args:
            place: a country or a part of one, "US-LA"; the shop's own country if empty.
            since: the first day.

        Raises:
            BadInput: no calendar is known for the country.
        """
        country, _, part = (place or self._desk.profile.country).upper().partition("-")
        first = since or self.today()
        calendar = Calendar(country=country, parts=(part,) if part else ())
        found = calendar.between(first, first + _YEAR)
        if not found:
            raise BadInput(
                f"No calendar of holidays is known for “{place[:20]}”.",
                "Write a country or a state: US, US-LA, GB.",
                code="bad_place",
            )
        return tuple(Holiday(day=day, name=name) for day, name in found)

    async def _change(self, change: Change) -> ShopRules:
        fresh = await self._desk.store.write(_changed, change)
        # Decisions may be different from now on, wherever one is shown.
        self._desk.tell(Changed.ANYTHING)
        return fresh


def _changed(db: Database, change: Change) -> ShopRules:
    """Change the stored rules in one transaction, so that two changes at once both count."""
    fresh = consistent(change(shop_row.load_rules(db)))
    # What is written must be readable by the same strict reader that every decision goes through.
    shop_rules_from_text(shop_rules_text(fresh))
    shop_row.save_rules(db, fresh)
    return fresh
