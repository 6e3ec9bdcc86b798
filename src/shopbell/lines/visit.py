"""One unlocked shop while line mode is open: delivers behind the questions, keeps the news.

Must not speak: it is asked for the news, and a question is told when it is over.
"""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack, suppress
from datetime import timedelta

from shopbell.domain.idle import LOOKS_EVERY, IdleWatch
from shopbell.domain.people import masked
from shopbell.domain.texts import OutboundText, State
from shopbell.errors import Busy, DiskFull, DiskTrouble
from shopbell.lines.lesson_task import LessonTask
from shopbell.lines.way_in import WayIn
from shopbell.services.changed import Changed
from shopbell.services.demo import start_practice
from shopbell.services.events import Event, Happened
from shopbell.services.shop import Shop

WHO = "line mode"
"""How other processes are told who sends the texts."""

_LOOKS = 60
_LOOK_SECONDS = 0.5
"""So often, and so far apart, a text is looked for while it is on its way."""

_MOST_NEWS = 5


class Visit:
    """The shop from unlocking to locking."""

    def __init__(self, shop: Shop, way: WayIn) -> None:
        """Begin with nothing heard; `start` begins to deliver."""
        self.shop = shop
        self.way = way
        self.reveal = False
        """Whether whole numbers are said."""
        self.over: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self.task = LessonTask(way.lesson)
        self._idle = IdleWatch(way.lock_after, shop.clock.now())
        self._stop = asyncio.Event()
        self._changed = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self._running = AsyncExitStack()
        self._wrote: dict[str, int] = {}
        self._trouble = ""
        self._unsaid: list[str] = []
        self._unsubscribe = shop.subscribe(self._hear)

    @property
    def zone(self) -> str:
        """The shop's own time zone."""
        return self.shop.profile.zone

    async def start(self) -> None:
        """Begin to deliver and to fetch, as far as no other process does, and to watch the time."""
        await start_practice(self.shop, self.way.practice_server, self._running)
        await self.task.begin(self.shop)
        with suppress(Busy, DiskFull, DiskTrouble):  # tried again, and told, by the watch
            await self.shop.delivery.take(WHO)
        watch = self.shop.delivery.watch(WHO, self._stop, self._happened)
        self._tasks = [asyncio.create_task(watch), asyncio.create_task(self._watch_the_time())]
        for task in self._tasks:
            task.add_done_callback(self._ended)

    def touch(self) -> None:
        """Somebody is there."""
        self._idle.touch(self.shop.clock.now())

    def lock_after(self, minutes: int) -> None:
        """Lock after so many quiet minutes from now on."""
        self._idle.lock_after(timedelta(minutes=minutes))

    async def news(self) -> list[str]:
        """Return what happened since this was last asked, as sentences."""
        wrote, self._wrote = self._wrote, {}
        unsaid, self._unsaid = self._unsaid[:_MOST_NEWS], []
        lines = [
            f"News: {who} wrote." if count == 1 else f"News: {who} wrote {count} times."
            for who, count in wrote.items()
        ]
        if len(lines) > _MOST_NEWS:
            lines = [f"News: {sum(wrote.values())} replies came in."]
        return [*lines, *(f"News: {one}" for one in unsaid), *await self.task.news()]

    async def outcome(self, text: OutboundText) -> OutboundText:
        """Return a text as it stands once it has left, or once it is clear that it waits.

        The delivery behind the questions takes it; a text in its turn behind a slow gateway is
        not waited for longer than half a minute.
        """
        for _ in range(_LOOKS):
            self._changed.clear()
            latest = await self.shop.outbox.get(text.id)
            if latest.state not in {State.WAITING, State.SENDING}:
                return latest
            if latest.state is State.WAITING and await self._waits(latest):
                return latest
            try:
                await asyncio.wait_for(self._changed.wait(), _LOOK_SECONDS)
            except TimeoutError:
                continue
        return await self.shop.outbox.get(text.id)

    async def unsent(self) -> int:
        """Return how many texts could leave now but have not yet."""
        page = await self.shop.outbox.find((State.WAITING, State.SENDING), count=1)
        return page.total if self.shop.delivery.is_ours else 0

    async def close(self) -> None:
        """Let the text on its way arrive, stop delivering, lock the file."""
        self._unsubscribe()
        self._stop.set()
        for task in self._tasks:
            task.remove_done_callback(self._ended)
        await self.shop.delivery.finish()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self.over.done():
            self.over.exception()  # whoever asked has been told; nobody else needs to be
        await self.shop.close()
        await self._running.aclose()

    async def _waits(self, text: OutboundText) -> bool:
        if text.attempts or (text.not_before is not None and text.not_before > text.updated_at):
            return True
        if not self.shop.delivery.is_ours and self.shop.delivery.holder is not None:
            return True
        return bool(await self.shop.sending.stopped())

    def _hear(self, _kind: Changed) -> None:
        self._changed.set()

    def _happened(self, event: Event) -> None:
        if event.kind is Happened.REPLY and event.reply is not None:
            reply = event.reply
            who = " ".join(reply.name.split()) or masked(reply.number or reply.sender)
            self._wrote[who] = self._wrote.get(who, 0) + 1
        elif event.kind is Happened.TROUBLE and event.note != self._trouble:
            self._trouble = event.note
            self._unsaid.append(event.note)

    async def _watch_the_time(self) -> None:
        clock = self.shop.clock
        while not (why := self._idle.why_lock(clock.now())):
            await clock.sleep(LOOKS_EVERY)
        if not self.over.done():
            self.over.set_result(f"{why} What was asked last was not done.")

    def _ended(self, task: asyncio.Task[None]) -> None:
        error = None if task.cancelled() else task.exception()
        if error is not None and not self.over.done():
            self.over.set_exception(error)
