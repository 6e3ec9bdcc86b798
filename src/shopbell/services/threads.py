"""The inbox by who wrote: one thread per sender. Must not judge and must not send."""

from __future__ import annotations

from shopbell.domain.ids import E164
from shopbell.domain.people import Page
from shopbell.domain.threads import Conversation, Thread
from shopbell.errors import BadInput
from shopbell.services.changed import Changed
from shopbell.services.desk import Desk
from shopbell.store import threads

MOST = 300
"""Texts of a thread that are read at once; the newest ones."""


class Threads:
    """The threads of one shop file."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def find(self, words: str = "", *, first: int = 0, count: int = 100) -> Page[Thread]:
        """Return a window of the threads: unclear stops first, then unread, then the newest.

        Args:
            words: each stands in a reply or in the name; or some digits of the number.
            first: how many are left out before it.
            count: how many at most.
        """
        rows, total = await self._desk.store.read(threads.find, words, first, count)
        return Page(rows=rows, first=first, total=total)

    async def read(self, sender: E164 | str, *, most: int = MOST) -> Conversation:
        """Return what was said by and to a number, or by a sender without one, in turn.

        Raises:
            BadInput: nothing was said.
        """
        found = await self._desk.store.read(threads.conversation, sender, most)
        if not found.said:
            raise BadInput(
                "Nothing was said between them and the shop.",
                "See who wrote: shopbell inbox threads",
                code="no_thread",
            )
        return found

    async def mark_read(self, sender: E164 | str) -> int:
        """Remember that somebody saw everything of a sender; return how much was unread."""
        seen = await self._desk.store.write(threads.mark_read, sender, self._desk.clock.now())
        if seen:
            self._desk.tell(Changed.REPLIES)
        return seen
