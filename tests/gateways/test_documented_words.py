"""Every code and every word the vendors document, and what a shop owner is told it means.

Written from the vendors' documents and sources (which, stands in each `wire/*.json`), not from the
presets: a code that a preset forgot is missed here.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from gateways.setups import PACKAGED, packaged
from shopbell.domain.gateway import Outcome
from shopbell.domain.texts import State
from shopbell.gateways.reply import Reply, judge

Answer = tuple[int, Any]


def reply(status: int, body: Any) -> Reply:
    if isinstance(body, str):
        return Reply(status=status, content_type="text/plain", content=body.encode())
    content = json.dumps(body).encode()
    return Reply(status=status, content_type="application/json", content=content)


def outcome_of(name: str, status: int, body: Any) -> Outcome:
    return judge(packaged(name).send, reply(status, body), {}).outcome


def twilio(code: int, http: int = 400) -> Answer:
    return http, {"code": code, "message": "x", "more_info": "https://x.example", "status": http}


def vonage(*statuses: str) -> Answer:
    parts = [{"to": "12125550142", "message-id": "V1", "status": one} for one in statuses]
    return 200, {"message-count": str(len(parts)), "messages": parts}


def problem(number: int, http: int = 422) -> Answer:
    kind = f"https://developer.vonage.com/api-errors/messages#{number}"
    return http, {"type": kind, "title": "x", "detail": "x", "instance": "i1"}


def telnyx(code: str, http: int = 422) -> Answer:
    return http, {"errors": [{"code": code, "title": "x", "detail": "x"}]}


def bird(code: int, http: int = 422) -> Answer:
    return http, {"errors": [{"code": code, "description": "x", "parameter": None}]}


def clicksend(*words: str) -> Answer:
    return 200, {"data": {"messages": [{"status": one, "message_id": "C1"} for one in words]}}


def infobip(*ids: int) -> Answer:
    parts = [{"messageId": "I1", "status": {"id": one, "groupName": "REJECTED"}} for one in ids]
    return 200, {"messages": parts}


def textbelt(error: str) -> Answer:
    return 200, {"success": False, "error": error}


def playsms(code: str, *, inside: bool = False) -> Answer:
    if inside:
        return 200, {"data": [{"status": "ERR", "error": code}]}
    return 200, {"status": "ERR", "error": code}


BAD_NUMBER, REQUEST, LOGIN = Outcome.BAD_NUMBER, Outcome.BAD_REQUEST, Outcome.BAD_LOGIN
STOPPED, CREDIT, LATER = Outcome.OPTED_OUT, Outcome.NO_CREDIT, Outcome.TRY_LATER
RETRY, HAD_IT, UNKNOWN = Outcome.NOT_SENT_RETRY, Outcome.ALREADY_ACCEPTED, Outcome.UNKNOWN
ACCEPTED = Outcome.ACCEPTED

CODES: dict[str, list[tuple[Answer, Outcome]]] = {
    "twilio": [
        *((twilio(code), BAD_NUMBER) for code in (21211, 21408, 21612, 21614)),
        (twilio(21610), STOPPED),
        (twilio(21611), LATER),
        (twilio(20429, 429), RETRY),
        (twilio(20003, 401), LOGIN),
        *((twilio(code), REQUEST) for code in (21212, 21606, 21602, 21617)),
        (twilio(20404, 404), REQUEST),
        (twilio(20500, 500), UNKNOWN),
        (twilio(20503, 503), UNKNOWN),
    ],
    "vonage-sms": [
        (vonage("0"), ACCEPTED),
        (vonage("0", "0"), ACCEPTED),
        *((vonage(one), BAD_NUMBER) for one in ("3", "6")),
        (vonage("7"), STOPPED),
        (vonage("1"), RETRY),
        (vonage("10"), LATER),
        (vonage("9"), CREDIT),
        *((vonage(one), LOGIN) for one in ("4", "14")),
        *((vonage(one), UNKNOWN) for one in ("5", "99")),
        (vonage("0", "1"), UNKNOWN),
        (vonage(), UNKNOWN),
        ((401, {}), LOGIN),
        ((500, {}), UNKNOWN),
    ],
    "vonage-messages": [
        ((202, {"message_uuid": "V1"}), ACCEPTED),
        *((problem(number), BAD_NUMBER) for number in (1020, 1040)),
        (problem(1050), STOPPED),
        (problem(1000, 429), RETRY),
        (problem(1070, 402), CREDIT),
        (problem(1060, 401), LOGIN),
        ((401, {"title": "Unauthorized"}), LOGIN),
        (problem(10500), UNKNOWN),
        (problem(1999), UNKNOWN),
    ],
    "plivo": [
        ((400, {"error": "x"}), REQUEST),
        ((401, {"error": "x"}), LOGIN),
        ((429, {"error": "x"}), LATER),
        ((503, {"error": "x"}), UNKNOWN),
    ],
    "telnyx": [
        *((telnyx("40300", http), STOPPED) for http in (400, 403, 422)),
        *((telnyx(code), BAD_NUMBER) for code in ("40001", "10002", "10016")),
        *((telnyx(code), REQUEST) for code in ("40002", "40003")),
        *((telnyx(code, 429), LATER) for code in ("10011", "40011")),
        (telnyx("20100", 403), CREDIT),
        (telnyx("10009", 401), LOGIN),
        (telnyx("40310"), UNKNOWN),
        (telnyx("10015", 400), REQUEST),
        (telnyx("10007", 500), UNKNOWN),
    ],
    "messagebird": [
        (bird(9), BAD_NUMBER),
        (bird(25, 402), CREDIT),
        (bird(2, 401), LOGIN),
        (bird(10), REQUEST),
        ((429, {}), LATER),
        (bird(99, 500), UNKNOWN),
    ],
    "sinch": [
        ((400, {"code": "syntax_invalid_parameter_format", "text": "x"}), BAD_NUMBER),
        ((400, {"code": "syntax_constraint_violation", "text": "x"}), REQUEST),
        ((401, {}), LOGIN),
        ((402, {}), CREDIT),
        ((403, {}), CREDIT),
        ((429, {}), LATER),
        ((503, {}), UNKNOWN),
    ],
    "clicksend": [
        (clicksend("SUCCESS"), ACCEPTED),
        (clicksend("INVALID_RECIPIENT"), BAD_NUMBER),
        (clicksend("INSUFFICIENT_CREDIT"), CREDIT),
        (clicksend("SUCCESS", "INVALID_RECIPIENT"), UNKNOWN),
        (clicksend("COUNTRY_NOT_ENABLED"), UNKNOWN),
        (clicksend(), UNKNOWN),
        ((401, {}), LOGIN),
        ((429, {}), LATER),
    ],
    "bandwidth": [
        ((202, {"id": "B1"}), ACCEPTED),
        ((400, {"type": "x", "fieldErrors": [{"fieldName": "to"}]}), BAD_NUMBER),
        ((400, {"type": "x", "fieldErrors": [{"fieldName": "text"}]}), REQUEST),
        ((401, {"type": "unauthorized"}), LOGIN),
        ((403, {"type": "forbidden"}), CREDIT),
        ((429, {"type": "max-message-queue-size-exceeded"}), RETRY),
        ((500, {"type": "internal-server-error"}), RETRY),
        ((500, {"error": "x"}), UNKNOWN),
    ],
    "infobip": [
        *((infobip(one), BAD_NUMBER) for one in (52, 8)),
        *((infobip(one), STOPPED) for one in (14, 10)),
        (infobip(20), LATER),
        *((infobip(one), CREDIT) for one in (12, 17)),
        (infobip(21), RETRY),
        (infobip(23), HAD_IT),
        (infobip(99), UNKNOWN),
        (infobip(14, 52), UNKNOWN),
        ((401, {}), LOGIN),
        ((429, {}), LATER),
    ],
    "textbelt": [
        ((200, {"success": True, "textId": "T1"}), ACCEPTED),
        (textbelt("Out of quota"), CREDIT),
        (textbelt("Invalid key"), LOGIN),
        (textbelt("Invalid phone number"), BAD_NUMBER),
        (textbelt("The recipient has opted out"), STOPPED),
        (textbelt("Message too long"), REQUEST),
        ((200, {"success": True}), UNKNOWN),
        ((429, {}), LATER),
    ],
    "httpsms": [
        ((422, {"status": "error", "data": {"to": ["x"]}}), BAD_NUMBER),
        ((422, {"status": "error", "data": {"content": ["x"]}}), REQUEST),
        ((401, {}), LOGIN),
        ((402, {}), CREDIT),
        ((500, {}), UNKNOWN),
    ],
    "textbee": [
        ((201, {"data": {"success": True, "smsBatchId": "B1"}}), ACCEPTED),
        ((201, {"data": {"success": False}}), UNKNOWN),
        ((400, {"error": "x"}), REQUEST),
        ((401, {}), LOGIN),
        ((429, {}), LATER),
    ],
    "kannel": [
        ((202, "0: Accepted for delivery"), ACCEPTED),
        ((202, "3: Queued for later delivery"), ACCEPTED),
        ((202, "4: something else"), UNKNOWN),
        ((400, "Missing receiver number, rejected"), BAD_NUMBER),
        ((400, "Empty receiver number not allowed, rejected"), BAD_NUMBER),
        ((400, "Number(s) has/have been denied by white- and/or black-lists."), BAD_NUMBER),
        ((400, "Invalid content-type"), REQUEST),
        ((403, "Authorization failed for sendsms"), LOGIN),
        ((503, "Temporal failure, try again later."), RETRY),
    ],
    "jasmin": [
        ((200, 'Success "07033084-5cfd-4812-90a4-e4d24ffb6e3d"'), ACCEPTED),
        ((200, 'Success ""'), UNKNOWN),
        ((400, 'Error "Argument [to] has an invalid value: [abc]."'), BAD_NUMBER),
        ((400, 'Error "Mandatory argument [content] is not found."'), REQUEST),
        ((403, 'Error "Cannot charge submit_sm, check RouterPB log file for details"'), CREDIT),
        ((403, 'Error "Authentication failure for username:shop"'), LOGIN),
        ((403, 'Error "User throughput exceeded"'), LATER),
        ((412, 'Error "No route found"'), RETRY),
        ((503, 'Error "InterceptorPB not connected !"'), RETRY),
        ((500, 'Error "Cannot send submit_sm, check SMPPClientManagerPB log file"'), UNKNOWN),
    ],
    "playsms": [
        *((playsms(code), LOGIN) for code in ("100", "104", "105", "106")),
        (playsms("103"), CREDIT),
        (playsms("103", inside=True), CREDIT),
        (playsms("200", inside=True), BAD_NUMBER),
        (playsms("201"), REQUEST),
        (playsms("999"), UNKNOWN),
    ],
    **{
        name: [
            ((202, {"id": "S1"}), ACCEPTED),
            ((409, {"message": "x"}), HAD_IT),
            ((400, {"message": "x"}), REQUEST),
            ((401, {}), LOGIN),
            ((403, {}), LOGIN),
            ((503, {}), RETRY),
            ((500, {}), UNKNOWN),
        ]
        for name in ("smsgate-local", "smsgate-cloud", "smsgate-private")
    },
}


@pytest.mark.parametrize(
    ("name", "answer", "meaning"),
    [(name, answer, meaning) for name, rows in CODES.items() for answer, meaning in rows],
)
def test_a_documented_answer_means(name: str, answer: Answer, meaning: Outcome) -> None:
    assert outcome_of(name, *answer) is meaning


def test_every_preset_of_a_vendor_is_in_the_table() -> None:
    assert set(CODES) == set(PACKAGED) - {"practice", "generic"}


ODD: list[Any] = [{}, [], 7, "", "OK", "<html>Sign in</html>", {"status": "success"}, None, "x" * 9]


@pytest.mark.parametrize("name", PACKAGED)
def test_what_nobody_documented_is_unknown_and_never_a_success(name: str) -> None:
    quiet = {"generic"}
    """Its owner says what success is; without that a 200 is all there is."""
    for http in (200, 201, 202, 204, 301, 418, 500, 502, 504, 599):
        for odd in ODD:
            found = outcome_of(name, http, odd)
            assert found is UNKNOWN or (found is ACCEPTED and name in quiet), (http, odd)


WORDS: dict[str, dict[str, str]] = {
    "accepted": {
        "twilio": "accepted scheduled queued sending",
        "vonage-sms": "accepted buffered",
        "plivo": "queued",
        "telnyx": "queued sending",
        "messagebird": "scheduled buffered",
        "sinch": "QUEUED Queued",
        "bandwidth": "QUEUED ACCEPTED SENDING",
        "textbelt": "SENDING",
        "smsgate-local": "Pending Processed Cancelling",
        "smsgate-cloud": "Pending Processed Cancelling",
        "smsgate-private": "Pending Processed Cancelling",
        "httpsms": "pending scheduled sending",
        "textbee": "pending dispatched",
        "playsms": "0",
    },
    "sent": {
        "twilio": "sent",
        "plivo": "sent",
        "telnyx": "sent",
        "messagebird": "sent",
        "sinch": "DISPATCHED Dispatched",
        "bandwidth": "SENT",
        "infobip": "DELIVERED_TO_OPERATOR",
        "textbelt": "SENT",
        "smsgate-local": "Sent",
        "httpsms": "sent",
        "textbee": "sent",
        "playsms": "1",
    },
    "delivered": {
        "twilio": "delivered read",
        "vonage-sms": "delivered",
        "plivo": "delivered",
        "telnyx": "delivered read",
        "messagebird": "delivered",
        "sinch": "DELIVERED Delivered",
        "bandwidth": "DELIVERED",
        "infobip": "DELIVERED_TO_HANDSET",
        "textbelt": "DELIVERED",
        "smsgate-local": "Delivered",
        "httpsms": "delivered",
        "textbee": "delivered",
        "playsms": "3",
    },
    "failed": {
        "twilio": "failed undelivered",
        "vonage-sms": "failed rejected expired",
        "plivo": "failed undelivered rejected",
        "telnyx": "sending_failed delivery_failed expired",
        "messagebird": "delivery_failed expired",
        "sinch": "ABORTED FAILED EXPIRED REJECTED DELETED Aborted Failed Expired Rejected Deleted",
        "bandwidth": "FAILED UNDELIVERED",
        "textbelt": "FAILED",
        "smsgate-local": "Failed",
        "httpsms": "failed expired",
        "textbee": "failed",
        "playsms": "2",
    },
    "canceled": {"twilio": "canceled", "sinch": "CANCELLED", "smsgate-local": "Cancelled"},
    "": {
        "twilio": "partially_delivered receiving received",
        "vonage-sms": "unknown",
        "telnyx": "delivery_unconfirmed",
        "sinch": "UNKNOWN",
        "bandwidth": "RECEIVED",
        "textbelt": "UNKNOWN",
        "httpsms": "deleted received",
        "textbee": "unknown received",
    },
}
"""Words the vendors document, by what they mean; the last ones move nothing, and are kept."""
ENDS = frozenset({State.FAILED, State.UNDELIVERABLE, State.EXPIRED})


@pytest.mark.parametrize(
    ("meaning", "name", "word"),
    [
        (meaning, name, word)
        for meaning, presets in WORDS.items()
        for name, words in presets.items()
        for word in words.split()
    ],
)
def test_a_documented_word_means(meaning: str, name: str, word: str) -> None:
    status = packaged(name).status
    assert status is not None
    found = status.map.get(word)
    match meaning:
        case "":
            assert found is None, "it must not be taken for an end, nor for a success"
        case "failed":
            assert found in ENDS
        case _:
            assert found is State(meaning)


def test_a_word_that_is_pushed_means_what_it_means_when_asked() -> None:
    for name in PACKAGED:
        preset = packaged(name)
        if preset.status is None or preset.hook is None or preset.hook.status is None:
            continue
        asked, pushed = preset.status.map, preset.hook.status.map
        assert {word: pushed[word] for word in pushed if word in asked} == {
            word: asked[word] for word in pushed if word in asked
        }, name
