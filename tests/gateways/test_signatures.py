"""Signed pushes: the good one is stored; stale, changed, unsigned and foreign ones are not."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from gateways.setups import NOW, PACKAGED, REF, a_connection, packaged
from gateways.test_account import GOOD
from gateways.test_hooks import WORD, Box, free_port, say
from shopbell.domain.texts import State
from shopbell.errors import BadInput
from shopbell.gateways.account import check_account
from shopbell.gateways.hooks import MOST_PUSHES

PUBLIC = "https://shop.example"
TELNYX = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
TELNYX_KEY = base64.b64encode(
    TELNYX.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
).decode()
SIGNING = {
    "telnyx": {"signing_key": TELNYX_KEY},
    "smsgate-cloud": {"signing": "app-key"},
    "smsgate-private": {"signing": "app-key"},
    "bandwidth": {"hook_user": "bw", "hook_password": "pw"},
    "plivo": {},
    "textbelt": {},
    "twilio": {},
    "httpsms": {"signing": "hook-key"},
    "vonage-messages": {"signing": "hook-key"},
}
Headers = dict[str, str]


def stamp(at: datetime) -> str:
    return str(int(at.timestamp()))


def mac(key: str, signed: str, how: str = "sha256") -> bytes:
    return hmac.new(key.encode(), signed.encode(), how).digest()


def sign_telnyx(_: str, body: str, at: datetime) -> Headers:
    signature = TELNYX.sign(f"{stamp(at)}|{body}".encode())
    return {
        "telnyx-signature-ed25519": base64.b64encode(signature).decode(),
        "telnyx-timestamp": stamp(at),
    }


def sign_textbelt(_: str, body: str, at: datetime) -> Headers:
    return {
        "X-textbelt-signature": mac("k", stamp(at) + body).hex(),
        "X-textbelt-timestamp": stamp(at),
    }


def sign_smsgate(_: str, body: str, at: datetime) -> Headers:
    return {"X-Signature": mac("app-key", body + stamp(at)).hex(), "X-Timestamp": stamp(at)}


def form_text(body: str) -> str:
    from urllib.parse import parse_qsl

    return "".join(name + value for name, value in sorted(parse_qsl(body)))


def sign_twilio(url: str, body: str, _: datetime) -> Headers:
    digest = mac("t", url + form_text(body), "sha1")
    return {"X-Twilio-Signature": base64.b64encode(digest).decode()}


def sign_plivo(url: str, body: str, _: datetime) -> Headers:
    digest = mac("t", f"{url}?{form_text(body)}.n0nce")
    return {
        "X-Plivo-Signature-V3": "bm90IHRoaXM=, " + base64.b64encode(digest).decode(),
        "X-Plivo-Signature-V3-Nonce": "n0nce",
    }


def sign_basic(_: str, __: str, ___: datetime) -> Headers:
    return {"Authorization": "Basic " + base64.b64encode(b"bw:pw").decode()}


def part(claims: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip("=")


def token(claims: object, key: str = "hook-key", alg: str = "HS256") -> str:
    signed = f"{part({'alg': alg, 'typ': 'JWT'})}.{part(claims)}"
    digest = base64.urlsafe_b64encode(mac(key, signed)).decode().rstrip("=")
    return f"{signed}.{digest}"


def httpsms_claims(url: str, at: datetime) -> dict[str, Any]:
    made = int(at.timestamp())
    return {"iss": "api.httpsms.com", "aud": [url], "iat": made, "exp": made + 600}


def sign_httpsms(url: str, _: str, at: datetime) -> Headers:
    return {"Authorization": f"Bearer {token(httpsms_claims(url, at))}"}


def vonage_claims(body: str, at: datetime) -> dict[str, Any]:
    payload_hash = hashlib.sha256(body.encode()).hexdigest()
    return {"iss": "Vonage", "iat": int(at.timestamp()), "payload_hash": payload_hash}


def sign_vonage(_: str, body: str, at: datetime) -> Headers:
    return {"Authorization": f"Bearer {token(vonage_claims(body, at))}"}


SIGNS: dict[str, Callable[[str, str, datetime], Headers]] = {
    "telnyx": sign_telnyx,
    "textbelt": sign_textbelt,
    "smsgate-cloud": sign_smsgate,
    "smsgate-private": sign_smsgate,
    "twilio": sign_twilio,
    "plivo": sign_plivo,
    "bandwidth": sign_basic,
    "httpsms": sign_httpsms,
    "vonage-messages": sign_vonage,
}
SENDER = "+12125550142"


def smsgate(event: str, **payload: str) -> str:
    return json.dumps({"deviceId": "d1", "event": event, "id": "e1", "payload": payload})


def telnyx(event: str, **payload: Any) -> str:
    return json.dumps({"data": {"event_type": event, "payload": {"id": "T1", **payload}}})


REPLIES = {
    "telnyx": telnyx("message.received", **{"from": {"phone_number": SENDER}}, text="STOP"),
    "textbelt": json.dumps({"textId": "T1", "fromNumber": SENDER, "text": "STOP"}),
    "smsgate-cloud": smsgate("sms:received", phoneNumber=SENDER, message="STOP"),
    "smsgate-private": smsgate("sms:received", phoneNumber=SENDER, message="STOP"),
    "twilio": urlencode({"MessageSid": "SM1", "From": SENDER, "Body": "STOP", "Empty": "x"}),
    "plivo": urlencode({"MessageUUID": "P1", "From": SENDER, "Text": "STOP"}),
    "bandwidth": json.dumps(
        [
            {"type": "message-received", "message": {"id": "B1", "from": SENDER, "text": "STOP"}},
            {"type": "message-delivered", "message": {"id": "B2", "tag": REF}},
        ]
    ),
    "httpsms": json.dumps(
        {
            "type": "message.phone.received",
            "data": {"message_id": "H1", "contact": SENDER, "content": "STOP"},
        }
    ),
    "vonage-messages": json.dumps(
        {"message_uuid": "V1", "from": SENDER, "message_type": "text", "text": "STOP"}
    ),
}
REPORTS: dict[str, tuple[str, State]] = {
    "telnyx": (telnyx("message.finalized", to=[{"status": "delivered"}]), State.DELIVERED),
    "smsgate-cloud": (smsgate("sms:delivered", messageId=REF), State.DELIVERED),
    "smsgate-private": (smsgate("sms:failed", messageId=REF), State.FAILED),
    "twilio": (urlencode({"MessageSid": "T1", "MessageStatus": "sent"}), State.SENT),
    "plivo": (urlencode({"MessageUUID": "T1", "Status": "undelivered"}), State.UNDELIVERABLE),
    "bandwidth": (
        json.dumps([{"type": "message-failed", "message": {"id": "B1", "tag": REF}}]),
        State.FAILED,
    ),
    "httpsms": (
        json.dumps({"type": "message.phone.delivered", "data": {"id": "T1"}}),
        State.DELIVERED,
    ),
    "vonage-messages": (
        json.dumps({"message_uuid": "T1", "client_ref": REF, "status": "undeliverable"}),
        State.UNDELIVERABLE,
    ),
}
WITHOUT_BODY = frozenset({"bandwidth", "httpsms"})
"""Their signature says nothing about the body: the tunnel's https keeps it."""


def account(name: str, port: int, **more: str) -> dict[str, str]:
    listen = {"listen": f"http://127.0.0.1:{port}", "word": WORD, "public": PUBLIC}
    return GOOD[name] | SIGNING[name] | listen | more


@asynccontextmanager
async def listening(name: str, box: Box) -> AsyncIterator[int]:
    port = free_port()
    async with a_connection(packaged(name), account(name, port)).listen(box.sink):
        yield port


async def push(port: int, subject: str, body: str, headers: Headers) -> int:
    lines = [
        f"POST /{WORD}/{subject} HTTP/1.1",
        "Host: shop.example",
        "Connection: close",
        f"Content-Length: {len(body.encode())}",
        *(f"{name}: {value}" for name, value in headers.items()),
    ]
    answer = await say(port, "\r\n".join(lines).encode() + b"\r\n\r\n" + body.encode())
    return int(answer.split(b" ", 2)[1])


def url(subject: str) -> str:
    return f"{PUBLIC}/{WORD}/{subject}"


def test_every_preset_with_a_signature_is_tried_here() -> None:
    signed = [n for n in PACKAGED if (hook := packaged(n).hook) is not None and hook.sign]
    assert sorted(SIGNS) == sorted(REPLIES) == sorted(signed)


@pytest.mark.parametrize("subject", ["all", "inbound"])
@pytest.mark.parametrize("name", SIGNS)
async def test_a_signed_reply_comes_in(name: str, subject: str) -> None:
    box, body = Box(), REPLIES[name]
    async with listening(name, box) as port:
        assert await push(port, subject, body, SIGNS[name](url(subject), body, NOW)) == 200
    (text,) = box.got[0].inbound
    assert (text.sender, text.text) == (SENDER, "STOP")


@pytest.mark.parametrize("name", REPORTS)
async def test_a_signed_report_is_a_receipt(name: str) -> None:
    box = Box()
    body, state = REPORTS[name]
    async with listening(name, box) as port:
        assert await push(port, "status", body, SIGNS[name](url("status"), body, NOW)) == 200
    (receipt,) = box.got[0].receipts
    assert receipt.state is state
    assert (receipt.ref or receipt.gateway_id) in (REF, "T1")


def spoilt(name: str, body: str) -> dict[str, tuple[str, Headers]]:
    good = SIGNS[name](url("all"), body, NOW)
    changed = body.replace("STOP", "STAY")
    header = next(iter(good))
    found = {
        "unsigned": (body, {}),
        "empty": (body, good | {header: ""}),
        "nonsense": (body, good | {header: "x\x7f%%=="}),
        "another signature": (body, good | {header: base64.b64encode(bytes(64)).decode()}),
    }
    if name not in WITHOUT_BODY:
        found["changed"] = (changed, good)
    if any("stamp" in one.lower() for one in good):
        for word, age in (("stale", 1), ("from the future", -1)):
            at = NOW - age * timedelta(seconds=901)
            found[word] = (body, SIGNS[name](url("all"), body, at))
        stamped = next(one for one in good if "stamp" in one.lower())
        found["stamp changed"] = (body, good | {stamped: stamp(NOW + timedelta(seconds=5))})
        found["no stamp"] = (body, good | {stamped: ""})
    if name in TOKENS:
        for word, age in (("stale", 1), ("from the future", -1)):
            at = NOW - age * timedelta(seconds=901)
            found[word] = (body, SIGNS[name](url("all"), body, at))
    return found


TOKENS = frozenset({"httpsms", "vonage-messages"})


@pytest.mark.parametrize("name", SIGNS)
async def test_what_is_forged_changed_or_stale_is_refused_and_not_stored(name: str) -> None:
    box = Box()
    async with listening(name, box) as port:
        for what, (body, headers) in spoilt(name, REPLIES[name]).items():
            assert await push(port, "all", body, headers) == 404, what
    assert box.got == []


@pytest.mark.parametrize("name", ["twilio", "plivo", "httpsms"])
async def test_a_signature_for_another_address_is_refused(name: str) -> None:
    box, body = Box(), REPLIES[name]
    headers = SIGNS[name]("https://other.example/x", body, NOW)
    async with listening(name, box) as port:
        assert await push(port, "all", body, headers) == 404
    assert box.got == []


async def test_a_signed_push_about_something_else_is_received_and_is_nothing() -> None:
    box, body = Box(), telnyx("call.initiated")
    async with listening("telnyx", box) as port:
        assert await push(port, "all", body, sign_telnyx("", body, NOW)) == 200
    assert all(not got.inbound and not got.receipts for got in box.got)


async def test_a_flood_is_told_to_come_again() -> None:
    box, body = Box(), REPLIES["telnyx"]
    headers = sign_telnyx("", body, NOW)
    request = (
        f"POST /{WORD}/all HTTP/1.1\r\nHost: x\r\nContent-Length: {len(body)}\r\n"
        + "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        + "\r\n"
        + body
    ).encode()
    last = request.replace(b"Host: x", b"Host: x\r\nConnection: close")
    async with listening("telnyx", box) as port:
        answer = await say(port, request * MOST_PUSHES + last)
    assert len(box.got) == MOST_PUSHES
    assert answer.count(b"HTTP/1.1 200") == MOST_PUSHES
    assert answer.count(b"HTTP/1.1 429") == 1


@pytest.mark.parametrize("name", ["telnyx", "smsgate-cloud", "bandwidth"])
def test_a_tunnel_without_a_signing_key_is_refused(name: str) -> None:
    given = account(name, 18082)
    for key in SIGNING[name]:
        given.pop(key)
    with pytest.raises(BadInput, match="anybody can knock"):
        check_account(packaged(name), given)
    check_account(packaged(name), account(name, 18082))


@pytest.mark.parametrize(
    "public", ["http://shop.example", "shop.example", "ftp://shop.example", "https://"]
)
def test_a_tunnel_is_https(public: str) -> None:
    with pytest.raises(BadInput):
        check_account(packaged("telnyx"), account("telnyx", 18082, public=public))


@pytest.mark.parametrize("name", ["twilio", "plivo", "textbelt"])
def test_the_gateway_is_told_the_tunnel_and_never_the_address_at_home(name: str) -> None:
    from gateways.setups import an_outgoing

    for public, told in ((PUBLIC, True), ("", False)):
        connection = a_connection(packaged(name), account(name, 18082, public=public))
        wire = connection._wire(an_outgoing())
        said = wire.content.decode()
        assert ("shop.example" in said) is told
        assert "18082" not in said


def test_the_signatures_are_those_of_the_vendors_own_words() -> None:
    """Twilio's scheme spelled out by hand, so that signer and checker share no mistake."""
    signed = "https://shop.example/x?foo=1&bar=2" + "From+12125550142" + "To+12125550100"
    digest = hmac.new(b"12345", signed.encode(), hashlib.sha1).digest()
    from shopbell.gateways.signatures import Pushed, genuine

    hook = packaged("twilio").hook
    assert hook is not None
    assert hook.sign is not None
    pushed = Pushed(
        url="https://shop.example/x?foo=1&bar=2",
        headers={"x-twilio-signature": base64.b64encode(digest).decode()},
        body=b"To=%2B12125550100&From=%2B12125550142",
    )
    assert genuine(hook.sign, "12345", "", pushed, NOW)
    assert not genuine(hook.sign, "12346", "", pushed, NOW)
    assert not genuine(hook.sign, "", "", pushed, NOW)
