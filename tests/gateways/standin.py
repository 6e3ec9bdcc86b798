"""A stand-in for a gateway: a bare TCP server that records requests and answers given bytes.

It parses only what it must, on its own, so that it shares no mistake with the code under test.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, unquote

Act = Callable[[asyncio.StreamWriter], Awaitable[None]]


@dataclass(frozen=True)
class Recorded:
    """One request as it came over the wire."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes

    @property
    def path(self) -> str:
        return unquote(self.target.partition("?")[0])

    @property
    def query(self) -> list[tuple[str, str]]:
        return parse_qsl(self.target.partition("?")[2], keep_blank_values=True)

    @property
    def form(self) -> list[tuple[str, str]]:
        return parse_qsl(self.body.decode(), keep_blank_values=True)

    @property
    def json(self) -> object:
        return json.loads(self.body)


@dataclass
class StandIn:
    """A running stand-in: answers in turn, the last one again and again."""

    url: str
    answers: list[bytes | Act]
    requests: list[Recorded] = field(default_factory=list)
    connections: int = 0


def http(status: int, body: object = b"", kind: str = "application/json", *headers: str) -> bytes:
    """An HTTP answer; what is not bytes becomes JSON."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    lines = [
        f"HTTP/1.1 {status} Whatever",
        f"Content-Type: {kind}",
        f"Content-Length: {len(content)}",
        *headers,
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + content


@asynccontextmanager
async def stand_in(*answers: bytes | Act) -> AsyncIterator[StandIn]:
    """Run a stand-in on loopback while the context is open."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        this.connections += 1
        try:
            while True:
                recorded = await _read(reader)
                this.requests.append(recorded)
                answer = this.answers[min(len(this.requests), len(this.answers)) - 1]
                if isinstance(answer, bytes):
                    writer.write(answer)
                    await writer.drain()
                else:
                    await answer(writer)
        except (asyncio.IncompleteReadError, OSError):
            pass
        finally:
            writer.close()

    tasks: set[asyncio.Task[None]] = set()

    def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.get_running_loop().create_task(serve(reader, writer))
        tasks.add(task)
        task.add_done_callback(tasks.discard)
        # A task that is canceled before it began closes nothing by itself.
        task.add_done_callback(lambda _: writer.close())

    server = await asyncio.start_server(accept, "127.0.0.1", 0)
    this = StandIn(
        url=f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", answers=list(answers)
    )
    try:
        yield this
    finally:
        server.close()
        for task in tuple(tasks):
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for _ in range(3):
            # A closed connection is gone a turn of the loop later.
            await asyncio.sleep(0)


async def _read(reader: asyncio.StreamReader) -> Recorded:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    method, target, _ = head[0].split(" ")
    headers = {
        name.lower(): value
        for name, _, value in (line.partition(": ") for line in head[1:] if line)
    }
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    return Recorded(method=method, target=target, headers=headers, body=body)


def aborting(first: bytes = b"") -> Act:
    """Write some bytes, then drop the connection."""

    async def act(writer: asyncio.StreamWriter) -> None:
        writer.write(first)
        await writer.drain()
        writer.transport.abort()

    return act


def endless(head: bytes, piece: bytes, pause: float = 0.0) -> Act:
    """Write `head`, then `piece` for ever."""

    async def act(writer: asyncio.StreamWriter) -> None:
        writer.write(head)
        while True:
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(pause)

    return act


async def silent(writer: asyncio.StreamWriter) -> None:
    """Never answer."""
    await asyncio.sleep(3600)
