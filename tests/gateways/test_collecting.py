"""Fetching replies and receipts: nothing a gateway answers may lose a STOP."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from gateways.setups import NOW, OpenText, a_connection, acme, packaged
from gateways.standin import Act, StandIn, aborting, http, stand_in
from gateways.wire_cases import account_at, wire_case
from shopbell.domain.gateway import Collected
from shopbell.domain.ids import Ref
from shopbell.domain.replies import InboundText
from shopbell.domain.texts import State
from shopbell.errors import GatewayTrouble
from shopbell.gateways.collecting import MAX_ASKED, MAX_PAGES
from shopbell.gateways.connection import Connection

SENDER = "+12125550142"
PAGED = """
[inbound]
path = "/inbox"
query = { since = "{since|unix}", offset = "{offset}" }
items = "items"
fields = { from = "from", text = "text", id = "id", at = "at" }
overlap_s = 60
page_size = 2
"""


def item(number: int, text: str = "hi", **changes: Any) -> dict[str, Any]:
    given = {"id": f"r{number}", "from": SENDER, "text": text, "at": "2026-11-24T15:00:00Z"}
    return given | changes


def page(*items: object) -> bytes:
    return http(200, {"items": list(items)})


def connection(name: str, gateway: StandIn) -> Connection:
    return a_connection(packaged(name), account_at(wire_case(name), gateway.url))


async def collect(*answers: bytes | Act) -> tuple[Collected, StandIn]:
    async with stand_in(*answers) as gateway:
        collected = await a_connection(acme(PAGED), {"url": gateway.url}).collect(NOW, [])
    return collected, gateway


async def test_a_reply_comes_in_with_everything_it_says() -> None:
    collected, gateway = await collect(page(item(1, "STOP")))
    assert collected.inbound == (
        InboundText(
            sender=SENDER,
            text="STOP",
            gateway_id="r1",
            at=datetime(2026, 11, 24, 15, 0, tzinfo=UTC),
        ),
    )
    since = int((NOW - timedelta(seconds=60)).timestamp())
    assert gateway.requests[0].query == [("since", str(since)), ("offset", "0")]


async def test_pages_are_followed_to_the_end() -> None:
    collected, gateway = await collect(
        page(item(1), item(2)), page(item(3), item(4)), page(item(5, "STOP"))
    )
    assert [text.gateway_id for text in collected.inbound] == ["r1", "r2", "r3", "r4", "r5"]
    assert [dict(sent.query)["offset"] for sent in gateway.requests] == ["0", "2", "4"]
    assert collected.trouble == ""


async def test_the_same_page_for_ever_is_left_after_the_second_time() -> None:
    collected, gateway = await collect(page(item(1), item(2)))
    assert len(collected.inbound) == 2
    assert len(gateway.requests) == 2


async def test_ever_new_pages_end_with_a_word_about_it() -> None:
    pages = [page(item(2 * n), item(2 * n + 1)) for n in range(MAX_PAGES + 5)]
    collected, gateway = await collect(*pages)
    assert len(gateway.requests) == MAX_PAGES
    assert len(collected.inbound) == 2 * MAX_PAGES
    assert "more replies" in collected.trouble


async def test_an_inbox_that_shifts_between_pages_loses_and_doubles_nothing() -> None:
    collected, _ = await collect(
        page(item(1), item(2)), page(item(2), item(3, "STOP")), page(item(4))
    )
    assert [text.gateway_id for text in collected.inbound] == ["r1", "r2", "r3", "r4"]


@pytest.mark.parametrize(
    ("odd", "expected"),
    [
        ({"id": None}, ("+12125550142", "STOP", "")),
        ({"id": 17}, ("+12125550142", "STOP", "17")),
        ({"id": "x" * 999}, ("+12125550142", "STOP", "x" * 255)),
        ({"from": 12125550142}, ("12125550142", "STOP", "r1")),
        ({"from": None}, ("", "STOP", "r1")),
        ({"text": ["STOP"]}, ("+12125550142", '["STOP"]', "r1")),
        ({"text": None}, ("+12125550142", "", "r1")),
        ({"text": "ST\ud800OP"}, ("+12125550142", "ST\ufffdOP", "r1")),
        ({"text": "\x1b[2J\u202eSTOP\x00"}, ("+12125550142", "\x1b[2J\u202eSTOP\x00", "r1")),
        ({"extra": {"deep": [1, 2, 3]}}, ("+12125550142", "STOP", "r1")),
    ],
)
async def test_a_reply_with_odd_values_still_comes_in(
    odd: dict[str, Any], expected: tuple[str, str, str]
) -> None:
    collected, _ = await collect(page(item(1, **({"text": "STOP"} | odd)), item(2)), page())
    first, second = collected.inbound
    assert (first.sender, first.text, first.gateway_id) == expected
    assert second.gateway_id == "r2"


@pytest.mark.parametrize("at", [None, "", "yesterday", 10**30, [], "1e999"])
async def test_a_reply_without_a_readable_time_came_now(at: object) -> None:
    collected, _ = await collect(page(item(1, "STOP", at=at)))
    assert collected.inbound[0].at == NOW


async def test_what_is_no_reply_does_not_hide_the_next_one() -> None:
    collected, _ = await collect(page(None, "x"), page(7, {}), page([], item(1, "STOP")), page())
    assert [text.text for text in collected.inbound] == ["STOP"]


async def test_half_a_surrogate_pair_never_gets_as_far_as_the_file() -> None:
    odd = {"id": "\ud800", "from": "\udfff", "text": "\ud83d", "at": "\ud83d"}
    collected, _ = await collect(page(odd))
    (text,) = collected.inbound
    (text.sender + text.text + text.gateway_id).encode()


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (http(401, {}), "refused the login"),
        (http(403, {}), "refused the login"),
        (http(500, {}), "answered 500"),
        (http(501, b"Inbox API is not implemented yet", "text/plain"), "answered 501"),
        (http(200, {"items": {}}), "unexpected form"),
        (http(200, {"items": None}), "unexpected form"),
        (http(200, {}), "unexpected form"),
        (http(200, b"<html>", "text/html"), "web page"),
        (http(200, b""), "without a word"),
        (http(302, b"", "text/plain", "Location: http://192.0.2.1/"), "redirect"),
        (aborting(), "broke"),
    ],
)
async def test_an_inbox_that_can_not_be_read_is_trouble_and_never_an_empty_inbox(
    answer: bytes | Act, words: str
) -> None:
    with pytest.raises(GatewayTrouble) as caught:
        await collect(answer)
    assert words in caught.value.message
    assert caught.value.__cause__ is None


async def test_trouble_on_a_later_page_is_trouble() -> None:
    with pytest.raises(GatewayTrouble):
        await collect(page(item(1), item(2)), http(500))


async def test_trouble_names_no_secret() -> None:
    async with stand_in(http(500, b"hunter2", "text/plain")) as gateway:
        account = {"url": f"{gateway.url}/hunter2", "token": "hunter2"}
        with pytest.raises(GatewayTrouble) as caught:
            await a_connection(acme(PAGED), account).collect(NOW, [])
    assert "hunter2" not in repr(caught.value) + caught.value.message + caught.value.hint


# Twilio: newest first, linked pages, both directions in one list.


def twilio_message(number: int, direction: str = "inbound", body: str = "hi") -> dict[str, Any]:
    return {
        "sid": f"SM{number}",
        "from": SENDER,
        "to": "+12125550100",
        "body": body,
        "direction": direction,
        "date_sent": "Tue, 24 Nov 2026 15:00:00 +0000",
    }


async def test_twilio_pages_are_followed_and_our_own_texts_are_not_replies() -> None:
    first = {
        "messages": [twilio_message(1, "outbound-api"), twilio_message(2)],
        "next_page_uri": "/2010-04-01/next?PageToken=PA%2B1",
    }
    last = {"messages": [twilio_message(3, body="STOP")], "next_page_uri": None}
    async with stand_in(http(200, first), http(200, last)) as gateway:
        collected = await connection("twilio", gateway).collect(NOW, [])
    assert [(text.gateway_id, text.text) for text in collected.inbound] == [
        ("SM2", "hi"),
        ("SM3", "STOP"),
    ]
    assert dict(gateway.requests[0].query) == {
        "To": "+12125550100",
        "DateSent>": "2026-11-24T15:32:00Z",
        "PageSize": "200",
    }
    assert gateway.requests[1].target == "/2010-04-01/next?PageToken=PA%2B1"
    assert gateway.requests[1].headers["authorization"].startswith("Basic ")


@pytest.mark.parametrize(
    "elsewhere",
    [
        "http://192.0.2.1/x",
        "//192.0.2.1/x",
        "http://[::1",
        "\x00",
        "https://127.0.0.1/x",
        "http://evil@127.0.0.1:1/x",
    ],
)
async def test_a_next_page_elsewhere_is_trouble_and_gets_no_login(elsewhere: str) -> None:
    answer = {"messages": [twilio_message(1)], "next_page_uri": elsewhere}
    async with stand_in(http(200, answer)) as gateway:
        with pytest.raises(GatewayTrouble) as caught:
            await connection("twilio", gateway).collect(NOW, [])
    assert "another address" in caught.value.message
    assert len(gateway.requests) == 1


async def test_a_full_page_of_our_own_texts_does_not_end_the_look() -> None:
    ours = [twilio_message(n, "outbound-api") for n in range(3)]
    first = {"messages": ours, "next_page_uri": "/next"}
    last = {"messages": [twilio_message(9, body="STOP")]}
    async with stand_in(http(200, first), http(200, last)) as gateway:
        collected = await connection("twilio", gateway).collect(NOW, [])
    assert [text.text for text in collected.inbound] == ["STOP"]


async def test_the_phones_inbox_is_a_bare_list() -> None:
    row = {
        "id": "a1",
        "type": "SMS",
        "sender": SENDER,
        "recipient": None,
        "contentPreview": "STOP",
        "createdAt": "2026-11-24T10:00:00.000-05:00",
    }
    async with stand_in(http(200, [row])) as gateway:
        collected = await connection("smsgate-local", gateway).collect(NOW, [])
    (text,) = collected.inbound
    assert (text.sender, text.text, text.at) == (
        SENDER,
        "STOP",
        datetime(2026, 11, 24, 15, 0, tzinfo=UTC),
    )
    assert ("type", "SMS") in gateway.requests[0].query
    assert ("from", "2026-11-24T14:42:00Z") in gateway.requests[0].query


# Receipts.

STATUS = """
[status]
path = "/status/{ref}"
word = "state"
detail = "why"
at = "at"
map = { done = "delivered", dead = "failed" }
"""


async def ask(*answers: bytes | Act, waiting: int = 1) -> tuple[Collected, StandIn]:
    texts = [OpenText(ref=Ref(f"R{number}")) for number in range(waiting)]
    async with stand_in(*answers) as gateway:
        collected = await a_connection(acme(STATUS), {"url": gateway.url}).collect(NOW, texts)
    return collected, gateway


async def test_a_receipt_says_which_text_which_word_and_when() -> None:
    answer = {"state": "dead", "why": "phone \x1b[31m off", "at": "2026-11-24T15:00:00Z"}
    collected, gateway = await ask(http(200, answer))
    (receipt,) = collected.receipts
    assert (receipt.ref, receipt.gateway_id) == ("R0", None)
    assert (receipt.word, receipt.state) == ("dead", State.FAILED)
    assert receipt.detail == "phone ␛[31m off"
    assert receipt.at == datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
    assert gateway.requests[0].path == "/status/R0"


async def test_an_unknown_word_is_kept_and_moves_nothing() -> None:
    collected, _ = await ask(http(200, {"state": "teleported" * 20}))
    (receipt,) = collected.receipts
    assert receipt.state is None
    assert receipt.word == ("teleported" * 20)[:60]
    assert receipt.at == NOW


async def test_a_text_the_gateway_does_not_know_has_no_receipt_and_is_no_trouble() -> None:
    collected, gateway = await ask(http(404, {}), http(200, {"state": "done"}), waiting=2)
    assert [receipt.ref for receipt in collected.receipts] == ["R1"]
    assert collected.trouble == ""
    assert len(gateway.requests) == 2


@pytest.mark.parametrize(
    "odd", [http(200, {}), http(200, b"x"), http(500), http(200, {"state": 0})]
)
async def test_one_odd_answer_does_not_cost_the_other_receipts(odd: bytes) -> None:
    done = http(200, {"state": "done"})
    collected, _ = await ask(done, odd, done, waiting=3)
    states = [receipt.state for receipt in collected.receipts if receipt.word == "done"]
    assert states == [State.DELIVERED, State.DELIVERED]
    assert (collected.trouble != "") or len(collected.receipts) == 3


async def test_when_the_gateway_goes_away_what_came_is_kept_and_the_rest_is_named() -> None:
    collected, gateway = await ask(http(200, {"state": "done"}), aborting(), waiting=5)
    assert len(collected.receipts) == 1
    assert "broke" in collected.trouble
    assert len(gateway.requests) == 2


async def test_no_receipt_at_all_from_a_gateway_without_replies_is_trouble() -> None:
    with pytest.raises(GatewayTrouble):
        await ask(aborting())


async def test_replies_are_kept_when_the_receipts_fail() -> None:
    preset = acme(PAGED, STATUS)
    async with stand_in(page(item(1, "STOP")), aborting()) as gateway:
        collected = await a_connection(preset, {"url": gateway.url}).collect(NOW, [OpenText()])
    assert [text.text for text in collected.inbound] == ["STOP"]
    assert collected.trouble


async def test_nobody_waits_for_ever_behind_a_long_line() -> None:
    texts = [OpenText(ref=Ref(f"R{number}")) for number in range(MAX_ASKED * 2 + 10)]
    asked: list[str] = []
    async with stand_in(http(200, {"state": "done"})) as gateway:
        connected = a_connection(acme(STATUS), {"url": gateway.url})
        for _ in range(3):
            collected = await connected.collect(NOW, texts)
            asked += [str(receipt.ref) for receipt in collected.receipts]
    assert len(asked) == 3 * MAX_ASKED
    assert set(asked) == {text.ref for text in texts}


async def test_a_text_without_the_id_that_is_asked_for_is_not_asked_about() -> None:
    async with stand_in(http(200, {"messages": []})) as gateway:
        collected = await connection("twilio", gateway).collect(NOW, [OpenText()])
    assert collected == Collected()
    assert len(gateway.requests) == 1


async def test_a_gateway_that_can_tell_nothing_is_not_asked() -> None:
    async with stand_in(http(500)) as gateway:
        collected = await a_connection(acme(), {"url": gateway.url}).collect(NOW, [OpenText()])
    assert collected == Collected()
    assert gateway.connections == 0
