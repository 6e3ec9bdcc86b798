"""Runs one asynchronous job and stops it cleanly on ^C. Must not know what the job is."""

from __future__ import annotations

import asyncio
import signal
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TypeVar

T = TypeVar("T")

_STOP_SIGNALS = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
)
"""A closed terminal window (SIGHUP, not on Windows) ends a command as cleanly as ^C."""


class Stopped(Exception):
    """The person stopped the command."""


def run(job: Callable[[asyncio.Event], Awaitable[T]], *, patient: bool = False) -> T:
    """Run `job(stop)` to its end.

    The first ^C, or a closed window, cancels it, so that it closes what it opened. A `patient` job
    has `stop` set instead and ends by itself; the second ^C cancels that too.

    Raises:
        Stopped: it was cancelled by a signal.
    """
    return asyncio.run(_guarded(job, patient=patient))


async def _guarded(job: Callable[[asyncio.Event], Awaitable[T]], *, patient: bool) -> T:
    stop = asyncio.Event()
    task = asyncio.ensure_future(job(stop))
    with _signals(task, stop, patient=patient):
        try:
            return await task
        except asyncio.CancelledError:
            raise Stopped from None


@contextmanager
def _signals(task: asyncio.Future[T], stop: asyncio.Event, *, patient: bool) -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread():
        yield  # only the main thread may hear signals
        return
    loop = asyncio.get_running_loop()

    def heard(_number: int, _frame: FrameType | None) -> None:
        loop.call_soon_threadsafe(react)

    def react() -> None:
        if patient and not stop.is_set():
            stop.set()
        else:
            task.cancel()

    before = {number: signal.signal(number, heard) for number in _STOP_SIGNALS}
    try:
        yield
    finally:
        for number, action in before.items():
            signal.signal(number, action)
