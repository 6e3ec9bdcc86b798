"""Texts that wait for the owner's word, for their moment has passed. Must not send them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopbell.domain.ids import TextId
from shopbell.domain.texts import OutboundText
from shopbell.errors import BadInput
from shopbell.services.changed import Changed
from shopbell.services.desk import Desk
from shopbell.store import missed, text_rows

if TYPE_CHECKING:
    from sqlite_utils import Database


class MissedTexts:
    """Lists them and lets them go; taking one back is canceling it in the outbox."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def find(self) -> tuple[OutboundText, ...]:
        """Return every text that waits for the owner's word, oldest first."""

        def step(db: Database) -> tuple[OutboundText, ...]:
            return tuple(text_rows.must_get(db, one) for one in missed.all_missed(db))

        return await self._desk.store.read(step)

    async def let_go(self, text_id: TextId) -> None:
        """Let one text go; it is decided again as it leaves.

        Raises:
            BadInput: it does not wait for anybody's word.
        """
        if not await self._desk.store.write(missed.let_go, text_id, self._desk.clock.now()):
            raise BadInput(
                f"Text {text_id} does not wait for your word.",
                "List those that do with: shopbell messages list --missed",
                code="not_missed",
            )
        self._desk.tell(Changed.TEXTS)

    async def let_all_go(self) -> int:
        """Let all of them go; return how many those were."""
        now = self._desk.clock.now()

        def step(db: Database) -> int:
            return sum(missed.let_go(db, one, now) for one in missed.all_missed(db))

        freed = await self._desk.store.write(step)
        self._desk.tell(Changed.TEXTS)
        return freed
