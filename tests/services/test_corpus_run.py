"""The labelled replies over real sockets, polled and pushed: every certain stop takes effect.

A gateway may hand a reply over twice, late, out of order, under an id it has used before, or the
same page for ever; and the program may die between fetching and storing. No stop is lost by that.
"""

from __future__ import annotations

import asyncio
import json
import random
import socket
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from reply_corpus import FRESH, Labelled, labelled
from shopbell.domain.gateway import GatewayConfig
from shopbell.domain.replies import Band
from shopbell.errors import Busy, GatewayTrouble
from shopbell.gateways.listener import Asked, Talk, serving
from shopbell.gateways.shelf import Shelf
from shopbell.services.clock import FixedClock
from shopbell.services.opening import NewShop, Opener, create_shop, open_shop
from shopbell.services.shop import Shop
from shops import NOW, PASSPHRASE

COUNT = 400
PAGE = 200
"""What a page of the practice gateway's inbox holds."""
WORD = "Sesame0123456789"
AREAS = (212, 305, 312, 415)


def corpus() -> list[Labelled]:
    """Replies as an English reader takes them, without an open question; each text once."""
    every = [one for file in (None, *FRESH) for one in (labelled(file) if file else labelled())]
    fit = {one.text: one for one in every if "en" in one.languages and not one.question_open}
    sendable = [one for one in fit.values() if one.text.strip() and "\0" not in one.text]
    return random.Random(7).sample(sendable, COUNT)


CORPUS = corpus()


def number_of(index: int) -> str:
    return f"+1{AREAS[index // 100]}55501{index % 100:02d}"


STOPS = {number_of(i) for i, one in enumerate(CORPUS) if one.expected is Band.OPT_OUT}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wire:
    """One reply as a gateway has it."""

    id: str
    sender: str
    text: str
    minutes: int

    def item(self) -> dict[str, str]:
        at = NOW - timedelta(hours=20) + timedelta(minutes=self.minutes)
        return {"id": self.id, "from": self.sender, "text": self.text, "at": at.isoformat()}


def wires() -> list[Wire]:
    """The corpus, each from a number of its own, in a time of its own."""
    return [
        Wire(id=f"r{index}", sender=number_of(index), text=one.text, minutes=index)
        for index, one in enumerate(CORPUS)
    ]


def awkwardly(said: list[Wire]) -> list[Wire]:
    """Twice, out of order, and some under an id that another one has as well."""
    again = random.Random(3).sample(said, len(said))
    reused = [Wire(id="r0", sender=one.sender, text=one.text, minutes=one.minutes) for one in said]
    return again + again[:90] + reused[:20]


@dataclass
class Inbox:
    """A gateway's inbox behind a real port."""

    pages: list[Sequence[Wire]]
    asked: int = 0
    for_ever: bool = False
    """Whether it gives its first page whatever is asked for."""
    breaks_at: set[int] = field(default_factory=set)
    """The asks, counted from 1, at which the connection is cut."""

    async def respond(self, asked: Asked, talk: Talk) -> None:
        if not asked.path.startswith("/inbox"):
            await talk.answer(404)
            return
        self.asked += 1
        if self.asked in self.breaks_at:
            talk.cut()
            return
        number = 0 if self.for_ever else int(asked.value("offset") or 0) // PAGE
        page = self.pages[number] if number < len(self.pages) else ()
        body = json.dumps({"items": [one.item() for one in page]}).encode()
        await talk.answer(200, body, "application/json")


def paged(said: list[Wire]) -> list[Sequence[Wire]]:
    return [said[at : at + PAGE] for at in range(0, len(said), PAGE)]


@asynccontextmanager
async def opened(path: Path, config: GatewayConfig) -> AsyncIterator[Shop]:
    """A shop over the real gateways of the package."""
    clock = FixedClock(NOW)
    practice = config.preset_id == "practice"
    new = NewShop(name="Fern & Finch", country="US", zone="America/New_York", practice=practice)
    if not path.exists():
        await create_shop(path, new, PASSPHRASE, clock)
    opener = Opener(secret=PASSPHRASE)
    shop = await open_shop(path, opener, clock=clock, shelf=Shelf(now=clock.now))
    try:
        if await shop.gateways.active() is None:
            await shop.gateways.set_up(config)
        yield shop
    finally:
        await shop.close()


def polled(port: int) -> GatewayConfig:
    account = {"url": f"http://127.0.0.1:{port}", "token": "t"}
    return GatewayConfig(
        name="practice", preset_id="practice", account=account, price_micros=None, currency=None
    )


def pushed(port: int) -> GatewayConfig:
    account = {
        "address": "http://127.0.0.1:9", "user": "shop", "password": "p",
        "listen": f"http://127.0.0.1:{port}", "word": WORD,
    }  # fmt: skip
    return GatewayConfig(
        name="kannel", preset_id="kannel", account=account, price_micros=None, currency=None
    )


async def all_is_well(shop: Shop, said: Iterable[Wire]) -> None:
    """Nothing is missing, nothing is doubled, every certain stop stands."""
    page = await shop.inbox.find(count=2000)
    stored = [(reply.number, reply.text) for reply in page.rows]
    assert set(stored) == {(one.sender, one.text) for one in said}, "none is lost, none made up"
    off = {reply.number for reply in page.rows if reply.reading.band is Band.OPT_OUT}
    assert off == STOPS
    for who in random.Random(1).sample(sorted(STOPS), 25):
        sheet = await shop.people.sheet(shop.people.read_number(who))
        assert sheet.suppression is not None, who
    # Each of them has one entry in the ledger, however often it came.
    assert await shop._desk.store.read(_suppressed) == len(STOPS)


def _suppressed(db: Any) -> int:
    return int(db.execute("SELECT count(*) FROM suppression").fetchone()[0])


def test_the_corpus_is_large_enough_and_half_of_it_matters() -> None:
    assert len(CORPUS) == COUNT
    assert len({one.text for one in CORPUS}) == COUNT
    assert len(STOPS) > 100
    assert len({one.expected for one in CORPUS}) == 3


async def test_polled_twice_out_of_order_and_cut_off_no_stop_is_lost(tmp_path: Path) -> None:
    said = wires()
    inbox = Inbox(pages=paged(awkwardly(said)), breaks_at={2, 5})
    async with (
        serving("127.0.0.1", 0, inbox.respond) as port,
        opened(tmp_path / "shop.db", polled(port)) as shop,
    ):
        for _ in range(3):
            await look(shop)
        await all_is_well(shop, said)
        stored = (await shop.inbox.find(count=1)).total
        await look(shop)
        assert (await shop.inbox.find(count=1)).total == stored, "nothing comes twice"
        assert inbox.asked > max(inbox.breaks_at), "the connection was cut on the way"


async def look(shop: Shop) -> None:
    """Poll once; a gateway that is not reached is asked again later."""
    try:
        await shop.delivery.sync()
    except GatewayTrouble:
        return


async def test_a_program_that_dies_between_fetching_and_storing_loses_none(
    tmp_path: Path,
) -> None:
    said = wires()
    inbox = Inbox(pages=paged(said))
    async with serving("127.0.0.1", 0, inbox.respond) as port:
        async with opened(tmp_path / "shop.db", polled(port)) as shop:
            shop._desk.store = Dying(shop._desk.store)  # type: ignore[assignment]
            with pytest.raises(Died):
                await shop.delivery.sync()
            assert inbox.asked > 0, "it had fetched them"
            shop._desk.store = shop._desk.store.real  # type: ignore[attr-defined]
            assert (await shop.inbox.find(count=1)).total == 0
        async with opened(tmp_path / "shop.db", polled(port)) as shop:
            await shop.delivery.sync()
            await all_is_well(shop, said)


class Died(BaseException):
    """The end of the process, as far as what runs in it can tell."""


class Dying:
    """A store whose process dies as soon as replies are to be stored."""

    def __init__(self, real: Any) -> None:
        self.real = real

    async def write(self, step: Any, *args: Any) -> Any:
        if getattr(step, "__name__", "") == "_take_in":
            raise Died
        return await self.real.write(step, *args)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.real, name)


async def test_the_same_page_for_ever_is_left_and_an_inbox_that_shrinks_takes_nothing_back(
    tmp_path: Path,
) -> None:
    said = wires()
    inbox = Inbox(pages=[said], for_ever=True)
    async with (
        serving("127.0.0.1", 0, inbox.respond) as port,
        opened(tmp_path / "shop.db", polled(port)) as shop,
    ):
        await shop.delivery.sync()
        assert inbox.asked <= 3
        await shop.delivery.sync()
        assert inbox.asked <= 6
        inbox.for_ever = False
        for pages in ([said[:3]], []):
            inbox.pages = list(pages)
            await shop.delivery.sync()
        await all_is_well(shop, said)


async def push(port: int, one: Wire) -> int:
    """Hand a reply over as Kannel does, and return how it was answered."""
    at = NOW - timedelta(hours=20) + timedelta(minutes=one.minutes)
    query = urlencode(
        {
            "from": one.sender, "bin": one.text.encode("utf-8").hex(), "charset": "UTF-8",
            "id": one.id, "time": str(int(at.timestamp())),
        }
    )  # fmt: skip
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(
        f"GET /{WORD}/inbound?{query} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode()
    )
    await writer.drain()
    answer = await reader.read()
    writer.close()
    await writer.wait_closed()
    return int(answer.split(b" ", 2)[1])


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


async def test_pushed_twice_out_of_order_and_refused_at_first_no_stop_is_lost(
    tmp_path: Path,
) -> None:
    said, port = wires(), free_port()
    async with opened(tmp_path / "shop.db", pushed(port)) as shop, shop.delivery.listening():
        clock = shop.clock
        assert isinstance(clock, FixedClock)
        left = awkwardly(said)
        store = shop._desk.store
        shop._desk.store = Full(store, refuses=5)  # type: ignore[assignment]
        rounds = 0
        while left:
            rounds += 1
            assert rounds < 10
            refused = []
            for at in range(0, len(left), 20):
                part = left[at : at + 20]
                answers = await asyncio.gather(*(push(port, one) for one in part))
                refused += [one for one, code in zip(part, answers, strict=True) if code != 200]
                clock.advance(minutes=1)
            # What was not received comes again, as any gateway does it.
            left = refused
        assert rounds > 1, "some had been refused at first"
        shop._desk.store = store
        await all_is_well(shop, said)


class Full:
    """A store that is busy the first times replies are to be stored."""

    def __init__(self, real: Any, *, refuses: int) -> None:
        self._real = real
        self._refuses = refuses

    async def write(self, step: Any, *args: Any) -> Any:
        if self._refuses and getattr(step, "__name__", "") == "_take_in":
            self._refuses -= 1
            raise Busy("Another window is writing.", "Wait a moment.")
        return await self._real.write(step, *args)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)
