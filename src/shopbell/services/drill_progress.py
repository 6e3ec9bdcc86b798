"""Which lessons somebody has done: names in a small file beside the settings, nothing of a shop.

A file that makes no sense is named, does not count, and is written over only by a reset.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from shopbell.services.own_file import write_own

_MOST_BYTES = 16 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """What is done."""

    done: frozenset[str] = frozenset()
    trouble: str = ""
    """Why the file does not count, in a sentence."""


def read_progress(path: Path, known: frozenset[str]) -> Progress:
    """Return what is done of the lessons that are `known`."""
    try:
        with path.open("rb") as file:
            data = file.read(_MOST_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError):
        return Progress()
    except OSError as error:
        return _ignored(path, (error.strerror or "it cannot be opened").casefold())
    if len(data) > _MOST_BYTES:
        return _ignored(path, "it is too long")
    try:
        names = json.loads(data.decode("utf-8"))["done"]
    except (ValueError, RecursionError, KeyError, TypeError):
        return _ignored(path, "it makes no sense")
    if not isinstance(names, list):
        return _ignored(path, "it makes no sense")
    return Progress(done=known & {name for name in names if isinstance(name, str)})


def save_done(path: Path, name: str, known: frozenset[str]) -> bool:
    """Remember that a lesson is done; returns whether that was possible."""
    before = read_progress(path, known)
    if before.trouble:
        return False  # it may be somebody's
    return write_own(path, json.dumps({"done": sorted(before.done | {name})}) + "\n")


def reset(path: Path) -> bool:
    """Forget all that is done; returns whether that was possible."""
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return False
    return True


def _ignored(path: Path, why: str) -> Progress:
    said = f"The file “{path}” tells which lessons are done, but does not count: {why}."
    return Progress(trouble=f"{said} “shopbell drill --reset” takes it away.")
