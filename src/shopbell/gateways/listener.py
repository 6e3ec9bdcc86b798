"""A small HTTP/1.1 server on this computer: requests in, one answer each.

The protocol itself is h11's. Requests are bounded in size and time, connections in number.
Must not know what a request is about, and binds only where it is told to.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, unquote, urlsplit

import h11

MAX_BODY_BYTES = 64 * 1024
MAX_HEAD_BYTES = 16 * 1024
MAX_CONNECTIONS = 64
IDLE_SECONDS = 15.0
"""A connection that sends nothing for so long is closed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One request. Its `repr` shows no content: texts and secrets travel in it."""

    method: str
    path: str = field(repr=False)
    query: tuple[tuple[str, str], ...] = field(repr=False)
    target: str = field(repr=False)
    """Path and query as they came."""
    headers: dict[str, str] = field(repr=False)
    """Names in lower case."""
    body: bytes = field(repr=False)

    def value(self, name: str) -> str:
        """Return a value of the query; empty if it is not there."""
        return next((value for key, value in self.query if key == name), "")


class Talk:
    """The answering side of one request."""

    def __init__(self, conn: h11.Connection, writer: asyncio.StreamWriter) -> None:
        self._conn = conn
        self._writer = writer

    async def answer(
        self,
        status: int,
        body: bytes = b"",
        content_type: str = "text/plain; charset=utf-8",
        headers: tuple[tuple[str, str], ...] = (),
    ) -> None:
        """Answer, once."""
        await self._begin(status, len(body), content_type, headers)
        await self._send(h11.Data(data=body))
        await self._send(h11.EndOfMessage())

    async def pour(self, status: int, piece: bytes, times: int) -> None:
        """Answer with `piece` again and again."""
        await self._begin(status, len(piece) * times, "application/json", ())
        for _ in range(times):
            await self._send(h11.Data(data=piece))
        await self._send(h11.EndOfMessage())

    def cut(self) -> None:
        """Drop the connection without a word."""
        self._writer.transport.abort()

    async def _begin(
        self, status: int, length: int, content_type: str, headers: tuple[tuple[str, str], ...]
    ) -> None:
        await self._send(
            h11.Response(
                status_code=status,
                headers=[
                    ("Content-Type", content_type),
                    ("Content-Length", str(length)),
                    *headers,
                ],
            )
        )

    async def _send(self, event: h11.Event) -> None:
        data = self._conn.send(event)
        if data:
            self._writer.write(data)
            await self._writer.drain()


Respond = Callable[[Asked, Talk], Awaitable[None]]
"""Answers one request through its `Talk`."""


@asynccontextmanager
async def serving(host: str, port: int, respond: Respond) -> AsyncIterator[int]:
    """Listen on one address while the context is open; yields the port (0 = any free one).

    Raises:
        OSError: the address can't be used.
    """
    loop = asyncio.get_running_loop()
    tasks: set[asyncio.Task[None]] = set()

    def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if len(tasks) >= MAX_CONNECTIONS:
            writer.transport.abort()
            return
        task = loop.create_task(_serve(reader, writer, respond))
        tasks.add(task)
        task.add_done_callback(finished)
        # A task that is canceled before it began closes nothing by itself.
        task.add_done_callback(lambda _: writer.close())

    def finished(task: asyncio.Task[None]) -> None:
        tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            loop.call_exception_handler({"message": "answering failed", "exception": error})

    server = await asyncio.start_server(accept, host, port)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        open_ones = tuple(tasks)
        for task in open_ones:
            task.cancel()
        await asyncio.gather(*open_ones, return_exceptions=True)


async def _serve(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, respond: Respond
) -> None:
    try:
        await _converse(reader, writer, respond)
    finally:
        writer.close()
        with contextlib.suppress(OSError):
            await writer.wait_closed()


async def _converse(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, respond: Respond
) -> None:
    conn = h11.Connection(h11.SERVER, max_incomplete_event_size=MAX_HEAD_BYTES)
    talk = Talk(conn, writer)
    try:
        while True:
            async with asyncio.timeout(IDLE_SECONDS):
                asked = await _read(conn, reader)
            if asked is None:
                return
            await respond(asked, talk)
            if conn.our_state is not h11.DONE or conn.their_state is not h11.DONE:
                return
            conn.start_next_cycle()
    except h11.RemoteProtocolError as error:
        if conn.our_state in (h11.IDLE, h11.SEND_RESPONSE):
            with contextlib.suppress(OSError, h11.LocalProtocolError):
                await talk.answer(error.error_status_hint)
    except (TimeoutError, OSError):
        return


async def _read(conn: h11.Connection, reader: asyncio.StreamReader) -> Asked | None:
    request: h11.Request | None = None
    body = bytearray()
    while True:
        event = conn.next_event()
        match event:
            case h11.NEED_DATA:
                conn.receive_data(await reader.read(16 * 1024))
            case h11.Request():
                request = event
            case h11.Data():
                body += event.data
                if len(body) > MAX_BODY_BYTES:
                    raise h11.RemoteProtocolError("body too large", error_status_hint=413)
            case h11.EndOfMessage() if request is not None:
                return _asked(request, bytes(body))
            case _:
                return None


def _asked(request: h11.Request, body: bytes) -> Asked:
    target = urlsplit(request.target.decode("ascii", errors="replace"))
    return Asked(
        method=request.method.decode("ascii", errors="replace"),
        path=unquote(target.path),
        query=tuple(parse_qsl(target.query, keep_blank_values=True)),
        target=request.target.decode("ascii", errors="replace"),
        headers={name.decode("ascii"): value.decode("latin-1") for name, value in request.headers},
        body=body,
    )
