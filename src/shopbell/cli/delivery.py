"""Brings one written text to the gateway, or leaves it to whoever delivers. Must not decide."""

from __future__ import annotations

from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta

from shopbell.domain.texts import OPEN_AT_GATEWAY, OutboundText, State
from shopbell.errors import GatewayTrouble
from shopbell.services.shop import Shop

WHO = "a till script"
"""How other processes are told who sends."""

_LOOK_SECONDS = 0.25
_FETCH_SECONDS = 1.0

_NOT_THERE_YET = OPEN_AT_GATEWAY | {State.WAITING, State.SENDING}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """Where a text is after this process did what it could."""

    text: OutboundText
    holder: str | None
    """Who delivers, when that is another process."""
    troubled: bool
    """The gateway was tried, and the text was certainly not sent yet."""
    stopped: str
    """Why nothing leaves now: sending is off, or the budget is used up; empty while texts leave."""


async def deliver_one(shop: Shop, text: OutboundText, *, wait_seconds: float | None) -> Sent:
    """Deliver `text` now if this process may, else leave it to the process that delivers.

    With `wait_seconds` it also waits, at most so long, until the end of the text is known.
    """
    if await shop.delivery.take(WHO):
        await shop.delivery.deliver(only=text.id)
    if wait_seconds is not None:
        await _wait(shop, text, shop.clock.now() + timedelta(seconds=wait_seconds))
    latest = await shop.outbox.get(text.id)
    return Sent(
        text=latest,
        holder=None if shop.delivery.is_ours else shop.delivery.holder,
        troubled=latest.state is State.WAITING and latest.attempts > 0,
        stopped=await shop.sending.stopped(),
    )


async def _wait(shop: Shop, text: OutboundText, until: datetime) -> None:
    _, gateway = await shop.gateways.connect()
    ends_early = frozenset() if gateway.info.reports_receipts else OPEN_AT_GATEWAY
    next_fetch = shop.clock.now()
    async with AsyncExitStack() as stack:
        listening = False
        while True:
            now = shop.clock.now()
            latest = await shop.outbox.get(text.id)
            if latest.state not in _NOT_THERE_YET - ends_early or now >= until:
                return
            if latest.not_before is not None and latest.not_before > until:
                return
            if latest.state is State.WAITING and await shop.sending.stopped():
                return
            if await shop.delivery.take(WHO):
                if not listening:
                    listening = True
                    await _listen(shop, stack)
                await shop.delivery.deliver(only=text.id)
                if now >= next_fetch:
                    next_fetch = now + timedelta(seconds=_FETCH_SECONDS)
                    await _fetch(shop)
            await shop.clock.sleep(_LOOK_SECONDS)


async def _listen(shop: Shop, stack: AsyncExitStack) -> None:
    try:
        await stack.enter_async_context(shop.delivery.listening())
    except GatewayTrouble:
        return  # receipts that are pushed are missed; those that can be fetched are fetched


async def _fetch(shop: Shop) -> None:
    try:
        await shop.delivery.sync()
    except GatewayTrouble:
        return  # kept with the gateway by `sync`; the next look may find it well again
