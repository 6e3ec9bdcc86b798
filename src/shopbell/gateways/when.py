"""Reads a moment however a gateway writes it. Must not guess a time zone: none means UTC."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_NUMBER = re.compile(r"\d{1,16}(\.\d{1,9})?")
_MILLISECONDS_FROM = 100_000_000_000
"""As seconds this would be the year 5138, so the number counts milliseconds."""


def read_moment(written: object) -> datetime | None:
    """Return the aware UTC moment in ISO 8601, RFC 2822 or Unix (milli)seconds; None if none."""
    if isinstance(written, bool) or not isinstance(written, str | int | float):
        return None
    text = str(written).strip()[:64]
    try:
        if _NUMBER.fullmatch(text):
            number = float(text)
            seconds = number / 1000 if number >= _MILLISECONDS_FROM else number
            return _EPOCH + timedelta(seconds=seconds)
        moment = _written_out(text)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, TypeError, OverflowError):
        return None


def _written_out(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return parsedate_to_datetime(text)
