"""What every command finds around it: its tools, its file, where its words go. Must open nothing.

Light, because the counter screen begins here too.
"""

from __future__ import annotations

from pathlib import Path

import click

from shopbell.cli.output import Output
from shopbell.cli.settings import Settings, settings_of
from shopbell.cli.tools import Tools


def output_of(ctx: click.Context) -> Output:
    """Return where this command's words go."""
    return Output(as_json=settings_of(ctx).as_json)


def tools_of(ctx: click.Context) -> Tools:
    """Return what `__main__` handed to the commands: the tools, or a function that makes them."""
    made = ctx.find_root().obj
    tools = made() if callable(made) else made
    if not isinstance(tools, Tools):
        raise TypeError("the commands were started without their tools")
    return tools


def file_of(settings: Settings, tools: Tools) -> Path:
    """Return the shop file this command is about."""
    return settings.file or tools.default_file()
