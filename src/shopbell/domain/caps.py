"""How many texts are enough, over rolling stretches of time. Must not know consent or hours."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from shopbell.domain.facts import PastText
from shopbell.domain.policy import Cap
from shopbell.domain.texts import COUNTS_FOR_CAPS


def counted(past: Iterable[PastText]) -> tuple[PastText, ...]:
    """Return the texts that count: waiting and unknown ones do, failed ones don't."""
    return tuple(text for text in past if text.state in COUNTS_FOR_CAPS)


def within(past: Iterable[PastText], per: timedelta, now: datetime) -> list[datetime]:
    """Return when the texts of the last `per` were, oldest first; those of the future belong too.

    A text exactly `per` ago is outside.
    """
    return sorted(text.at for text in past if text.at > now - per)


def free_again_at(cap: Cap, past: Iterable[PastText], now: datetime) -> datetime | None:
    """Return when the next text fits under `cap`, if it does not fit at `now`; otherwise None.

    A cap of no texts at all is never free.
    """
    times = within(past, cap.per, now)
    if cap.n < 1 or len(times) < cap.n:
        return None
    return times[-cap.n] + cap.per


def per_text(per: timedelta) -> str:
    """Return a stretch in words: "a day", "a week", "30 days"."""
    match per // timedelta(days=1):
        case 1:
            return "a day"
        case 7:
            return "a week"
        case days:
            return f"{days} days"
