"""The whole outbox (decide, write, send, settle) against a bare loop of requests to one server.

Both open a connection for every text, as sending does, and neither makes a pause between two texts.
The server is the practice gateway in a process of its own.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import httpx

from benchmarks.importing import SECRET
from benchmarks.report import Row
from shopbell.domain.campaigns import CampaignDraft
from shopbell.domain.consent import Act, ConsentDraft, How, Purpose
from shopbell.domain.gateway import GatewayConfig
from shopbell.domain.ids import E164, CampaignId
from shopbell.domain.people import ContactDraft
from shopbell.gateways.connection import Connection
from shopbell.gateways.shelf import Shelf
from shopbell.services.clock import FixedClock
from shopbell.services.opening import NewShop, Opener, create_shop, open_shop
from shopbell.services.ports import Gateway
from shopbell.services.shop import Shop
from shopbell.store import consents, contacts

if TYPE_CHECKING:
    from sqlite_utils import Database

NOW = datetime(2026, 11, 24, 15, 42, tzinfo=UTC)
AREAS = (
    *("212", "646", "718", "917", "347", "929", "516", "914", "315", "585"),
    *("607", "631", "716", "845", "201", "609", "732", "856", "908", "973"),
)
"""All on the clock of New York; a hundred numbers reserved for fiction in each."""


class Unhurried(Shelf):
    """Presets without their pauses: the pause is no work of ours."""

    def connect(self, config: GatewayConfig) -> Gateway:
        """Return the gateway, which may be given any number of texts a second."""
        gateway = super().connect(config)
        assert isinstance(gateway, Connection)
        gateway._info = replace(gateway.info, per_second=0)  # noqa: SLF001 - only here
        return gateway


async def measure(folder: Path, count: int, waiting: int) -> list[Row]:
    """Send `count` texts both ways; take over a campaign of which `waiting` people wait."""
    async with server(folder) as url:
        bare = await _bare_loop(url, count)
        shop, made = await shop_with_campaign(folder, url, count)
        await shop.delivery.take("a measurement")
        begin = time.perf_counter()
        sent = await shop.delivery.deliver()
        ours = time.perf_counter() - begin
        await shop.close()
    if len(sent) != count:
        raise SystemExit(f"{len(sent)} of {count} texts left")
    resumed = await _resumed(shop.path, made, waiting, count)
    return [
        Row(f"send {count:,} texts", f"{ours:.1f} s", f"{ours / bare:.2f} x bare loop", "1.5 x"),
        Row(f"resume, {waiting:,} texts in the file", f"{resumed:.2f} s", "", "2 s"),
    ]


@asynccontextmanager
async def server(folder: Path) -> AsyncIterator[str]:
    """Run the practice gateway in a process of its own; its address."""
    script = folder / "all-well.toml"
    script.write_text("delay_s = 0\n", encoding="utf-8")
    program = (sys.executable, "-m", "shopbell", "practice-gateway")
    line = (*program, "--port", "0", "--script", str(script), "--json")
    server = await asyncio.create_subprocess_exec(*line, stdout=asyncio.subprocess.PIPE)
    assert server.stdout is not None
    url = json.loads(await server.stdout.readline())["url"]
    reading = asyncio.create_task(_read_all(server.stdout))
    try:
        yield url
    finally:
        server.kill()
        await server.wait()
        await reading


async def _read_all(stream: asyncio.StreamReader) -> None:
    while await stream.read(65_536):
        pass


async def _bare_loop(url: str, count: int) -> float:
    limits = httpx.Limits(max_keepalive_connections=0)
    async with httpx.AsyncClient(limits=limits, trust_env=False) as client:
        begin = time.perf_counter()
        for index in range(count):
            answer = await client.post(
                f"{url}/messages",
                headers={"authorization": "Bearer practice"},
                json={"ref": f"bare{index}", "to": _number(index), "text": "wreaths are in!"},
            )
            answer.raise_for_status()
        return time.perf_counter() - begin


async def shop_with_campaign(folder: Path, url: str, count: int) -> tuple[Shop, CampaignId]:
    """Make a shop whose campaign to `count` people has been started, and has sent nothing yet."""
    path, clock = folder / "sending.db", FixedClock(NOW)
    new = NewShop(name="Fern & Finch", country="US", zone="America/New_York", practice=True)
    await create_shop(path, new, SECRET, clock)
    shelf = Unhurried(now=clock.now)
    shop = await open_shop(path, Opener(secret=SECRET), clock=clock, shelf=shelf)
    await shop.gateways.set_up(
        GatewayConfig(
            name="practice",
            preset_id="practice",
            account={"url": url, "token": "practice"},
            price_micros=7900,
            currency="USD",
        )
    )
    await shop._desk.store.write(_people, 0, count)  # noqa: SLF001 - many at once
    made = await shop.campaigns.create(
        CampaignDraft(
            name="Wreaths",
            body="{first_name|there}, wreaths are in!",
            purpose=Purpose.MARKETING,
            topic="offers",
        )
    )
    await shop.runs.approve(made.id, count)
    await shop.runs.start(made.id, hold_seconds=0)
    return shop, made.id


def _people(db: Database, first: int, count: int) -> None:
    numbers = [_number(index) for index in range(first, first + count)]
    for index, number in enumerate(numbers, start=first):
        contacts.add(db, ContactDraft(number=number, name=f"Ana No{index}"), NOW)
    consents.append_many(db, map(_yes, numbers), NOW)


def _yes(number: E164) -> ConsentDraft:
    return ConsentDraft(
        number=number,
        act=Act.GRANTED,
        purpose=Purpose.MARKETING,
        topics=("offers",),
        wording="Text me about offers. Up to 4 a month. Reply STOP to end.",
        how=How.PAPER,
        at=NOW - timedelta(hours=1),
        promised_n=4,
        promised_days=30,
    )


def _number(index: int) -> E164:
    return E164(f"+1{AREAS[index // 100]}55501{index % 100:02d}")


async def _resumed(path: Path, made: CampaignId, waiting: int, known: int) -> float:
    """Return how long it takes from the lease to the next text, after a death in the middle."""
    clock = FixedClock(NOW)
    shelf = Unhurried(now=clock.now)
    shop = await open_shop(path, Opener(secret=SECRET), clock=clock, shelf=shelf)
    await shop._desk.store.write(_as_if_killed, made, waiting, known)  # noqa: SLF001 - many at once
    begin = time.perf_counter()
    await shop.delivery.take("a measurement")
    await shop.delivery.deliver(seconds=0)
    spent = time.perf_counter() - begin
    await shop.close()
    return spent


def _as_if_killed(db: Database, made: CampaignId, waiting: int, known: int) -> None:
    """Let the campaign run again with `waiting` more people, and one text half sent.

    The first of them may be texted; the others only stand in the plan.
    """
    _people(db, known, 1)
    db.execute("UPDATE campaign SET state = 'running' WHERE id = ?", (made,))
    db.execute("UPDATE text SET state = 'sending' WHERE id = (SELECT max(id) FROM text)")
    position = db.execute("SELECT max(position) FROM campaign_row").fetchone()[0]
    db.conn.executemany(
        "INSERT INTO campaign_row (campaign_id, number, position, outcome, segments, taken_out,"
        " ref) VALUES (?, ?, ?, 'send', 1, 0, ?)",
        (
            (
                made,
                f"+1212555{index:07d}" if index else _number(known),
                position + 1 + index,
                f"resume{index}",
            )
            for index in range(waiting)
        ),
    )
    db.execute(
        "UPDATE campaign_row SET contact_id = (SELECT min(id) FROM contact)"
        " WHERE contact_id IS NULL"
    )
