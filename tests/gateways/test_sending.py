"""Sending through a connection: refusals before the wire, details without secrets, previews."""

from __future__ import annotations

import base64
from datetime import timedelta
from urllib.parse import quote

import pytest

from gateways.setups import MINIMAL, NOW, PACKAGED, a_connection, acme, an_outgoing, packaged
from gateways.standin import http, stand_in
from gateways.wire_cases import account_at, wire_case
from shopbell.domain.gateway import Outcome
from shopbell.domain.ids import Ref
from shopbell.gateways.preset_reader import read_preset

TOKEN = "s3cr/et+t oken&"
HOSTILE = "\x1b[31mred\x1b[0m [/] [bold]x \u202ereversed \x00 \ud83d \x9b line\nbreak \x07"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"text": "broken \ud83d pair"}, "broken character"),
        ({"text": "x" * 1601}, "1601 characters; this gateway takes 1600"),
        ({"text": ""}, "There is no text to send."),
        ({"ref": Ref("../../etc")}, "reference does not fit"),
        ({"ref": Ref("")}, "reference does not fit"),
    ],
)
async def test_what_can_not_be_sent_never_reaches_the_wire(
    changes: dict[str, str], words: str
) -> None:
    async with stand_in(http(202, {"id": "x"})) as gateway:
        account = account_at(wire_case("practice"), gateway.url)
        connection = a_connection(packaged("practice"), account)
        outgoing = an_outgoing(**changes)
        result = await connection.send(outgoing)
        preview = connection.preview(outgoing)
    assert result.outcome is Outcome.BAD_REQUEST
    assert result.detail.startswith("Nothing was sent.")
    assert words in result.detail
    assert words in preview
    assert gateway.connections == 0


@pytest.mark.parametrize(("seconds", "sent"), [(-1, False), (0, False), (1, True)])
async def test_a_text_whose_time_is_over_is_not_sent(seconds: int, sent: bool) -> None:
    async with stand_in(http(201, {"sid": "SM1"})) as gateway:
        account = account_at(wire_case("twilio"), gateway.url)
        outgoing = an_outgoing(valid_until=NOW + timedelta(seconds=seconds))
        result = await a_connection(packaged("twilio"), account).send(outgoing)
    assert (result.outcome is Outcome.ACCEPTED) is sent
    assert len(gateway.requests) == sent
    assert sent or "too late" in result.detail


async def test_an_end_further_away_than_the_gateway_takes_is_brought_nearer() -> None:
    async with stand_in(http(201, {"sid": "SM1"})) as gateway:
        account = account_at(wire_case("twilio"), gateway.url)
        outgoing = an_outgoing(valid_until=NOW + timedelta(days=30))
        await a_connection(packaged("twilio"), account).send(outgoing)
    assert dict(gateway.requests[0].form)["ValidityPeriod"] == "14400"


@pytest.mark.parametrize(
    ("text", "parts", "fits"),
    [
        ("x" * 160, "1", True),
        ("x" * 161, "1", False),
        ("x" * 459, "3", True),
        ("x" * 460, "3", False),
        ("ж" * 70, "1", True),
        ("ж" * 71, "1", False),
        ("€" * 80, "1", True),
        ("€" * 81, "1", False),
    ],
)
async def test_kannel_gets_no_more_parts_than_it_passes_on(
    text: str, parts: str, fits: bool
) -> None:
    async with stand_in(http(202, b"0: Accepted", "text/plain")) as gateway:
        account = account_at(wire_case("kannel"), gateway.url) | {"parts": parts}
        result = await a_connection(packaged("kannel"), account).send(an_outgoing(text))
    assert (result.outcome is Outcome.ACCEPTED) is fits
    assert len(gateway.requests) == fits


@pytest.mark.parametrize(
    "said",
    [
        TOKEN,
        f"?token={quote(TOKEN, safe='')}",
        f"Basic {base64.b64encode(TOKEN.encode()).decode()}",
        f"you sent [{TOKEN}] twice: {TOKEN}",
    ],
)
async def test_a_gateway_that_repeats_our_secret_is_not_quoted(said: str) -> None:
    preset = acme("[auth]\ntype = 'bearer'\ntoken = '{account.token}'")
    async with stand_in(http(400, said.encode(), "text/plain")) as gateway:
        account = {"url": gateway.url, "token": TOKEN}
        result = await a_connection(preset, account).send(an_outgoing())
    assert TOKEN not in result.detail
    assert quote(TOKEN, safe="") not in result.detail
    assert "It said:" in result.detail


async def test_a_secret_at_the_edge_of_what_is_shown_does_not_peep_out() -> None:
    preset = acme()
    for padding in range(280, 310):
        said = ("." * padding + "hunter2hunter2").encode()
        async with stand_in(http(400, said, "text/plain")) as gateway:
            account = {"url": gateway.url, "token": "hunter2hunter2"}
            result = await a_connection(preset, account).send(an_outgoing())
        assert "hunt" not in result.detail


@pytest.mark.parametrize("name", ["practice", "twilio", "smsgate-local"])
async def test_hostile_words_of_a_gateway_are_shown_harmless_and_short(name: str) -> None:
    body = {"message": HOSTILE * 50, "code": 21211}
    async with stand_in(http(400, body)) as gateway:
        account = account_at(wire_case(name), gateway.url)
        result = await a_connection(packaged(name), account).send(an_outgoing())
    assert result.detail.isprintable()
    assert "\u202e" not in result.detail
    assert "␛[31mred" in result.detail
    assert len(result.detail) <= 500


@pytest.mark.parametrize("gateway_id", ["x" * 256, "a\x1bb", "a\nb", "", "a\ud800"])
async def test_an_id_that_can_be_none_is_no_proof_of_acceptance(gateway_id: str) -> None:
    async with stand_in(http(202, {"id": gateway_id})) as gateway:
        account = account_at(wire_case("practice"), gateway.url)
        result = await a_connection(packaged("practice"), account).send(an_outgoing())
    assert (result.outcome, result.gateway_id) == (Outcome.UNKNOWN, None)


@pytest.mark.parametrize(
    ("said", "outcome", "gateway_id"),
    [
        (b'Success "07033084-5cfd"', Outcome.ACCEPTED, "07033084-5cfd"),
        (b'Error "No route found"', Outcome.UNKNOWN, None),
        (b"x" * 5000 + b'Success "too-far-away"', Outcome.UNKNOWN, None),
    ],
)
async def test_an_id_in_plain_words_is_found(
    said: bytes, outcome: Outcome, gateway_id: str | None
) -> None:
    text = MINIMAL.replace("accepted = ", 'id_text = \'Success "([^"]+)"\'\naccepted = ')
    async with stand_in(http(200, said, "text/plain")) as gateway:
        connection = a_connection(read_preset(text, "x.toml"), {"url": gateway.url})
        result = await connection.send(an_outgoing())
    assert (result.outcome, result.gateway_id) == (outcome, gateway_id)


@pytest.mark.parametrize("name", PACKAGED)
def test_a_preview_shows_the_request_and_no_secret(name: str) -> None:
    preset = packaged(name)
    account = account_at(wire_case(name), "http://127.0.0.1:1")
    secrets = {
        one.field.key: f"Hidden{i}000000000"
        for i, one in enumerate(preset.account)
        if one.field.secret
    }
    connection = a_connection(preset, account | secrets)
    preview = connection.preview(an_outgoing(f"Hi & bye\n{HOSTILE[:10]}"))
    assert preview.splitlines()[0].startswith(("POST http://127.0.0.1:1", "GET http://127.0.0.1:1"))
    # Jasmin gets letters of no GSM alphabet in hexadecimal.
    assert ("Hi & bye" if name != "jasmin" else "00480069") in preview
    assert "•••" in preview
    assert "\x1b" not in preview
    for secret in secrets.values():
        assert secret not in preview
        assert base64.b64encode(secret.encode()).decode() not in preview


def test_a_preview_can_be_read_by_a_person() -> None:
    account = {"sid": "AC1", "token": "hunter2", "from": "+12125550100"}
    preview = a_connection(packaged("twilio"), account).preview(an_outgoing("1 + 1 = 2 & ü"))
    assert preview.splitlines() == [
        "POST https://api.twilio.com/2010-04-01/Accounts/AC1/Messages.json",
        "Authorization: Basic AC1:•••",
        "",
        "  To = +12125550142",
        "  From = +12125550100",
        "  Body = 1 + 1 = 2 & ü",
        "  ValidityPeriod = 7200",
    ]
