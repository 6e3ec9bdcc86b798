"""Whether a shop sends at all: its switch, and why it is off. Must not turn it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

IS_A_COPY = (
    "This file is not where it was when it last sent texts: it is a copy, was restored or moved."
)
"""Why the switch of such a file is off."""

MAY_HAVE_GONE = (
    "This file is a copy: the text may have left from the other one. Should it still go?"
)
"""Why a text that waited in such a file is asked about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """The switch as it stands now."""

    on: bool = True
    why: str = ""
    """Why it is off, as somebody typed it; empty while it is on."""
    by: str = ""
    """Who turned it off, where they said so."""
    since: datetime | None = None
    """Since when it is off (aware, UTC); None while it is on, or where nobody has noted it yet."""
    is_copy: bool = False
    """Whether it is off until the owner says that this is the file to send from."""


ON = Sending()
"""What counts in a file that says nothing about it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turned:
    """One turn of the switch."""

    at: datetime
    on: bool
    by: str
    why: str


def off_sentence(sending: Sending) -> str:
    """Return why nothing leaves, as sentences; empty while sending is on."""
    if sending.on:
        return ""
    if sending.is_copy:
        return f"Sending is off. {sending.why}"
    by = f" by {sending.by}" if sending.by else ""
    return f"Sending was turned off{by}{': ' + sending.why if sending.why else '.'}"
