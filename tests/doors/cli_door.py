"""The command line, one command after another."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from doors.door import PASSPHRASE, Street, topic_of
from shopbell.domain.consent import Purpose
from shopbell.domain.ids import E164, TextId
from till import Till


class CliDoor:
    """Runs commands and answers with what they printed."""

    def __init__(self, till: Till) -> None:
        self._till = till

    async def _run(self, *args: str) -> str:
        # A command runs an event loop of its own, so it needs a thread of its own.
        ran = await asyncio.to_thread(self._till.run, *args)
        return ran.out + ran.err

    async def send(self, number: E164, text: str, purpose: Purpose = Purpose.SERVICE) -> str:
        topic = topic_of(purpose)
        options = ("--purpose", purpose.value, *(("--topic", topic) if topic else ()))
        return await self._run("send", number, text, *options)

    async def stop(self, number: E164) -> str:
        return await self._run("opt-out", number, "--how", "in-person")

    async def fetch(self) -> str:
        return await self._run("run", "--once")

    async def bring_in(self, file: Path) -> str:
        return await self._run("import", str(file))

    async def settle(self, text_id: TextId) -> str:
        return await self._run("settle", str(text_id))


@asynccontextmanager
async def cli_door(street: Street) -> AsyncIterator[CliDoor]:
    """Point a till at the street's file and moment."""
    yield CliDoor(
        Till(file=street.file, now=street.now.isoformat(), passphrase=PASSPHRASE.reveal())
    )
