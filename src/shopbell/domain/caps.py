"""How many texts are enough, over rolling stretches of time. Must not know consent or hours."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from shopbell.domain.facts import PastText
from shopbell.domain.policy import Cap
from shopbell.domain.texts import COUNTS_FOR_CAPS

_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)


def counted(past: Iterable[PastText]) -> tuple[PastText, ...]:
    """Return the texts that count: waiting and unknown ones do, failed ones don't."""
    return tuple([text for text in past if text.state in COUNTS_FOR_CAPS])


def within(past: Iterable[PastText], per: timedelta, now: datetime) -> list[datetime]:
    """Return when the texts of the last `per` were, oldest first; those of the future belong too.

    A text exactly `per` ago is outside.
    """
    since = now - per
    return sorted([text.at for text in past if text.at > since])


def free_again_at(cap: Cap, past: Iterable[PastText], now: datetime) -> datetime | None:
    """Return when the next text fits under `cap`, if it does not fit at `now`; otherwise None.

    A cap of no texts at all is never free.
    """
    times = within(past, cap.per, now)
    if cap.n < 1 or len(times) < cap.n:
        return None
    return times[-cap.n] + cap.per


def per_text(per: timedelta) -> str:
    """Return a stretch in words: "a day", "a week", "30 days", "20 hours"."""
    if per == _DAY:
        return "a day"
    if per == 7 * _DAY:
        return "a week"
    if per == _HOUR:
        return "an hour"
    if per % _DAY:
        return f"{per // _HOUR} hours"
    return f"{per // _DAY} days"
