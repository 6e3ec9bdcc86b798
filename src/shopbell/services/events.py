"""What delivery did, for a door to show. Must not do any of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from shopbell.domain.replies import Reply
from shopbell.domain.texts import OutboundText


class Happened(StrEnum):
    """Kinds of delivery events."""

    TEXT = "text"
    REPLY = "reply"
    TROUBLE = "trouble"
    LISTENING = "listening"
    OFF = "off"
    """Nothing leaves: sending is off, or the budget is used up; the note says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing that delivery did, for a door to show."""

    kind: Happened
    at: datetime
    text: OutboundText | None = None
    reply: Reply | None = None
    note: str = ""


OnEvent = Callable[[Event], None]
