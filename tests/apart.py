"""Processes of their own, to be killed: forked from a server that has Shopbell loaded already.

Starting Python and loading Shopbell takes a second; forking takes some milliseconds.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import sys
from collections.abc import Callable, Mapping
from datetime import timedelta
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from shopbell.domain.consent import Purpose
from shopbell.domain.facts import TextDraft
from shopbell.domain.ids import E164
from shopbell.domain.secret import Secret
from shopbell.errors import Busy
from shopbell.services.clock import ShiftedClock, SystemClock
from shopbell.services.delivery import Event, Happened
from shopbell.services.opening import Opener, open_shop
from shopbell.services.shop import Shop
from shopbell.store import header, keys
from shopbell.wiring import real_tools

_SERVER = multiprocessing.get_context("forkserver")
_SERVER.set_forkserver_preload(
    ["shopbell.cli.commands.sending", "shopbell.services.opening", "shopbell.gateways.shelf"]
)


def started(job: Callable[..., None], *args: object) -> BaseProcess:
    """Start a process that does `job(*args)`; both must be importable by name."""
    process = _SERVER.Process(target=_quietly, args=(job, *args), daemon=True)
    process.start()
    return process


def ended(process: BaseProcess) -> int:
    """Wait for a process to end; return its exit code, which for a killed one is -9."""
    process.join(60)
    code = process.exitcode
    assert code is not None, "it is still running"
    process.close()
    return code


def recovery_code(file: Path, passphrase: Secret) -> str:
    """Return what opens `file` without deriving a key from the passphrase once more."""
    salt = header.read_salt(file)
    return keys.recovery_code(keys.derive(passphrase, salt)).reveal()


def remember_key(passphrase: str, code: str) -> None:
    """Have this process take the key it is given for the one it would derive: derived already."""
    known, derive = keys.read_recovery_code(Secret(code)), keys.derive

    def remembered(given: Secret, salt: bytes) -> Any:
        return known if given.reveal() == passphrase else derive(given, salt)

    keys.derive = remembered


def command_line(environment: Mapping[str, str | None], code: str, line: tuple[str, ...]) -> None:
    """Run one command of the command line."""
    use(environment)
    remember_key(str(environment["SHOPBELL_PASSPHRASE"]), code)
    from shopbell.cli.app import shopbell

    shopbell.main(line, prog_name="shopbell", obj=real_tools(SystemClock()))


def use(environment: Mapping[str, str | None]) -> None:
    """Take over these variables of the environment."""
    for key, value in environment.items():
        os.environ.pop(key, None)
        if value is not None:
            os.environ[key] = value


async def opened(file: str, code: str, shift_s: float) -> Shop:
    """Open a practice shop whose time is `shift_s` seconds away from ours."""
    return await open_shop(
        Path(file),
        Opener(secret=Secret(code), is_recovery_code=True),
        clock=Hasty(shift_s),
        shelf=real_tools(SystemClock()).shelf(Hasty(shift_s)),
    )


class Hasty(ShiftedClock):
    """Ticks like any clock, but makes no pause between two texts and short ones elsewhere."""

    def __init__(self, shift_s: float) -> None:
        super().__init__(SystemClock().now() + timedelta(seconds=shift_s))

    async def sleep(self, seconds: float) -> None:
        """Wait at most a twentieth of a second, and not at all where a text a second is meant."""
        await super().sleep(0 if seconds < 0.1 else min(seconds, 0.05))


def watch(file: str, code: str, shift_s: float, who: str, log: str | None = None) -> None:
    """Deliver whenever this process can, until it is killed; write down what left, line by line."""

    async def job() -> None:
        shop = await opened(file, code, shift_s)

        def keep(event: Event) -> None:
            if log is not None and event.kind is Happened.TEXT and event.text is not None:
                with Path(log).open("a") as notes:
                    notes.write(f"{event.text.id} {event.text.state}\n")

        await shop.delivery.watch(who, asyncio.Event(), keep)

    asyncio.run(job())


def add_texts(file: str, code: str, shift_s: float, numbers: tuple[str, ...]) -> None:
    """Write one text to each number, as a till script does, and leave the sending to others."""

    async def job() -> None:
        shop = await opened(file, code, shift_s)
        for number in numbers:
            draft = TextDraft(
                number=E164(number),
                body="wreaths are in!",
                purpose=Purpose.MARKETING,
                topic="offers",
            )
            while True:
                try:
                    submitted = await shop.outbox.submit(draft)
                except Busy:
                    continue  # nothing was written; whoever stands at the till tries again
                break
            assert submitted.text is not None, submitted
        await shop.close()

    asyncio.run(job())


def _quietly(job: Callable[..., None], *args: object) -> None:
    with Path(os.devnull).open("w") as nowhere:
        os.dup2(nowhere.fileno(), 1)
        os.dup2(nowhere.fileno(), 2)
    sys.stdout = sys.stderr = Path(os.devnull).open("w")  # noqa: SIM115 - for good
    job(*args)
