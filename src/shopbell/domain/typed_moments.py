"""Reads a moment as somebody types it at the counter: "tue 9:00", "26 nov 10:00". No clock."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta

from shopbell.domain.dates import DateRead, read_date
from shopbell.domain.telling import WEEKDAY_NAMES, local
from shopbell.domain.zones import zone_named
from shopbell.errors import BadInput

_TIME = re.compile(r"(?:^|\s|t|at )(\d{1,2})(?:[:.h](\d{2}))?\s*(am|pm)?$", re.I)
_LONGEST = 40
_SHORT = 3


def read_typed_moment(text: str, now: datetime, zone: str) -> datetime:
    """Return the moment that is meant (aware, UTC); a day without a year is the next such day.

    Args:
        text: "16:30", "tomorrow 9:00", "tue 9am", "26 nov 10:00", "2026-11-26 10:00".
        now: aware.
        zone: of the shop: its clock counts.

    Raises:
        BadInput: it is no moment, or it is over.
    """
    here, tidy = local(now, zone), " ".join(text.casefold().split())[:_LONGEST]
    found = _TIME.search(tidy)
    clock = None if found is None else _clock(found)
    if found is None or clock is None:
        raise _bad(f"“{tidy}” has no time of day.")
    words = tidy[: found.start()].strip(" ,").removesuffix(" at").strip(" ,")
    day = _day(words, here, clock)
    if day is None:
        raise _bad(f"“{words}” is no day.")
    moment = datetime.combine(day, clock, zone_named(zone) or UTC).astimezone(UTC)
    if moment <= now:
        raise BadInput(f"“{tidy}” is over.", "Write a moment that is still to come.", code="past")
    return moment


def _clock(found: re.Match[str]) -> time | None:
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").casefold()
    if half and not 1 <= hour <= 12:
        return None
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _day(words: str, here: datetime, clock: time) -> date | None:
    today = here.date()
    if not words:
        return today if clock > here.time() else today + timedelta(days=1)
    if words in {"today", "tomorrow"}:
        return today + timedelta(days=words == "tomorrow")
    for index, name in enumerate(WEEKDAY_NAMES):
        if len(words) >= _SHORT and name.casefold().startswith(words):
            ahead = (index - today.weekday()) % 7
            over = ahead == 0 and clock <= here.time()
            return today + timedelta(days=7 if over else ahead)
    for year in ("", f" {today.year}", f" {today.year + 1}"):
        read = read_date(words + year)
        if isinstance(read, DateRead) and (not year or read.day >= today):
            return read.day
    return None


def _bad(sentence: str) -> BadInput:
    return BadInput(sentence, "Write it like 16:30, tue 9:00 or 26 nov 10:00.", code="bad_time")
