"""Moments as text, so that they sort as they happened. Must not read the clock."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import overload

_ZERO_OFFSET = "+00:00"


@overload
def to_text(moment: datetime) -> str: ...
@overload
def to_text(moment: datetime | None) -> str | None: ...
def to_text(moment: datetime | None) -> str | None:
    """Return an aware moment as ISO 8601 UTC with six decimals; None stays None."""
    if moment is None:
        return None
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone cannot be stored")
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace(_ZERO_OFFSET, "Z")


def from_text(text: str) -> datetime:
    """Return the aware moment that `to_text` wrote."""
    return datetime.fromisoformat(text)


def maybe_from_text(text: str | None) -> datetime | None:
    """Return the aware moment, or None for NULL."""
    return None if text is None else from_text(text)
