"""What Shopbell says to a gateway and hears from it, as values. Must not know HTTP.

The outcome words are those of gateways.md section 4.3; anything a preset does not match is
`UNKNOWN`, never a success and never a failure.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from shopbell.domain.ids import E164, Ref
from shopbell.domain.replies import InboundText
from shopbell.domain.texts import Encoding, State


class Outcome(StrEnum):
    """What one send request led to."""

    ACCEPTED = "accepted"
    ALREADY_ACCEPTED = "already_accepted"
    OPTED_OUT = "opted_out"
    BAD_NUMBER = "bad_number"
    BAD_REQUEST = "bad_request"
    BAD_LOGIN = "bad_login"
    NO_CREDIT = "no_credit"
    NOT_SENT_RETRY = "not_sent_retry"
    TRY_LATER = "try_later"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """One text on its way to the gateway."""

    ref: Ref
    to: E164
    text: str
    encoding: Encoding
    valid_until: datetime | None
    """When the gateway must give up (aware, UTC); None = no end."""
    started_at: datetime
    """When this attempt began; a look-up after a time-out ignores anything older."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SendResult:
    """What the gateway said to one send request."""

    outcome: Outcome
    gateway_id: str | None
    detail: str
    """In plain words, cleaned for showing, without secrets, at most 500 characters."""
    http_status: int | None = None


class Finding(StrEnum):
    """The answer of a look-up after an unknown outcome."""

    PRESENT = "present"
    ABSENT = "absent"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What the gateway knows about a text of ours whose outcome was unknown."""

    finding: Finding
    gateway_id: str | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """One status word about one text. Either `ref` or `gateway_id` tells which."""

    ref: Ref | None
    gateway_id: str | None
    word: str
    """The gateway's raw word."""
    state: State | None
    """The state it maps to; None if the preset does not know the word."""
    detail: str
    at: datetime
    opted_out: bool = False
    """True if the gateway or the network says here that this person has opted out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Collected:
    """What one look at the gateway brought: to be stored before anything else happens."""

    receipts: tuple[Receipt, ...] = ()
    inbound: tuple[InboundText, ...] = ()
    trouble: str = ""
    """What could not be fetched, in plain words: what is here is good, but not all there is."""
    complete: bool = True
    """False if replies are missing: the next look must reach as far back as this one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckResult:
    """The answer of "test connection"."""

    ok: bool
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountField:
    """One thing the set-up screen asks for."""

    key: str
    label: str
    example: str
    secret: bool
    optional: bool
    later: bool = False
    """True for what a first set-up need not ask."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PresetInfo:
    """What the doors need to know about a preset, without its templates."""

    id: str
    name: str
    about: str
    fields: tuple[AccountField, ...]
    reports_replies: bool
    """Can this gateway tell us about replies at all?"""
    reports_receipts: bool
    refuses_duplicates: bool
    can_look_up: bool
    """Can it be asked after an unknown outcome?"""
    takes_expiry: bool
    checked: str
    """What the preset was checked against, in one line."""
    per_second: float
    max_chars: int
    practice: bool
    unverified: str = ""
    """What about it nobody could verify, in one line; empty = nothing."""
    answers_itself: frozenset[str] = frozenset()
    """The words (stop, help, start) this gateway answers by itself: then we don't."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GatewayConfig:
    """One gateway as the owner set it up. Secret values live here and in the shop file only."""

    name: str
    preset_id: str
    account: dict[str, str] = field(repr=False)
    price_micros: int | None
    currency: str | None
