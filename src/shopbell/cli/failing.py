"""Turns whatever ended a command early into words and an exit code. Must not show a value.

An error of ours carries its own sentence. Anything else is a mistake in Shopbell: the person gets
one calm sentence and, for the report, types and places only.
"""

from __future__ import annotations

import traceback
from pathlib import PurePath

import click

from shopbell.cli.exits import Exit, exit_of_error
from shopbell.cli.output import Output
from shopbell.cli.running import Stopped
from shopbell.errors import ShopbellError


def explain(error: BaseException, out: Output) -> Exit:
    """Say what ended the command, and return how it exits."""
    match error:
        case ShopbellError():
            out.error(error.code, error.message, error.hint)
            return exit_of_error(error)
        case click.UsageError():
            out.error("usage", error.format_message(), _usage_hint(error))
            return Exit.USAGE
        case click.ClickException():
            out.error("usage", error.format_message())
            return Exit.USAGE
        case Stopped() | KeyboardInterrupt() | click.Abort():
            out.error("stopped", "Stopped. What was finished before is kept.")
            return Exit.FAILED
        case _:
            out.error(
                "unexpected",
                "Something went wrong inside Shopbell; the command was not finished.",
                "What was saved before is safe. If it happens again, report these lines; they hold "
                "nothing about your shop.",
                where=places(error),
            )
            return Exit.FAILED


def places(error: BaseException) -> tuple[str, ...]:
    """Return type, file and line of an error and of what caused it; no messages, no values."""
    lines: list[str] = []
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        frames = traceback.extract_tb(current.__traceback__)
        spot = f" at {_short(frames[-1].filename)}:{frames[-1].lineno}" if frames else ""
        ours = [f for f in frames if "shopbell" in PurePath(f.filename).parts]
        if ours and ours[-1] is not frames[-1]:
            spot += f", called from {_short(ours[-1].filename)}:{ours[-1].lineno}"
        lines.append(f"{type(current).__name__}{spot}")
        current = current.__cause__ or current.__context__
    return tuple(lines)


def _short(filename: str) -> str:
    """Return a file name without the folders above: those may be named after a person."""
    return "/".join(PurePath(filename).parts[-2:])


def _usage_hint(error: click.UsageError) -> str:
    command = error.ctx.command_path if error.ctx is not None else "shopbell"
    return f"See: {command} --help"
