"""Lessons on a practice shop of their own: the list, one of them, and beginning afresh."""

from __future__ import annotations

import click

from shopbell.cli.commands.counter import in_lines, require_a_screen, wants_lines
from shopbell.cli.context import output_of, tools_of
from shopbell.cli.exits import Exit
from shopbell.cli.practising import practise
from shopbell.cli.running import run
from shopbell.cli.settings import Command
from shopbell.cli.tools import Tools
from shopbell.services.drills import Drills
from shopbell.services.practising import Lesson


@click.command(cls=Command)
@click.option("--list", "list_", is_flag=True, help="Show the lessons and what is done.")
@click.option("--lesson", "name", metavar="NAME", help="Begin this lesson.")
@click.option("--reset", "reset", is_flag=True, help="Forget what is done.")
@click.option("--plain", is_flag=True, help="In line mode: plain numbered text, no screen.")
@click.pass_context
def drill(ctx: click.Context, list_: bool, name: str | None, reset: bool, plain: bool) -> Exit:
    """Practise with lessons on a practice shop; nothing leaves this computer."""
    if sum((list_, name is not None, reset)) > 1:
        raise click.UsageError("Give one of --list, --lesson and --reset.")
    tools = tools_of(ctx)
    drills = tools.drills()
    if reset:
        drills.forget()
    if reset or list_:
        _show(ctx, drills)
        return Exit.DONE
    wanted = drills.named(name) if name is not None else None
    if wants_lines(tools, plain=plain):
        return in_lines(ctx, lambda _stop: _in_lines(tools, drills, wanted))
    require_a_screen()
    return Exit(run(lambda _stop: practise(tools, drills, wanted or drills.next())))


async def _in_lines(tools: Tools, drills: Drills, wanted: Lesson | None) -> int:
    first = wanted or await tools.first_lesson(drills)
    return await practise(tools, drills, first, in_lines=True)


def _show(ctx: click.Context, drills: Drills) -> None:
    listed = drills.listed()
    output_of(ctx).result(
        {
            "lessons": [
                {"lesson": one.lesson.id, "title": one.lesson.title, "done": one.is_done}
                for one in listed
            ],
            "trouble": drills.trouble,
        },
        [
            *(
                f"{'✓' if one.is_done else '·'} {one.lesson.id}: {one.lesson.title}"
                for one in listed
            ),
            *([drills.trouble] if drills.trouble else []),
        ],
    )
