"""No loop of automatic answers: two shops, each a customer of the other, in memory for speed.

tests/doors/test_two_shops.py does the same over two practice gateways.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from shopbell.domain.consent import Purpose
from shopbell.domain.ids import E164
from shopbell.domain.own_texts import OwnTexts
from shops import ANA, BO, NOW, Counter, open_counter

WORDS = "Text me about offers from Fern & Finch. Up to 4 texts a month. Reply STOP to end."
NIGHT = NOW + timedelta(hours=12)
DAYS = {
    "asking": ["HELP", "JOIN", "info", "hello?", "who is this?", "thanks!", "YES", "1", "2"],
    "wishing": ["LESS", "PAUSE", "PAUSE 7", "CALL", "EMAIL", "TEXT", "ORDERS", "ONLY ORDERS"],
    "stopping": ["STOP", "START", "HELP", "stop please", "START"],
    "wrong": ["wrong number", "HELP", "START"],
    "unclear": ["not interested", "HELP", "PAUSE 7"],
    "robots": [
        "Your order is ready. Reply YES to confirm.",
        "Fern & Finch: please confirm. Reply YES to get our offers.",
        "We are closed. This is an automatic answer, please do not reply.",
        "\U0001f6d1",
    ],
}
"""What begins each day's talk."""
ROUNDS = 3


@asynccontextmanager
async def two(tmp_path: Path, at: datetime) -> AsyncIterator[tuple[Counter, Counter]]:
    fern = await open_counter(tmp_path / "fern.db", at=at)
    finch = await open_counter(tmp_path / "finch.db", at=at)
    for shop, customer in ((fern, BO), (finch, ANA)):
        await shop.shop.welcomes.choose(OwnTexts(off=frozenset()))
        await shop.add(customer, "The other shop")
        await shop.agree(customer, Purpose.MARKETING, ("offers",), wording=WORDS)
        await shop.agree(customer, Purpose.SERVICE, ("orders",))
    yield fern, finch
    await fern.shop.close()
    await finch.shop.close()


async def talk(fern: Counter, finch: Counter) -> None:
    """Let each fetch, answer and deliver in turn, and hand what left to the other."""
    for _ in range(ROUNDS):
        for here, number, there in ((fern, ANA, finch), (finch, BO, fern)):
            before = len(here.gateway.taken)
            await here.shop.delivery.sync()
            await here.deliver()
            for text in here.gateway.taken[before:]:
                hears(there, text.text, number)
            for counter in (fern, finch):
                counter.clock.advance(seconds=20)


def hears(counter: Counter, text: str, number: E164) -> None:
    counter.hears(text, number, gateway_id=f"in-{len(counter.gateway.replies)}")


@pytest.mark.parametrize("at", [NOW, NIGHT], ids=["open", "closed"])
@pytest.mark.parametrize("about", DAYS)
async def test_each_writes_one_text_a_day_at_most(tmp_path: Path, about: str, at: datetime) -> None:
    async with two(tmp_path, at) as (fern, finch):
        for first in DAYS[about]:
            before = len(fern.gateway.taken), len(finch.gateway.taken)
            hears(fern, first, BO)
            await talk(fern, finch)
            assert len(fern.gateway.taken) - before[0] <= 1, fern.gateway.taken
            assert len(finch.gateway.taken) - before[1] <= 1, finch.gateway.taken
            for counter in (fern, finch):
                counter.clock.advance(hours=24)


async def test_a_day_of_shouting_leads_to_one_answer(tmp_path: Path) -> None:
    async with two(tmp_path, NOW) as (fern, finch):
        for first in ("HELP", "hello?", "info", "LESS", "PAUSE 30", "HELP"):
            hears(fern, first, BO)
            await talk(fern, finch)
        assert len(fern.gateway.taken) == 1
        assert len(finch.gateway.taken) <= 1
