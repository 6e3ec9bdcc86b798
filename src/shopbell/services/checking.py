"""A whole look at the shop file: pages, tables, ledger, sums. Must not mend anything."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path
from typing import TYPE_CHECKING

from shopbell.domain.checked import Checked, Named
from shopbell.domain.ledger import SHORTEST_HEAD, Walk, walk
from shopbell.errors import BadInput
from shopbell.services.desk import Desk
from shopbell.services.evidence import sha256_of
from shopbell.store import balances, checkup, consents

if TYPE_CHECKING:
    from sqlite_utils import Database

_HEAD = re.compile(rf"[0-9a-f]{{{SHORTEST_HEAD},64}}")


class Checking:
    """Looks over one shop file."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def whole(self, noted_head: str = "") -> Checked:
        """Look at every page and table, walk the ledger and add everything up.

        Args:
            noted_head: a head of the ledger that was noted elsewhere, or its beginning.

        Raises:
            BadInput: that is no head.
            Damaged: so much is wrong that the file cannot be read.
        """
        noted = "".join(noted_head.split()).lower()
        if noted and not _HEAD.fullmatch(noted):
            raise BadInput(
                "That is no head of a ledger.",
                f"Type at least its first {SHORTEST_HEAD} characters, as verify printed them.",
                code="bad_head",
            )
        read = self._desk.store.read
        faults = await read(checkup.faults)
        # Three reads: the till's next key waits for one of them at most.
        ledger = await read(_walk, noted)
        return Checked(
            faults=faults, ledger=ledger, noted=noted, balances=await read(balances.all_balances)
        )

    async def named_by(self, evidence: Path) -> Named:
        """Return which entries of the ledger were recorded with this file as evidence.

        Raises:
            BadInput: it is no file, is empty, or cannot be read.
        """
        digest = await asyncio.to_thread(sha256_of, evidence)
        entries = await self._desk.store.read(consents.with_evidence, digest)
        return Named(sha256=digest, entries=entries)


def _walk(db: Database, noted: str) -> Walk:
    return walk(consents.chain(db), noted)
