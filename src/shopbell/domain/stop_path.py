"""Whether a STOP that a customer texts reaches the stop list, and what follows. Pure.

Must not look at a gateway: what was seen and what was promised are given.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

GOOD_FOR = timedelta(days=30)
"""How long a STOP that was seen, or a promise, opens the way for campaigns."""

MAX_PROMISE_CHARS = 300


class Way(StrEnum):
    """How stops reach the list with the gateway in use."""

    NONE = "none"
    """No gateway is set up."""
    PRACTICE = "practice"
    """Nothing leaves this computer, so there is nothing to prove."""
    SEEN = "seen"
    """A STOP came in lately."""
    PROMISED = "promised"
    """The gateway can't tell of replies; the owner said how stops reach the list."""
    UNSEEN = "unseen"
    """It can tell of replies, but no STOP has come in through it lately."""
    DEAF = "deaf"
    """It can't tell of replies, and nobody said lately how stops reach the list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StopPath:
    """The way of a STOP as it stands now."""

    way: Way
    gateway: str = ""
    seen_at: datetime | None = None
    """When the last STOP came in through it since its account was last changed."""
    promise: str = ""
    """How stops reach the list instead, in the owner's words."""
    promised_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether many people may be texted."""
        return self.way in (Way.PRACTICE, Way.SEEN, Way.PROMISED)

    @property
    def good_until(self) -> datetime | None:
        """Until when it stays open by itself; None if it is closed or needs no proof."""
        since = {Way.SEEN: self.seen_at, Way.PROMISED: self.promised_at}.get(self.way)
        return None if since is None else since + GOOD_FOR


def judged(
    *,
    gateway: str,
    practice: bool,
    hears: bool,
    seen_at: datetime | None,
    promise: str,
    promised_at: datetime | None,
    now: datetime,
) -> StopPath:
    """Return the way of a STOP, from what the gateway can do and what was seen or promised."""

    def lately(moment: datetime | None) -> bool:
        return moment is not None and now - moment <= GOOD_FOR

    if practice:
        way = Way.PRACTICE
    elif hears:
        way = Way.SEEN if lately(seen_at) else Way.UNSEEN
    else:
        way = Way.PROMISED if promise and lately(promised_at) else Way.DEAF
    return StopPath(
        way=way, gateway=gateway, seen_at=seen_at, promise=promise, promised_at=promised_at
    )


def said(path: StopPath, zone: str) -> tuple[str, str]:
    """Return how it stands in a sentence, and what to do; the second is empty when all is well."""
    match path.way:
        case Way.NONE:
            return "No gateway is set up.", "Choose one first."
        case Way.PRACTICE:
            return "The practice gateway needs no proof: nothing leaves this computer.", ""
        case Way.SEEN:
            return (
                (
                    f"A STOP came in through “{path.gateway}” on {_day(path.seen_at, zone)}. "
                    f"That counts until {_day(path.good_until, zone)}."
                ),
                "",
            )
        case Way.PROMISED:
            return (
                (
                    f"“{path.gateway}” can't tell of replies. You said how stops reach the list: "
                    f"{path.promise} That counts until {_day(path.good_until, zone)}."
                ),
                "",
            )
        case Way.UNSEEN:
            last = f" since {_day(path.seen_at, zone)}" if path.seen_at else " yet"
            return (
                (
                    f"No STOP has come in through “{path.gateway}”{last}, so nobody knows whether "
                    "one would be seen."
                ),
                (
                    "Text STOP from your own phone to the shop's number, then fetch replies. Your "
                    "own number is on the stop list after that, like anybody's."
                ),
            )
        case Way.DEAF:
            return (
                (
                    f"“{path.gateway}” can't tell Shopbell about replies, so a STOP by text is not "
                    "seen here."
                ),
                "Say how stops reach the list: who reads them where, and types them in.",
            )


def _day(moment: datetime | None, zone: str) -> str:
    return "" if moment is None else f"{moment.astimezone(ZoneInfo(zone)):%a %d %b %Y}"
