"""The door that opens when no command is given: the counter screen, or line mode."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable
from functools import cache
from pathlib import Path

import click

from shopbell.cli.context import file_of, output_of, tools_of
from shopbell.cli.exits import Exit
from shopbell.cli.moments import read_moment
from shopbell.cli.running import Stopped, run
from shopbell.cli.secrets_in import given_passphrase
from shopbell.cli.settings import Settings, settings_of
from shopbell.cli.tools import Tools
from shopbell.cli.typed_early import unseen
from shopbell.domain.secret import Secret
from shopbell.errors import BadInput
from shopbell.services.clock import ShiftedClock
from shopbell.services.place_guess import guessed_zone


def open_door(ctx: click.Context, *, plain: bool) -> Exit:
    """Open the counter screen on the shop file, or line mode if somebody wants it or must.

    Raises:
        BadInput: there is no screen to open it on, and nobody asked for lines.
    """
    settings, tools = settings_of(ctx), tools_of(ctx)
    if settings.as_json:
        raise click.UsageError("--json needs a command.")
    if wants_lines(tools, plain=plain):
        return _open_lines(ctx, settings, tools)
    require_a_screen()
    pretend = _pretended(settings, tools)

    async def show(_stop: asyncio.Event) -> int:
        return await at_the_counter(tools, file_of(settings, tools), pretend)

    with unseen():
        return Exit(run(show))


async def at_the_counter(
    tools: Tools,
    path: Path,
    pretend_clock: ShiftedClock | None,
    *,
    plain: bool = False,
    passphrase: Secret | None = None,
) -> int:
    """Show the counter over a shop file, or hold line mode over it.

    Who goes to practise comes back to it. `passphrase` is for the first time in lines.
    """
    while True:
        drills = cache(tools.drills)
        if plain:
            code = await tools.lines(
                path, pretend_clock=pretend_clock, passphrase=passphrase, drills=drills
            )
        else:
            code = await tools.counter(path, pretend_clock=pretend_clock, drills=drills)
        if drills().wanted is None:
            return code
        passphrase = None
        # Loaded by who practises: the counter is there sooner without.
        from shopbell.cli.practising import practise

        await practise(tools, drills(), drills().wanted, in_lines=plain)


def _open_lines(ctx: click.Context, settings: Settings, tools: Tools) -> Exit:
    passphrase, pretend = given_passphrase(settings), _pretended(settings, tools)

    async def hold(_stop: asyncio.Event) -> int:
        path = file_of(settings, tools)
        return await at_the_counter(tools, path, pretend, plain=True, passphrase=passphrase)

    return in_lines(ctx, hold)


def in_lines(ctx: click.Context, hold: Callable[[asyncio.Event], Awaitable[int]]) -> Exit:
    """Run a conversation; ^C ends it in order."""
    try:
        return Exit(run(hold))
    except Stopped:
        output_of(ctx).say("Closed. What was finished is kept.")
        return Exit.DONE


def _pretended(settings: Settings, tools: Tools) -> ShiftedClock | None:
    if settings.now is None:
        return None
    # The shop's own zone is not known before the file is unlocked; the counter is in it.
    zone = guessed_zone(os.environ) or "UTC"
    return ShiftedClock(read_moment(settings.now, zone, "--now"), tools.clock())


def wants_lines(tools: Tools, *, plain: bool) -> bool:
    """Return whether it is line mode: asked for now or in the settings, or the only way."""
    return plain or tools.prefers_lines() or _only_prints()


def _only_prints() -> bool:
    """Return whether a person sits at a terminal that can print but not draw."""
    at_it = sys.stdin.isatty() and sys.stdout.isatty()
    return at_it and os.environ.get("TERM", "") == "dumb"


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
        "Line mode needs none: shopbell --plain. Every job is a command as well: shopbell --help.",
        code="no_terminal",
    )
