"""Pushed reports and replies: known only to who knows the secret, received only when stored."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import quote, urlencode

import pytest

from gateways.setups import NOW, REF, a_connection, acme, packaged
from gateways.standin import http, stand_in
from shopbell.domain.gateway import Collected
from shopbell.domain.texts import State
from shopbell.errors import GatewayTrouble
from shopbell.gateways import listener
from shopbell.gateways.connection import Connection
from shopbell.gateways.hooks import callbacks_for, hook_target
from shopbell.gateways.listener import MAX_BODY_BYTES, MAX_CONNECTIONS, MAX_HEAD_BYTES
from shopbell.gateways.values import account_values

WORD = "Sesame0123456789"


def kannel_account(port: int, **changes: str) -> dict[str, str]:
    return {
        "user": "shop",
        "password": "p",
        "listen": f"http://127.0.0.1:{port}",
        "word": WORD,
    } | changes


@dataclass
class Box:
    """A sink that keeps what it gets, or refuses it."""

    got: list[Collected] = field(default_factory=list)
    fails: Exception | None = None
    gate: asyncio.Event | None = None

    async def sink(self, collected: Collected) -> None:
        if self.gate is not None:
            await self.gate.wait()
        if self.fails is not None:
            raise self.fails
        self.got.append(collected)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


@asynccontextmanager
async def listening(box: Box, connection: Connection | None = None) -> AsyncIterator[int]:
    port = free_port()
    gateway = connection or a_connection(packaged("kannel"), kannel_account(port))
    async with gateway.listen(box.sink):
        yield port


async def say(port: int, request: bytes) -> bytes:
    """Send bytes, return everything that comes back until the other side closes."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(request)
    try:
        await writer.drain()
        return await reader.read()
    except OSError:
        return b""
    finally:
        writer.close()


def get(target: str, *headers: str) -> bytes:
    lines = [f"GET {target} HTTP/1.1", "Host: x", "Connection: close", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n"


async def status_of(port: int, request: bytes) -> int:
    answer = await say(port, request)
    return int(answer.split(b" ", 2)[1]) if answer else 0


@pytest.mark.parametrize(
    ("word", "state"),
    [
        ("1", State.DELIVERED),
        ("2", State.FAILED),
        ("4", State.ACCEPTED),
        ("8", State.SENT),
        ("16", State.FAILED),
        ("32", None),
    ],
)
async def test_a_report_is_a_receipt_with_our_reference(word: str, state: State | None) -> None:
    box = Box()
    async with listening(box) as port:
        answer = await say(port, get(f"/{WORD}/status?ref={REF}&type={word}"))
    (receipt,) = box.got[0].receipts
    assert (receipt.ref, receipt.word, receipt.state, receipt.at) == (REF, word, state, NOW)
    assert answer.startswith(b"HTTP/1.1 200")
    assert answer.endswith(b"\r\n\r\n"), "Kannel would text any words of the answer to the customer"


async def test_a_reply_is_decoded() -> None:
    box = Box()
    query = urlencode(
        {
            "from": "+447700900123",
            "bin": "0053 0054 004F 0050",
            "charset": "UTF-16BE",
            "id": "k1",
            "time": "1795532400",
        }
    )
    async with listening(box) as port:
        assert await status_of(port, get(f"/{WORD}/inbound?{query}")) == 200
    (text,) = box.got[0].inbound
    assert (text.sender, text.text, text.gateway_id) == ("+447700900123", "STOP", "k1")
    assert text.at == datetime(2026, 11, 24, 15, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "target",
    [
        f"/status?ref={REF}&type=1",
        f"/{WORD}x/status?ref={REF}&type=1",
        f"/{WORD.lower()}/status?ref={REF}&type=1",
        f"/{WORD}/x/status?ref={REF}&type=1",
        f"/{WORD}/status",
        f"/{WORD}/status?ref={REF}",
        f"/{WORD}/status?type=1",
        f"/{WORD}/other?ref={REF}&type=1",
        f"/{WORD}/inbound",
        f"/{WORD}/inbound?to=1",
        f"/{WORD}",
        "/",
        "*",
        "/%00/%ff/status?ref=x&type=1",
    ],
)
async def test_a_stranger_learns_nothing(target: str) -> None:
    box = Box()
    async with listening(box) as port:
        answer = await say(port, get(target))
    assert answer.startswith(b"HTTP/1.1 404")
    assert WORD.encode() not in answer
    assert box.got == []


async def test_received_is_said_only_after_it_is_stored() -> None:
    box = Box(gate=asyncio.Event())
    async with listening(box) as port:
        asked = asyncio.ensure_future(say(port, get(f"/{WORD}/status?ref={REF}&type=1")))
        done, _ = await asyncio.wait([asked], timeout=0.2)
        assert not done
        assert box.gate is not None
        box.gate.set()
        assert (await asked).startswith(b"HTTP/1.1 200")
    assert len(box.got) == 1


async def test_what_could_not_be_stored_was_not_received() -> None:
    box = Box(fails=GatewayTrouble("The file is busy."))
    async with listening(box) as port:
        assert await status_of(port, get(f"/{WORD}/status?ref={REF}&type=1")) == 503
        box.fails = None
        assert await status_of(port, get(f"/{WORD}/status?ref={REF}&type=1")) == 200


async def test_a_sink_that_breaks_is_not_answered_received_and_the_listener_lives_on() -> None:
    box, reported = Box(fails=ZeroDivisionError()), []
    loop = asyncio.get_running_loop()
    usual = loop.get_exception_handler()
    loop.set_exception_handler(lambda _, context: reported.append(context["exception"]))
    try:
        async with listening(box) as port:
            assert await status_of(port, get(f"/{WORD}/status?ref={REF}&type=1")) == 500
            box.fails = None
            assert await status_of(port, get(f"/{WORD}/status?ref={REF}&type=1")) == 200
    finally:
        loop.set_exception_handler(usual)
    assert [type(error) for error in reported] == [ZeroDivisionError]


@pytest.mark.parametrize(
    ("request_bytes", "status"),
    [
        (b"nonsense\r\n\r\n", 400),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 20 + b"\r\n\r\n", 400),
        (get("/", "X: " + "x" * 4 * MAX_HEAD_BYTES), 431),
        (b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n", 400),
        (
            b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n" % (MAX_BODY_BYTES + 1)
            + b"x" * (MAX_BODY_BYTES + 1),
            413,
        ),
        (b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", 400),
        (b"", 0),
        (b"GET / HT", 400),
    ],
)
async def test_what_is_no_good_request_is_refused(request_bytes: bytes, status: int) -> None:
    box = Box()
    async with listening(box) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(request_bytes)
        writer.write_eof()
        try:
            answer = await reader.read()
        except ConnectionResetError:
            answer = b"HTTP/1.1 413 after a reset"
        writer.close()
        assert await status_of(port, get(f"/{WORD}/status?ref={REF}&type=1")) == 200
    assert (int(answer.split(b" ", 2)[1]) if answer else 0) == status
    assert len(box.got) == 1


async def test_a_connection_that_says_nothing_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listener, "IDLE_SECONDS", 0.05)
    async with listening(Box()) as port:
        assert await say(port, b"GET / HTTP/1.1\r\n") == b""


async def test_too_many_connections_are_turned_away_and_later_ones_served() -> None:
    async with listening(Box()) as port:
        held = [await asyncio.open_connection("127.0.0.1", port) for _ in range(MAX_CONNECTIONS)]
        assert await say(port, get("/")) == b""
        for _, writer in held:
            writer.close()
            await writer.wait_closed()
        while not await say(port, get("/")):
            await asyncio.sleep(0.01)


async def test_one_connection_may_ask_several_times() -> None:
    box = Box()
    request = f"GET /{WORD}/status?ref={REF}&type=1 HTTP/1.1\r\nHost: x\r\n\r\n".encode()
    async with listening(box) as port:
        answer = await say(port, request + request + get("/"))
    assert answer.count(b"HTTP/1.1 200") == 2
    assert len(box.got) == 2


async def test_leaving_closes_the_port_and_open_connections() -> None:
    async with listening(Box()) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"GET / HTTP/1.1\r\n")
        await writer.drain()
    with contextlib.suppress(ConnectionResetError):
        assert await reader.read() == b""
    writer.close()
    with pytest.raises(ConnectionRefusedError):
        await asyncio.open_connection("127.0.0.1", port)


async def test_a_port_that_is_taken_is_trouble_with_a_way_out() -> None:
    async with stand_in(http(200)) as other:
        port = int(other.url.rpartition(":")[2])
        gateway = a_connection(packaged("kannel"), kannel_account(port))
        with pytest.raises(GatewayTrouble) as caught:
            async with gateway.listen(Box().sink):
                pass
    assert str(port) in caught.value.message
    assert "Another program" in caught.value.hint


async def test_an_error_while_listening_is_not_taken_for_a_port_problem() -> None:
    gateway = a_connection(packaged("kannel"), kannel_account(free_port()))
    with pytest.raises(OSError, match="disk"):
        async with gateway.listen(Box().sink):
            raise OSError("disk")


@pytest.mark.parametrize(
    "changes",
    [
        {"listen": ""},
        {"word": ""},
        {"listen": "http://0.0.0.0:1"},
        {"listen": "http://192.0.2.7:1"},
        {"listen": "http://[2001:db8::1]:1"},
        {"listen": "http://shop.example:1"},
        {"listen": "https://127.0.0.1:1"},
        {"listen": "http://127.0.0.1"},
    ],
)
async def test_it_never_listens_beyond_this_computer_and_its_network(
    changes: dict[str, str],
) -> None:
    gateway = a_connection(packaged("kannel"), kannel_account(1, **changes))
    async with gateway.listen(Box().sink) as address:
        assert address is None


async def test_a_gateway_that_pushes_nothing_is_not_listened_to() -> None:
    async with a_connection(acme(), {"url": "http://127.0.0.1:1"}).listen(Box().sink) as address:
        assert address is None


@pytest.mark.parametrize(
    ("listen", "host"),
    [
        ("http://127.0.0.1:18080", "127.0.0.1"),
        ("http://localhost:18080", "127.0.0.1"),
        ("http://192.168.1.5:18080/ignored", "192.168.1.5"),
        ("http://[::1]:18080", "[::1]"),
    ],
)
def test_the_callback_is_the_address_the_owner_gave(listen: str, host: str) -> None:
    account = account_values(packaged("kannel"), kannel_account(1, listen=listen))
    target = hook_target(packaged("kannel"), account)
    told = callbacks_for(packaged("kannel"), account, REF)["callback"]
    assert told == f"http://{host}:18080/{WORD}/status?ref={REF}"
    assert WORD not in repr(target)


FORM = """
[hook]
address = "{account.url}"
secret = "x"
[hook.status]
ref = "json:data.ref"
word = "json:data.status"
map = { ok = "delivered" }
[hook.inbound.fields]
from = "form:From"
text = "form:Body"
"""


async def test_forms_and_json_can_be_pushed_too() -> None:
    box = Box()
    port = free_port()
    gateway = a_connection(acme(FORM), {"url": f"http://127.0.0.1:{port}"})

    def post(path: str, body: bytes) -> bytes:
        head = f"POST {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
        return f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body

    async with listening(box, gateway):
        form = b"From=%2B12125550142&Body=" + quote("STOP & go +1 👍").encode()
        assert await status_of(port, post("/x/inbound", form)) == 200
        report = b'{"data": {"ref": "R1", "status": "ok"}}'
        assert await status_of(port, post("/x/status", report)) == 200
        for bad in (b"", b"{", b"[" * 60_000, b"null", b"\xff\xfe"):
            assert await status_of(port, post("/x/status", bad)) == 404
            assert await status_of(port, post("/x/inbound", bad)) in (200, 404)
    assert box.got[0].inbound[0].text == "STOP & go +1 👍"
    assert box.got[1].receipts[0].state is State.DELIVERED
