"""The consent ledger's chain: each entry's hash covers the one before it. Must not store.

It proves that these entries existed in this order no later than a head that was written down
elsewhere. It does not prove that the customer really said yes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

GENESIS = "0" * 64
"""What the first entry links to."""

PROVES = (
    "This proves that these entries existed in this order, with these words, no later than the "
    "moment their head was noted somewhere else."
)
DOES_NOT_PROVE = (
    "It does not prove by itself that a customer said yes: the words, the witness and the evidence "
    "do. Nor does it show that somebody with the passphrase cut off or rewrote the end: only a "
    "head that was noted elsewhere shows that."
)

SHORTEST_HEAD = 12
"""As many characters of a noted head are enough to know it again."""

Entry = Mapping[str, str | int | None]


def link(previous: str, entry: Entry) -> str:
    """Return the SHA-256 (hex) of the canonical JSON of `entry` and the previous hash."""
    body = json.dumps(entry, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(f"{previous}\n{body}".encode("ascii")).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """What walking the whole ledger showed."""

    entries: int
    first_bad: int | None
    """The first entry that does not fit; None = every one does."""
    head: str
    """The hash of the newest entry."""
    noted_at: int | None = None
    """The entry whose hash is the noted head: 0 for an empty ledger; None if it is not there."""

    @property
    def since(self) -> int | None:
        """How many entries came after the noted head."""
        return None if self.noted_at is None else self.entries - self.noted_at


def walk(chain: Iterable[tuple[int, str, str, Entry]], noted: str = "") -> Walk:
    """Walk `(id, prev_hash, hash, entry)` in order, looking for the beginning of a noted head."""
    previous, count, bad = GENESIS, 0, None
    noted_at = 0 if noted and GENESIS.startswith(noted) else None
    for count, (entry_id, prev_hash, digest, entry) in enumerate(chain, start=1):
        fits = entry_id == count and prev_hash == previous and digest == link(previous, entry)
        if not fits and bad is None:
            bad = entry_id
        # What comes after a break proves nothing, so a head is not looked for there.
        if noted and bad is None and digest.startswith(noted):
            noted_at = count
        previous = digest
    return Walk(entries=count, first_bad=bad, head=previous, noted_at=noted_at)


def first_break(chain: Iterable[tuple[int, str, str, Entry]]) -> int | None:
    """Walk `(id, prev_hash, hash, entry)` in order; return the first bad entry's id, or None."""
    return walk(chain).first_bad
