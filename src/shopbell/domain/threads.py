"""One sender's texts and ours to them, in the order in which they were said. Must not read a file.

A thread belongs to a number, or to a sender without one (a short code, a name).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from shopbell.domain.ids import E164, TextId
from shopbell.domain.replies import Reply
from shopbell.domain.texts import OutboundText, State

DID_NOT_ARRIVE = frozenset({State.FAILED, State.UNDELIVERABLE, State.EXPIRED})
"""The states of a text of ours that never got to them, so that it may be tried again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """A line of the inbox: all that one sender wrote."""

    reply: Reply
    """The reply that needs somebody most: one that may be a stop, else the newest."""
    replies: int
    unread: int
    failed: TextId | None = None
    """Our newest text to them, if it did not arrive."""

    @property
    def sender(self) -> str:
        """The number, or what the gateway called a sender without one."""
        return self.reply.number or self.reply.sender

    @property
    def needs_somebody(self) -> bool:
        """Whether somebody has to look at it."""
        return self.reply.is_unclear or self.unread > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One text of a thread: theirs or ours, never both."""

    at: datetime
    """When it was said: a reply never later than it came in, whatever a gateway's clock says."""
    reply: Reply | None = None
    text: OutboundText | None = None

    @property
    def words(self) -> str:
        """What it says, without the secrets somebody wrote into it."""
        if self.text is not None:
            return self.text.final.text
        return self.reply.veiled if self.reply is not None else ""

    @property
    def can_be_tried_again(self) -> bool:
        """Whether it is a text of ours that did not arrive."""
        return self.text is not None and self.text.state in DID_NOT_ARRIVE


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """The newest part of a thread."""

    sender: str
    """As the gateway wrote it; the number where there is one."""
    number: E164 | None
    name: str
    said: tuple[Said, ...]
    """Oldest first."""
    earlier: int
    """How many were said before these."""

    @property
    def unclear(self) -> Reply | None:
        """The oldest reply that may be a stop and waits for somebody to say so."""
        return next((one.reply for one in self.said if one.reply and one.reply.is_unclear), None)


def in_turn(replies: Iterable[Reply], texts: Iterable[OutboundText], most: int) -> tuple[Said, ...]:
    """Return the newest `most` of both, oldest first."""
    both = [Said(at=min(one.at, one.received_at), reply=one) for one in replies]
    both += [Said(at=one.started_at or one.created_at, text=one) for one in texts]
    both.sort(key=_turn)
    return tuple(both[-most:]) if most else ()


def _turn(one: Said) -> tuple[datetime, bool, int]:
    """What comes first: at the same moment theirs, then what was stored first."""
    stored = one.text or one.reply
    return one.at, one.text is not None, 0 if stored is None else stored.id
