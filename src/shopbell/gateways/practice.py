"""The practice gateway: a real HTTP server on this computer that pretends to be an SMS service.

It lets a shop try everything without a text leaving the machine, and it can be told to misbehave.
Listens on 127.0.0.1 only. Must never be mistaken for a real gateway: its preset says practice.
"""

from __future__ import annotations

import asyncio
import secrets
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime

from shopbell.errors import BadInput
from shopbell.gateways.listener import serving
from shopbell.gateways.practice_http import PracticeHttp
from shopbell.gateways.practice_script import Fault, Script
from shopbell.gateways.practice_store import (
    Kind,
    PracticeReply,
    PracticeStore,
    PracticeText,
    Seen,
)

PRESET_ID = "practice"
HOST = "127.0.0.1"
PORT = 8470
"""Where a practice gateway that runs by itself listens unless told otherwise."""

TOKEN = "practice"  # noqa: S105 - not a secret: it only keeps web pages from talking to the port
"""The token of one that runs by itself. One inside the demo gets a random one."""

OnEvent = Callable[[Seen], None]


class PracticeGateway:
    """One practice gateway in a thread of its own."""

    def __init__(
        self,
        *,
        now: Callable[[], datetime],
        port: int = 0,
        script: Script | None = None,
        token: str | None = None,
        on_event: OnEvent = lambda _: None,
    ) -> None:
        self._port = port
        self._token = token or secrets.token_urlsafe(16)
        self._store = PracticeStore(script or Script(), now, on_event)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stop = asyncio.Event()
        self._started = threading.Event()
        self._failure: OSError | None = None
        self._thread = threading.Thread(target=self._run, name="practice-gateway", daemon=True)

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://{HOST}:{self._port}"

    @property
    def account(self) -> dict[str, str]:
        """The account fields for the `practice` preset."""
        return {"url": self.url, "token": self._token}

    def start(self) -> None:
        """Begin to listen; returns when it does.

        Raises:
            BadInput: the port is taken.
        """
        self._thread.start()
        self._started.wait()
        if self._failure is not None:
            self._thread.join()
            raise BadInput(
                f"The practice gateway can't listen on port {self._port}.",
                "Choose another one with --port, or stop the program that uses it.",
                code="port_taken",
            )
        self._store.tell(Kind.LISTENING, note=self.url)

    def stop(self) -> None:
        """Stop listening and drop every connection; returns when that is done."""
        if self._loop is not None and self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()

    def seen(self) -> tuple[PracticeText, ...]:
        """Return every text it accepted, oldest first, with how often each one arrived."""
        return self._store.texts()

    def replies(self) -> tuple[PracticeReply, ...]:
        """Return every reply customers wrote, oldest first."""
        return self._store.replies()

    def reply(self, sender: str, text: str) -> PracticeReply:
        """Let a customer write now."""
        return self._store.reply(sender, text)

    def misbehave(self, fault: Fault) -> None:
        """Plan a fault after those already planned."""
        self._store.misbehave(fault)

    def behave(self) -> None:
        """Forget every planned fault."""
        self._store.behave()

    def break_down(self, after: int) -> None:
        """Take `after` more texts, then one whose answer is lost, then none until `recover`."""
        self._store.die(after)

    def recover(self) -> None:
        """Work again."""
        self.behave()

    def wait_until(self, holds: Callable[[PracticeStore], bool], seconds: float = 10.0) -> bool:
        """Block until `holds` is true for its store; False when it was not in time."""
        return self._store.wait_until(holds, seconds)

    def _run(self) -> None:
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        self._loop = loop = asyncio.get_running_loop()

        def later(seconds: float, do: Callable[[], object]) -> None:
            if seconds > 0:
                loop.call_later(seconds, do)
            else:
                do()

        http = PracticeHttp(self._store, self._token, later)
        try:
            async with serving(HOST, self._port, http.respond) as port:
                self._port = port
                for planned in self._store.script.replies:
                    http.send_later(planned.sender, planned.text, planned.after_s)
                self._started.set()
                await self._stop.wait()
        except OSError as error:
            self._failure = error
            self._started.set()


@asynccontextmanager
async def practice_server(
    *,
    now: Callable[[], datetime],
    port: int = 0,
    script: Script | None = None,
    on_event: OnEvent = lambda _: None,
) -> AsyncIterator[PracticeGateway]:
    """Run a practice gateway beside the caller's event loop while the context is open."""
    gateway = PracticeGateway(now=now, port=port, script=script, on_event=on_event)
    await asyncio.to_thread(gateway.start)
    try:
        yield gateway
    finally:
        await asyncio.to_thread(gateway.stop)


def serve_practice(
    *,
    now: Callable[[], datetime],
    port: int = PORT,
    script: Script | None = None,
    token: str = TOKEN,
    on_event: OnEvent,
    stop: threading.Event | None = None,
) -> None:
    """Run a practice gateway by itself until `stop` is set or Ctrl+C is pressed.

    `on_event` is called from another thread; the first event says where it listens.

    Raises:
        BadInput: the port is taken.
    """
    gateway = PracticeGateway(now=now, port=port, script=script, token=token, on_event=on_event)
    gateway.start()
    try:
        (stop or threading.Event()).wait()
    finally:
        gateway.stop()
