"""The demonstration: on the screen, or one full round without one."""

from __future__ import annotations

import click

from shopbell.cli.commands.counter import require_a_screen, wants_lines
from shopbell.cli.context import output_of, tools_of
from shopbell.cli.exits import Exit
from shopbell.cli.output import Output
from shopbell.cli.running import run
from shopbell.cli.settings import Command
from shopbell.cli.tools import Tools
from shopbell.services.clock import ShiftedClock
from shopbell.services.demo import (
    SAMPLE_NOW,
    SAMPLE_PASSPHRASE,
    Step,
    practice_shop,
    private_copy,
    round_trip,
    sample_file,
)


@click.command(cls=Command)
@click.option("--check", is_flag=True, help="Do one full round without a screen.")
@click.option("--plain", is_flag=True, help="In line mode: plain numbered text, no screen.")
@click.pass_context
def demo(ctx: click.Context, check: bool, plain: bool) -> Exit:
    """Try Shopbell with a practice shop; nothing leaves this computer."""
    if not check:
        in_lines = wants_lines(tools_of(ctx), plain=plain)
        if not in_lines:
            require_a_screen()
        return Exit(run(lambda _stop: _at_the_counter(tools_of(ctx), in_lines=in_lines)))
    out = output_of(ctx)
    steps = run(lambda _stop: _full_round(tools_of(ctx), out))
    ok = all(step.ok for step in steps)
    out.result(
        {
            "ok": ok,
            "steps": [{"step": s.step, "ok": s.ok, "detail": s.detail} for s in steps],
        },
        ["Everything works." if ok else f"The step “{steps[-1].step}” failed."],
    )
    return Exit.DONE if ok else Exit.FAILED


async def _at_the_counter(tools: Tools, *, in_lines: bool) -> int:
    with private_copy(sample_file()) as path:
        async with tools.practice_server() as practice:
            async with practice_shop(path, practice, clock=tools.clock(), shelf=tools.shelf):
                pass  # from now on the copy knows its gateway
            clock = ShiftedClock(SAMPLE_NOW, tools.clock())
            if in_lines:
                return await tools.lines(
                    path, pretend_clock=clock, passphrase=SAMPLE_PASSPHRASE, runs_practice=False
                )
            return await tools.counter(path, pretend_clock=clock, passphrase=SAMPLE_PASSPHRASE)


async def _full_round(tools: Tools, out: Output) -> list[Step]:
    steps: list[Step] = []
    with private_copy(sample_file()) as path:
        async with (
            tools.practice_server() as practice,
            practice_shop(path, practice, clock=tools.clock(), shelf=tools.shelf) as shop,
        ):
            async for step in round_trip(shop, practice):
                steps.append(step)
                out.say(f"{step.step}: {'done' if step.ok else 'FAILED'}. {step.detail}")
    return steps
