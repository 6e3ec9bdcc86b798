"""The month's budget: set by the owner, a hard stop for everything that leaves. Must not send."""

from __future__ import annotations

from shopbell.domain.budget import Budget, Month
from shopbell.errors import BadInput
from shopbell.services.changed import Changed
from shopbell.services.desk import Desk
from shopbell.store import budgets, gateway_book, shop_row


class Budgets:
    """Sets the budget and says what is left of it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def month(self) -> Month:
        """Return the budget and what has been used of it this month."""
        zone = self._desk.profile.zone
        return await self._desk.store.read(budgets.month, self._desk.clock.now(), zone)

    async def set_to(self, budget: Budget) -> Month:
        """Overwrite the budget; campaigns that it paused go on if there is room now.

        Raises:
            BadInput: a limit of money, but no text has a price in that currency.
        """
        if budget.micros is not None:
            await self._refuse_unpriced(budget.currency)
        now = self._desk.clock.now()
        await self._desk.store.write(budgets.save, budget, now)
        self._desk.tell(Changed.SENDING, Changed.CAMPAIGNS)
        return await self.month()

    async def _refuse_unpriced(self, currency: str) -> None:
        facts = await self._desk.store.read(shop_row.load_facts)
        gateway = await self._desk.store.read(gateway_book.active)
        rates = facts.rules.prices()
        known = {rates.currency} if rates is not None else set()
        if gateway is not None and gateway.config.price_micros is not None:
            known.add(gateway.config.currency or "")
        if currency not in known:
            raise BadInput(
                f"No price in {currency} is known, so what texts cost could not be counted.",
                "Set one first: shopbell gateway set ... --price 0.0079 --currency "
                f"{currency}, or limit the number of texts: --texts 400",
                code="no_price",
            )
