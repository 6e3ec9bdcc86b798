"""What about a gateway an owner must be told without asking. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

QUIET_FOR = timedelta(days=14)
"""For how long no reply may come in before it is said."""

QUIET_TEXTS = 20
"""To how many texts no reply must have come before it is said: few texts get few replies."""


class AlarmKind(StrEnum):
    """What is wrong."""

    UNREACHABLE = "unreachable"
    NO_REPLIES = "no_replies"


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """One thing to be told."""

    kind: AlarmKind
    short: str
    """A few words for the frame."""
    sentence: str
    hint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What has come in through a gateway, and what has gone out."""

    unreachable_since: datetime | None
    last_reply: datetime | None
    """When the last reply of any kind came in."""
    first_text: datetime | None
    """When the first text left after that."""
    texts_since: int
    """How many left after that."""


def alarms(gateway: str, heard: Heard, *, hears: bool, zone: str, now: datetime) -> list[Alarm]:
    """Return what must be told about a gateway, the most pressing first."""
    found = []
    if (since := heard.unreachable_since) is not None:
        there = since.astimezone(ZoneInfo(zone))
        today = there.date() == now.astimezone(ZoneInfo(zone)).date()
        found.append(
            Alarm(
                kind=AlarmKind.UNREACHABLE,
                short=f"not reached since {there:%H:%M}" if today else f"lost since {there:%d %b}",
                sentence=f"“{gateway}” has not been reached since {there:%a %d %b %Y, %H:%M}.",
                hint="Texts wait, and a STOP is not seen. Look at the connection and the gateway.",
            )
        )
    quiet_since = heard.last_reply or heard.first_text
    if (
        hears
        and quiet_since is not None
        and now - quiet_since >= QUIET_FOR
        and heard.texts_since >= QUIET_TEXTS
    ):
        days = (now - quiet_since).days
        found.append(
            Alarm(
                kind=AlarmKind.NO_REPLIES,
                short=f"no replies for {days} days",
                sentence=f"No reply has come in through “{gateway}” for {days} days, though "
                f"{heard.texts_since:,} texts went out.",
                hint="Text STOP from your own phone to see whether replies still arrive.",
            )
        )
    return found
