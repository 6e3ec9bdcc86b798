"""Times as people type and read them. Must not know what time it is."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from shopbell.errors import BadInput

_LONGEST = 40


def read_moment(text: str, zone: str | None, option: str) -> datetime:
    """Read ISO 8601; a time without offset is the wall clock's in `zone`.

    Raises:
        BadInput: it is not a time, or has no offset and `zone` is None.
    """
    problem = BadInput(
        f"{option}: “{text[:_LONGEST]}” is not a date and time.",
        "Write it like 2026-11-24T10:42 or 2026-11-24T10:42-05:00.",
        code="bad_time",
    )
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        raise problem from None
    if moment.tzinfo is None:
        if zone is None:
            raise problem
        moment = moment.replace(tzinfo=ZoneInfo(zone))
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        raise problem from None


def iso(moment: datetime | None) -> str | None:
    """Return a moment as scripts get it: ISO 8601 in UTC, to the second."""
    return None if moment is None else moment.astimezone(UTC).isoformat(timespec="seconds")


def spoken(moment: datetime, zone: str) -> str:
    """Return a moment as the counter says it: `Tue 24 Nov 2026, 10:42`."""
    return f"{moment.astimezone(ZoneInfo(zone)):%a %d %b %Y, %H:%M}"
