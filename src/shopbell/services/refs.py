"""References for texts: 26-character ULIDs, sortable by time. The only place that makes them."""

from __future__ import annotations

import secrets
from datetime import datetime

from shopbell.domain.ids import Ref

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_ref(now: datetime) -> Ref:
    """Return a fresh reference: 48 bits of milliseconds, 80 random bits, in Crockford base 32."""
    value = int(now.timestamp() * 1000) << 80 | secrets.randbits(80)
    return Ref("".join(_ALPHABET[value >> shift & 31] for shift in range(125, -1, -5)))
