"""The engine: what it opens, what it refuses, and what certainly did not leave."""

from __future__ import annotations

import asyncio
import logging
import socket
import ssl
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from gateways.setups import NOW, OpenText, a_connection, acme, an_outgoing, packaged
from gateways.standin import aborting, http, silent, stand_in
from gateways.wire_cases import account_at, wire_case
from shopbell.domain.gateway import Outcome
from shopbell.gateways import engine
from shopbell.gateways.engine import MAX_REPLY_BYTES, Broken, Engine, Patience
from shopbell.gateways.preset import Reach
from shopbell.gateways.reply import Reply
from shopbell.gateways.request import Wire


def get(url: str, *headers: tuple[str, str]) -> Wire:
    return Wire(method="GET", url=url, headers=headers, content=b"")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


async def test_an_answer_comes_back_whole() -> None:
    async with stand_in(http(202, {"id": "x"})) as gateway:
        answer = await Engine(Reach.LOOPBACK).exchange(get(f"{gateway.url}/a?b=%2B"))
    assert isinstance(answer, Reply)
    assert (answer.status, answer.json) == (202, {"id": "x"})
    assert gateway.requests[0].target == "/a?b=%2B"


async def test_every_send_has_a_connection_of_its_own_and_a_line_keeps_one() -> None:
    async with stand_in(http(200, {})) as gateway:
        engine = Engine(Reach.LOOPBACK)
        for _ in range(3):
            await engine.exchange(get(gateway.url))
        assert gateway.connections == 3
        async with engine.line() as exchange:
            for _ in range(3):
                await exchange(get(gateway.url))
        assert gateway.connections == 4


@pytest.mark.parametrize(("size", "whole"), [(MAX_REPLY_BYTES, True), (MAX_REPLY_BYTES + 1, False)])
async def test_an_answer_has_a_limit_in_size(size: int, whole: bool) -> None:
    async with stand_in(http(200, b"x" * size)) as gateway:
        answer = await Engine(Reach.LOOPBACK).exchange(get(gateway.url))
    assert isinstance(answer, Reply) is whole
    assert whole or (isinstance(answer, Broken) and answer.left)


async def test_a_port_where_nobody_listens_is_certainly_not_sent() -> None:
    answer = await Engine(Reach.LOOPBACK).exchange(get(f"http://127.0.0.1:{free_port()}"))
    assert answer == Broken(left=False, why="The gateway could not be reached.")


async def test_a_connection_that_never_opens_is_certainly_not_sent() -> None:
    full = socket.socket()
    with full, socket.socket() as waiting:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        waiting.setblocking(False)
        waiting.connect_ex(full.getsockname())
        await asyncio.sleep(0)
        url = f"http://127.0.0.1:{full.getsockname()[1]}"
        patience = Patience(connect=0.2, read=0.2, total=5)
        answers = [await Engine(Reach.LOOPBACK, patience).exchange(get(url)) for _ in range(2)]
    assert Broken(left=False, why="The gateway could not be reached in time.") in answers


async def test_an_unknown_name_is_certainly_not_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody(*_: object, **__: object) -> list[object]:
        raise socket.gaierror(socket.EAI_NONAME, "unknown")

    monkeypatch.setattr(socket, "getaddrinfo", nobody)
    for url in ("http://phone.local:8080", "https://sms.example"):
        answer = await Engine(Reach.PRIVATE).exchange(get(url))
        assert isinstance(answer, Broken)
        assert not answer.left
        assert "name is not known" in answer.why


async def test_plain_http_to_a_far_address_is_never_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda *_, **__: [(socket.AF_INET, 1, 6, "", ("192.0.2.1", 80))]
    )
    for url in ("http://192.0.2.1", "http://phone.local", "http://[2001:db8::1]"):
        answer = await Engine(Reach.PRIVATE).exchange(get(url))
        assert answer == Broken(
            left=False, why="Without https this gateway may only be in your own network."
        )


@pytest.mark.parametrize("url", ["ftp://127.0.0.1/", "http://", "http://[::1", "", "http://h:bad"])
async def test_what_is_no_web_address_is_never_opened(url: str) -> None:
    answer = await Engine(Reach.PRIVATE).exchange(get(url))
    assert isinstance(answer, Broken)
    assert not answer.left


async def test_silence_and_a_cut_may_have_left() -> None:
    patience = Patience(connect=2, read=0.2, total=5)
    for act in (silent, aborting()):
        async with stand_in(act) as gateway:
            answer = await Engine(Reach.LOOPBACK, patience).exchange(get(gateway.url))
        assert isinstance(answer, Broken)
        assert answer.left


@pytest.mark.parametrize(
    ("error", "left"),
    [
        (httpx.ConnectError("x"), False),
        (httpx.ConnectTimeout("x"), False),
        (httpx.PoolTimeout("x"), False),
        (httpx.UnsupportedProtocol("x"), False),
        (httpx.WriteError("x"), True),
        (httpx.WriteTimeout("x"), True),
        (httpx.ReadError("x"), True),
        (httpx.ReadTimeout("x"), True),
        (httpx.CloseError("x"), True),
        (httpx.RemoteProtocolError("x"), True),
        (httpx.LocalProtocolError("x"), True),
        (httpx.DecodingError("x"), True),
        (ConnectionResetError("x"), True),
    ],
)
async def test_each_failure_is_sorted_by_whether_the_request_may_have_left(
    error: Exception, left: bool
) -> None:
    def fail(_: httpx.Request) -> httpx.Response:
        raise error

    engine = Engine(Reach.NEVER, transport=lambda: httpx.MockTransport(fail))
    answer = await engine.exchange(get("https://sms.example"))
    assert isinstance(answer, Broken)
    assert answer.left is left


async def test_being_cancelled_is_not_taken_for_an_answer() -> None:
    async with stand_in(silent) as gateway:
        task = asyncio.ensure_future(Engine(Reach.LOOPBACK).exchange(get(gateway.url)))
        while not gateway.requests:
            await asyncio.sleep(0.01)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task


async def test_a_redirect_is_not_followed() -> None:
    async with stand_in(http(200, {"id": "stolen"})) as other:
        moved = http(307, b"", "text/plain", f"Location: {other.url}/")
        async with stand_in(moved) as gateway:
            account = account_at(wire_case("practice"), gateway.url)
            connection = a_connection(packaged("practice"), account)
            result = await connection.send(an_outgoing())
            assert not (await connection.check()).ok
    assert result.outcome is Outcome.UNKNOWN
    assert "redirect" in result.detail
    assert other.requests == []


async def test_the_environment_has_no_say(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login evil password evil")
    monkeypatch.setenv("NETRC", str(netrc))
    async with stand_in(http(200, {})) as proxy, stand_in(http(200, {})) as gateway:
        for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "all_proxy"):
            monkeypatch.setenv(name, proxy.url)
        await Engine(Reach.LOOPBACK).exchange(get(gateway.url))
    assert proxy.connections == 0
    assert "authorization" not in gateway.requests[0].headers


async def test_cookies_are_not_kept() -> None:
    biscuit = http(200, {}, "application/json", "Set-Cookie: id=1")
    async with stand_in(biscuit) as gateway, Engine(Reach.LOOPBACK).line() as exchange:
        await exchange(get(gateway.url))
        await exchange(get(gateway.url))
    assert all("cookie" not in sent.headers for sent in gateway.requests)


@asynccontextmanager
async def https_server(folder: Path) -> AsyncIterator[str]:
    """A server on loopback whose certificate nobody has signed."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    start = datetime.now(UTC) - timedelta(days=1)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(start)
        .not_valid_after(start + timedelta(days=9))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    pem = folder / "server.pem"
    pem.write_bytes(
        certificate.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)

    async def answer(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.close()

    async with await asyncio.start_server(answer, "127.0.0.1", 0, ssl=context) as server:
        yield f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}"


async def test_a_certificate_nobody_vouches_for_is_refused_whatever_the_environment_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with https_server(tmp_path) as url:
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "server.pem"))
        answer = await Engine(Reach.NEVER).exchange(get(url))
        broken = await Engine(Reach.NEVER).reachable(url)
    assert isinstance(answer, Broken)
    assert not answer.left
    assert "certificate" in answer.why
    assert broken is not None
    assert "certificate" in broken.why


async def test_a_gateway_is_reachable_or_not_without_a_request() -> None:
    async with stand_in(http(200)) as gateway:
        assert await Engine(Reach.LOOPBACK).reachable(gateway.url) is None
        assert gateway.requests == []
    broken = await Engine(Reach.LOOPBACK).reachable(f"http://127.0.0.1:{free_port()}")
    assert broken is not None


@pytest.mark.parametrize("way", ["exchange", "reachable"])
async def test_the_authorities_are_read_once_and_beside_the_event_loop(
    monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    readers: list[threading.Thread] = []
    create = httpx.create_ssl_context

    def read(**how: bool) -> ssl.SSLContext:
        readers.append(threading.current_thread())
        return create(**how)

    monkeypatch.setattr(httpx, "create_ssl_context", read)
    engine._trust.cache_clear()
    url, opened = f"https://127.0.0.1:{free_port()}", Engine(Reach.LOOPBACK)
    for _ in range(2):
        if way == "exchange":
            assert isinstance(await opened.exchange(get(url)), Broken)
        else:
            assert await opened.reachable(url) is not None
    assert len(readers) == 1
    assert readers[0] is not threading.current_thread()


async def test_no_secret_is_written_to_any_log(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    secrets = {"password": "hunter2+ü", "word": "Sesame0123456789"}
    async with stand_in(http(202, b"0: Accepted", "text/plain")) as gateway:
        account = account_at(wire_case("kannel"), gateway.url) | secrets
        connection = a_connection(packaged("kannel"), account)
        await connection.send(an_outgoing("Dear customer"))
        await connection.check()
        await connection.collect(NOW, [OpenText()])
    for form in ("hunter2", "Sesame", "Dear"):
        assert form in gateway.requests[0].target
        assert form not in caplog.text


def test_what_an_exchange_is_made_of_shows_nothing_when_printed() -> None:
    secret = "hunter2"
    wire = Wire(
        method="GET",
        url=f"http://h/?p={secret}",
        headers=(("Authorization", secret),),
        content=secret.encode(),
    )
    reply = Reply(status=200, content_type="text/plain", content=secret.encode())
    account = {"url": "http://127.0.0.1:1", "token": secret}
    assert secret not in repr((wire, reply, a_connection(acme(), account)))
