"""Fetching what came in: receipts and replies, stored before anything else. Must not send."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from shopbell.domain.gateway import Collected
from shopbell.domain.ids import TextId
from shopbell.errors import GatewayTrouble
from shopbell.services.asking import ask_about_all
from shopbell.services.changed import Changed
from shopbell.services.desk import Desk
from shopbell.services.events import Event, Happened, OnEvent
from shopbell.services.gateways import Gateways
from shopbell.services.inbox import Inbox
from shopbell.services.outbox import Outbox
from shopbell.store import gateway_book, gateway_care, text_rows

if TYPE_CHECKING:
    from sqlite_utils import Database

OVERLAP = timedelta(minutes=5)
"""How far back every look at the inbox reaches behind the last one."""

_ASK_AGAIN = timedelta(days=7)
"""How long receipts are asked for."""


class Fetching:
    """Brings back what the gateway says."""

    def __init__(self, desk: Desk, gateways: Gateways, outbox: Outbox, inbox: Inbox) -> None:
        self._desk = desk
        self._gateways = gateways
        self._outbox = outbox
        self._inbox = inbox
        self.expecting = False
        """Whether the gateway still owes us a receipt."""

    async def sync(self, on_event: OnEvent = lambda _: None) -> tuple[int, int]:
        """Fetch receipts and replies once; return how many of each were new.

        Raises:
            GatewayTrouble: it could not be reached; what was fetched before is kept.
        """
        await self._inbox.let_time_judge()
        config, gateway = await self._gateways.connect()
        now = self._desk.clock.now()
        state = await self._gateways.active()
        since = (state.synced_at if state and state.synced_at else now - _ASK_AGAIN) - OVERLAP
        waiting = await self._desk.store.read(text_rows.open_at, config.name, now - _ASK_AGAIN)
        try:
            collected = await gateway.collect(since, waiting)
        except GatewayTrouble as trouble:
            await self._desk.store.write(_not_reached, config.name, trouble.message, now)
            self._desk.tell(Changed.GATEWAYS)
            raise
        counts = await self._take_in(config.name, collected, on_event)
        await self._desk.store.write(gateway_care.reached, config.name)
        # What a receipt has told needs no question.
        await self._tell_moved(await ask_about_all(self._desk, config, gateway), on_event)
        # What is still missing is asked for again: no STOP is skipped.
        synced = now if collected.complete else state.synced_at if state else None
        if synced is not None:
            await self._desk.store.write(gateway_book.synced, config.name, synced)
        if collected.trouble:
            await self._desk.store.write(gateway_book.troubled, config.name, collected.trouble)
            self._desk.tell(Changed.GATEWAYS)
        self.expecting = bool(waiting)
        return counts

    async def _take_in(
        self, gateway: str, collected: Collected, on_event: OnEvent
    ) -> tuple[int, int]:
        fresh, moved = await self._inbox.take_in(gateway, collected)
        now = self._desk.clock.now()
        for reply in fresh:
            on_event(Event(kind=Happened.REPLY, at=now, reply=reply))
        await self._tell_moved(moved, on_event)
        return len(moved), len(fresh)

    async def _tell_moved(self, moved: Iterable[TextId], on_event: OnEvent) -> None:
        for text_id in moved:
            text = await self._outbox.get(text_id)
            on_event(Event(kind=Happened.TEXT, at=self._desk.clock.now(), text=text))
            self._desk.tell(Changed.TEXTS)

    @asynccontextmanager
    async def listening(self, on_event: OnEvent = lambda _: None) -> AsyncIterator[str | None]:
        """Receive what the gateway pushes, while the context is open; yields its address."""
        config, gateway = await self._gateways.connect()

        async def sink(collected: Collected) -> None:
            await self._take_in(config.name, collected, on_event)

        async with gateway.listen(sink) as address:
            yield address


def _not_reached(db: Database, name: str, trouble: str, now: datetime) -> None:
    gateway_book.troubled(db, name, trouble)
    gateway_care.lost(db, name, now)
