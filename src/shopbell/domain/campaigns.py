"""A campaign: one text prepared for many people. Records and its states; must not plan or send."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from shopbell.domain.consent import Purpose
from shopbell.domain.decision import Code, Reason
from shopbell.domain.ids import E164, CampaignId, ContactId, TextId
from shopbell.domain.people_filter import PeopleFilter
from shopbell.domain.texts import State

EVERYBODY = PeopleFilter()


class CampaignState(StrEnum):
    """Where a campaign is."""

    DRAFT = "draft"
    APPROVED = "approved"
    """Somebody typed how many people it goes to; nothing leaves yet."""
    STARTING = "starting"
    """It leaves at `release_at`; until then one key takes it back."""
    RUNNING = "running"
    PAUSED = "paused"
    DONE = "done"
    ABORTED = "aborted"


MOVES: dict[CampaignState, frozenset[CampaignState]] = {
    CampaignState.DRAFT: frozenset({CampaignState.APPROVED, CampaignState.ABORTED}),
    CampaignState.APPROVED: frozenset(
        {CampaignState.DRAFT, CampaignState.STARTING, CampaignState.ABORTED}
    ),
    CampaignState.STARTING: frozenset(
        {
            CampaignState.APPROVED,
            CampaignState.RUNNING,
            CampaignState.PAUSED,
            CampaignState.ABORTED,
        }
    ),
    CampaignState.RUNNING: frozenset(
        {CampaignState.PAUSED, CampaignState.DONE, CampaignState.ABORTED}
    ),
    CampaignState.PAUSED: frozenset(
        {CampaignState.RUNNING, CampaignState.DONE, CampaignState.ABORTED}
    ),
    # Somebody who was held is free at last: the owner may let the rest go.
    CampaignState.DONE: frozenset({CampaignState.RUNNING}),
    CampaignState.ABORTED: frozenset(),
}
"""The legal moves."""


class Pause(StrEnum):
    """What paused a campaign, for whoever has to know what helps."""

    SHOP = "shop"
    """Somebody paused it."""
    OFF = "off"
    """Everything was stopped."""
    COPY = "copy"
    """The file is a copy, and the other one may be sending."""
    CLOSED = "closed"
    """Nobody was there to send it; it is not made up for unasked."""
    HOURS = "hours"
    """The hours ended before everybody was texted."""
    BUDGET = "budget"
    """The month's budget is used up."""
    GATEWAY = "gateway"
    """The gateway takes no texts, or could not be used again and again."""
    UNKNOWN = "unknown"
    """Nobody knows what became of the last texts."""


CAN_CHANGE = frozenset({CampaignState.DRAFT, CampaignState.APPROVED})
"""States in which words and audience may still be changed; an approval ends with that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """Who is chosen: everybody who matches the words and the filter when it is planned."""

    words: str = ""
    filter: PeopleFilter = EVERYBODY
    one_per_household: bool = False
    """Of people who live together, one gets the text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignDraft:
    """What somebody says about a campaign."""

    name: str
    body: str
    """The words with their merge fields, without shop name and footer."""
    purpose: Purpose
    topic: str | None
    audience: Audience = Audience()
    not_before: datetime | None = None
    """Earliest moment; None = as soon as it is started."""
    latest: datetime | None = None
    """Last moment any text of it may leave, by the owner's word; None = a week after its start."""
    author: str = ""
    """Who wrote it, where two people are asked for; may be empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Campaign(CampaignDraft):
    """One campaign as stored."""

    id: CampaignId
    revision: int
    """Grows with every change: whoever changes an older one is told."""
    state: CampaignState
    why: str
    """Why it is in this state, as a sentence; may be empty."""
    pause: Pause | None
    """What paused it; None while it is not paused."""
    approved_by: str
    approved_count: int | None
    """How many people it was approved for."""
    second_by: str
    """Who said yes after the first one, where two are needed; empty while nobody has."""
    release_at: datetime | None
    """When the countdown ends, while it is STARTING."""
    last_at: datetime | None
    """No text of it leaves after this: its words, or the owner, say so. Known once planned."""
    last_why: str
    """Why `last_at` is when it is."""
    planned_at: datetime | None
    planned_for: datetime | None
    """The moment the plan was decided for."""
    replaces: CampaignId | None
    """The campaign that was aborted in favour of this one."""
    started_at: datetime | None
    ended_at: datetime | None
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignEvent:
    """One thing that happened to a campaign."""

    at: datetime
    state: CampaignState
    """The state after it."""
    who: str
    """Who did it, where they said so."""
    detail: str


class Bucket(StrEnum):
    """Where each person of a plan stands. Everybody stands in exactly one."""

    SENT = "sent"
    """Handed over: accepted, sent or delivered."""
    WAITING = "waiting"
    """May go, and has not left yet."""
    HELD = "held"
    SKIPPED = "skipped"
    """Left out, by a rule or by the owner; or taken back before it left."""
    FAILED = "failed"
    UNKNOWN = "unknown"


class Outcome(StrEnum):
    """What the plan says about a person for whom no text is written yet."""

    SEND = "send"
    HELD = "held"
    OUT = "out"


BUCKET_OF_OUTCOME = {
    Outcome.SEND: Bucket.WAITING,
    Outcome.HELD: Bucket.HELD,
    Outcome.OUT: Bucket.SKIPPED,
}

BUCKET_OF_STATE = {
    State.DRAFT: Bucket.WAITING,
    State.WAITING: Bucket.WAITING,
    State.SENDING: Bucket.WAITING,
    State.HELD: Bucket.HELD,
    State.ACCEPTED: Bucket.SENT,
    State.SENT: Bucket.SENT,
    State.DELIVERED: Bucket.SENT,
    State.FAILED: Bucket.FAILED,
    State.UNDELIVERABLE: Bucket.FAILED,
    State.EXPIRED: Bucket.FAILED,
    State.CANCELED: Bucket.SKIPPED,
    State.UNKNOWN: Bucket.UNKNOWN,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """One person of a plan."""

    number: E164
    contact_id: ContactId | None
    """None once the contact was erased."""
    name: str
    bucket: Bucket
    outcome: Outcome
    reasons: tuple[Reason, ...]
    """Why the person is held or left out."""
    next_at: datetime | None
    """For a held person: when the text may go; None if that cannot be told."""
    segments: int
    price_micros: int | None
    coupon: str | None
    text_id: TextId | None
    """The text, once it was written to the outbox."""
    state: State | None
    """Of that text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonCount:
    """How many people stand in a bucket for the same reason."""

    bucket: Bucket
    code: Code | None
    """The main reason; None where none is needed: they may go, or went."""
    count: int
    first_at: datetime | None
    """The earliest next date among those held."""
    last_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Where everybody stands, in numbers."""

    chosen: int
    by_bucket: tuple[tuple[Bucket, int], ...]
    """Every bucket, in the order of the enum."""
    by_reason: tuple[ReasonCount, ...]
    parts: int
    """Of those who wait or were sent to."""
    price_micros: int
    """Of those, as far as they have a price."""
    without_price: int
    by_state: tuple[tuple[State, int], ...] = ()
    """Of those whose text is written: how many texts are in which state."""

    def of(self, bucket: Bucket) -> int:
        """Return how many people stand in one bucket."""
        return dict(self.by_bucket)[bucket]

    @property
    def balances(self) -> bool:
        """Whether everybody chosen stands somewhere."""
        return self.chosen == sum(count for _, count in self.by_bucket)


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """How many people a new plan put elsewhere than the plan before."""

    before: Outcome | None
    """None: they were not chosen before."""
    after: Outcome | None
    """None: they are not chosen any more."""
    code: Code | None
    """The main reason they are where they are now."""
    count: int
