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
from urllib.parse import parse_qsl, urlencode

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
from shopbell.gateways.pushed import Pushed
from shopbell.gateways.signatures import SignKey, genuine

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
    "vonage-sms": {"signing": "hook-key"},
    "messagebird": {"signing": "hook-key"},
    "sinch": {"signing": "hook-key"},
    "textbee": {"signing": "hook-key"},
    "infobip": {"hook_user": "bw", "hook_password": "pw"},
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
    return "".join(name + value for name, value in sorted(parse_qsl(body)))


def sign_twilio(url: str, body: str, _: datetime) -> Headers:
    digest = mac("t", url + form_text(body), "sha1")
    return {"X-Twilio-Signature": base64.b64encode(digest).decode()}


def sign_plivo(url: str, body: str, _: datetime) -> Headers:
    """For texts Plivo signs the address, and nothing of what it says."""
    return {
        "X-Plivo-Signature-V2": base64.b64encode(mac("t", f"{url}n0nce")).decode(),
        "X-Plivo-Signature-V2-Nonce": "n0nce",
    }


def sign_plivo_call(url: str, body: str, _: datetime) -> Headers:
    digest = mac("t", f"{url}?{form_text(body)}.n0nce")
    return {
        "X-Plivo-Signature-V3": "bm90IHRoaXM=, " + base64.b64encode(digest).decode(),
        "X-Plivo-Signature-V3-Nonce": "n0nce",
    }


def sign_textbee(_: str, body: str, __: datetime) -> Headers:
    return {"X-Signature": mac("hook-key", body).hex()}


def sign_sinch(_: str, body: str, at: datetime) -> Headers:
    digest = mac("hook-key", f"{body}.n0nce.{stamp(at)}")
    return {
        "X-Sinch-Webhook-Signature": base64.b64encode(digest).decode(),
        "X-Sinch-Webhook-Signature-Nonce": "n0nce",
        "X-Sinch-Webhook-Signature-Timestamp": stamp(at),
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


def sign_messagebird(url: str, body: str, at: datetime) -> Headers:
    made = int(at.timestamp())
    claims = {
        "iss": "MessageBird",
        "nbf": made,
        "exp": made + 60,
        "url_hash": hashlib.sha256(url.encode()).hexdigest(),
        "payload_hash": hashlib.sha256(body.encode()).hexdigest(),
    }
    return {"MessageBird-Signature-JWT": token(claims)}


def sign_in_the_body(_: str, __: str, ___: datetime) -> Headers:
    """Vonage SMS puts its signature among what it says: see `vonage_form`."""
    return {}


def vonage_form(at: datetime = NOW, **said: str) -> str:
    said = {"timestamp": stamp(at), "nonce": "n0nce", "message-timestamp": "2026-11-24"} | said
    signed = "".join(f"&{name}={said[name]}" for name in sorted(said))
    return urlencode(said | {"sig": mac("hook-key", signed).hex()})


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
    "vonage-sms": sign_in_the_body,
    "messagebird": sign_messagebird,
    "sinch": sign_sinch,
    "textbee": sign_textbee,
    "infobip": sign_basic,
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
    "vonage-sms": vonage_form(msisdn=SENDER, messageId="V1", type="text", text="STOP"),
    "messagebird": urlencode({"id": "M1", "originator": SENDER, "payload": "STOP"}),
    "sinch": json.dumps({"type": "mo_text", "id": "S1", "from": SENDER, "body": "STOP"}),
    "textbee": json.dumps(
        {"smsId": "B1", "webhookEvent": "MESSAGE_RECEIVED", "sender": SENDER, "message": "STOP"}
    ),
    "infobip": json.dumps({"results": [{"messageId": "I1", "from": SENDER, "text": "STOP"}]}),
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
    "vonage-sms": (
        vonage_form(**{"messageId": "V1", "client-ref": REF, "status": "expired"}),
        State.EXPIRED,
    ),
    "messagebird": (urlencode({"id": "T1", "status": "delivered"}), State.DELIVERED),
    "sinch": (
        json.dumps(
            {
                "type": "recipient_delivery_report_sms",
                "batch_id": "T1",
                "client_reference": REF,
                "status": "Delivered",
            }
        ),
        State.DELIVERED,
    ),
    "textbee": (
        json.dumps({"webhookEvent": "MESSAGE_FAILED", "smsBatchId": "T1", "status": "failed"}),
        State.FAILED,
    ),
    "infobip": (
        json.dumps({"results": [{"messageId": REF, "status": {"name": "DELIVERED_TO_HANDSET"}}]}),
        State.DELIVERED,
    ),
}
WITHOUT_BODY = frozenset({"bandwidth", "httpsms", "plivo", "infobip"})
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
    signed = [n for n in PACKAGED if (hook := packaged(n).hook) is not None and hook.signs]
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


TOKENS = frozenset({"httpsms", "vonage-messages", "messagebird"})


@pytest.mark.parametrize("name", [name for name in SIGNS if name != "vonage-sms"])
async def test_what_is_forged_changed_or_stale_is_refused_and_not_stored(name: str) -> None:
    box = Box()
    async with listening(name, box) as port:
        for what, (body, headers) in spoilt(name, REPLIES[name]).items():
            assert await push(port, "all", body, headers) == 404, what
    assert box.got == []


async def test_a_signature_among_the_values_is_checked_like_one_in_a_header() -> None:
    said = {"msisdn": SENDER, "messageId": "V1", "type": "text", "text": "STOP"}
    good, old = vonage_form(**said), vonage_form(NOW - timedelta(seconds=301), **said)
    ahead = vonage_form(NOW + timedelta(seconds=301), **said)
    signature = good[good.index("&sig=") :]
    spoilt = {
        "unsigned": good.removesuffix(signature),
        "empty": good.removesuffix(signature) + "&sig=",
        "nonsense": good.removesuffix(signature) + "&sig=x%7f%%",
        "changed": good.replace("STOP", "STAY"),
        "another sender": good.replace("142", "143"),
        "more said": good + "&keyword=GO",
        "stale": old,
        "from the future": ahead,
        "stamp changed": good.replace(stamp(NOW), stamp(NOW + timedelta(seconds=5))),
        "no stamp": good.replace("timestamp=" + stamp(NOW), "timestamp="),
        "a huge one": good + "&x=" + "y" * 60_000,
    }
    box = Box()
    async with listening("vonage-sms", box) as port:
        for what, body in spoilt.items():
            assert await push(port, "all", body, {}) == 404, what
        assert box.got == []
        # As it is set up in the account: a form, JSON, or values in the address.
        assert await push(port, "all", good, {}) == 200
        assert await push(port, "all", json.dumps(dict(parse_qsl(good))), {}) == 200
        assert await push(port, f"all?{good}", "", {}) == 200
        # A signed body does not make the address beside it good.
        assert await push(port, f"inbound?text=GO&msisdn={SENDER}", good, {}) == 200
    assert [got.inbound[0].text for got in box.got] == ["STOP"] * 4


@pytest.mark.parametrize(
    ("name", "sign"), [("plivo", sign_plivo_call), ("plivo", sign_plivo), ("twilio", sign_twilio)]
)
async def test_each_way_a_gateway_may_sign_is_enough_and_a_mixture_is_not(
    name: str, sign: Callable[[str, str, datetime], Headers]
) -> None:
    box, body = Box(), REPLIES[name]
    good = sign(url("all"), body, NOW)
    async with listening(name, box) as port:
        assert await push(port, "all", body, good) == 200
        others = {
            header.replace("V3", "V9").replace("V2", "V3"): one for header, one in good.items()
        }
        assert name == "twilio" or await push(port, "all", body, others) == 404
    assert len(box.got) == 1


async def test_twilio_may_sign_with_a_shared_key_by_either_hash() -> None:
    box, body, port = Box(), REPLIES["twilio"], free_port()
    given = account("twilio", port, signing="shared")
    signed = url("all") + form_text(body)
    async with a_connection(packaged("twilio"), given).listen(box.sink):
        for how in ("sha1", "sha256"):
            digest = base64.b64encode(mac("shared", signed, how)).decode()
            assert await push(port, "all", body, {"X-Twilio-Signature": digest}) == 200
        for key, how in (("t", "sha256"), ("", "sha1"), ("shared", "md5"), ("shared", "sha512")):
            digest = base64.b64encode(mac(key, signed, how)).decode()
            assert await push(port, "all", body, {"X-Twilio-Signature": digest}) == 404
    assert len(box.got) == 2


@pytest.mark.parametrize(
    ("name", "body", "text"),
    [
        ("messagebird", json.dumps({"originator": SENDER, "payload": "STOP"}), "STOP"),
        ("messagebird", urlencode({"originator": SENDER, "body": "STOP &c"}), "STOP &c"),
        ("smsgate-cloud", smsgate("sms:received", sender=SENDER, message="STOP"), "STOP"),
        (
            "smsgate-private",
            smsgate("sms:received", sender=SENDER, phoneNumber="+447700900999", message="STOP"),
            "STOP",
        ),
    ],
)
async def test_a_value_may_stand_in_one_of_several_places(name: str, body: str, text: str) -> None:
    box = Box()
    async with listening(name, box) as port:
        assert await push(port, "all", body, SIGNS[name](url("all"), body, NOW)) == 200
    (one,) = box.got[0].inbound
    assert (one.sender, one.text) == (SENDER, text)


async def test_a_push_without_a_body_is_read_from_its_address_as_signed() -> None:
    box = Box()
    asked = f"all?{urlencode({'originator': SENDER, 'payload': 'STOP'})}"
    made = int(NOW.timestamp())
    claims = {
        "iss": "MessageBird",
        "nbf": made,
        "exp": made + 60,
        "url_hash": hashlib.sha256(url(asked).encode()).hexdigest(),
    }
    async with listening("messagebird", box) as port:
        for bad in ({"iss": "Birdy"}, {"url_hash": "x"}, {"nbf": made - 301}, {"exp": made - 1}):
            headers = {"MessageBird-Signature-JWT": token(claims | bad)}
            assert await push(port, asked, "", headers) == 404, bad
        headers = {"MessageBird-Signature-JWT": token(claims)}
        assert await push(port, asked.replace("STOP", "STAY"), "", headers) == 404
        assert await push(port, asked, "", headers) == 200
    (one,) = box.got[0].inbound
    assert (one.sender, one.text) == (SENDER, "STOP")


async def test_one_try_of_several_that_expired_is_no_end() -> None:
    """httpSMS says "expired" of each try; asking tells whether the text is given up."""
    box = Box()
    body = json.dumps(
        {"type": "message.send.expired", "data": {"message_id": "T1", "is_final": False}}
    )
    async with listening("httpsms", box) as port:
        assert await push(port, "status", body, sign_httpsms(url("status"), body, NOW)) == 200
    assert all(not got.receipts for got in box.got)


@pytest.mark.parametrize("name", ["twilio", "plivo", "httpsms", "messagebird"])
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


@pytest.mark.parametrize("name", [name for name, held in SIGNING.items() if held])
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
    hook = packaged("twilio").hook
    assert hook is not None
    pushed = Pushed(
        url="https://shop.example/x?foo=1&bar=2",
        headers={"x-twilio-signature": base64.b64encode(digest).decode()},
        body=b"To=%2B12125550100&From=%2B12125550142",
    )
    for key, good in (("12345", True), ("12346", False), ("", False)):
        assert genuine(hook.signs[0], SignKey(key=key), pushed, NOW) is good
