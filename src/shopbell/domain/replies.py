"""Inbound texts and what they were read as. Must not act on them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from shopbell.domain.ids import E164, ContactId, ReplyId
from shopbell.domain.reply_evidence import without_secrets
from shopbell.domain.secrets_in_text import secrets_in
from shopbell.domain.stop_question import UNCLEAR_FOR


class Band(StrEnum):
    """The three answers of the stop reader (rules.md 5.3)."""

    OPT_OUT = "opt_out"
    HOLD = "hold"
    NONE = "none"


class Intent(StrEnum):
    """What else a reply may be."""

    STOP = "stop"
    HELP = "help"
    START = "start"
    YES = "yes"
    WRONG_PERSON = "wrong_person"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How an inbound text is read."""

    band: Band
    intent: Intent | None
    why: str
    """One plain sentence: which words made it so."""
    words: str = ""
    """These words, in lower case; empty if there are none, or if it was read long ago."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InboundText:
    """A text as a gateway handed it over, before it is stored."""

    sender: str
    """As the gateway wrote it; may be a short code or a name."""
    text: str
    gateway_id: str
    """The gateway's id, not always unique: duplicates are judged on id, sender, time and text."""
    at: datetime
    """When the gateway says it arrived (aware, UTC)."""
    is_dated: bool = True
    """False if it did not say: `at` is then when we heard of it, and differs each time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """An inbound text as stored."""

    id: ReplyId
    number: E164 | None
    """None when the sender has no number (an alphanumeric sender)."""
    sender: str
    contact_id: ContactId | None
    name: str
    text: str
    at: datetime
    received_at: datetime
    gateway: str
    reading: Reading
    done: str
    """What was done with it, in plain words: "put on the stop list"."""
    read_at: datetime | None
    """When somebody at the counter saw it; None = unread."""
    judged_at: datetime | None = None
    """When somebody said what an unclear reply means; None = nobody has, or it was clear."""
    asked_at: datetime | None = None
    """When they were asked whether they meant stop; None = they were not."""
    redacted_at: datetime | None = None
    """When somebody took a secret out of the text for good; None = it is as it came."""
    complained: bool = False
    """A complaint of whoever wrote it is open."""

    @property
    def veiled(self) -> str:
        """The text with every secret in it (card numbers, passwords) replaced by what it is."""
        return without_secrets(self.text)

    @property
    def secrets(self) -> tuple[str, ...]:
        """What kinds of secrets stand in the text, in words."""
        return tuple(dict.fromkeys(secret.kind.value for secret in secrets_in(self.text)))

    @property
    def is_unclear(self) -> bool:
        """Whether it may be a stop and waits for a person to say so."""
        return self.reading.band is Band.HOLD and self.judged_at is None

    @property
    def stop_at(self) -> datetime | None:
        """When it will count as a stop by itself; None if it is clear what it means."""
        if not self.is_unclear:
            return None
        asked = self.asked_at or self.received_at
        return max(self.received_at, asked) + UNCLEAR_FOR
