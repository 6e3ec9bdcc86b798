"""What a person wished about being reached: channel, a pause, a language. Must not enforce it.

A wish is no consent and no stop: it never lets a text go, and only the person takes it back.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Channel(StrEnum):
    """How a person would rather hear from the shop."""

    TEXT = "text"
    CALL = "call"
    EMAIL = "email"
    NONE = "none"
    """Not at all; they come by."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """The wishes on file; a person who wished nothing has the defaults."""

    channel: Channel | None = None
    paused_until: datetime | None = None
    """No marketing before this moment (aware, UTC); the start of a day in the shop's zone."""
    language: str = ""
    """As in BCP 47: "es", "fr-CA"; empty = not told."""


NO_WISHES = Wishes()
