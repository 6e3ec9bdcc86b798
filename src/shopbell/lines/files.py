"""Writes a file that the owner names, and asks before another one is replaced. Must not fill it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

from shopbell.errors import BadInput
from shopbell.lines.rows import path_typed
from shopbell.lines.talk import Talk

T = TypeVar("T")

_TAKEN = "file_exists"
NOT_ENCRYPTED = "That file is not encrypted. Delete it when you are done with it."
"""Said of every file with customers in it."""


async def write_file(
    talk: Talk, question: str, write: Callable[[Path, bool], Awaitable[T]]
) -> T | None:
    """Ask for a path and write there; None when nothing was written.

    Args:
        talk: the conversation.
        question: what is asked.
        write: takes the path, and whether a file that is there may be replaced.
    """
    typed = await talk.line(question)
    if not typed:
        return None
    path = path_typed(typed)
    try:
        done = await write(path, False)
    except BadInput as error:
        if error.code != _TAKEN:
            raise
        if not await talk.yes(f"There is already a file “{path}”.", yes="Replace it"):
            talk.say("Nothing was written.")
            return None
        done = await write(path, True)
    talk.say(f"Wrote “{path}”.")
    return done
