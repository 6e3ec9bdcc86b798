"""Bringing contacts in from a file: look, then write all of it or nothing. Never sends or consents."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from shopbell.domain.ids import BatchId
from shopbell.domain.importing import (
    ImportBatch,
    ParkedRow,
)
from shopbell.domain.progress import Progress
from shopbell.services.desk import Desk
from shopbell.store import import_stage

_BATCH = 500
_SHOWN_PARKED = 1000

OnProgress = Callable[[Progress], None]


class Imports:
    """The imports of one shop file."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._staging = asyncio.Lock()

    async def history(self) -> tuple[ImportBatch, ...]:
        """Return past imports, newest first."""
        return await self._desk.store.read(import_stage.batches)

    async def parked(self, batch_id: BatchId) -> tuple[ParkedRow, ...]:
        """Return the parked rows of a past import (at most the first 1,000)."""
        return await self._desk.store.read(import_stage.parked, batch_id, _SHOWN_PARKED)
