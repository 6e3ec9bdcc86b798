"""What is typed of a sheet that somebody signed: its number and its day. Must not look it up."""

from __future__ import annotations

import re
from datetime import datetime

from shopbell.domain.dates import DateRead, UnclearDate, read_date
from shopbell.errors import BadInput

_PRINTED = re.compile(
    r"(?:[^\W\d_]+\s*)?(?:#|no\.?|nr\.?|n°)?\s*([0-9]{1,9})(?:\s*·.*)?", re.IGNORECASE
)


def wording_number(typed: str) -> int | None:
    """Return the number in "12", "Wording 12" or "Wording 12 · 9f86d081"; None if it is none."""
    found = _PRINTED.fullmatch(" ".join(typed.split()))
    return None if found is None else int(found[1])


def signed_at(typed: str, now: datetime, zone: str) -> datetime:
    """Return when a sheet was signed: the beginning of its day, so that a later stop stands.

    Args:
        typed: "21 Nov 2026"; nothing, or "today", is now.
        now: aware.
        zone: of the shop: its days count.

    Raises:
        BadInput: it is no day, may be two, or is still to come.
    """
    tidy = typed.strip()
    if not tidy or tidy.casefold() == "today":
        return now
    read = read_date(tidy)
    if isinstance(read, UnclearDate):
        raise BadInput(read.sentence, "Write the month as a word.", code="bad_time")
    if not isinstance(read, DateRead):
        raise BadInput(f"“{tidy[:40]}” is no day.", "Write it like 21 Nov 2026.", code="bad_time")
    at = read.moment(zone)
    if at > now:
        raise BadInput("That day is still to come.", "Look at the sheet again.", code="bad_time")
    return at
