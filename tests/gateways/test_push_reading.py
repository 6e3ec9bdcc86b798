"""What pushes say beyond a word and a text: why it failed, and that somebody opted out."""

from __future__ import annotations

import json
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateways.setups import MINIMAL, NOW, PACKAGED, REF, acme, packaged
from shopbell.domain.texts import State
from shopbell.errors import BadInput
from shopbell.gateways.preset_reader import read_preset
from shopbell.gateways.push_reading import Read, read_push
from shopbell.gateways.pushed import Pushed
from shopbell.gateways.redact import Redactor

SENDER = "+12125550142"
SECRET = "hunter2hunter2"
Body = str | bytes | dict[str, object] | list[object]


def read(
    name: str, body: Body, *, subject: str = "all", query: str = "", headers: str = ""
) -> Read:
    raw = body if isinstance(body, bytes) else b""
    if isinstance(body, str):
        raw = body.encode()
    if isinstance(body, dict | list):
        raw = json.dumps(body).encode()
    said = dict(line.split(": ", 1) for line in headers.lower().splitlines())
    preset = packaged(name) if name in PACKAGED else read_preset(name, "acme.toml")
    assert preset.hook is not None
    pushed = Pushed(url=f"https://shop.example/word/{subject}{query}", headers=said, body=raw)
    return read_push(preset.hook, subject, pushed, NOW, Redactor((SECRET,)))


def telnyx(code: str) -> dict[str, object]:
    payload = {"id": "T1", "to": [{"status": "delivery_failed"}], "errors": [{"code": code}]}
    return {"data": {"event_type": "message.finalized", "payload": payload}}


def infobip(code: object) -> dict[str, object]:
    status = {"id": code, "name": "REJECTED_DND", "description": "no"}
    return {"results": [{"messageId": REF, "status": status}]}


STOPPED: list[tuple[str, Body, Body]] = [
    (
        "twilio",
        urlencode({"MessageSid": "T1", "MessageStatus": "failed", "ErrorCode": "21610"}),
        urlencode({"MessageSid": "T1", "MessageStatus": "failed", "ErrorCode": "30007"}),
    ),
    (
        "plivo",
        urlencode({"MessageUUID": "T1", "Status": "failed", "ErrorCode": "200"}),
        urlencode({"MessageUUID": "T1", "Status": "failed", "ErrorCode": "900"}),
    ),
    ("telnyx", telnyx("40300"), telnyx("40002")),
    (
        "vonage-sms",
        urlencode({"messageId": "T1", "status": "rejected", "err-code": "9"}),
        urlencode({"messageId": "T1", "status": "rejected", "err-code": "6"}),
    ),
    ("infobip", infobip(10), infobip(52)),
    ("infobip", infobip("14"), infobip(None)),
]
"""A report that says they opted out, and one like it that does not; codes as in `wire/`."""


@pytest.mark.parametrize(("name", "stopped", "other"), STOPPED)
def test_a_report_that_says_somebody_opted_out_is_a_stop(
    name: str, stopped: Body, other: Body
) -> None:
    (receipt,) = read(name, stopped, subject="status").receipts
    assert receipt.opted_out
    assert receipt.state in (State.FAILED, State.UNDELIVERABLE)
    (receipt,) = read(name, other, subject="status").receipts
    assert not receipt.opted_out


def test_what_says_stop_when_asked_says_it_when_pushing_too() -> None:
    """Else a stop would be lost with the text that is no longer asked about."""
    for name in PACKAGED:
        preset = packaged(name)
        asked = frozenset() if preset.status is None else preset.status.stop_codes
        hook = preset.hook
        if asked and hook is not None and hook.status is not None:
            assert hook.status.stop_codes == asked, name
    hooks = [(name, packaged(name).hook) for name in PACKAGED]
    able = {name for name, hook in hooks if hook and hook.status and hook.status.stop_codes}
    assert {name for name, _, _ in STOPPED} == able


@pytest.mark.parametrize(
    ("name", "body", "detail"),
    [
        (
            "httpsms",
            {"type": "message.send.failed", "data": {"id": "T1", "error_message": "NO_SERVICE"}},
            "NO_SERVICE",
        ),
        (
            "smsgate-cloud",
            {"event": "sms:failed", "payload": {"messageId": REF, "reason": "RADIO_OFF"}},
            "RADIO_OFF",
        ),
        (
            "textbee",
            {"webhookEvent": "MESSAGE_FAILED", "smsBatchId": "T1", "errorMessage": "no SIM"},
            "no SIM",
        ),
        (
            "vonage-messages",
            {"message_uuid": "T1", "status": "rejected", "error": {"detail": "not a mobile"}},
            "not a mobile",
        ),
        (
            "bandwidth",
            [{"type": "message-failed", "description": "blocked", "message": {"tag": REF}}],
            "blocked",
        ),
        (
            "sinch",
            {
                "type": "recipient_delivery_report_sms",
                "batch_id": "T1",
                "status": "Aborted",
                "code": 412,
            },
            "412",
        ),
    ],
)
def test_why_it_failed_is_kept_beside_the_word(name: str, body: Body, detail: str) -> None:
    (receipt,) = read(name, body).receipts
    assert receipt.detail == detail
    assert receipt.state is State.FAILED


def test_a_reason_is_cleaned_and_holds_no_secret() -> None:
    said = f"\x1b[31mno\u202e {SECRET} " + "x" * 5_000
    body: Body = {"event": "sms:failed", "payload": {"messageId": REF, "reason": said}}
    (receipt,) = read("smsgate-cloud", body).receipts
    assert SECRET not in receipt.detail
    assert "\x1b" not in receipt.detail
    assert "\u202e" not in receipt.detail
    assert len(receipt.detail) < 1_000


KANNEL_HEADERS = """X-Kannel-From: 12125550142
X-Kannel-Time: 2026-11-24 15:00:00
Content-Type: text/plain; charset="UTF-8\""""


def test_a_reply_by_post_url_is_the_body_and_its_headers() -> None:
    (text,) = read("kannel", "  stop  ", subject="inbound", headers=KANNEL_HEADERS).inbound
    assert (text.sender, text.text) == ("12125550142", "  stop  ")
    assert text.at == NOW.replace(hour=15, minute=0)
    query = "?from=%2B447700900123&bin=53544F50&charset=UTF-8&id=k1"
    (text,) = read("kannel", b"", subject="inbound", query=query, headers=KANNEL_HEADERS).inbound
    assert (text.sender, text.text, text.gateway_id) == ("+447700900123", "STOP", "k1")
    (text,) = read("kannel", "GO", subject="inbound", query=query, headers=KANNEL_HEADERS).inbound
    assert text.text == "STOP"


@pytest.mark.parametrize("posted", [True, False])
def test_jasmin_hands_a_reply_in_by_get_or_by_post(posted: bool) -> None:
    said = urlencode({"id": "j1", "from": SENDER, "binary": "00530054004F0050", "coding": "8"})
    body, query = (said, "") if posted else ("", f"?{said}")
    (text,) = read("jasmin", body, subject="inbound", query=query).inbound
    assert (text.sender, text.text, text.gateway_id) == (SENDER, "STOP", "j1")


HOOKED = [name for name in PACKAGED if packaged(name).hook is not None]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)


@given(name=st.sampled_from(HOOKED), body=st.binary(max_size=120))
def test_any_bytes_are_read_without_trouble(name: str, body: bytes) -> None:
    for subject in ("all", "inbound", "status", "other"):
        read(name, body, subject=subject)


@given(name=st.sampled_from(HOOKED), whole=JSON)
def test_any_json_is_read_without_trouble(name: str, whole: object) -> None:
    found = read(name, json.dumps(whole).encode())
    for text in found.inbound:
        text.text.encode()
        text.sender.encode()
    for receipt in found.receipts:
        assert receipt.ref or receipt.gateway_id


@pytest.mark.parametrize("name", HOOKED)
@pytest.mark.parametrize("odd", [None, 7, [], {}, "\ud800", True])
def test_an_odd_value_beside_a_text_costs_neither(name: str, odd: object) -> None:
    if name in ("kannel", "jasmin", "plivo", "twilio"):
        return
    whole: dict[str, Body] = {
        "telnyx": {
            "data": {
                "event_type": "message.received",
                "payload": {"id": odd, "from": {"phone_number": SENDER}, "text": "STOP"},
            }
        },
        "textbelt": {"textId": odd, "fromNumber": SENDER, "text": "STOP"},
        "bandwidth": [
            {"type": "message-received", "time": odd, "message": {"from": SENDER, "text": "STOP"}}
        ],
        "httpsms": {
            "type": "message.phone.received",
            "data": {"message_id": odd, "contact": SENDER, "content": "STOP", "timestamp": odd},
        },
        "vonage-messages": {
            "message_type": "text",
            "from": SENDER,
            "text": "STOP",
            "message_uuid": odd,
        },
        "vonage-sms": {"type": "text", "msisdn": SENDER, "text": "STOP", "messageId": odd},
        "messagebird": {"originator": SENDER, "payload": "STOP", "id": odd},
        "sinch": {"type": "mo_text", "from": SENDER, "body": "STOP", "received_at": odd},
        "textbee": {
            "webhookEvent": "MESSAGE_RECEIVED",
            "sender": SENDER,
            "message": "STOP",
            "smsId": odd,
        },
        "infobip": {"results": [None, odd, {"from": SENDER, "text": "STOP", "messageId": odd}]},
    }
    smsgate: Body = {
        "event": "sms:received",
        "id": odd,
        "payload": {"sender": SENDER, "message": "STOP", "receivedAt": odd},
    }
    (text,) = read(name, whole.get(name, smsgate), subject="inbound").inbound
    assert (text.sender, text.text) == (SENDER, "STOP")


STATUS = """
[hook]
address = "x"
secret = "y"
[hook.status]
ref = "json:ref"
word = "json:word"
map = { ok = "delivered" }
"""


@pytest.mark.parametrize(
    ("more", "complaint"),
    [
        ('stop_at = "json:code"', "hook.status.stop_at: stop_at and stop_codes belong"),
        ('stop_codes = ["9"]', "hook.status.stop_at: stop_at and stop_codes belong"),
        ('stop_at = "code"\nstop_codes = ["9"]', "hook.status.stop_at: must look like"),
        ("detail = []", "hook.status.detail: must be a list of what looks like"),
        ('detail = ["json:a", 7]', "hook.status.detail: must be a list of texts"),
        ('detail = ["json:a", "cookie:b"]', "hook.status.detail: must be a list of what"),
        ('when = "header:"', "hook.status.when: must look like"),
    ],
)
def test_a_mistake_in_what_is_pushed_is_named(more: str, complaint: str) -> None:
    start = STATUS.replace("word = ", f"{more}\nword = ")
    with pytest.raises(BadInput) as caught:
        acme(start)
    assert complaint in caught.value.message
    acme(STATUS.replace("word = ", 'detail = ["json:a", "header:B", "any:c"]\nword = '))


def test_the_first_place_that_holds_something_counts() -> None:
    preset = MINIMAL + STATUS.replace(
        "word = ", 'detail = ["json:a.b", "header:X-Why", "query:why"]\nword = '
    )
    said: Body = {"ref": REF, "word": "ok", "a": {"b": "one"}}
    bare: Body = {"ref": REF, "word": "ok", "a": {"b": None}}
    for body, headers, detail in (
        (said, "X-Why: two", "one"),
        (bare, "X-Why: two", "two"),
        (bare, "", "three"),
    ):
        (receipt,) = read(preset, body, query="?why=three", headers=headers).receipts
        assert receipt.detail == detail
