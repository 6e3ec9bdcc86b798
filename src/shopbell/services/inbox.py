"""Replies: fetched, stored before they are acted on, listed, judged by a person."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import TYPE_CHECKING

from shopbell.domain.consent import Purpose
from shopbell.domain.facts import TextDraft
from shopbell.domain.gateway import Collected
from shopbell.domain.ids import E164, ReplyId, TextId
from shopbell.domain.people import Page
from shopbell.domain.replies import InboundText, Reading, Reply
from shopbell.domain.senders import sender_number
from shopbell.domain.stop_question import question_in
from shopbell.domain.stops import read_reply
from shopbell.errors import BadInput
from shopbell.services.changed import Changed
from shopbell.services.desk import Desk
from shopbell.services.outbox import Outbox, Submitted
from shopbell.services.texted import Texted
from shopbell.store import replies, settling, wishes

if TYPE_CHECKING:
    from sqlite_utils import Database


class Inbox:
    """The replies of one shop file."""

    def __init__(self, desk: Desk, outbox: Outbox, texted: Texted) -> None:
        self._desk = desk
        self._texted = texted
        self._outbox = outbox

    async def find(
        self, *, number: E164 | None = None, first: int = 0, count: int = 100
    ) -> Page[Reply]:
        """Return a window of the replies: unclear stops first, then unread, then newest."""
        rows, total = await self._desk.store.read(replies.find, number, first, count)
        return Page(rows=rows, first=first, total=total)

    async def get(self, reply_id: ReplyId) -> Reply:
        """Return one reply.

        Raises:
            BadInput: there is none of that id.
        """
        reply = await self._desk.store.read(replies.get, reply_id)
        if reply is None:
            raise BadInput(
                f"There is no reply number {reply_id}.",
                "List them with 'shopbell inbox list'.",
                code="no_reply",
            )
        return reply

    async def unread(self) -> tuple[int, int]:
        """Return how many replies are unread, and how many may be a stop and wait for a person."""

        def step(db: Database) -> tuple[int, int]:
            return replies.unread(db), replies.unclear(db)

        return await self._desk.store.read(step)

    async def mark_read(self, reply_id: ReplyId) -> None:
        """Remember that somebody at the counter saw it."""
        await self._desk.store.write(replies.mark_read, reply_id, self._desk.clock.now())
        self._desk.tell(Changed.REPLIES)

    async def redact(self, reply_id: ReplyId) -> Reply:
        """Take every secret out of a reply for good; its SHA-256 stays as evidence of what it was.

        Raises:
            BadInput: there is none of that id, or no secret in it.
        """
        reply = await self.get(reply_id)
        if not reply.secrets:
            raise BadInput(
                "There is no secret in this reply.",
                "Only card numbers, passwords and the like are taken out.",
                code="nothing_to_redact",
            )
        redacted = await self._desk.store.write(replies.redact, reply.id, self._desk.clock.now())
        self._desk.tell(Changed.REPLIES)
        return redacted

    async def judge_unclear(self, reply_id: ReplyId, *, is_stop: bool) -> Reply:
        """Write down what a person says an unclear reply means.

        Raises:
            BadInput: there is none of that id.
        """
        reply = await self.get(reply_id)
        judged = await self._desk.store.write(
            replies.judge_unclear, reply.id, is_stop, self._desk.clock.now()
        )
        self._desk.tell(Changed.REPLIES, Changed.CONSENT, Changed.TEXTS)
        return judged

    async def ask(self, reply_id: ReplyId) -> Submitted:
        """Ask whoever wrote an unclear reply whether they meant stop.

        The gate decides about the question as about any text. Until they answer it stays unclear.

        Raises:
            BadInput: there is none of that id, it is clear, has no number, or they were asked.
            GatewayTrouble: no gateway is set up yet; nothing was written.
        """
        reply = await self.get(reply_id)
        if reply.number is None or not reply.is_unclear:
            raise BadInput(
                "There is nothing to ask about this reply.",
                "Only a reply that may be a stop, from a number, can be asked about.",
                code="nothing_to_ask",
            )
        if reply.asked_at is not None and reply.asked_at >= reply.received_at:
            raise BadInput(
                "They were asked already.", "Wait for the answer, or judge it.", code="asked"
            )
        wished = await self._desk.store.read(wishes.of_number, reply.number)
        question = TextDraft(
            number=reply.number,
            body=question_in(wished.language),
            purpose=Purpose.CONVERSATION,
        )
        submitted = await self._outbox.submit(question)
        self._desk.tell(Changed.REPLIES)
        return submitted

    async def let_time_judge(self) -> int:
        """Take unclear replies for stops that nobody judged in a day; return how many."""
        now = self._desk.clock.now()
        if not await self._desk.store.read(replies.overdue, now):
            return 0
        judged = await self._desk.store.write(replies.let_time_judge, now)
        self._desk.tell(Changed.REPLIES, Changed.CONSENT, Changed.TEXTS)
        return judged

    async def take_in(
        self, gateway: str, collected: Collected
    ) -> tuple[tuple[Reply, ...], tuple[TextId, ...]]:
        """Store what a gateway brought; stops take effect in the same transaction.

        Returns the replies that are new and the texts about which something new was learned.
        """
        now = self._desk.clock.now()
        if collected.inbound:
            # The first time this takes half a second, which the file must not be locked for.
            await asyncio.to_thread(lambda: self._desk.rules.stops)
        fresh, moved = await self._desk.store.write(self._take_in, gateway, collected, now)
        if fresh:
            self._desk.tell(Changed.REPLIES, Changed.CONSENT, Changed.TEXTS)
        elif moved:
            self._desk.tell(Changed.TEXTS)
        return fresh, moved

    def _take_in(
        self, db: Database, gateway: str, collected: Collected, now: datetime
    ) -> tuple[tuple[Reply, ...], tuple[TextId, ...]]:
        stored = [self._receive(db, gateway, inbound, now) for inbound in collected.inbound]
        moved = [settling.apply_receipt(db, gateway, r, now) for r in collected.receipts]
        return (
            tuple(reply for reply in stored if reply is not None),
            tuple(text_id for text_id in moved if text_id is not None),
        )

    def _receive(
        self, db: Database, gateway: str, inbound: InboundText, now: datetime
    ) -> Reply | None:
        number = sender_number(inbound.sender, self._desk.profile.country)
        open_for = self._desk.rules.policy.answers.question_open
        received = replies.receive(db, gateway, inbound, number, self._read, now, open_for)
        return None if received is None else self._texted.act(db, received, now)

    def _read(self, text: str, language: str, question_open: bool) -> Reading:
        return read_reply(text, language, question_open, rules=self._desk.rules.stops)
