"""Opens the shop file around one command and closes it whatever happens. Must not do the work."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import Concatenate, ParamSpec

import click

from shopbell.cli.context import file_of, output_of, tools_of
from shopbell.cli.exits import Exit
from shopbell.cli.moments import read_moment
from shopbell.cli.output import Output
from shopbell.cli.pretending import PretendedTime
from shopbell.cli.running import run
from shopbell.cli.secrets_in import passphrase_for_opening
from shopbell.cli.settings import settings_of
from shopbell.cli.tools import Tools
from shopbell.domain.ids import E164
from shopbell.domain.secret import Secret
from shopbell.services.opening import Opener, open_shop
from shopbell.services.shop import Shop

P = ParamSpec("P")


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One command at work on an opened shop."""

    shop: Shop
    out: Output
    tools: Tools
    stop: asyncio.Event
    """Set when the person asks a long job to end."""

    def number(self, raw: str, country: str | None = None) -> E164:
        """Read a number as it was typed.

        Raises:
            BadInput: says what is wrong with it.
        """
        return self.shop.people.read_number(raw, country).e164

    def moment(self, text: str | None, option: str) -> datetime | None:
        """Read a time as it was typed; without offset it is the shop's own.

        Raises:
            BadInput: it is not a time.
        """
        return None if text is None else read_moment(text, self.shop.profile.zone, option)


def with_shop(
    *, patient: bool = False
) -> Callable[[Callable[Concatenate[Session, P], Awaitable[Exit]]], Callable[P, Exit]]:
    """Run the decorated job on the opened shop.

    A `patient` job ends by itself when `Session.stop` is set; any other is cancelled by ^C.
    """

    def decorate(job: Callable[Concatenate[Session, P], Awaitable[Exit]]) -> Callable[P, Exit]:
        @wraps(job)
        def command(*args: P.args, **kwargs: P.kwargs) -> Exit:
            ctx = click.get_current_context()
            settings, tools, out = settings_of(ctx), tools_of(ctx), output_of(ctx)
            path = file_of(settings, tools)
            # A missing file is said before anybody is asked for its passphrase.
            secret = passphrase_for_opening(settings) if path.exists() else Secret("")

            async def at_work(stop: asyncio.Event) -> Exit:
                async with opened(path, secret, settings.now, tools) as shop:
                    session = Session(shop=shop, out=out, tools=tools, stop=stop)
                    return await job(session, *args, **kwargs)

            return run(at_work, patient=patient)

        return command

    return decorate


@asynccontextmanager
async def opened(path: Path, secret: Secret, now: str | None, tools: Tools) -> AsyncIterator[Shop]:
    """Open the shop file at `path` for as long as the context lasts.

    Raises:
        VaultError: it cannot be opened.
        BadInput: `now` is not a time, or may not be pretended.
    """
    clock = tools.clock()
    pretended = None if now is None else PretendedTime(now, clock)
    pretend_clock = None if pretended is None else pretended.clock
    shop = await open_shop(
        path,
        Opener(secret=secret),
        clock=clock,
        shelf=tools.shelf(pretend_clock or clock),
        pretend_clock=pretend_clock,
    )
    if pretended is not None:
        pretended.belongs_to(shop.profile.zone)
    try:
        yield shop
    finally:
        await shop.close()
