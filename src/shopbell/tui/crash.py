"""What is left behind when something breaks: where it broke, and nothing that anybody typed.

Must not print a value: no message of an exception, no local variable, no path of the owner's.
"""

from __future__ import annotations

import os
import traceback
from datetime import datetime
from pathlib import Path

SENTENCES = (
    "Shopbell has to close: something went wrong that it did not expect.",
    "Nothing is lost: every text and every change is written before it is shown.",
    "Start Shopbell again to go on.",
)

_MOST_CAUSES = 10


def redacted(error: BaseException) -> str:
    """Return types, files and line numbers of an error and its causes; no values."""
    parts: list[str] = []
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen and len(parts) < _MOST_CAUSES:
        seen.add(id(current))
        kind = type(current)
        frames = traceback.extract_tb(current.__traceback__, limit=-40)
        parts.append(
            "\n".join(
                [
                    f"{kind.__module__}.{kind.__qualname__}",
                    *(
                        f"  {_inside_package(frame.filename)}:{frame.lineno} in {frame.name}"
                        for frame in frames
                    ),
                ]
            )
        )
        wrapped = getattr(current, "error", None)
        following = current.__cause__ or current.__context__
        current = wrapped if isinstance(wrapped, BaseException) else following
    return "\n\nbecause of\n\n".join(parts) + "\n"


def write_log(error: BaseException, folder: Path, now: datetime) -> Path | None:
    """Write the redacted error to a file only the owner can read; None if that is impossible."""
    path = folder / f"crash-{now:%Y%m%d-%H%M%S}.txt"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(redacted(error))
    except OSError:
        return None
    return path


def farewell(path: Path | None) -> str:
    """Return what the terminal says after a crash."""
    where = (
        f"Where it broke (no names, numbers or texts are in it): {path}"
        if path
        else "There was no room to write down where it broke."
    )
    return "\n".join((*SENTENCES, where))


def _inside_package(file: str) -> str:
    """Return the path below the package: the folders above may hold somebody's name."""
    parts = Path(file).parts
    for root in ("site-packages", "src", "lib"):
        if root in parts:
            return "/".join(parts[len(parts) - parts[::-1].index(root) :])
    return parts[-1] if parts else "?"
