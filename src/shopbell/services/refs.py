"""References for texts: 26-character ULIDs, sortable by time. The only place that makes them."""

from __future__ import annotations

import secrets
from datetime import datetime

from shopbell.domain.ids import Ref

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_PAIRS = tuple(one + other for one in _ALPHABET for other in _ALPHABET)
"""Two letters at a time: a plan makes 100,000 of them."""


def new_ref(now: datetime) -> Ref:
    """Return a fresh reference: 48 bits of milliseconds, 80 random bits, in Crockford base 32."""
    value = int(now.timestamp() * 1000) << 80 | secrets.randbits(80)
    return Ref("".join([_PAIRS[value >> shift & 1023] for shift in range(120, -1, -10)]))
