"""Looking for a text after an unclear answer, and testing a connection. Neither sends anything."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from gateways.setups import CUSTOMER, NOW, a_connection, acme, an_outgoing, packaged
from gateways.standin import Act, aborting, http, stand_in
from gateways.wire_cases import account_at, wire_case
from shopbell.domain.gateway import Finding, Found, Outgoing
from shopbell.domain.ids import Ref

TEXT = "Your order is ready"


async def find(
    name: str,
    answer: bytes | Act,
    *,
    after: timedelta = timedelta(hours=1),
    taken: frozenset[str] = frozenset(),
    outgoing: Outgoing | None = None,
) -> Found:
    async with stand_in(answer) as gateway:
        account = account_at(wire_case(name), gateway.url)
        connection = a_connection(packaged(name), account, now=NOW + after)
        found = await connection.find(outgoing or an_outgoing(TEXT), taken)
    for sent in gateway.requests:
        assert sent.method == "GET"
        assert TEXT not in sent.target
    return found


@pytest.mark.parametrize("name", ["practice", "smsgate-local"])
async def test_a_gateway_that_knows_our_reference_gives_proof_either_way(name: str) -> None:
    present = await find(name, http(200, {"id": "G1", "state": "Sent"}))
    assert (present.finding, present.gateway_id) == (Finding.PRESENT, "G1")
    absent = await find(name, http(404, {"message": "not found"}))
    assert (absent.finding, absent.gateway_id) == (Finding.ABSENT, None)
    assert absent.detail == "The gateway never got it."


async def test_absence_means_nothing_too_early_or_after_the_log_is_gone() -> None:
    for after in (timedelta(seconds=4), timedelta(days=7, seconds=1)):
        found = await find("smsgate-local", http(404, {}), after=after)
        assert found.finding is Finding.UNSURE


@pytest.mark.parametrize(
    "answer",
    [
        http(401, {}),
        http(500, {}),
        http(204),
        http(200, {}),
        http(200, b"<html>Sign in to the Wi-Fi", "text/html"),
        http(404, b"<html>Sign in to the Wi-Fi", "text/html"),
        http(302, b"", "text/plain", "Location: /"),
        aborting(),
    ],
)
@pytest.mark.parametrize("name", ["practice", "smsgate-local", "twilio"])
async def test_any_other_answer_leaves_it_unsure_and_says_why(
    name: str, answer: bytes | Act
) -> None:
    found = await find(name, answer)
    assert found.finding is Finding.UNSURE
    assert found.detail


async def test_kannel_and_generic_can_not_be_asked() -> None:
    for name in ("kannel", "generic"):
        found = await find(name, http(200, {}))
        assert found.finding is Finding.UNSURE
        assert "can't be asked" in found.detail


async def test_a_reference_that_can_not_be_written_is_asked_for_by_nobody() -> None:
    found = await find("practice", http(200, {"id": "x"}), outgoing=an_outgoing(ref=Ref("")))
    assert found.finding is Finding.UNSURE


def listed(**changes: Any) -> dict[str, Any]:
    return {
        "sid": "SM1",
        "to": CUSTOMER,
        "from": "+12125550100",
        "body": TEXT,
        "direction": "outbound-api",
        "date_created": rfc2822(NOW),
    } | changes


def rfc2822(moment: datetime) -> str:
    return moment.strftime("%a, %d %b %Y %H:%M:%S +0000")


@pytest.mark.parametrize(
    ("entry", "found"),
    [
        ({}, True),
        ({"date_created": rfc2822(NOW - timedelta(seconds=59))}, True),
        ({"date_created": rfc2822(NOW - timedelta(seconds=61))}, False),
        ({"date_created": None}, False),
        ({"body": TEXT + " "}, False),
        ({"body": None}, False),
        ({"to": "+12125550143"}, False),
        ({"direction": "inbound"}, False),
        ({"direction": "outbound-reply"}, False),
        ({"sid": None}, False),
        ({"sid": "TAKEN"}, False),
    ],
)
async def test_a_list_entry_is_our_text_only_if_everything_fits(
    entry: dict[str, Any], found: bool
) -> None:
    answer = http(200, {"messages": [listed(sid="OTHER", body="else"), listed(**entry)]})
    result = await find("twilio", answer, taken=frozenset({"TAKEN"}))
    assert result.finding is (Finding.PRESENT if found else Finding.UNSURE)
    assert result.gateway_id == ("SM1" if found else None)


async def test_not_being_listed_is_a_hint_and_never_proof() -> None:
    early = await find("twilio", http(200, {"messages": []}), after=timedelta(minutes=2))
    late = await find("twilio", http(200, {"messages": []}), after=timedelta(minutes=20))
    assert (early.finding, late.finding) == (Finding.UNSURE, Finding.UNSURE)
    assert "yet" in early.detail
    assert "probably not sent" in late.detail


async def test_twilio_is_asked_by_both_numbers() -> None:
    async with stand_in(http(200, {"messages": []})) as gateway:
        account = account_at(wire_case("twilio"), gateway.url)
        await a_connection(packaged("twilio"), account).find(an_outgoing(), frozenset())
    assert dict(gateway.requests[0].query) == {
        "To": CUSTOMER,
        "From": "+12125550100",
        "PageSize": "50",
    }


@pytest.mark.parametrize("items", [None, {}, "x", 7])
async def test_what_is_no_list_is_unsure(items: object) -> None:
    assert (await find("twilio", http(200, {"messages": items}))).finding is Finding.UNSURE


CHECK = """
[check]
path = "/me"
ok = { http = [200], all = ["ok", "true"] }
show = "name"
"""


@pytest.mark.parametrize(
    ("answer", "ok", "detail"),
    [
        (http(200, {"ok": True, "name": "Fern"}), True, "It works. It says: Fern"),
        (http(200, {"ok": True}), True, "It works."),
        (http(200, {"ok": True, "name": "\x1b]0;x"}), True, "It works. It says: ␛]0;x"),
        (http(200, {"ok": True, "name": "hunter2"}), True, "It works. It says: •••"),
        (http(200, {"ok": False}), False, "The gateway answered 200 in an unexpected form."),
        (
            http(200, b"<html>Wi-Fi", "text/html"),
            False,
            "The gateway answered with a web page (200); is the address right?",
        ),
        (http(401), False, "The gateway refused the login."),
        (http(403), False, "The gateway refused the login."),
        (http(404, b"no", "text/plain"), False, "The gateway answered 404 in an unexpected form."),
        (aborting(), False, "The connection broke before the answer was complete."),
    ],
)
async def test_a_connection_is_tested(answer: bytes | Act, ok: bool, detail: str) -> None:
    async with stand_in(answer) as gateway:
        account = {"url": gateway.url, "token": "hunter2"}
        result = await a_connection(acme(CHECK), account).check()
    assert (result.ok, result.detail) == (ok, detail)
    assert gateway.requests[0].method == "GET"


async def test_without_a_way_to_test_the_login_only_the_address_is_tried() -> None:
    async with stand_in(http(200)) as gateway:
        result = await a_connection(acme(), {"url": gateway.url}).check()
        assert result.ok
        assert "Send one text to yourself" in result.detail
    assert gateway.requests == []
    assert not (await a_connection(acme(), {"url": gateway.url}).check()).ok


async def test_kannels_login_is_tested_by_a_request_without_a_receiver() -> None:
    answer = http(400, b"Missing receiver number, rejected", "text/html")
    async with stand_in(answer) as gateway:
        account = account_at(wire_case("kannel"), gateway.url)
        assert (await a_connection(packaged("kannel"), account).check()).ok
    assert [name for name, _ in gateway.requests[0].query] == ["username", "password"]
