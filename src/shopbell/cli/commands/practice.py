"""The practice gateway by itself, for drills with a shop file of one's own."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path

import click

from shopbell.cli.context import output_of, tools_of
from shopbell.cli.exits import Exit
from shopbell.cli.files import text_of_file
from shopbell.cli.moments import iso
from shopbell.cli.output import Json
from shopbell.cli.running import run
from shopbell.cli.settings import Command
from shopbell.cli.tools import Seen


@click.command("practice-gateway", cls=Command)
@click.option("--port", type=click.IntRange(0, 65_535), help="Listen here; 0 takes a free one.")
@click.option("--script", type=click.Path(path_type=Path), help="A TOML file of what happens.")
@click.pass_context
def practice_gateway(ctx: click.Context, port: int | None, script: Path | None) -> Exit:
    """Run the practice gateway on this computer until ^C. Prints what it sees (JSONL)."""
    tools, out = tools_of(ctx), output_of(ctx)
    stop_thread = threading.Event()
    told = None if script is None else (text_of_file(script, "--script"), script.name)

    def show(seen: Seen) -> None:
        record: dict[str, Json] = {"event": str(seen.kind), "at": iso(seen.at)}
        if seen.kind == "listening":
            record = {"url": seen.note, **record}
        else:
            record |= {
                "ref": seen.ref,
                "number": seen.number,
                "text": seen.text,
                "note": seen.note,
            }
        words = filter(None, (str(seen.kind), seen.number, seen.text, seen.note))
        out.result(record, ["  ".join(words)])

    def serve() -> None:
        tools.serve_practice(port=port, script=told, on_event=show, stop=stop_thread)

    async def until_stopped(stop: asyncio.Event) -> None:
        serving = asyncio.ensure_future(asyncio.to_thread(serve))
        stopping = asyncio.ensure_future(stop.wait())
        try:
            await asyncio.wait((serving, stopping), return_when=asyncio.FIRST_COMPLETED)
        finally:
            stopping.cancel()
            stop_thread.set()
            await serving

    run(until_stopped, patient=True)
    return Exit.DONE
