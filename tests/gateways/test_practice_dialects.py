"""The presets of Twilio, SMSGate and Telnyx from end to end over the practice gateway."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest

from gateways.setups import NOW, OpenText, a_connection, an_outgoing, packaged
from shopbell.domain.gateway import Finding, Outcome
from shopbell.domain.ids import E164, Ref
from shopbell.domain.texts import State
from shopbell.gateways.connection import Connection
from shopbell.gateways.practice import PracticeGateway
from shopbell.gateways.practice_script import LIVELY, Do, Fault, Script

NAMES = ("twilio", "smsgate-local", "telnyx")
FROM = "+12125550100"


@pytest.fixture
def practice() -> Iterator[PracticeGateway]:
    gateway = PracticeGateway(now=lambda: NOW, script=Script(delay_s=0, habits=LIVELY.habits))
    gateway.start()
    yield gateway
    gateway.stop()


def account(name: str, practice: PracticeGateway, token: str = "") -> dict[str, str]:
    token = token or practice.account["token"]
    port = str(urlsplit(practice.url).port)
    given: dict[str, dict[str, str]] = {
        "twilio": {"sid": "AC1", "token": token, "from": FROM, "address": practice.url},
        "smsgate-local": {"host": "127.0.0.1", "port": port, "user": "sms", "password": token},
        "telnyx": {"key": token, "from": FROM, "address": practice.url},
    }
    return given[name]


def reached(name: str, practice: PracticeGateway, token: str = "") -> Connection:
    return a_connection(packaged(name), account(name, practice, token))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("text", ["Your order is ready", "a & b = c + d\nüñ 👍"])
async def test_a_text_arrives_as_it_was_written(
    name: str, text: str, practice: PracticeGateway
) -> None:
    result = await reached(name, practice).send(an_outgoing(text))
    assert result.outcome is Outcome.ACCEPTED
    assert result.gateway_id
    (seen,) = practice.seen()
    assert (seen.to, seen.text, seen.arrivals) == ("+12125550142", text, 1)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    ("ends", "state"),
    [
        ("42", State.DELIVERED),
        ("95", State.FAILED),
        ("97", State.SENT),
        ("96", State.UNDELIVERABLE),
    ],
)
async def test_a_receipt_says_what_became_of_it(
    name: str, ends: str, state: State, practice: PracticeGateway
) -> None:
    connection = reached(name, practice)
    number = E164(f"+121255501{ends}")
    result = await connection.send(an_outgoing(to=number))
    waiting = OpenText(gateway_id=result.gateway_id, number=number)
    collected = await connection.collect(NOW, [waiting])
    (receipt,) = collected.receipts
    # SMSGate has one word for everything that failed.
    expected = State.FAILED if name == "smsgate-local" and ends == "96" else state
    assert receipt.state is expected


@pytest.mark.parametrize("name", ["twilio", "smsgate-local"])
async def test_a_reply_comes_in_once_for_every_look(name: str, practice: PracticeGateway) -> None:
    connection = reached(name, practice)
    await connection.send(an_outgoing())
    practice.reply("+12125550142", "STOP")
    for _ in range(2):
        (reply,) = (await connection.collect(NOW, [])).inbound
        assert (reply.sender, reply.text, reply.at) == ("+12125550142", "STOP", NOW)


@pytest.mark.parametrize(
    ("name", "to", "outcome"),
    [
        ("twilio", "+12125550198", Outcome.OPTED_OUT),
        ("telnyx", "+12125550198", Outcome.OPTED_OUT),
        ("smsgate-local", "+12125550198", Outcome.BAD_REQUEST),
        ("twilio", "+0", Outcome.BAD_NUMBER),
        ("telnyx", "+0", Outcome.BAD_NUMBER),
        ("smsgate-local", "+0", Outcome.BAD_REQUEST),
    ],
)
async def test_a_refusal_is_in_the_gateways_own_words(
    name: str, to: str, outcome: Outcome, practice: PracticeGateway
) -> None:
    result = await reached(name, practice).send(an_outgoing(to=E164(to)))
    assert result.outcome is outcome
    assert practice.seen() == ()


@pytest.mark.parametrize("name", NAMES)
async def test_the_same_text_twice(name: str, practice: PracticeGateway) -> None:
    connection = reached(name, practice)
    first = await connection.send(an_outgoing())
    again = await connection.send(an_outgoing())
    expected: dict[str, tuple[Any, int]] = {
        "twilio": (Outcome.ACCEPTED, 2),
        "telnyx": (Outcome.ACCEPTED, 1),
        "smsgate-local": (Outcome.ALREADY_ACCEPTED, 1),
    }
    assert (again.outcome, len(practice.seen())) == expected[name]
    assert (again.gateway_id == first.gateway_id) is (name == "telnyx")


@pytest.mark.parametrize("name", ["twilio", "smsgate-local"])
async def test_a_cut_line_is_cleared_up_by_asking(name: str, practice: PracticeGateway) -> None:
    connection = reached(name, practice)
    practice.misbehave(Fault(do=Do.CUT, accept=True))
    outgoing = an_outgoing(ref=Ref("01JDF6Q9M4W8Z2X5C7B1N3K0HV"))
    assert (await connection.send(outgoing)).outcome is Outcome.UNKNOWN
    assert (await connection.find(outgoing, frozenset())).finding is Finding.PRESENT
    assert len(practice.seen()) == 1


@pytest.mark.parametrize("name", NAMES)
async def test_login_and_balance(name: str, practice: PracticeGateway) -> None:
    good = await reached(name, practice).check()
    assert good.ok
    assert "100.00" in good.detail or "Practice phone" in good.detail
    wrong = reached(name, practice, "wrong")
    assert not (await wrong.check()).ok
    assert (await wrong.send(an_outgoing())).outcome is Outcome.BAD_LOGIN
    assert practice.seen() == ()
