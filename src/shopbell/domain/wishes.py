"""What a person wished about being reached: channel, a pause, a language. Must not enforce it.

A wish is no consent and no stop: it never lets a text go, and only the person takes it back.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from shopbell.domain.consent import Purpose
from shopbell.domain.promises import Frequency
from shopbell.domain.shop import Week


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
    hours: Week | None = None
    """When texts may come, on the person's own clock; None = not told."""
    most: Frequency | None = None
    """The most marketing texts they want; None = not told."""


WISHES_BIND = frozenset({Purpose.MARKETING, Purpose.SERVICE})
"""An answer to their own text is bound by no wish, nor is what the law or safety asks for."""

NO_WISHES = Wishes()
