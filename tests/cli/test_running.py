"""One job at a time, and ^C that lets it close what it opened."""

from __future__ import annotations

import asyncio
import os
import signal
import threading

import pytest

from shopbell.cli.running import Stopped, run


def interrupt(number: int = signal.SIGINT) -> None:
    os.kill(os.getpid(), number)


def test_a_job_gives_back_what_it_returns() -> None:
    async def job(_stop: asyncio.Event) -> str:
        return "done"

    assert run(job) == "done"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_first_signal_cancels_a_job_which_still_closes_in_order(number: int) -> None:
    closed = []

    async def job(_stop: asyncio.Event) -> None:
        try:
            interrupt(number)
            await asyncio.sleep(60)
        finally:
            await asyncio.sleep(0)
            closed.append(True)

    with pytest.raises(Stopped):
        run(job)
    assert closed == [True]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_patient_job_is_asked_to_end_and_ends_by_itself(number: int) -> None:
    async def job(stop: asyncio.Event) -> str:
        interrupt(number)
        await stop.wait()
        return "ended in order"

    assert run(job, patient=True) == "ended in order"


def test_the_second_signal_cancels_a_patient_job_too() -> None:
    async def job(stop: asyncio.Event) -> None:
        interrupt()
        await stop.wait()
        interrupt()
        await asyncio.sleep(60)

    with pytest.raises(Stopped):
        run(job, patient=True)


def test_signals_do_afterwards_what_they_did_before() -> None:
    before = signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)

    async def job(_stop: asyncio.Event) -> None:
        assert signal.getsignal(signal.SIGINT) is not before[0]

    run(job)
    assert (signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)) == before


def test_a_job_can_run_where_signals_cannot_be_heard() -> None:
    found: list[str] = []

    async def job(_stop: asyncio.Event) -> str:
        return "done"

    thread = threading.Thread(target=lambda: found.append(run(job)))
    thread.start()
    thread.join()
    assert found == ["done"]
