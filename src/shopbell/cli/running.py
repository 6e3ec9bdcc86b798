"""Runs one asynchronous job and stops it cleanly on ^C. Must not know what the job is."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import os
import signal
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TypeVar

from shopbell.cli.giving_back import give_back

T = TypeVar("T")

_STOP_SIGNALS = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
)
"""A closed terminal window (SIGHUP, not on Windows) ends a command as cleanly as ^C."""


_CLOSED_WINDOW = getattr(signal, "SIGHUP", None)

_LOOKS_EVERY = 2.0
"""Seconds between two looks whether the terminal is still there."""

_TIME_TO_CLOSE = 10.0
"""Seconds a job has to close in order once its window is gone. A screen may wait for ever to be
drawn; ending then is a crash, and a crash loses nothing."""


class Stopped(Exception):
    """The person stopped the command."""


def run(job: Callable[[asyncio.Event], Awaitable[T]], *, patient: bool = False) -> T:
    """Run `job(stop)` to its end.

    The first ^C, or a closed window, cancels it, so that it closes what it opened. A `patient` job
    has `stop` set instead and ends by itself; the second ^C cancels that too.

    Raises:
        Stopped: it was cancelled by a signal.
    """
    _watch_memory()
    return asyncio.run(_guarded(job, patient=patient))


def _watch_memory() -> None:
    # Off while the program was loaded (see `__main__`): all of that stays, and is not looked at
    # again. Looking at all of it holds the screen up for a tenth of a second.
    if not gc.isenabled():
        gc.freeze()
        gc.enable()


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

    def lost() -> None:
        _let_go_of_the_terminal()
        loop.call_soon_threadsafe(react)

    def heard(number: int, _frame: FrameType | None) -> None:
        if number == _CLOSED_WINDOW and not patient:
            lost()
        else:
            loop.call_soon_threadsafe(react)

    def react() -> None:
        if patient and not stop.is_set():
            stop.set()
        else:
            task.cancel()

    before = {number: signal.signal(number, heard) for number in _STOP_SIGNALS}
    over = threading.Event()
    if not patient and os.isatty(0):
        threading.Thread(target=_watch_terminal, args=(over, lost), daemon=True).start()
    try:
        yield
    finally:
        over.set()
        for number, action in before.items():
            signal.signal(number, action)


def _watch_terminal(over: threading.Event, lost: Callable[[], None]) -> None:
    """Notice a terminal that went away without a word: a shell between us may have kept it back."""
    while not over.wait(_LOOKS_EVERY):
        if not os.isatty(0):
            lost()
            return


def _let_go_of_the_terminal() -> None:
    """Write to nowhere from now on, and end in any case."""
    give_back()
    with contextlib.suppress(OSError):
        nowhere = os.open(os.devnull, os.O_RDWR)
        for number in (0, 1, 2):
            os.dup2(nowhere, number)
    last = threading.Timer(_TIME_TO_CLOSE, os._exit, (128 + signal.SIGHUP,))
    last.daemon = True
    last.start()
