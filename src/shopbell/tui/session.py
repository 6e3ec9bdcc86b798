"""One unlocked shop while it is on the screens: who delivers, and what changed.

Must not draw: it calls back.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AsyncExitStack

from shopbell.domain.campaigns import CampaignState
from shopbell.domain.texts import LEFT, State
from shopbell.errors import ShopbellError
from shopbell.services.changed import Changed
from shopbell.services.demo import start_practice
from shopbell.services.drills import Drills
from shopbell.services.events import Event
from shopbell.services.practising import Practising
from shopbell.services.shop import Shop
from shopbell.tui.bars import FrameView
from shopbell.tui.door import Door
from shopbell.tui.words import month_start

_AT_WORK = (CampaignState.STARTING, CampaignState.RUNNING)


class Session:
    """Delivers in the background, passes on the news, and closes in order."""

    def __init__(
        self,
        shop: Shop,
        door: Door,
        *,
        on_news: Callable[[Changed], None],
        on_event: Callable[[Event], None],
        on_error: Callable[[Exception], None],
    ) -> None:
        self.shop = shop
        self._door = door
        self._on_event = on_event
        self.on_error = on_error
        self._stop = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._running = AsyncExitStack()
        self._unsubscribe = shop.subscribe(on_news)

    @property
    def drills(self) -> Drills | None:
        """The lessons somebody may practise."""
        return self._door.drills() if self._door.drills is not None else None

    @property
    def _lesson(self) -> Practising | None:
        return self.drills.running if self.drills is not None else None

    @property
    def who(self) -> str:
        """Who is at work here, as the history of the shop calls them."""
        return self._door.who

    async def start(self) -> None:
        """Begin to deliver and to fetch, as far as no other process does."""
        await start_practice(self.shop, self._door.practice_server, self._running)
        if self._lesson is not None:
            await self._lesson.begin(self.shop)
        self._task = asyncio.create_task(
            self.shop.delivery.watch(self._door.who, self._stop, self._on_event)
        )
        self._task.add_done_callback(self._ended)

    @property
    def is_closing(self) -> bool:
        """Whether the file is being closed, or is closed."""
        return self._stop.is_set()

    async def frame(self) -> FrameView:
        """Gather what the frame says."""
        shop = self.shop
        now = shop.clock.now()
        gateway = await shop.gateways.active()
        counts = await shop.outbox.counts(month_start(now, shop.profile.zone))
        unread, _ = await shop.inbox.unread()
        stopped = await shop.sending.stopped()
        month = await shop.budgets.month()
        somebody = shop.delivery.is_ours or shop.delivery.holder is not None
        if gateway is None:
            words, ok = "no gateway yet", False
        elif alarms := await shop.stop_path.alarms():
            words, ok = f"{gateway.config.name}: {alarms[0].short}", False
        elif gateway.trouble:
            words, ok = f"{gateway.config.name}: trouble", False
        else:
            words, ok = gateway.config.name, True
        return FrameView(
            shop=shop.profile.name,
            practice=shop.profile.practice,
            sending=somebody and not stopped and shop.read_only_reason is None,
            gateway=words,
            gateway_ok=ok,
            texts_this_month=sum(counts.get(state, 0) for state in LEFT),
            budget_texts=month.budget.texts,
            texts_left=month.texts_left or 0,
            waiting_replies=unread,
            task=None if self._lesson is None else await self._lesson.look(),
        )

    async def unsent(self) -> int:
        """Return how many texts could leave now but have not yet."""
        page = await self.shop.outbox.find((State.WAITING, State.SENDING), count=1)
        return page.total if self.shop.delivery.is_ours else 0

    async def stands_still(self) -> str:
        """Return what cannot go on while the file is locked, naming nobody; empty if nothing."""
        try:
            page = await self.shop.campaigns.find(_AT_WORK, count=1)
        except ShopbellError:  # locking must not wait for a file that is in trouble
            return ""
        if not page.total or not self.shop.delivery.is_ours:
            return ""
        what = "A campaign waits" if page.total == 1 else f"{page.total} campaigns wait"
        return f"{what} meanwhile and will go on once it is unlocked, in its hours."

    async def close(self) -> None:
        """Let the text on its way arrive, stop delivering, lock the file."""
        self._unsubscribe()
        self._stop.set()
        if self._task is not None:
            self._task.remove_done_callback(self._ended)
            await self.shop.delivery.finish()
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        await self.shop.close()
        await self._running.aclose()

    def _ended(self, task: asyncio.Task[None]) -> None:
        if not task.cancelled() and isinstance(error := task.exception(), Exception):
            self.on_error(error)
