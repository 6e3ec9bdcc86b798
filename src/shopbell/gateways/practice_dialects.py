"""The practice gateway in the words of Twilio, SMSGate and Telnyx, as far as their presets go.

Must not keep anything itself: that is the store's.

    Twilio    /2010-04-01/Accounts/...   Basic SID:TOKEN
    SMSGate   /messages, /inbox, /       Basic USER:TOKEN
    Telnyx    /v2/...                    Bearer TOKEN
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import assert_never
from urllib.parse import parse_qsl

from shopbell.gateways.listener import Asked
from shopbell.gateways.paths import find_text
from shopbell.gateways.practice_script import Subject
from shopbell.gateways.practice_store import PracticeReply, PracticeStore, PracticeText
from shopbell.gateways.when import read_moment

_ACCOUNT = re.compile(r"/2010-04-01/Accounts/[^/]+/(Messages|Balance)(/(?P<id>[^/]+))?\.json")
_TWILIO_WORDS = {"undeliverable": "undelivered", "expired": "failed"}
_SMSGATE_WORDS = {"queued": "Pending", "sent": "Sent", "delivered": "Delivered"}
_TELNYX_WORDS = {"undeliverable": "delivery_failed", "failed": "sending_failed"}


class Dialect(StrEnum):
    """Whose words."""

    TWILIO = "twilio"
    SMSGATE = "smsgate"
    TELNYX = "telnyx"


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """A text as it was handed over, in whichever words."""

    ref: str
    to: str
    text: str
    valid_until: str | None


def dialect_of(asked: Asked) -> Dialect | None:
    """Return whose words a request is in; None for the practice gateway's own."""
    if asked.path.startswith("/2010-04-01/"):
        return Dialect.TWILIO
    if asked.path.startswith("/v2/"):
        return Dialect.TELNYX
    return Dialect.SMSGATE if asked.headers.get("authorization", "").startswith("Basic ") else None


def token_in(asked: Asked) -> str:
    """Return the token of a login in any of the ways; empty if there is none."""
    how, _, given = asked.headers.get("authorization", "").partition(" ")
    if how == "Bearer":
        return given
    try:
        return base64.b64decode(given, validate=True).decode().partition(":")[2]
    except (ValueError, binascii.Error):
        return ""


def subject_in(dialect: Dialect, asked: Asked) -> Subject | None:
    """Return what a request is about."""
    path = asked.path
    match dialect:
        case Dialect.TWILIO:
            found = _ACCOUNT.fullmatch(path)
            if found is None:
                return None
            if found[1] == "Balance":
                return Subject.CHECK
            if asked.method == "POST":
                return Subject.SEND
            return Subject.STATUS if found["id"] else Subject.INBOX
        case Dialect.SMSGATE:
            if path == "/messages" and asked.method == "POST":
                return Subject.SEND
            known = {"/inbox": Subject.INBOX, "/": Subject.CHECK}
            return known.get(path, Subject.STATUS if path.startswith("/messages/") else None)
        case Dialect.TELNYX:
            if path == "/v2/messages" and asked.method == "POST":
                return Subject.SEND
            return Subject.CHECK if path == "/v2/balance" else Subject.STATUS
        case _:
            assert_never(dialect)


def handed_over(dialect: Dialect, asked: Asked, number: int, store: PracticeStore) -> Handed:
    """Return the text of a request to send; `number` makes a reference where none travels."""
    match dialect:
        case Dialect.TWILIO:
            form = dict(parse_qsl(asked.body.decode("utf-8", errors="replace")))
            left = form.get("ValidityPeriod", "")
            until = store.moment() + timedelta(seconds=int(left)) if left.isdecimal() else None
            return Handed(
                ref=f"twilio-{number}",
                to=form.get("To", ""),
                text=form.get("Body", ""),
                valid_until=None if until is None else until.isoformat(),
            )
        case Dialect.SMSGATE:
            body = _json(asked)
            return Handed(
                ref=find_text(body, "id"),
                to=find_text(body, "phoneNumbers.0"),
                text=find_text(body, "textMessage.text"),
                valid_until=find_text(body, "validUntil") or None,
            )
        case Dialect.TELNYX:
            body = _json(asked)
            return Handed(
                ref=asked.headers.get("idempotency-key", "") or f"telnyx-{number}",
                to=find_text(body, "to"),
                text=find_text(body, "text"),
                valid_until=None,
            )
        case _:
            assert_never(dialect)


def refusal(dialect: Dialect, error: str) -> tuple[int, object]:
    """Return how a text is refused: `number`, `opted_out`, `login` or anything else."""
    match dialect:
        case Dialect.TWILIO:
            code = {"opted_out": 21610, "number": 21211, "login": 20003}.get(error, 21602)
            status = 401 if error == "login" else 400
            return status, {"code": code, "message": error, "status": status}
        case Dialect.SMSGATE:
            return 401 if error == "login" else 400, {"message": error}
        case Dialect.TELNYX:
            word = {"opted_out": "40300", "number": "10002", "login": "10009"}.get(error, "10015")
            return 401 if error == "login" else 400, {"errors": [{"code": word, "detail": error}]}
        case _:
            assert_never(dialect)


def taken(dialect: Dialect, text: PracticeText, *, again: bool) -> tuple[int, object]:
    """Return the answer to a text that was taken, now or before."""
    match dialect:
        case Dialect.TWILIO:
            return 201, _twilio_text(text)
        case Dialect.SMSGATE:
            return (409, {"message": "duplicate"}) if again else (202, _smsgate_text(text))
        case Dialect.TELNYX:
            return 200, _telnyx_text(text)
        case _:
            assert_never(dialect)


def told(
    dialect: Dialect, subject: Subject, asked: Asked, store: PracticeStore
) -> tuple[int, object]:
    """Return the answer to anything but a text to send."""
    if subject is Subject.STATUS:
        name = asked.path.rpartition("/")[2].removesuffix(".json")
        text = next((one for one in store.texts() if name in (one.id, one.ref)), None)
        if text is None:
            return 404, {"message": "not found"}
        shapes = {
            Dialect.TWILIO: _twilio_text,
            Dialect.SMSGATE: _smsgate_text,
            Dialect.TELNYX: _telnyx_text,
        }
        return 200, shapes[dialect](text)
    match dialect:
        case Dialect.TWILIO if subject is Subject.INBOX:
            texts = [_twilio_text(text) for text in store.texts()]
            replies = [_twilio_reply(reply) for reply in store.replies()]
            return 200, {"messages": [*replies, *texts], "next_page_uri": None}
        case Dialect.SMSGATE if subject is Subject.INBOX:
            since, first = read_moment(asked.value("from")), asked.value("offset")
            found = [one for one in store.replies() if since is None or one.at >= since]
            begin = int(first) if first.isdecimal() and len(first) < 9 else 0
            return 200, [_smsgate_reply(one) for one in found[begin : begin + 100]]
        case Dialect.TWILIO:
            return 200, {"balance": "100.00", "currency": "USD"}
        case Dialect.SMSGATE:
            return 200, {"model": "Practice phone"}
        case Dialect.TELNYX:
            return 200, {"data": {"balance": "100.00", "currency": "USD"}}
        case _:
            assert_never(dialect)


def _twilio_text(text: PracticeText) -> dict[str, object]:
    return {
        "sid": text.id,
        "status": _TWILIO_WORDS.get(text.state, text.state),
        "to": text.to,
        "body": text.text,
        "direction": "outbound-api",
        "date_created": text.accepted_at.isoformat(),
        "date_updated": text.changed_at.isoformat(),
    }


def _twilio_reply(reply: PracticeReply) -> dict[str, object]:
    return {
        "sid": reply.id,
        "from": reply.sender,
        "body": reply.text,
        "direction": "inbound",
        "date_sent": reply.at.isoformat(),
    }


def _smsgate_text(text: PracticeText) -> dict[str, object]:
    word = _SMSGATE_WORDS.get(text.state, "Failed")
    return {
        "id": text.ref,
        "state": word,
        "recipients": [{"phoneNumber": text.to, "state": word, "error": ""}],
    }


def _smsgate_reply(reply: PracticeReply) -> dict[str, object]:
    return {
        "id": reply.id,
        "sender": reply.sender,
        "contentPreview": reply.text,
        "createdAt": reply.at.isoformat(),
    }


def _telnyx_text(text: PracticeText) -> dict[str, object]:
    word = _TELNYX_WORDS.get(text.state, text.state)
    to = [{"phone_number": text.to, "status": word}]
    return {"data": {"id": text.id, "to": to, "errors": []}}


def _json(asked: Asked) -> object:
    try:
        return json.loads(asked.body)
    except (ValueError, RecursionError):
        return None
