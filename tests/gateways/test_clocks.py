"""Clocks that disagree: nothing is missed because ours is ahead, and a person is told."""

from __future__ import annotations

from datetime import datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateways.setups import NOW, a_connection, acme, packaged
from gateways.standin import StandIn, http, stand_in
from gateways.wire_cases import account_at, wire_case
from shopbell.domain.gateway import Collected
from shopbell.gateways.clocks import MOST_APART, TOLD_FROM, Clocks

INBOX = """
[inbound]
path = "/inbox"
query = { since = "{since|unix}" }
items = "items"
fields = { from = "from", text = "text", id = "id", at = "at" }
overlap_s = 60
"""
STOP = {"id": "1", "from": "+12125550142", "text": "STOP", "at": NOW.isoformat()}
LAST_LOOK = NOW - timedelta(minutes=5)


def dated(at: datetime | str, *items: object) -> bytes:
    date = at if isinstance(at, str) else format_datetime(at, usegmt=True)
    return http(200, {"items": list(items)}, "application/json", f"Date: {date}")


async def look(*answers: bytes) -> tuple[Collected, StandIn]:
    async with stand_in(*answers) as gateway:
        connection = a_connection(acme(INBOX), {"url": gateway.url})
        return await connection.collect(LAST_LOOK, []), gateway


def asked_since(gateway: StandIn) -> list[timedelta]:
    """How long before our now each look began."""
    now = int(NOW.timestamp())
    return [timedelta(seconds=now - int(dict(one.query)["since"])) for one in gateway.requests]


USUAL = timedelta(minutes=6)
"""Since the last look, with the overlap."""


@pytest.mark.parametrize("ahead", [timedelta(minutes=20), timedelta(hours=5), timedelta(days=1)])
async def test_what_came_by_a_clock_behind_ours_is_not_missed(ahead: timedelta) -> None:
    theirs = NOW - ahead
    collected, gateway = await look(dated(theirs), dated(theirs, STOP))
    assert [text.text for text in collected.inbound] == ["STOP"]
    assert asked_since(gateway) == [USUAL, USUAL + ahead]
    assert "This computer's clock is" in collected.trouble
    assert "ahead of the gateway's" in collected.trouble


async def test_once_known_the_next_look_begins_early_enough_at_once() -> None:
    theirs = NOW - timedelta(hours=2)
    async with stand_in(dated(theirs)) as gateway:
        connection = a_connection(acme(INBOX), {"url": gateway.url})
        await connection.collect(LAST_LOOK, [])
        await connection.collect(LAST_LOOK, [])
    late = USUAL + timedelta(hours=2)
    assert asked_since(gateway) == [USUAL, late, late]


@pytest.mark.parametrize(
    "date",
    [
        NOW,
        NOW - timedelta(seconds=59),
        NOW + timedelta(minutes=9),
        NOW + timedelta(hours=3),
        "",
        "yesterday",
        "Tue, 99 Nov 2026",
        "9" * 400,
        "\x1b[31m",
    ],
    ids=str,
)
async def test_a_clock_that_agrees_is_ahead_or_says_nonsense_needs_one_look(
    date: datetime | str,
) -> None:
    _, gateway = await look(dated(date))
    assert asked_since(gateway) == [USUAL]


async def test_a_clock_that_is_put_right_is_believed() -> None:
    async with stand_in(dated(NOW - timedelta(hours=1))) as gateway:
        connection = a_connection(acme(INBOX), {"url": gateway.url})
        assert (await connection.collect(LAST_LOOK, [])).trouble
        gateway.answers[:] = [dated(NOW)]
        assert (await connection.collect(LAST_LOOK, [])).trouble == ""
        await connection.collect(LAST_LOOK, [])
    assert asked_since(gateway)[-1] == USUAL


async def test_what_is_handed_out_once_is_asked_for_once_whatever_the_clock_says() -> None:
    case = wire_case("infobip")
    answer = http(
        200,
        case["inbox"]["json"],
        "application/json",
        f"Date: {format_datetime(NOW - timedelta(hours=9), usegmt=True)}",
    )
    async with stand_in(answer, http(500, {})) as gateway:
        connection = a_connection(packaged("infobip"), account_at(case, gateway.url))
        collected = await connection.collect(LAST_LOOK, [])
    assert len(gateway.requests) == 1
    assert len(collected.inbound) == 1


async def test_the_phone_that_says_no_time_is_asked_with_an_hour_to_spare() -> None:
    case = wire_case("smsgate-local")
    async with stand_in(http(200, [])) as gateway:
        connection = a_connection(packaged("smsgate-local"), account_at(case, gateway.url))
        await connection.collect(LAST_LOOK, [])
    hour = (LAST_LOOK - timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    assert dict(gateway.requests[0].query)["from"] == hour


@pytest.mark.parametrize(
    ("ahead", "words"),
    [
        (timedelta(), ""),
        (TOLD_FROM - timedelta(seconds=1), ""),
        (-TOLD_FROM + timedelta(seconds=1), ""),
        (TOLD_FROM, "10 minutes ahead of"),
        (-TOLD_FROM, "10 minutes behind"),
        (timedelta(minutes=119), "119 minutes ahead of"),
        (timedelta(hours=5, minutes=59), "5 hours ahead of"),
        (-timedelta(days=900), "26 hours behind"),
    ],
)
def test_what_is_told_about_two_clocks(ahead: timedelta, words: str) -> None:
    clocks = Clocks()
    clocks.hear((NOW - ahead).isoformat(), NOW)
    assert (words in clocks.words) if words else clocks.words == ""


@given(offset=st.timedeltas(-timedelta(days=4000), timedelta(days=4000)), junk=st.text(max_size=40))
def test_no_date_of_a_gateway_leads_far_astray(offset: timedelta, junk: str) -> None:
    clocks = Clocks()
    clocks.hear((NOW + offset).isoformat(), NOW)
    assert timedelta() <= clocks.back <= MOST_APART
    clocks.hear(junk, NOW)
    assert abs(clocks.ahead) <= MOST_APART
