"""Where lines come from and go to: a terminal that can only print, or two pipes.

Must not choose words, nor move a cursor, nor colour anything. Input is read on a thread of its
own, so that texts are delivered while somebody thinks about an answer.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

_CHUNK = 65_536
_LONGEST = 1_000_000
"""Bytes of one line that are kept; nobody types more, and a file that has no line has no end."""


class Terminal(Protocol):
    """Both directions of a conversation in lines."""

    def width(self) -> int | None:
        """Return how many characters fit in a line; None when nobody counts."""
        ...

    def write(self, text: str) -> None:
        """Put text out at once. It is showable already."""
        ...

    async def read(self, *, hidden: bool = False) -> str | None:
        """Return the next line without its end, or None when there will be none any more.

        With `hidden`, what is typed is not shown.
        """
        ...


class Console:
    """The standard input and output of this process."""

    def __init__(self) -> None:
        """Read from wherever this process reads from."""
        self._source = _descriptor()
        self._rest = bytearray()
        self._ended = False
        self._waiting: asyncio.Future[str | None] | None = None

    def width(self) -> int | None:
        """Return the width of the terminal; None when the lines go into a pipe."""
        return shutil.get_terminal_size().columns if sys.stdout.isatty() else None

    def write(self, text: str) -> None:
        """Put text out; a terminal in a legacy encoding shows a question mark."""
        encoding = sys.stdout.encoding or "utf-8"
        sys.stdout.write(text.encode(encoding, "replace").decode(encoding))
        sys.stdout.flush()

    async def read(self, *, hidden: bool = False) -> str | None:
        """Return the next line; a line that was waited for before and came since is that line."""
        with _unseen(self._source) if hidden else contextlib.nullcontext():
            if self._waiting is None:
                self._waiting = self._ask()
            waiting = self._waiting
            try:
                line = await asyncio.shield(waiting)
            except asyncio.CancelledError:
                if waiting.cancelled():
                    self._waiting = None
                raise
        self._waiting = None
        if hidden and self._source is not None and os.isatty(self._source):
            self.write("\n")  # the end of a line that was not shown
        return line

    def _ask(self) -> asyncio.Future[str | None]:
        loop = asyncio.get_running_loop()
        line: asyncio.Future[str | None] = loop.create_future()

        def answer(text: str | None) -> None:
            if not line.done():
                line.set_result(text)

        def look() -> None:
            text = self._next()
            with contextlib.suppress(RuntimeError):  # the loop has ended: nobody waits any more
                loop.call_soon_threadsafe(answer, text)

        # A daemon, reading the descriptor itself: a process that ends must not wait for a line.
        threading.Thread(target=look, daemon=True).start()
        return line

    def _next(self) -> str | None:
        while True:
            line, end, rest = self._rest.partition(b"\n")
            if end or (self._ended and line):
                self._rest = rest
                return line[:_LONGEST].decode(_encoding(), "replace").rstrip("\r")
            if self._ended:
                return None
            more = self._read()
            self._ended = not more
            if len(self._rest) <= _LONGEST or b"\n" in more:
                self._rest += more

    def _read(self) -> bytes:
        try:
            if self._source is not None:
                return os.read(self._source, _CHUNK)
            return sys.stdin.buffer.read(_CHUNK)
        except (OSError, ValueError):  # the terminal is gone, or was closed
            return b""


def _descriptor() -> int | None:
    """Return where input is read; None when it is no file of the system's."""
    try:
        return sys.stdin.fileno()
    except (OSError, ValueError, AttributeError):
        return None


def _encoding() -> str:
    return getattr(sys.stdin, "encoding", None) or "utf-8"


@contextmanager
def _unseen(descriptor: int | None) -> Iterator[None]:
    """Let a terminal not show what is typed; a pipe shows nothing anyhow."""
    try:
        import termios
    except ImportError:  # not on Windows
        yield
        return
    if descriptor is None:
        yield
        return
    try:
        before = termios.tcgetattr(descriptor)
    except termios.error:
        yield
        return
    quiet = [*before]
    quiet[3] &= ~termios.ECHO
    termios.tcsetattr(descriptor, termios.TCSAFLUSH, quiet)
    try:
        yield
    finally:
        with contextlib.suppress(termios.error):
            termios.tcsetattr(descriptor, termios.TCSADRAIN, before)
