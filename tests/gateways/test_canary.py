"""No secret comes out anywhere, and nothing goes anywhere but to the gateway: every preset."""

from __future__ import annotations

import logging
import socket
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote, quote_plus, urlsplit

import pytest

from gateways.setups import NOW, PACKAGED, OpenText, a_config, an_outgoing, packaged
from gateways.standin import StandIn, aborting, http, stand_in
from gateways.wire_cases import account_at, wire_case
from shopbell.errors import BadInput, GatewayTrouble
from shopbell.gateways.account import check_account
from shopbell.gateways.connection import Connection
from shopbell.gateways.engine import Engine, Patience

CANARY = "Zyzzyva+Hush0123456789"
FORMS = (CANARY, quote(CANARY, safe=""), quote_plus(CANARY), "zyzzyva")


def secret_account(name: str, url: str) -> dict[str, str]:
    """An account whose every secret is the canary."""
    account = account_at(wire_case(name), url)
    for asked in packaged(name).account:
        if asked.field.secret:
            # Some secrets are letters and digits only.
            account[asked.field.key] = CANARY if asked.pattern is None else CANARY.replace("+", "x")
    return account


def live(name: str, url: str) -> Connection:
    preset = packaged(name)
    engine = Engine(preset.reach, Patience(connect=2, read=2, total=2))
    return Connection(preset, a_config(preset, secret_account(name, url)), lambda: NOW, engine)


def echoing(gateway: StandIn) -> bytes:
    """An answer that says every secret back in every way a gateway might."""
    said = " ".join(FORMS[:3]) + f" http://x/?password={FORMS[2]}&to=1"
    return http(
        401,
        {
            "message": said, "error": said, "detail": said, "description": said, "text": said,
            "errors": [{"detail": said, "description": said, "code": "10009"}],
            "messages": [{"error-text": said, "status": "4"}],
            "data": {"messages": [{"status": said}]},
        },
    )  # fmt: skip


async def everything_said(name: str, gateway: StandIn) -> str:
    connection = live(name, gateway.url)
    config = a_config(packaged(name), secret_account(name, gateway.url))
    said: list[object] = [repr(connection), repr(config), connection.info]
    sent = await connection.send(an_outgoing())
    said += [sent, sent.detail, connection.preview(an_outgoing())]
    said.append(await connection.find(an_outgoing(), frozenset()))
    said.append(await connection.check())
    try:
        said.append(await connection.collect(NOW, [OpenText(gateway_id="G1")]))
    except GatewayTrouble as trouble:
        said += [trouble.message, trouble.hint, *traceback.format_exception(trouble)]
    return "\n".join(map(str, said))


def assert_silent(said: str) -> None:
    for form in FORMS:
        assert form.lower() not in said.lower()


@pytest.mark.parametrize("name", PACKAGED)
async def test_no_secret_is_said_back(name: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    async with stand_in(http(500)) as gateway:
        gateway.answers = [echoing(gateway)]
        said = await everything_said(name, gateway)
    assert gateway.requests, "the gateway was really asked"
    assert_silent(said)
    assert_silent(caplog.text)


@pytest.mark.parametrize("name", PACKAGED)
@pytest.mark.parametrize("answer", [aborting(), http(200, b"\xff\xfe{"), http(302)])
async def test_no_secret_is_said_when_the_line_breaks(
    name: str, answer: Any, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    async with stand_in(answer) as gateway:
        said = await everything_said(name, gateway)
    assert_silent(said)
    assert_silent(caplog.text)


@pytest.mark.parametrize("name", PACKAGED)
def test_a_request_that_is_ready_to_go_shows_no_secret_by_itself(name: str) -> None:
    """A crash report that printed the values of a frame would print this."""
    connection = live(name, "http://127.0.0.1:9000")
    assert_silent(repr(connection._wire(an_outgoing())))
    assert_silent(repr(connection._redact))


@pytest.mark.parametrize("name", PACKAGED)
def test_a_wrong_secret_is_named_but_not_shown(name: str) -> None:
    for asked in packaged(name).account:
        if not asked.field.secret:
            continue
        account = secret_account(name, "http://127.0.0.1:9000") | {asked.field.key: CANARY + "\n"}
        with pytest.raises(BadInput) as caught:
            check_account(packaged(name), account)
        assert asked.field.label in caught.value.message
        assert_silent(f"{caught.value.message} {caught.value.hint} {caught.value!r}")


@pytest.mark.parametrize("name", PACKAGED)
async def test_the_dry_run_shows_dots_where_a_secret_goes(name: str) -> None:
    shown = live(name, "http://127.0.0.1:9000").preview(an_outgoing())
    assert_silent(shown)
    assert "Your order is ready" in shown or "content = " in shown
    # Jasmin and Kannel also have their secret word inside an address they are given.
    secret = any(a.field.secret for a in packaged(name).account)
    assert ("•••" in shown) is secret


@contextmanager
def only_to(url: str) -> Iterator[list[tuple[str, int]]]:
    """Refuse every connection but the one place; yields what was asked for."""
    place = urlsplit(url)
    asked: list[tuple[str, int]] = []
    real = socket.socket.connect
    patch = pytest.MonkeyPatch()

    def connect(self: socket.socket, address: Any) -> None:
        asked.append(tuple(address[:2]))
        if tuple(address[:2]) != (place.hostname, place.port):
            raise ConnectionRefusedError(f"not to {address}")
        real(self, address)

    async def sock_connect(_: object, sock: socket.socket, address: Any) -> None:
        sock.setblocking(True)
        connect(sock, address)
        sock.setblocking(False)

    patch.setattr("asyncio.selector_events.BaseSelectorEventLoop.sock_connect", sock_connect)
    try:
        yield asked
    finally:
        patch.undo()


@pytest.mark.parametrize("name", PACKAGED)
async def test_nothing_connects_anywhere_but_to_the_gateway(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for proxy in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy"):
        monkeypatch.setenv(proxy, "http://192.0.2.1:3128")
    inbox = {"next_page_uri": "http://192.0.2.9/steal", "messages": [], "items": []}
    moved = http(200, inbox, "application/json", "Location: http://192.0.2.8/")
    async with stand_in(moved, http(307, b"", "text/plain", "Location: //192.0.2.8/")) as gateway:
        with only_to(gateway.url) as asked:
            await everything_said(name, gateway)
    assert asked
    assert {port for _, port in asked} == {urlsplit(gateway.url).port}
    assert {host for host, _ in asked} == {"127.0.0.1"}
