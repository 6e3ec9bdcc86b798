"""The ways an inbox is read: by windows of time, by people, handed out once, newest first."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from gateways.setups import NOW, a_connection, acme, packaged
from gateways.standin import StandIn, http, stand_in
from gateways.wire_cases import account_at, wire_case
from shopbell.domain.gateway import Collected
from shopbell.errors import BadInput, GatewayTrouble
from shopbell.gateways import collecting
from shopbell.gateways.collecting import MAX_PAGES

PULLED = """
[inbound]
kind = "pull_once"
path = "/inbox"
query = { limit = "2" }
items = "results"
fields = { from = "from", text = "text", id = "id", at = "at" }
page_size = 2
"""
NEWEST = """
[inbound]
path = "/inbox"
query = { page = "{page}", first = "{page_from_zero}" }
items = "results"
fields = { from = "from", text = "text", id = "id", at = "at" }
overlap_s = 60
page_size = 2
newest_first = true
"""
BY_PEOPLE = """
[inbound]
kind = "threads"
path = "/texts/{thread}"
items = "data"
fields = { from = "from", text = "text", id = "id", at = "at" }
overlap_s = 60
[inbound.threads]
path = "/people"
items = "data"
thread = "who"
at = "last"
"""


def item(name: str, at: datetime = NOW, text: str = "hi") -> dict[str, str]:
    return {"id": name, "from": "+12125550142", "text": text, "at": at.isoformat()}


def page(*items: object, key: str = "results") -> bytes:
    return http(200, {key: list(items)})


async def collect(preset: str, *answers: bytes, since: datetime = NOW) -> tuple[Collected, StandIn]:
    async with stand_in(*answers) as gateway:
        connection = a_connection(acme(preset), {"url": gateway.url})
        collected = await connection.collect(since, [])
    return collected, gateway


def ids(collected: Collected) -> list[str]:
    return [text.gateway_id for text in collected.inbound]


async def test_what_is_handed_out_once_is_stored_before_more_is_asked_for() -> None:
    collected, gateway = await collect(PULLED, page(item("1"), item("2")), http(500, {}))
    assert ids(collected) == ["1", "2"]
    assert len(gateway.requests) == 1
    assert collected.complete


async def test_a_page_of_old_replies_ends_an_inbox_that_tells_the_newest_first() -> None:
    old = NOW - timedelta(hours=1)
    collected, gateway = await collect(
        NEWEST, page(item("4"), item("3")), page(item("2", old), item("1", old)), page(item("0"))
    )
    assert ids(collected) == ["4", "3", "2", "1"]
    assert [dict(sent.query) for sent in gateway.requests] == [
        {"page": "1", "first": "0"},
        {"page": "2", "first": "1"},
    ]


async def test_a_page_with_one_new_or_undated_reply_is_not_the_last() -> None:
    old = NOW - timedelta(hours=1)
    undated = item("2") | {"at": "some day"}
    collected, gateway = await collect(NEWEST, page(item("3", old), undated), page(item("1", old)))
    assert ids(collected) == ["3", "2", "1"]
    assert len(gateway.requests) == 2


async def test_only_people_who_wrote_lately_are_asked_about() -> None:
    people = [
        {"who": "+12125550142", "last": NOW.isoformat()},
        {"who": "+12125550143", "last": (NOW - timedelta(days=2)).isoformat()},
        {"who": "+12125550144", "last": None},
        {"who": "+12125550142", "last": NOW.isoformat()},
        {"who": "", "last": NOW.isoformat()},
    ]
    collected, gateway = await collect(
        BY_PEOPLE,
        page(*people, key="data"),
        page(item("1", text="STOP"), key="data"),
        page(item("2"), key="data"),
    )
    assert ids(collected) == ["1", "2"]
    asked = [sent.path for sent in gateway.requests]
    assert asked == ["/people", "/texts/+12125550142", "/texts/+12125550144"]


PAGED = BY_PEOPLE.replace(
    'path = "/people"',
    'path = "/people"\nquery = { skip = "{offset}", page = "{page}", first = "{page_from_zero}" }'
    "\npage_size = 2",
)


def person(number: int, last: datetime | None = NOW) -> dict[str, str | None]:
    return {"who": f"+1212555014{number}", "last": None if last is None else last.isoformat()}


def people(*found: object) -> bytes:
    return page(*found, key="data")


async def test_everybody_who_wrote_is_asked_about_however_many_pages_they_fill() -> None:
    texts = [page(item(str(n)), key="data") for n in range(5)]
    collected, gateway = await collect(
        PAGED,
        people(person(0), person(1)),
        people(person(2), person(3)),
        people(person(4)),
        *texts,
    )
    assert ids(collected) == ["0", "1", "2", "3", "4"]
    assert collected.complete
    assert [dict(sent.query) for sent in gateway.requests[:3]] == [
        {"skip": "0", "page": "1", "first": "0"},
        {"skip": "2", "page": "2", "first": "1"},
        {"skip": "4", "page": "3", "first": "2"},
    ]


async def test_a_page_of_people_who_wrote_long_ago_is_the_last() -> None:
    long_ago = NOW - timedelta(days=2)
    collected, gateway = await collect(
        PAGED,
        people(person(0), person(1, long_ago)),
        people(person(2, long_ago), person(3, long_ago)),
        page(item("0"), key="data"),
    )
    assert ids(collected) == ["0"]
    assert len(gateway.requests) == 3


async def test_a_person_without_a_time_keeps_the_pages_going() -> None:
    long_ago = NOW - timedelta(days=2)
    collected, _ = await collect(
        PAGED,
        people(person(0, long_ago), person(1, None)),
        people(person(2)),
        page(item("1"), key="data"),
        page(item("2", text="STOP"), key="data"),
    )
    assert [text.text for text in collected.inbound] == ["hi", "STOP"]


async def test_the_same_people_for_ever_are_asked_about_once() -> None:
    same = people(person(0), person(1))
    collected, gateway = await collect(
        PAGED, same, same, page(item("0"), key="data"), page(item("1"), key="data")
    )
    assert ids(collected) == ["0", "1"]
    assert len(gateway.requests) == 4
    assert collected.complete


async def test_ever_new_people_are_not_taken_for_all_of_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(collecting, "MAX_PAGES", 3)
    pages = [people(person(2 * n), person(2 * n + 1)) for n in range(3)]
    texts = [page(item(str(n)), key="data") for n in range(6)]
    collected, _ = await collect(PAGED, *pages, *texts)
    assert len(collected.inbound) == 6
    assert not collected.complete
    assert collected.trouble


async def test_a_thread_name_stays_one_step_of_the_address() -> None:
    _, gateway = await collect(
        BY_PEOPLE, page({"who": "../control?x=1#y", "last": None}, key="data"), page(key="data")
    )
    assert gateway.requests[1].target == "/texts/..%2Fcontrol%3Fx%3D1%23y"


async def test_a_thread_that_would_change_the_address_is_refused() -> None:
    with pytest.raises(GatewayTrouble, match="change the address"):
        await collect(BY_PEOPLE, page({"who": "..", "last": None}, key="data"))


async def test_people_that_can_not_be_listed_are_trouble() -> None:
    with pytest.raises(GatewayTrouble):
        await collect(BY_PEOPLE, http(200, {"data": "none"}))


def vonage(gateway: StandIn) -> dict[str, str]:
    return account_at(wire_case("vonage-sms"), gateway.url)


async def test_a_long_absence_is_asked_for_day_by_day_without_a_gap() -> None:
    since = NOW - timedelta(days=3)
    async with stand_in(http(200, {"records": []})) as gateway:
        await a_connection(packaged("vonage-sms"), vonage(gateway)).collect(since, [])
    windows = [
        (dict(sent.query)["date_start"], dict(sent.query)["date_end"]) for sent in gateway.requests
    ]
    assert len(windows) == 4
    assert windows[0][0] == (since - timedelta(minutes=10)).strftime("%Y-%m-%dT%H:%M:%SZ")
    assert [end for _, end in windows[:-1]] == [start for start, _ in windows[1:]]
    assert windows[-1][1] == NOW.strftime("%Y-%m-%dT%H:%M:%SZ")


async def test_a_stop_of_three_days_ago_is_found() -> None:
    record = {"from": "12125550142", "message_body": "STOP", "message_id": "V1"}
    answers = [http(200, {"records": [record]}), http(200, {"records": []})]
    async with stand_in(*answers) as gateway:
        connection = a_connection(packaged("vonage-sms"), vonage(gateway))
        collected = await connection.collect(NOW - timedelta(days=3), [])
    assert [text.text for text in collected.inbound] == ["STOP"]


async def test_years_of_absence_are_bounded() -> None:
    async with stand_in(http(200, {"records": []})) as gateway:
        connection = a_connection(packaged("vonage-sms"), vonage(gateway))
        await connection.collect(NOW - timedelta(days=4000), [])
    assert len(gateway.requests) == MAX_PAGES


async def test_a_clock_ahead_of_ours_asks_for_nothing_odd() -> None:
    async with stand_in(http(200, {"records": []})) as gateway:
        connection = a_connection(packaged("vonage-sms"), vonage(gateway))
        await connection.collect(NOW + timedelta(days=1), [])
    assert len(gateway.requests) == 1


async def test_sinch_is_not_asked_for_more_than_it_keeps() -> None:
    async with stand_in(http(200, {"inbounds": []})) as gateway:
        account = account_at(wire_case("sinch"), gateway.url)
        connection = a_connection(packaged("sinch"), account)
        await connection.collect(NOW - timedelta(days=90), [])
    start = dict(gateway.requests[0].query)["start_date"]
    assert start == (NOW - timedelta(days=14, minutes=10)).strftime("%Y-%m-%dT%H:%M:%SZ")


async def test_an_inbox_with_ever_more_pages_is_not_called_complete() -> None:
    pages = [page(item(f"a{n}"), item(f"b{n}")) for n in range(MAX_PAGES + 2)]
    collected, _ = await collect(NEWEST, *pages)
    assert not collected.complete
    assert "more replies" in collected.trouble


@pytest.mark.parametrize(
    ("name", "key", "where"),
    [
        ("vonage-sms", "reports", "http://192.0.2.7"),
        ("vonage-sms", "address", "http://192.0.2.7"),
        ("vonage-messages", "balance", "ftp://rest.nexmo.com"),
        ("sinch", "address", "https://user@us.sms.api.sinch.com"),
        ("telnyx", "address", "http://api.telnyx.com"),
        ("httpsms", "address", "http://sms.example"),
    ],
)
def test_every_address_of_an_account_is_judged(name: str, key: str, where: str) -> None:
    from shopbell.gateways.account import check_account

    account = account_at(wire_case(name), "http://127.0.0.1:9000") | {key: where}
    with pytest.raises(BadInput, match="address"):
        check_account(packaged(name), account)


@pytest.mark.parametrize("name", ["vonage-sms", "vonage-messages"])
async def test_the_second_address_is_used_for_what_it_is_for(name: str) -> None:
    key = "reports" if name == "vonage-sms" else "balance"
    answer: Any = {"records": [], "value": 1}
    async with stand_in(http(200, answer)) as one, stand_in(http(200, answer)) as two:
        account = account_at(wire_case(name), one.url) | {key: two.url}
        connection = a_connection(packaged(name), account)
        await connection.collect(NOW, [])
        await connection.check()
    first, second = (one, two) if name == "vonage-messages" else (two, one)
    assert [sent.path for sent in first.requests] == ["/v2/reports/records"]
    assert [sent.path for sent in second.requests] == ["/account/get-balance"]
