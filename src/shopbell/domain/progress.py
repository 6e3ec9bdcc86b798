"""The one shape of long work. Must not know what the work is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a long job is. `total` is None while nobody can know it yet."""

    step: str
    """What is being done, in words a shopkeeper knows: "reading rows"."""
    done: int
    total: int | None
    note: str = ""
    items: int | None = None
    """How many rows or texts that is, where `done` counts something finer, such as bytes."""
