"""A decision about one text: allow, hold until, or refuse, with every reason. Must not decide."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Verdict(StrEnum):
    """What happens to the text."""

    ALLOW = "allow"
    HOLD = "hold"
    REFUSE = "refuse"


class Layer(StrEnum):
    """Whose rule it is. Never say "the law" for our own default."""

    LAW = "law"
    CARRIER = "carrier"
    POLICY = "policy"


class Code(StrEnum):
    """Reason codes (rules.md 0.2)."""

    OPTED_OUT = "OPTED_OUT"
    COMPLAINT_OPEN = "COMPLAINT_OPEN"
    """This person has complained and waits for an answer (ours; see docs/rules.md)."""
    HELD_AMBIGUOUS_STOP = "HELD_AMBIGUOUS_STOP"
    NO_CONSENT = "NO_CONSENT"
    CONSENT_WRONG_CATEGORY = "CONSENT_WRONG_CATEGORY"
    CONSENT_UNCONFIRMED = "CONSENT_UNCONFIRMED"
    CONSENT_EXPIRED = "CONSENT_EXPIRED"
    CONSENT_PROOF_MISSING = "CONSENT_PROOF_MISSING"
    NUMBER_REASSIGNED = "NUMBER_REASSIGNED"
    QUIET_HOURS = "QUIET_HOURS"
    CLOSED_DAY = "CLOSED_DAY"
    HOLIDAY = "HOLIDAY"
    EMERGENCY_BAN = "EMERGENCY_BAN"
    CAP_SHOP = "CAP_SHOP"
    CAP_PROMISED = "CAP_PROMISED"
    CAP_JURISDICTION = "CAP_JURISDICTION"
    CAP_PERSON = "CAP_PERSON"
    TOPIC_NOT_CHOSEN = "TOPIC_NOT_CHOSEN"
    CHANNEL_PREFERENCE = "CHANNEL_PREFERENCE"
    JURISDICTION_UNKNOWN = "JURISDICTION_UNKNOWN"
    TIMEZONE_UNKNOWN = "TIMEZONE_UNKNOWN"
    SENDER_UNREGISTERED = "SENDER_UNREGISTERED"
    NO_SENDER_NAME = "NO_SENDER_NAME"
    NO_OPT_OUT_FOOTER = "NO_OPT_OUT_FOOTER"
    SECRET_IN_TEXT = "SECRET_IN_TEXT"  # noqa: S105 - a reason code, not a secret
    SENSITIVE_USE_CALL = "SENSITIVE_USE_CALL"
    TOO_COMPLEX_USE_CALL = "TOO_COMPLEX_USE_CALL"
    FORBIDDEN_CONTENT = "FORBIDDEN_CONTENT"
    PUBLIC_SHORTENER = "PUBLIC_SHORTENER"
    LINT_STYLE = "LINT_STYLE"
    NOT_TEXTABLE = "NOT_TEXTABLE"
    """The number is a landline, a short code or an emergency number (ours; see docs/rules.md)."""
    EMPTY_TEXT = "EMPTY_TEXT"
    """Nothing is left to say (ours; see docs/rules.md)."""
    TOO_LONG = "TOO_LONG"
    """More parts than the shop allows (ours; see docs/rules.md)."""
    PROMOTION_IN_SERVICE = "PROMOTION_IN_SERVICE"
    """Promotional words make a service text marketing (ours; see docs/rules.md)."""
    STALE_WORDS = "STALE_WORDS"
    """Words such as "today" would be wrong when it leaves (ours; see docs/rules.md)."""
    MERGE_GAP = "MERGE_GAP"
    """A merge field has nothing fit to print (ours; see docs/rules.md)."""
    NO_COUPON = "NO_COUPON"
    """No coupon code is left (ours; see docs/rules.md)."""
    TOO_LATE = "TOO_LATE"
    """The text may go only after its last moment (ours; see docs/rules.md)."""
    TAKEN_OUT = "TAKEN_OUT"
    """The owner left this person out (ours; see docs/rules.md)."""
    SAME_HOUSEHOLD = "SAME_HOUSEHOLD"
    """Another number of the person or household gets the text (ours; see docs/rules.md)."""
    GONE = "GONE"
    """The person is not in the shop file any more (ours; see docs/rules.md)."""
    SENDING_OFF = "SENDING_OFF"
    """Sending is switched off, or the campaign is aborted (ours; see docs/rules.md)."""
    NOT_CALLED_FOR = "NOT_CALLED_FOR"
    """One of the shop's own texts that nothing calls for any more (ours; see docs/rules.md)."""
    WORDS_MISSING = "WORDS_MISSING"
    """One of the shop's own texts lacks what it must say (ours; see docs/rules.md)."""
    WORDS_UNWANTED = "WORDS_UNWANTED"
    """One of the shop's own texts says what it must not (ours; see docs/rules.md)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why one rule did not simply allow the text, with its source and what would help."""

    code: Code
    verdict: Verdict
    """HOLD or REFUSE: what this reason alone would do."""
    layer: Layer
    rule: str
    """Id of the rule row, for example "US.hours" or "policy.cap.marketing"."""
    citation: str
    """Where the rule is written down; empty for the shop's own habits."""
    sentence: str
    """One plain sentence with the fact used and what to do next."""
    next_allowed_at: datetime | None = None
    """When this reason alone goes away by itself (aware, UTC); None if it never does."""
    confidence: str = ""
    """How well the source is known: V1 seen, V2 second hand, U unverified; empty for habits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The gate's answer. `reasons` is empty exactly when `verdict` is ALLOW."""

    verdict: Verdict
    reasons: tuple[Reason, ...]
    next_allowed_at: datetime | None
    """First moment every holding reason is gone (aware, UTC); None if allowed, refused, unknown."""
    window_ends_at: datetime | None
    """For an allowed text: when it must have arrived (its expiry at the gateway); None = no end."""
    decided_at: datetime
    rules_version: str
    set_aside: tuple[Reason, ...] = ()
    """Reasons that did not count because the owner had set their rule aside; each sentence cites
    the owner's own reason."""
