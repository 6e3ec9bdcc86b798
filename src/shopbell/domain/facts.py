"""What is known when a text is judged, as values, so that a decision can be replayed years later.

Must not decide.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from shopbell.domain.consent import ConsentEvent, Purpose, Suppression
from shopbell.domain.decision import Decision
from shopbell.domain.ids import E164, ConsentId, OccasionId
from shopbell.domain.numbers import Number
from shopbell.domain.occasions import Answered, Occasion
from shopbell.domain.open_yes import OpenYes
from shopbell.domain.people import Contact
from shopbell.domain.promises import Frequency
from shopbell.domain.shop import ShopProfile
from shopbell.domain.shop_rules import NOTHING_CHANGED, ShopRules
from shopbell.domain.texts import FinalText, State
from shopbell.domain.wishes import NO_WISHES, Wishes


@dataclass(frozen=True, slots=True, kw_only=True)
class TextDraft:
    """A text somebody wants to send to one number."""

    number: E164
    body: str
    purpose: Purpose
    topic: str | None = None
    meant_for: datetime | None = None
    """Whose "today" the words mean: when they were typed, or the moment they are scheduled for.
    Aware; None takes the moment of judging."""
    filled_from: str = ""
    """The words before each person's own were filled in, if they were: only these are looked
    through for what they say (secrets are looked for in `body`). Empty for words typed once."""
    really_service: str = ""
    """The owner's typed reason why a service text with promotional words is one all the same."""
    asked_as: Purpose | None = None
    """What the writer called it, where its words made it marketing; None if `purpose` stands."""
    occasion: OccasionId | None = None
    """What it answers, if it is one of the shop's own texts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Welcomed:
    """A welcome that was written: the number it states is a promise."""

    consents: tuple[ConsentId, ...]
    """The yeses it welcomes."""
    topics: tuple[str, ...]
    """All topics of those; empty if one of them names none."""
    often: Frequency
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PastText:
    """A text of ours to the same number, as the caps see it."""

    at: datetime
    """When it was handed over, or (while waiting) when it was written. Aware, UTC."""
    purpose: Purpose
    topic: str | None
    state: State
    had_footer: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedNumber:
    """What is on file for another number of the same person. It binds; it never lets a text go."""

    number: E164
    consents: tuple[ConsentEvent, ...]
    past: tuple[PastText, ...]
    welcomes: tuple[Welcomed, ...]
    most: Frequency | None = None
    """The most marketing texts they asked for from that number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonFacts:
    """Everything the shop file knows about a number that may bear on a decision."""

    contact: Contact | None
    suppression: Suppression | None
    consents: tuple[ConsentEvent, ...]
    past: tuple[PastText, ...]
    """Texts of the last 400 days that count (see `texts.COUNTS_FOR_CAPS`), newest first."""
    last_inbound_at: datetime | None
    unclear_stop_at: datetime | None
    """When a reply arrived that may be a stop and nobody has judged yet; None if there is none."""
    wishes: Wishes = NO_WISHES
    """What the person wished about being reached."""
    occasions: tuple[Occasion, ...] = ()
    """What calls for one of the shop's own texts and was not answered, except by this text."""
    welcomes: tuple[Welcomed, ...] = ()
    """Oldest first."""
    complained_at: datetime | None = None
    """When the first complaint was made that is still open; None if there is none."""
    linked: tuple[LinkedNumber, ...] = ()
    """The other numbers of the same person. A stop, an unclear reply, a complaint and a wish of
    theirs stand in the fields above already (see `domain.linked`)."""
    answered: tuple[Answered, ...] = ()
    """The automatic answers of the last days, except this text."""
    open_yeses: tuple[OpenYes, ...] = ()
    """What was said yes to and waits for a confirmation by text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShopFacts:
    """What the shop file says about the shop itself, as it stands when a text is judged."""

    profile: ShopProfile
    rules: ShopRules = NOTHING_CHANGED


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """All that `decide` looks at. Stored, as JSON, with every decision."""

    number: Number
    draft: TextDraft
    final: FinalText
    person: PersonFacts
    shop: ShopProfile
    shop_rules: ShopRules = NOTHING_CHANGED

    def __hash__(self) -> int:
        """Hash by the number alone: hashing the whole would cost more than deciding."""
        return hash(self.number.e164)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A draft with its final text, the facts and the decision."""

    facts: Facts
    decision: Decision

    @property
    def final(self) -> FinalText:
        """The text exactly as it would leave."""
        return self.facts.final
