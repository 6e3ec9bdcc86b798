"""What every preset reads back: receipts, look-ups, replies, the balance. Over real sockets."""

from __future__ import annotations

from typing import Any

import pytest

from gateways.setups import NOW, PACKAGED, REF, OpenText, a_connection, an_outgoing, packaged
from gateways.standin import Recorded, StandIn, http, stand_in
from gateways.wire_cases import account_at, answer_of, filled, wire_case
from shopbell.domain.gateway import Collected, Finding
from shopbell.domain.texts import State
from shopbell.errors import GatewayTrouble
from shopbell.gateways.connection import Connection
from shopbell.gateways.paths import as_text
from shopbell.gateways.preset import FindKind, info_of

OPEN = OpenText(gateway_id="SM1")


def those_with(key: str) -> list[str]:
    return [name for name in PACKAGED if key in wire_case(name)]


def reached(name: str, gateway: StandIn) -> Connection:
    return a_connection(packaged(name), account_at(wire_case(name), gateway.url))


def empty_inbox(name: str) -> list[bytes]:
    """What has to be answered before receipts are asked for."""
    inbox = wire_case(name).get("inbox")
    if inbox is None:
        return []
    if "threads" in inbox:
        return [http(200, {"data": []})]
    return [http(200, inbox["empty"])]


def asks(sent: Recorded, recorded: dict[str, Any]) -> None:
    assert (sent.method, sent.path) == ("GET", recorded["path"])
    if "query" in recorded:
        assert sent.query == [tuple(pair) for pair in recorded["query"]]
    assert sent.body == b""


async def receipt_for(name: str, body: Any) -> tuple[Collected, StandIn]:
    async with stand_in(*empty_inbox(name), http(200, body)) as gateway:
        collected = await reached(name, gateway).collect(NOW, [OPEN])
    return collected, gateway


def test_every_preset_that_reads_something_has_it_recorded() -> None:
    for name in PACKAGED:
        preset, case = packaged(name), wire_case(name)
        assert ("receipt" in case) is (preset.status is not None), name
        assert ("inbox" in case) is (preset.inbound is not None), name
        assert ("find" in case) is (preset.find.kind is not FindKind.CALLBACK), name
        assert ("check" in case) is (preset.check is not None), name
        assert ("stopped" in case) is (
            preset.status is not None
            and bool(preset.status.stop_codes)
            and name in ("infobip", "plivo", "telnyx", "twilio", "vonage-sms")
        ), name


def test_every_word_a_preset_knows_is_among_the_recorded_ones() -> None:
    for name in those_with("receipt"):
        status = packaged(name).status
        assert status is not None
        said = {word for word, state in wire_case(name)["statuses"].items() if state}
        assert said == set(status.map), name


def test_every_outcome_a_preset_knows_is_among_the_recorded_answers() -> None:
    for name in PACKAGED:
        known = {rule.then for rule in packaged(name).send.errors}
        recorded = {answer["outcome"] for answer in wire_case(name)["answers"]}
        assert known <= recorded, name
        assert {"accepted", "unknown"} <= recorded, name


def values_in(answer: object) -> set[str]:
    match answer:
        case dict():
            return set().union(*map(values_in, answer.values()))
        case list():
            return set().union(*map(values_in, answer))
        case _:
            return {as_text(answer)}


def test_every_code_a_preset_knows_is_among_the_recorded_answers() -> None:
    for name in PACKAGED:
        recorded = set().union(*(values_in(one.get("json")) for one in wire_case(name)["answers"]))
        for rule in packaged(name).send.errors:
            assert rule.codes <= recorded, (name, rule.codes - recorded)


@pytest.mark.parametrize(
    ("name", "word", "state"),
    [
        (name, word, state)
        for name in those_with("receipt")
        for word, state in wire_case(name)["statuses"].items()
    ],
)
async def test_a_status_word_means(name: str, word: str, state: str | None) -> None:
    recorded = wire_case(name)["receipt"]
    collected, gateway = await receipt_for(name, filled(recorded["json"], word=word))
    (receipt,) = collected.receipts
    assert (receipt.ref, receipt.gateway_id, receipt.word) == (REF, "SM1", word)
    assert receipt.state == (None if state is None else State(state))
    assert not receipt.opted_out
    asks(gateway.requests[-1], recorded)


@pytest.mark.parametrize("name", those_with("stopped"))
async def test_a_stop_in_a_receipt_is_a_stop(name: str) -> None:
    collected, _ = await receipt_for(name, wire_case(name)["stopped"])
    (receipt,) = collected.receipts
    assert receipt.opted_out
    assert receipt.state in (State.FAILED, State.UNDELIVERABLE)


@pytest.mark.parametrize("name", those_with("receipt"))
@pytest.mark.parametrize("odd", [{}, [], {"data": 5}, {"messages": "x"}, {"results": [None]}, 7])
async def test_an_odd_answer_about_a_text_is_no_receipt(name: str, odd: Any) -> None:
    async with stand_in(*empty_inbox(name), http(200, odd)) as gateway:
        try:
            collected = await reached(name, gateway).collect(NOW, [OPEN])
        except GatewayTrouble as trouble:
            said = trouble.message
        else:
            assert collected.receipts == ()
            said = collected.trouble
    assert said


@pytest.mark.parametrize("name", those_with("receipt"))
async def test_a_text_the_gateway_no_longer_knows_is_no_trouble(name: str) -> None:
    async with stand_in(*empty_inbox(name), http(404, {"error": "gone"})) as gateway:
        collected = await reached(name, gateway).collect(NOW, [OPEN])
    assert (collected.receipts, collected.trouble) == ((), "")


@pytest.mark.parametrize("name", those_with("find"))
async def test_an_unclear_text_is_found(name: str) -> None:
    recorded = wire_case(name)["find"]
    async with stand_in(http(*answer_of(recorded["present"]))) as gateway:
        found = await reached(name, gateway).find(an_outgoing(), frozenset())
    assert (found.finding, found.gateway_id) == (Finding.PRESENT, recorded["id"])
    asks(gateway.requests[0], recorded)


@pytest.mark.parametrize("name", those_with("find"))
async def test_a_text_that_is_not_there_proves_something_only_by_reference(name: str) -> None:
    recorded = wire_case(name)["find"]
    async with stand_in(http(*answer_of(recorded["absent"]))) as gateway:
        account = account_at(wire_case(name), gateway.url)
        later = NOW.replace(hour=NOW.hour + 1)
        connection = a_connection(packaged(name), account, now=later)
        found = await connection.find(an_outgoing(), frozenset())
    proof = packaged(name).find.kind is FindKind.REF
    assert found.finding is (Finding.ABSENT if proof else Finding.UNSURE)


@pytest.mark.parametrize("name", those_with("find"))
async def test_a_look_up_answered_with_nonsense_proves_nothing(name: str) -> None:
    for answer in (http(500, {}), http(401, {}), http(200, b"<html>Sign in", "text/html")):
        async with stand_in(answer) as gateway:
            found = await reached(name, gateway).find(an_outgoing(), frozenset())
        assert found.finding is Finding.UNSURE


@pytest.mark.parametrize("name", those_with("inbox"))
async def test_a_reply_comes_in(name: str) -> None:
    recorded = wire_case(name)["inbox"]
    first = [http(200, recorded["threads"]["json"])] if "threads" in recorded else []
    async with stand_in(*first, http(200, recorded["json"])) as gateway:
        collected = await reached(name, gateway).collect(NOW, [])
    (reply,) = collected.inbound
    assert [reply.sender, reply.text, reply.gateway_id] == recorded["reply"]
    assert reply.at == NOW.replace(hour=15, minute=0)
    assert (collected.trouble, collected.complete) == ("", True)
    if first:
        asks(gateway.requests[0], recorded["threads"])
    asks(gateway.requests[len(first)], recorded)
    assert len(gateway.requests) == len(first) + 1


@pytest.mark.parametrize("name", those_with("inbox"))
async def test_an_empty_inbox_is_no_trouble(name: str) -> None:
    async with stand_in(*empty_inbox(name)) as gateway:
        collected = await reached(name, gateway).collect(NOW, [])
    assert (collected.inbound, collected.trouble, collected.complete) == ((), "", True)


@pytest.mark.parametrize("name", those_with("inbox"))
@pytest.mark.parametrize("odd", [{"status": "ERR"}, 7, "x", {"data": None}])
async def test_an_inbox_of_another_shape_is_trouble_and_not_empty(name: str, odd: Any) -> None:
    async with stand_in(http(200, odd)) as gateway:
        with pytest.raises(GatewayTrouble):
            await reached(name, gateway).collect(NOW, [])


@pytest.mark.parametrize("name", those_with("inbox"))
async def test_a_refused_login_is_said_when_replies_are_fetched(name: str) -> None:
    async with stand_in(http(401, {"error": "no"})) as gateway:
        with pytest.raises(GatewayTrouble, match="login"):
            await reached(name, gateway).collect(NOW, [])


@pytest.mark.parametrize("name", those_with("check"))
async def test_the_connection_is_tested_with_the_balance_where_there_is_one(name: str) -> None:
    recorded = wire_case(name)["check"]
    status, body = answer_of(recorded)
    kind = "application/json" if "json" in recorded else "text/plain"
    async with stand_in(http(status, body, kind)) as gateway:
        result = await reached(name, gateway).check()
    assert result.ok
    assert recorded["says"] in result.detail
    asks(gateway.requests[0], recorded)


@pytest.mark.parametrize("name", those_with("check"))
async def test_a_test_that_is_refused_says_why(name: str) -> None:
    for status, word in ((401, "login"), (403, "login"), (500, "unexpected"), (302, "redirect")):
        async with stand_in(http(status, {"e": 1})) as gateway:
            result = await reached(name, gateway).check()
        assert not result.ok
        assert word in result.detail


@pytest.mark.parametrize(
    ("name", "replies", "receipts", "dedupes", "look_up", "expiry"),
    [
        ("bandwidth", True, True, False, False, True),
        ("clicksend", True, True, False, True, False),
        ("httpsms", True, True, False, True, False),
        ("infobip", True, True, True, True, False),
        ("jasmin", True, True, False, False, True),
        ("messagebird", True, True, False, True, True),
        ("playsms", True, True, False, False, False),
        ("plivo", True, True, False, False, False),
        ("sinch", True, True, False, True, True),
        ("smsgate-cloud", True, True, True, True, True),
        ("smsgate-private", True, True, True, True, True),
        ("telnyx", True, True, True, False, False),
        ("textbee", True, True, False, True, False),
        ("textbelt", True, True, False, False, False),
        ("vonage-messages", True, True, False, True, True),
        ("vonage-sms", True, True, False, True, True),
    ],
)
def test_a_preset_says_what_its_gateway_can_and_cannot_do(
    name: str, replies: bool, receipts: bool, dedupes: bool, look_up: bool, expiry: bool
) -> None:
    info = info_of(packaged(name))
    assert (
        info.reports_replies,
        info.reports_receipts,
        info.refuses_duplicates,
        info.can_look_up,
        info.takes_expiry,
    ) == (replies, receipts, dedupes, look_up, expiry)
    assert info.unverified or "source" in info.checked
    assert not info.practice
