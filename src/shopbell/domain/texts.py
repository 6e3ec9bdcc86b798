"""An outbound text and its life: states and the legal moves between them, as data.

Must not send, store or decide.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from shopbell.domain.consent import Purpose
from shopbell.domain.ids import E164, ContactId, DecisionId, OccasionId, Ref, TextId
from shopbell.domain.template_rules import TemplateKind


class Encoding(StrEnum):
    """The alphabet a text is sent in (3GPP TS 23.038)."""

    GSM7 = "gsm7"
    UCS2 = "ucs2"


class State(StrEnum):
    """Where a text is. The words are those of docs/cli.md."""

    DRAFT = "draft"
    WAITING = "waiting"
    HELD = "held"
    SENDING = "sending"
    ACCEPTED = "accepted"
    SENT = "sent"
    DELIVERED = "delivered"
    FAILED = "failed"
    UNDELIVERABLE = "undeliverable"
    EXPIRED = "expired"
    CANCELED = "canceled"
    UNKNOWN = "unknown"


LEFT = frozenset(
    {
        State.SENDING,
        State.ACCEPTED,
        State.SENT,
        State.DELIVERED,
        State.FAILED,
        State.UNDELIVERABLE,
        State.UNKNOWN,
    }
)
"""The states of texts that left the shop, or may have."""

NOT_LEFT = frozenset({State.DRAFT, State.WAITING, State.HELD})
"""The states of texts that can still be taken back."""

_FINAL_WORDS = frozenset({State.FAILED, State.UNDELIVERABLE, State.EXPIRED, State.CANCELED})

MOVES: dict[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.WAITING, State.HELD, State.CANCELED}),
    State.WAITING: frozenset({State.HELD, State.SENDING, State.CANCELED, State.EXPIRED}),
    State.HELD: frozenset({State.WAITING, State.CANCELED, State.EXPIRED}),
    State.SENDING: frozenset(
        {State.WAITING, State.ACCEPTED, State.SENT, State.DELIVERED, State.FAILED, State.UNKNOWN}
    ),
    State.ACCEPTED: frozenset({State.SENT, State.DELIVERED}) | _FINAL_WORDS,
    State.SENT: frozenset({State.DELIVERED}) | _FINAL_WORDS,
    # A phone gateway may report one part delivered and the next one failed (SMSGate).
    State.DELIVERED: frozenset({State.FAILED}),
    State.UNKNOWN: frozenset({State.WAITING, State.ACCEPTED, State.SENT, State.DELIVERED})
    | _FINAL_WORDS,
    State.FAILED: frozenset(),
    State.UNDELIVERABLE: frozenset(),
    State.EXPIRED: frozenset(),
    State.CANCELED: frozenset(),
}
"""The legal moves. Receipts that would move backwards are kept as words and change nothing."""

COUNTS_FOR_CAPS = frozenset(
    {
        State.WAITING,
        State.SENDING,
        State.ACCEPTED,
        State.SENT,
        State.DELIVERED,
        State.UNKNOWN,
    }
)
"""Waiting texts count, failed ones don't, unknown ones do (a person may have got them)."""

OPEN_AT_GATEWAY = frozenset({State.ACCEPTED, State.SENT})
"""States for which another receipt is still expected."""


def may_move(old: State, new: State) -> bool:
    """Return whether a text in state `old` may become `new`."""
    return new in MOVES[old]


@dataclass(frozen=True, slots=True, kw_only=True)
class FinalText:
    """The text exactly as it will leave, with what it costs."""

    text: str
    """Shop name, the words, the footer."""
    encoding: Encoding
    units: int
    """Septets for GSM-7, UTF-16 code units for UCS-2."""
    segments: int
    """Billed parts, each at most 140 octets."""
    name_added: bool
    footer_added: str
    """The footer put there by rule; empty if none was needed or one was there already."""
    costly: tuple[str, ...] = ()
    """The characters that force UCS-2, in order of appearance, without repeats."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboundText:
    """One row of the outbox."""

    id: TextId
    ref: Ref
    number: E164
    contact_id: ContactId | None
    name: str
    """The contact's name when it was written; empty if none."""
    purpose: Purpose
    topic: str | None
    body: str
    """What was typed."""
    final: FinalText
    price_micros: int | None
    """Millionths of `currency`; None while the owner has set no price for this gateway."""
    currency: str | None
    state: State
    decision_id: DecisionId
    """The decision that stands for its present state."""
    gateway: str
    """Name of the gateway it goes through, as set up in this file."""
    gateway_id: str | None
    not_before: datetime | None
    """Earliest moment it may leave; None = as soon as somebody delivers."""
    expires_at: datetime | None
    """After this moment it must not leave any more."""
    attempts: int
    started_at: datetime | None
    """When the last attempt began; None before the first."""
    detail: str
    """The last thing that happened to it, in plain words, without secrets."""
    created_at: datetime
    updated_at: datetime
    really_service: str = ""
    """The owner's typed reason why its promotional words make it no marketing."""
    meant_for: datetime | None = None
    """The moment whose "today" its words mean; None for texts of before that was kept."""
    occasion: OccasionId | None = None
    """What it answers, if it is one of the shop's own texts."""
    own: TemplateKind | None = None
    """Which of the shop's own texts it is; None for what somebody wrote."""
    filled_from: str = ""
    """The words before a person's own were filled in; empty for words typed for one person."""
    replaces: TextId | None = None
    """The text that was taken back in favour of this one."""
    missed: str = ""
    """Why it leaves only when somebody says so; empty for a text that goes by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextEvent:
    """One thing that happened to a text: a move, or a raw word from the gateway."""

    at: datetime
    state: State
    """The state after it."""
    word: str
    """The gateway's own word, or ours in brackets: "[claimed]"."""
    detail: str
