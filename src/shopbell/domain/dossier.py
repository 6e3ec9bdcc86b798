"""Everything on file that proves, or does not prove, that a person may be texted. Must not judge.

Gathered in one read, so that its parts fit together.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from shopbell.domain.complaints import Complaint
from shopbell.domain.consent import ConsentEvent, Suppression, standing
from shopbell.domain.decision import Decision
from shopbell.domain.ids import DecisionId
from shopbell.domain.numbers import Number
from shopbell.domain.people import Contact
from shopbell.domain.replies import Reply
from shopbell.domain.row_yes import Claim
from shopbell.domain.shop import ShopProfile
from shopbell.domain.texts import OutboundText, State, TextEvent
from shopbell.domain.typed_text import TypedText
from shopbell.domain.wishes import NO_WISHES, Wishes

MAY_HAVE_ARRIVED = frozenset(
    {State.SENDING, State.ACCEPTED, State.SENT, State.DELIVERED, State.UNKNOWN}
)
"""States of a text that the person may have in their hand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerEntry:
    """One act with its place in the chain."""

    event: ConsentEvent
    wording_id: int
    wording_sha256: str
    previous_hash: str
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainVerdict:
    """What walking the shop's whole ledger showed."""

    entries: int
    first_bad: int | None
    """The first entry that does not link to the one before it; None = every one does."""
    head: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TextStory:
    """One text with everything that happened to it."""

    text: OutboundText
    events: tuple[TextEvent, ...]

    @property
    def at(self) -> datetime:
        """When it was handed over, or else written."""
        return self.text.started_at or self.text.created_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """One person's file."""

    shop: ShopProfile
    number: Number
    contact: Contact | None
    suppression: Suppression | None
    entries: tuple[LedgerEntry, ...]
    """Oldest first."""
    texts: tuple[TextStory, ...]
    """Oldest first."""
    decisions: tuple[tuple[DecisionId, Decision], ...]
    """Oldest first."""
    replies: tuple[Reply, ...]
    """Oldest first."""
    chain: ChainVerdict
    made_at: datetime
    complaints: tuple[Complaint, ...] = ()
    """Oldest first."""
    wishes: Wishes = NO_WISHES
    claims: tuple[Claim, ...] = ()
    """What lists claim without proof."""
    same_person: tuple[Contact, ...] = ()
    """The contacts of their other numbers."""
    household: tuple[Contact, ...] = ()
    """Who lives with them."""
    typed: TypedText | None = None
    """What was typed to them and not sent."""

    def received(self) -> tuple[TextStory, ...]:
        """Return the texts the person may have got, oldest first."""
        return tuple(story for story in self.texts if story.text.state in MAY_HAVE_ARRIVED)

    def yes_behind(self, story: TextStory) -> ConsentEvent | None:
        """Return the newest yes that stood for a text when it was decided, or None.

        What was typed in later counts for nothing, whatever date it bears.
        """
        decided = next((d for i, d in self.decisions if i == story.text.decision_id), None)
        moment = decided.decided_at if decided is not None else story.text.created_at
        known = tuple(e.event for e in self.entries if e.event.recorded_at <= moment)
        topic = story.text.topic
        grants = [
            grant
            for grant in standing(known, story.text.purpose)
            if topic is None or topic in grant.topics
        ]
        return grants[-1] if grants else None
