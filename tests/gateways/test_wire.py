"""Every preset on the wire: requests field by field, answers to outcomes, over real sockets."""

from __future__ import annotations

from typing import Any

import pytest

from gateways.setups import PACKAGED, REF, a_connection, an_outgoing, packaged
from gateways.standin import aborting, endless, http, silent, stand_in
from gateways.wire_cases import WIRE, account_at, wire_case, with_text
from shopbell.domain.gateway import Outcome
from shopbell.domain.ids import E164
from shopbell.domain.texts import Encoding
from shopbell.gateways.engine import Patience

TEXTS = {
    "signs": "Tom & Jerry = 100% + more; {to} #1?",
    "newline": "two\nlines\r\nand a tab\t.",
    "quotes": "“quotes” \" ' \\ </script>",
    "emoji": "👍🏽 you're next 🏳️‍🌈",
    "greek": "Ωραία! Σας περιμένουμε",
    "spaces": "  lead and trail  ",
    "units-160": "x" * 160,
    "units-161": "x" * 161,
    "units-70": "ж" * 70,
    "units-71": "ж" * 71,
    "long": "Long text. " * 145,
}
IMPATIENT = Patience(connect=2, read=0.3, total=0.3)


def answers() -> list[Any]:
    return [
        pytest.param(name, answer, id=f"{name}: {answer['case']}")
        for name in PACKAGED
        for answer in wire_case(name)["answers"]
    ]


def test_every_packaged_preset_has_recorded_exchanges_with_their_source() -> None:
    assert sorted(path.stem for path in WIRE.glob("*.json")) == sorted(PACKAGED)
    assert all(wire_case(name)["source"] for name in PACKAGED)


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
@pytest.mark.parametrize("name", PACKAGED)
async def test_the_request_is_what_the_vendor_describes(name: str, text: str) -> None:
    case = wire_case(name)
    # The recorded requests show UCS-2, where the alphabet matters at all.
    outgoing = an_outgoing(text, encoding=Encoding.UCS2)
    async with stand_in(http(500)) as gateway:
        result = await a_connection(packaged(name), account_at(case, gateway.url)).send(outgoing)
    if len(text) > packaged(name).limits.max_chars:
        assert result.outcome is Outcome.BAD_REQUEST
        assert gateway.requests == []
        return
    (sent,) = gateway.requests
    expected = with_text(case["request"], text)
    assert (sent.method, sent.path) == (expected["method"], expected["path"])
    assert sent.query == [tuple(pair) for pair in expected["query"]]
    assert expected["headers"].items() <= sent.headers.items()
    if "json" in expected:
        assert sent.json == expected["json"]
    elif "form" in expected:
        assert sent.form == [tuple(pair) for pair in expected["form"]]
    else:
        assert sent.body == b""


@pytest.mark.parametrize("name", PACKAGED)
async def test_a_request_says_no_more_than_it_must(name: str) -> None:
    async with stand_in(http(500)) as gateway:
        account = account_at(wire_case(name), gateway.url)
        await a_connection(packaged(name), account).send(an_outgoing())
    (sent,) = gateway.requests
    known = {"host", "accept-encoding", "authorization", "content-type", "content-length"}
    assert set(sent.headers) - known <= set(wire_case(name)["request"]["headers"])
    assert sent.headers["accept-encoding"] == "identity"
    assert sent.headers["host"] == gateway.url.removeprefix("http://")


@pytest.mark.parametrize(("name", "answer"), answers())
async def test_an_answer_means(name: str, answer: dict[str, Any]) -> None:
    body = answer["json"] if "json" in answer else answer["text"].encode()
    kind = "application/json" if "json" in answer else "text/html"
    async with stand_in(http(answer["status"], body, kind)) as gateway:
        connection = a_connection(packaged(name), account_at(wire_case(name), gateway.url))
        result = await connection.send(an_outgoing())
    assert result.outcome == answer["outcome"]
    assert result.gateway_id == answer.get("gateway_id")
    assert result.http_status == answer["status"]
    assert answer.get("says", "") in result.detail


GARBAGE: dict[str, Any] = {
    "nothing": http(200, b""),
    "nothing, but accepted": http(202, b""),
    "a web page": http(200, b"<!DOCTYPE html><h1>Log in to the Wi-Fi", "text/html"),
    "a page with 202": http(202, b"<html>0: Accepted for delivery", "text/html"),
    "broken JSON": http(202, b'{"id": "x'),
    "JSON of another kind": http(202, [1, 2, 3]),
    "JSON null": http(202, b"null"),
    "deep JSON": http(202, b"[" * 100_000),
    "bytes": http(202, bytes(range(256)), "application/octet-stream"),
    "UTF-16": http(202, '{"error": "x"}'.encode("utf-16"), "application/json; charset=utf-16"),
    "odd charset": http(202, b"hello", "text/plain; charset=rot13"),
    "moved": http(301, b"", "text/plain", "Location: http://192.0.2.1/"),
    "moved, keep the method": http(307, b"", "text/plain", "Location: https://evil.example/"),
    "teapot": http(418, b"short and stout", "text/plain"),
    "not modified": http(304, b"", "text/plain"),
    "five hundred": http(500, {"error": "x"}),
    "bad gateway": http(502, b"<html>", "text/html"),
    "packed": http(202, b"\x1f\x8b\x08\x00", "application/json", "Content-Encoding: gzip"),
    "cut at once": aborting(),
    "cut in the head": aborting(b"HTTP/1.1 202 Acc"),
    "cut in the body": aborting(b"HTTP/1.1 202 OK\r\nContent-Length: 100\r\n\r\n{"),
    "no HTTP": b"220 smtp.example ESMTP\r\n",
    "endless head": endless(b"HTTP/1.1 202 OK\r\n", b"X-Filler: " + b"x" * 4000 + b"\r\n"),
    "endless body": endless(b"HTTP/1.1 202 OK\r\n\r\n", b" " * 65536),
    "5 GB promised": endless(
        b"HTTP/1.1 202 OK\r\nContent-Length: 5368709120\r\n\r\n", b" " * 65536
    ),
    "dripping": endless(b"HTTP/1.1 202 OK\r\nContent-Length: 99\r\n\r\n", b" ", 0.05),
    "silence": silent,
}


SLOW = {"no HTTP", "endless head", "endless body", "5 GB promised", "dripping", "silence"}
"""Judged by the engine before any preset is asked: a few presets are enough for these."""


@pytest.mark.parametrize(
    ("name", "garbage"),
    [
        pytest.param(name, garbage, id=f"{name}-{case}")
        for name in PACKAGED
        for case, garbage in GARBAGE.items()
        if case not in SLOW or name in ("kannel", "smsgate-local", "twilio")
    ],
)
async def test_garbage_is_neither_success_nor_failure(name: str, garbage: Any) -> None:
    async with stand_in(garbage) as gateway:
        account = account_at(wire_case(name), gateway.url)
        connection = a_connection(packaged(name), account, patience=IMPATIENT)
        result = await connection.send(an_outgoing())
    assert result.outcome is Outcome.UNKNOWN
    assert result.gateway_id is None
    assert 0 < len(result.detail) <= 500
    assert result.detail.isprintable()
    assert len(gateway.requests) == 1


@pytest.mark.parametrize(
    ("name", "gsm", "ucs"),
    [
        ("kannel", "coding=0", "coding=2"),
        ("jasmin", "coding=0", "coding=8"),
        ("playsms", "unicode=0", "unicode=1"),
        ("vonage-sms", "type=text", "type=unicode"),
        ("messagebird", '"datacoding":"plain"', '"datacoding":"unicode"'),
    ],
)
async def test_the_alphabet_reaches_the_gateway_in_its_own_word(
    name: str, gsm: str, ucs: str
) -> None:
    for encoding, there, missing in ((Encoding.GSM7, gsm, ucs), (Encoding.UCS2, ucs, gsm)):
        async with stand_in(http(500)) as gateway:
            account = account_at(wire_case(name), gateway.url)
            await a_connection(packaged(name), account).send(an_outgoing(encoding=encoding))
        said = gateway.requests[0].target + gateway.requests[0].body.decode()
        assert there in said
        assert missing not in said


async def test_jasmin_gets_plain_letters_as_they_are() -> None:
    async with stand_in(http(500)) as gateway:
        account = account_at(wire_case("jasmin"), gateway.url)
        await a_connection(packaged("jasmin"), account).send(an_outgoing("Tom & Jerry"))
    form = dict(gateway.requests[0].form)
    assert form["content"] == "Tom & Jerry"
    assert "hex-content" not in form


async def test_jasmin_gets_other_letters_as_utf_16_in_hexadecimal() -> None:
    async with stand_in(http(500)) as gateway:
        account = account_at(wire_case("jasmin"), gateway.url)
        await a_connection(packaged("jasmin"), account).send(an_outgoing("你好 👍"))
    form = dict(gateway.requests[0].form)
    assert bytes.fromhex(form["hex-content"]).decode("utf-16-be") == "你好 👍"
    assert "content" not in form


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("practice", "valid_until"),
        ("smsgate-local", "validUntil"),
        ("smsgate-cloud", "validUntil"),
        ("twilio", "ValidityPeriod"),
        ("sinch", "expire_at"),
        ("vonage-sms", "ttl"),
        ("vonage-messages", "ttl"),
        ("messagebird", "validity"),
        ("bandwidth", "expiration"),
        ("jasmin", "validity-period"),
    ],
)
async def test_a_text_without_an_end_carries_no_expiry(name: str, place: str) -> None:
    async with stand_in(http(500)) as gateway:
        account = account_at(wire_case(name), gateway.url)
        await a_connection(packaged(name), account).send(an_outgoing(valid_until=None))
    (sent,) = gateway.requests
    assert place not in sent.body.decode()


async def test_kannel_without_a_listening_address_asks_for_no_reports() -> None:
    async with stand_in(http(202, b"0: Accepted", "text/plain")) as gateway:
        account = account_at(wire_case("kannel"), gateway.url) | {"listen": "", "word": ""}
        await a_connection(packaged("kannel"), account).send(an_outgoing())
    assert "dlr-url" not in dict(gateway.requests[0].query)


@pytest.mark.parametrize("shape", ["json", "form", "query"])
@pytest.mark.parametrize("text", ["&to=+15550000000", "\n{}[]\"'", "👍"])
async def test_generic_sends_the_same_values_in_every_shape(shape: str, text: str) -> None:
    async with stand_in(http(500)) as gateway:
        account = {"url": f"{gateway.url}/x", "shape": shape, "ref_field": "ref", "method": "PUT"}
        connection = a_connection(packaged("generic"), account)
        await connection.send(an_outgoing(text, to=E164("+447700900123")))
    (sent,) = gateway.requests
    values = {"json": lambda: sent.json, "form": lambda: dict(sent.form)}.get(
        shape, lambda: dict(sent.query)
    )()
    assert values == {"to": "+447700900123", "text": text, "ref": REF}
    assert sent.method == "PUT"


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (http(200, b"OK", "text/plain"), Outcome.ACCEPTED),
        (http(201, {}), Outcome.ACCEPTED),
        (http(200, b""), Outcome.ACCEPTED),
        (http(200, b"<html>Sign in to the Wi-Fi", "text/html"), Outcome.UNKNOWN),
        (http(200, b" <!DOCTYPE html>", "text/plain"), Outcome.UNKNOWN),
        (http(203, b"OK", "text/plain"), Outcome.UNKNOWN),
    ],
)
async def test_generic_without_a_success_word_trusts_the_status_but_no_web_page(
    answer: bytes, outcome: Outcome
) -> None:
    async with stand_in(answer) as gateway:
        connection = a_connection(packaged("generic"), {"url": gateway.url})
        result = await connection.send(an_outgoing())
    assert result.outcome is outcome
