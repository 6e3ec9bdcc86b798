"""Delivering what is due and fetching what came in. One process at a time: the lease holder.

Order for every text: decide and claim in one transaction, commit, send, settle in a transaction.
"""

from __future__ import annotations

import asyncio
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from datetime import datetime, timedelta
from functools import partial
from secrets import randbelow
from typing import TYPE_CHECKING

from shopbell.domain.campaigns import CampaignState
from shopbell.domain.gateway import GatewayConfig, SendResult
from shopbell.domain.ids import TextId
from shopbell.domain.texts import OutboundText, State
from shopbell.domain.windows import Hours, is_open
from shopbell.errors import Busy, DiskFull, DiskTrouble, GatewayTrouble, ShopbellError
from shopbell.services.asking import outgoing
from shopbell.services.changed import Changed
from shopbell.services.desk import Desk
from shopbell.services.events import Event, Happened, OnEvent
from shopbell.services.fetching import Fetching
from shopbell.services.gateways import Gateways
from shopbell.services.inbox import Inbox
from shopbell.services.outbox import Outbox
from shopbell.services.planner import filled_draft
from shopbell.services.ports import Gateway
from shopbell.store import (
    budgets,
    campaign_queue,
    campaigns,
    gateway_book,
    outbox,
    sending,
    settling,
    text_rows,
)
from shopbell.store.campaign_queue import Claimed
from shopbell.store.lease import Lease

if TYPE_CHECKING:
    from sqlite_utils import Database

_NOTICE_SECONDS = 0.25
"""How often the lease holder looks whether another process has written (aim: half a second)."""

_TRIES = 3

_SLICE_SECONDS = 2.0
"""How long texts are sent before replies are looked for again."""

_SYNC_SECONDS = 5.0
_SYNC_SECONDS_EXPECTING = 1.5
"""How often replies are fetched; and while the gateway still owes us a receipt."""

_ROOM_SECONDS = 15.0
"""How long a disk that is full, or in trouble, is left alone before the next try."""

_SYNC_SECONDS_LOST = 120.0
"""How often at least, while the gateway is not reached: a STOP may wait there."""


class Delivery:
    """Takes texts to the gateway and brings back what it says."""

    def __init__(self, desk: Desk, gateways: Gateways, outbox_: Outbox, inbox: Inbox) -> None:
        self._desk = desk
        self._gateways = gateways
        self._inbox = inbox
        self._lease = Lease(desk.path)
        self._in_flight: asyncio.Future[OutboundText | Claimed | None] | None = None
        self._fetching = Fetching(desk, gateways, outbox_, inbox)
        self._rest_until: datetime | None = None

    @property
    def holder(self) -> str | None:
        """Who delivers now, in words ("the counter screen on till-1"), or None."""
        holder = self._lease.holder()
        return None if holder is None else str(holder)

    @property
    def is_ours(self) -> bool:
        """Whether this process delivers."""
        return self._lease.held

    async def take(self, who: str) -> bool:
        """Try to become the one process that delivers; False when another one is.

        Whatever a dead process left half sent becomes unknown; in a file that turns out to be a
        copy, sending is off from now on.
        """
        now = self._desk.clock.now()
        if self._desk.store.read_only_reason is not None:
            return False
        if self._lease.held:
            return True
        if not await asyncio.to_thread(self._try_take, who, now):
            return False
        await self._desk.store.write(self._arrive, now)
        self._desk.tell(Changed.TEXTS, Changed.SENDING)
        return True

    def _arrive(self, db: Database, now: datetime) -> None:
        settling.abandon_sending(db, now)
        sending.arrive(db, self._desk.store.place, now)

    def _try_take(self, who: str, now: datetime) -> bool:
        for _ in range(_TRIES):
            if self._lease.try_take(who, now):
                return True
            # Somebody who only asks who the holder is has the lock for a moment too.
            if self._lease.holder() is not None:
                return False
        return False

    async def let_go(self) -> None:
        """Stop being the one that delivers."""
        await asyncio.to_thread(self._lease.release)

    async def deliver(
        self,
        *,
        only: TextId | None = None,
        on_event: OnEvent = lambda _: None,
        seconds: float | None = None,
    ) -> tuple[OutboundText, ...]:
        """Send everything that is due, one text after another, or only one given text.

        Call it while holding the lease. With `seconds`, it ends after about that time, so that
        replies are fetched in the middle of a long campaign.

        Raises:
            GatewayTrouble: no gateway is set up.
        """
        config, gateway = await self._gateways.connect()
        pace = await self._gateways.pace()
        if seconds is not None and self._is_resting():
            return ()
        await self._inbox.let_time_judge()
        if only is None:
            await self._free_held()
        sent: list[OutboundText] = []
        begun = self._desk.clock.now()
        while True:
            # Shielded: leaving a screen must not tear a text between the file and the network.
            self._in_flight = asyncio.ensure_future(self._next(config, gateway, only))
            settled = await asyncio.shield(self._in_flight)
            if settled is None:
                break
            if settled is Claimed.AGAIN:
                if self._is_over(begun, seconds):
                    break
                continue
            sent.append(settled)
            on_event(Event(kind=Happened.TEXT, at=self._desk.clock.now(), text=settled))
            # A gateway that refuses the login or has no credit refuses the next text too.
            if settled.state is State.WAITING or only is not None:
                break
            wait = pace.wait(randbelow(1001) / 1000)
            if seconds is not None and wait > _SLICE_SECONDS:
                # Replies are looked for, and everything can be stopped, until the next one.
                self._rest_until = self._desk.clock.now() + timedelta(seconds=wait)
                break
            if wait:
                await self._desk.clock.sleep(wait)
            if self._is_over(begun, seconds):
                break
        return tuple(sent)

    def _is_over(self, begun: datetime, seconds: float | None) -> bool:
        spent = (self._desk.clock.now() - begun).total_seconds()
        return seconds is not None and not 0 <= spent < seconds

    async def _free_held(self) -> None:
        """Let go what was held without a date, or by the budget, if what was missing is there."""
        now, zone = self._desk.clock.now(), self._desk.profile.zone

        def step(db: Database) -> int:
            freed = outbox.rejudge_held(db, self._desk.judge, now)
            # A month that turns at night must not end a campaign for its hours.
            if is_open((Hours(week=self._desk.profile.hours, zone=zone),), now):
                freed += budgets.resume_campaigns(db, now, zone)
            return freed

        if await self._desk.store.write(step):
            self._desk.tell(Changed.TEXTS, Changed.CAMPAIGNS)

    async def finish(self) -> None:
        """Wait for the text that is on its way right now, if any."""
        if self._in_flight is not None and not self._in_flight.done():
            await asyncio.wait([self._in_flight])

    async def _next(
        self, config: GatewayConfig, gateway: Gateway, only: TextId | None
    ) -> OutboundText | Claimed | None:
        route = outbox.Route(
            gateway=config.name, price_micros=config.price_micros, currency=config.currency
        )
        text = await self._desk.store.write(self._claim, route, self._desk.clock.now(), only)
        if text is None or text is Claimed.AGAIN:
            return text
        result = await gateway.send(outgoing(text, self._desk.clock.now()))
        settled = await self._desk.store.write(_settle, text.id, result, self._desk.clock.now())
        if settled.state is State.WAITING:
            self._rest_until = settled.not_before
            await self._desk.store.write(gateway_book.troubled, config.name, result.detail)
            self._desk.tell(Changed.GATEWAYS)
        self._desk.tell(Changed.TEXTS)
        return settled

    def _claim(
        self, db: Database, route: outbox.Route, now: datetime, only: TextId | None
    ) -> OutboundText | Claimed | None:
        if not sending.load(db, self._desk.store.place).on:
            return None
        judge, purse = self._desk.judge, budgets.purse(db, now, self._desk.profile.zone)
        # A text to one person never waits behind a campaign.
        text: OutboundText | Claimed | None = outbox.claim(db, judge, now, only, purse)
        if text is None and only is None and not (purse is not None and purse.stopped):
            text = campaign_queue.claim(
                db, judge, partial(filled_draft, self._desk), route, now, purse
            )
        if purse is not None and purse.stopped:
            budgets.pause_campaigns(db, purse.stopped, now)
        return text

    def _is_stopped(self, db: Database, now: datetime) -> bool:
        purse = budgets.purse(db, now, self._desk.profile.zone)
        spent = purse is not None and bool(purse.month.why_spent)
        # A campaign that has met the budget is paused by whoever claims its next text.
        return not sending.load(db, self._desk.store.place).on or (
            spent and not campaigns.find(db, (CampaignState.RUNNING,), 0, 1)[1]
        )

    async def sync(self, on_event: OnEvent = lambda _: None) -> tuple[int, int]:
        """Fetch receipts and replies once; return how many of each were new.

        Asks also about texts of which nobody knows whether they left.

        Raises:
            GatewayTrouble: it could not be reached; what was fetched before is kept.
        """
        return await self._fetching.sync(on_event)

    def listening(
        self, on_event: OnEvent = lambda _: None
    ) -> AbstractAsyncContextManager[str | None]:
        """Receive what the gateway pushes, while the context is open; yields its address."""
        return self._fetching.listening(on_event)

    async def watch(self, who: str, stop: asyncio.Event, on_event: OnEvent) -> None:
        """Deliver and fetch until `stop` is set, whenever this process can hold the lease.

        While another process holds it, only watch the file for changes. A file that is busy
        for too long, or a full disk, is told as trouble, and tried again.
        """
        async with AsyncExitStack() as stack:
            version = await self._desk.store.data_version()
            next_sync = self._desk.clock.now()
            listening = False
            misses = 0
            while not stop.is_set():
                try:
                    seen = await self._desk.store.data_version()
                    if seen != version:
                        version = seen
                        self._desk.tell(Changed.ANYTHING)
                    if await self.take(who):
                        if not listening:
                            listening = await self._start_listening(stack, on_event)
                        await self._deliver_quietly(on_event)
                        if self._desk.clock.now() >= next_sync:
                            reached = await self._sync_quietly(on_event)
                            misses = 0 if reached else misses + 1
                            wait = _pause(misses, expecting=self._fetching.expecting)
                            next_sync = self._desk.clock.now() + timedelta(seconds=wait)
                except (Busy, DiskFull, DiskTrouble) as trouble:
                    # Taking the lease anew makes unknown whatever this left half sent.
                    await self.let_go()
                    on_event(self._trouble(trouble))
                    if not isinstance(trouble, Busy):
                        await self._wait_for_room(stop)
                await self._desk.clock.sleep(_NOTICE_SECONDS)
            await self.let_go()

    async def _wait_for_room(self, stop: asyncio.Event) -> None:
        until = self._desk.clock.now() + timedelta(seconds=_ROOM_SECONDS)
        while not stop.is_set() and self._desk.clock.now() < until:
            await self._desk.clock.sleep(_NOTICE_SECONDS)

    async def _start_listening(self, stack: AsyncExitStack, on_event: OnEvent) -> bool:
        try:
            address = await stack.enter_async_context(self.listening(on_event))
        except GatewayTrouble as trouble:
            on_event(self._trouble(trouble))
            return False
        if address is not None:
            on_event(Event(kind=Happened.LISTENING, at=self._desk.clock.now(), note=address))
        return True

    def _is_resting(self) -> bool:
        return self._rest_until is not None and self._desk.clock.now() < self._rest_until

    async def _deliver_quietly(self, on_event: OnEvent) -> None:
        now = self._desk.clock.now()
        if self._is_resting():
            return
        if await self._desk.store.read(self._is_stopped, now):
            return
        texts = await self._desk.store.read(text_rows.next_due)
        campaign = await self._desk.store.read(campaign_queue.next_due)
        due = min((one for one in (texts, campaign) if one is not None), default=None)
        if due is None or due > now:
            return
        self._fetching.expecting = True
        try:
            await self.deliver(on_event=on_event, seconds=_SLICE_SECONDS)
        except GatewayTrouble as trouble:
            on_event(self._trouble(trouble))

    async def _sync_quietly(self, on_event: OnEvent) -> bool:
        """Fetch once; return whether the gateway was reached."""
        await self._inbox.let_time_judge()
        await self._free_held()
        try:
            await self.sync(on_event)
        except GatewayTrouble as trouble:
            on_event(self._trouble(trouble))
            return False
        return True

    def _trouble(self, trouble: ShopbellError) -> Event:
        return Event(kind=Happened.TROUBLE, at=self._desk.clock.now(), note=trouble.message)


def _pause(misses: int, *, expecting: bool) -> float:
    """Return the seconds until the next look: ever longer while the gateway is not reached."""
    if misses:
        return min(_SYNC_SECONDS * 2.0 ** min(misses, 10), _SYNC_SECONDS_LOST)
    return _SYNC_SECONDS_EXPECTING if expecting else _SYNC_SECONDS


def _settle(db: Database, text_id: TextId, result: SendResult, now: datetime) -> OutboundText:
    settled = settling.settle_send(db, text_id, result, now)
    campaign_queue.settled(db, text_id, result.outcome, result.detail, now)
    return settled
