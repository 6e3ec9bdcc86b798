"""The counter screen, which opens when no command is given."""

from __future__ import annotations

import asyncio
import os
import sys

import click

from shopbell.cli.exits import Exit
from shopbell.cli.moments import read_moment
from shopbell.cli.running import run
from shopbell.cli.session import file_of, tools_of
from shopbell.cli.settings import settings_of
from shopbell.errors import BadInput
from shopbell.services.clock import ShiftedClock
from shopbell.services.place_guess import guessed_zone


def open_counter(ctx: click.Context) -> Exit:
    """Open the counter screen on the shop file.

    Raises:
        BadInput: there is no screen to open it on.
    """
    settings, tools = settings_of(ctx), tools_of(ctx)
    if settings.as_json:
        raise click.UsageError("--json needs a command.")
    require_a_screen()
    pretend = None
    if settings.now is not None:
        # The shop's own zone is not known before the file is unlocked; the counter is in it.
        zone = guessed_zone(os.environ) or "UTC"
        pretend = ShiftedClock(read_moment(settings.now, zone, "--now"), tools.clock())

    async def show(_stop: asyncio.Event) -> int:
        return await tools.counter(file_of(settings, tools), pretend_clock=pretend)

    return Exit(run(show))


def require_a_screen() -> None:
    """Make sure that a person looks at a terminal that can draw.

    Raises:
        BadInput: it is a pipe, or a terminal that can only print.
    """
    can_draw = os.environ.get("TERM", "") != "dumb"
    if sys.stdin.isatty() and sys.stdout.isatty() and can_draw:
        return
    raise BadInput(
        "The counter screen needs a terminal.",
        "Every job is a command as well: see shopbell --help.",
        code="no_terminal",
    )
