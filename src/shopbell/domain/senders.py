"""Who sent an inbound text. Must not judge what it says."""

from __future__ import annotations

from shopbell.domain.ids import E164
from shopbell.domain.numbers import Number, read_number

_SHORTEST_INTERNATIONAL = 8


def sender_number(sender: str, country: str) -> E164 | None:
    """Return the number behind a sender as a gateway wrote it, or None for a name or short code.

    Many gateways (Kannel, Vonage, Plivo) leave the "+" away, so digits alone are tried as an
    international number before they are tried as a national one.
    """
    tidy = sender.strip()
    if tidy.isascii() and tidy.isdigit() and len(tidy) >= _SHORTEST_INTERNATIONAL:
        international = read_number(f"+{tidy}", country)
        if isinstance(international, Number):
            return international.e164
    number = read_number(tidy, country)
    return number.e164 if isinstance(number, Number) else None
