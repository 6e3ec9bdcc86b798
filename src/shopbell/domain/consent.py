"""Consent: recorded acts of permission, and what stands today. Must not decide about one text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from shopbell.domain.ids import E164, ConsentId
from shopbell.domain.web_form import WebForm


class Purpose(StrEnum):
    """Why a text is sent (rules.md 0.1). It decides which consent, hours, caps and footer apply."""

    MARKETING = "marketing"
    SERVICE = "service"
    CONVERSATION = "conversation"
    COMPLIANCE = "compliance"
    SAFETY = "safety"


class Act(StrEnum):
    """What the person did."""

    GRANTED = "granted"
    REVOKED = "revoked"


class How(StrEnum):
    """By which way consent or a stop reached the shop (rules.md section 8, `medium`)."""

    PAPER = "paper"
    SPOKEN = "spoken"
    WEB = "web"
    KEYWORD = "keyword"
    DOUBLE_OPT_IN = "double-opt-in"
    TEXT = "text"
    PHONE = "phone"
    EMAIL = "email"
    IN_PERSON = "in-person"
    IMPORT = "import"
    GATEWAY = "gateway"


class Basis(StrEnum):
    """What a permission rests on; not every law takes each of them."""

    EXPRESS = "express"
    """The person said yes."""
    PURCHASE = "purchase"
    """They bought something, were told of texts and could refuse (similar products)."""
    INQUIRY = "inquiry"
    """They asked for a quote or the like."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentDraft:
    """One act of permission as it is recorded; `at` is when the person said it, not when typed."""

    number: E164
    act: Act
    purpose: Purpose
    topics: tuple[str, ...]
    """The kinds of texts the wording named; empty means the wording named the purpose only."""
    wording: str
    """The exact words the person was shown or heard. Never empty for a grant."""
    how: How
    at: datetime
    witness: str | None = None
    evidence_sha256: str | None = None
    promised_n: int | None = None
    """The frequency stated to this person: at most `promised_n` texts every `promised_days`."""
    promised_days: int | None = None
    basis: Basis = Basis.EXPRESS
    place: str | None = None
    """Where it was said: "the market stall"; None = nobody wrote it down."""
    form: WebForm | None = None
    """Of a yes on a web page: what the site kept; None = it was said in another way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentEvent(ConsentDraft):
    """One line of the append-only consent ledger."""

    id: ConsentId
    recorded_at: datetime


SAID_NO = "Said no."
"""The words of a no of which nobody wrote down more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suppression:
    """The standing "no". It outlives the contact: stored under a keyed hash of the number."""

    at: datetime
    how: How
    note: str


ERASED = "erasure"
"""The note on a stop that stands because the person was forgotten."""


def standing(events: tuple[ConsentEvent, ...], purpose: Purpose) -> tuple[ConsentEvent, ...]:
    """Return the grants for `purpose` that no later revocation undid, oldest first.

    A revocation without topics ends the purpose; one with topics ends the grants that named them
    (a grant that named more keeps standing for the rest).
    """
    kept: list[ConsentEvent] = []
    taken_back: dict[ConsentId, set[str]] = {}
    for event in sorted(events, key=lambda e: (e.at, e.id)):
        if event.purpose is not purpose:
            continue
        if event.act is Act.GRANTED:
            kept.append(event)
        elif not event.topics:
            kept.clear()
        else:
            for grant in kept:
                taken_back.setdefault(grant.id, set()).update(event.topics)
            kept = [e for e in kept if not e.topics or set(e.topics) - taken_back[e.id]]
    return tuple(kept)


def standing_topics(events: tuple[ConsentEvent, ...], purpose: Purpose) -> frozenset[str]:
    """Return the topics a person has a standing yes for, within `purpose`."""
    topics: set[str] = set()
    for event in sorted(events, key=lambda e: (e.at, e.id)):
        if event.purpose is not purpose:
            continue
        if event.act is Act.GRANTED:
            topics |= set(event.topics)
        elif event.topics:
            topics -= set(event.topics)
        else:
            topics.clear()
    return frozenset(topics)
