"""Makes one HTTP exchange, carefully: the only module that opens connections to a gateway.

HTTP/1.1, TLS verified, no redirects, no proxies or netrc from the environment, no cookies, answers
bounded in size and time. It speaks to the transport itself: httpx's client would write full
addresses, which can hold secrets, into the log. Must not judge what an answer means, or retry.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import cache
from typing import Protocol

import httpx

from shopbell.gateways.address import TooFarError, judged_host
from shopbell.gateways.preset import Reach
from shopbell.gateways.reply import Reply
from shopbell.gateways.request import Wire

MAX_REPLY_BYTES = 1024 * 1024

_NEVER_LEFT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.UnsupportedProtocol,
)
"""Failures that come before the first byte of a request: certainly not sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long to wait, in seconds."""

    connect: float = 10
    """For the connection, and again for TLS."""
    read: float = 20
    """Between two pieces of the answer."""
    total: float = 30
    """For everything; a gateway that drips one byte a second ends here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """An exchange that brought no complete answer."""

    left: bool
    """True if the request may have reached the gateway."""
    why: str
    """In plain words; holds nothing from outside."""


class Exchange(Protocol):
    """Makes one exchange."""

    async def __call__(self, wire: Wire) -> Reply | Broken:
        """Return the answer, or why there is none. Raises nothing the other side causes."""
        ...


class Engine:
    """Opens connections for one gateway."""

    def __init__(
        self,
        reach: Reach,
        patience: Patience | None = None,
        transport: Callable[[], httpx.AsyncBaseTransport] | None = None,
    ) -> None:
        self._reach = reach
        self._patience = patience or Patience()
        self._transport = transport or self._real_transport

    async def exchange(self, wire: Wire) -> Reply | Broken:
        """Make one exchange over a connection of its own: sending never reuses an idle one."""
        async with self.line() as exchange:
            return await exchange(wire)

    @asynccontextmanager
    async def line(self) -> AsyncIterator[Exchange]:
        """Keep a connection for several exchanges, for reading only."""
        if self._transport == self._real_transport:
            await _trust_beside()
        async with self._transport() as transport:

            async def exchange(wire: Wire) -> Reply | Broken:
                return await self._exchange(transport, wire)

            yield exchange

    async def reachable(self, url: str) -> Broken | None:
        """Open and close a connection without a request; None if that worked."""
        try:
            parsed = httpx.URL(url)
            tls = await _trust_beside() if parsed.scheme == "https" else None
            async with asyncio.timeout(self._patience.connect):
                host = await judged_host(parsed, self._reach)
                port = parsed.port or (443 if tls else 80)
                _, writer = await asyncio.open_connection(host, port, ssl=tls)
                writer.close()
                await writer.wait_closed()
        except (TooFarError, OSError, httpx.InvalidURL) as error:
            return Broken(left=False, why=_why_unreachable(error))
        return None

    async def _exchange(self, transport: httpx.AsyncBaseTransport, wire: Wire) -> Reply | Broken:
        try:
            async with asyncio.timeout(self._patience.connect):
                request = await self._request(wire)
        except (TooFarError, OSError, httpx.InvalidURL) as error:
            return Broken(left=False, why=_why_unreachable(error))
        try:
            # Connecting has its own, shorter limits: when this one ends, the request has left.
            async with asyncio.timeout(self._patience.total):
                return await _answer(await transport.handle_async_request(request))
        except _NEVER_LEFT as error:
            return Broken(left=False, why=_why_unreachable(error))
        except (TimeoutError, httpx.TimeoutException):
            return Broken(left=True, why="The gateway did not answer in time.")
        except (httpx.HTTPError, OSError):
            return Broken(left=True, why="The connection broke before the answer was complete.")

    async def _request(self, wire: Wire) -> httpx.Request:
        url = httpx.URL(wire.url)
        wait = {
            "connect": self._patience.connect,
            "read": self._patience.read,
            "write": self._patience.read,
            "pool": self._patience.connect,
        }
        return httpx.Request(
            wire.method,
            url.copy_with(host=await judged_host(url, self._reach)),
            headers=[("Host", url.netloc.decode("ascii")), *wire.headers],
            content=wire.content or None,
            extensions={"timeout": wait},
        )

    def _real_transport(self) -> httpx.AsyncBaseTransport:
        return httpx.AsyncHTTPTransport(
            verify=_trust(),
            http1=True,
            http2=False,
            trust_env=False,
            retries=0,
            limits=httpx.Limits(max_connections=1, max_keepalive_connections=1),
        )


@cache
def _trust() -> ssl.SSLContext:
    """The usual authorities, and no others the environment may name. Reading them takes a while."""
    return httpx.create_ssl_context(verify=True, trust_env=False)


async def _trust_beside() -> ssl.SSLContext:
    """Read the authorities on a thread the first time: the screen would stand still for a tenth."""
    if not _trust.cache_info().currsize:
        await asyncio.to_thread(_first_time)
    return _trust()


def _first_time() -> None:
    # The first transport loads what connects: httpx itself comes without.
    httpx.AsyncHTTPTransport(verify=_trust())


async def _answer(response: httpx.Response) -> Reply | Broken:
    content = bytearray()
    try:
        async for piece in response.aiter_raw(64 * 1024):
            content += piece
            if len(content) > MAX_REPLY_BYTES:
                return Broken(left=True, why="The gateway's answer was too large to be one.")
    finally:
        await response.aclose()
    return Reply(
        status=response.status_code,
        content_type=response.headers.get("content-type", ""),
        content=bytes(content),
        date=response.headers.get("date", ""),
    )


def _why_unreachable(error: BaseException) -> str:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, TooFarError):
            return str(cause)
        if isinstance(cause, ssl.SSLError):
            return "The gateway could not prove who it is (its TLS certificate is not valid)."
        if isinstance(cause, TimeoutError | httpx.TimeoutException):
            return "The gateway could not be reached in time."
        if isinstance(cause, socket.gaierror):
            return "The gateway's name is not known. Check the address and the connection."
        cause = cause.__cause__ or cause.__context__
    return "The gateway could not be reached."
