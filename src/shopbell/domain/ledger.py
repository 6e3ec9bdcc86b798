"""The consent ledger's chain: each entry's hash covers the one before it. Must not store.

It proves that these entries existed in this order no later than a head that was written down
elsewhere. It does not prove that the customer really said yes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping

GENESIS = "0" * 64
"""What the first entry links to."""

Entry = Mapping[str, str | int | None]


def link(previous: str, entry: Entry) -> str:
    """Return the SHA-256 (hex) of the canonical JSON of `entry` and the previous hash."""
    body = json.dumps(entry, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(f"{previous}\n{body}".encode("ascii")).hexdigest()


def first_break(chain: Iterable[tuple[int, str, str, Entry]]) -> int | None:
    """Walk `(id, prev_hash, hash, entry)` in order; return the first bad entry's id, or None."""
    previous = GENESIS
    for expected, (entry_id, prev_hash, digest, entry) in enumerate(chain, start=1):
        if entry_id != expected or prev_hash != previous or digest != link(previous, entry):
            return entry_id
        previous = digest
    return None
