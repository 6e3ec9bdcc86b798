"""Rows of the rulebook: what a country, or a part of one, asks for. Data with its source.

Must not decide, and must not read files: see `jurisdiction_rows`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from shopbell.domain.calendars import Calendar
from shopbell.domain.consent import Basis, Purpose
from shopbell.domain.decision import Layer
from shopbell.domain.shop import Week

UNKNOWN_PART = "unknown"
"""Stands for the state of somebody whose state nobody knows: "US-unknown"."""


class Confidence(StrEnum):
    """How well a row's source is known."""

    V1 = "V1"
    """The primary text was seen."""
    V2 = "V2"
    """A secondary source was seen."""
    V2_CONFLICTING = "V2-conflicting"
    """Secondary sources were seen, and they disagree."""
    U = "U"
    """Unverified; the citation is there so that somebody can check it."""


class Lift(StrEnum):
    """Whether consent, or an existing relationship, lifts a row's hours by its own words."""

    YES = "yes"
    NO = "no"
    UNCLEAR = "unclear"
    NOT_SAID = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowHours:
    """Hours in which texts of some purposes may arrive, read on the person's own clock."""

    week: Week
    applies_to: tuple[Purpose, ...]
    layer: Layer
    citation: str
    confidence: Confidence | None = None
    """Where it differs from the row's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowHolidays:
    """Days on which texts of some purposes may not arrive, read on the person's own clock."""

    calendar: Calendar
    applies_to: tuple[Purpose, ...]
    layer: Layer
    citation: str
    confidence: Confidence


@dataclass(frozen=True, slots=True, kw_only=True)
class RowCap:
    """At most `n` texts on the same subject to one person in any stretch of `per`."""

    n: int
    per: timedelta
    applies_to: tuple[Purpose, ...]
    layer: Layer
    citation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RowConsent:
    """The permission asked for before texts of one purpose."""

    purpose: Purpose
    kind: str
    """In words: "prior express written consent"."""
    accepts: tuple[Basis, ...]
    months: tuple[tuple[Basis, int], ...]
    """How long a permission of that basis lasts; without an entry it does not end."""
    renewed_by_use: bool
    """Whether each text under it makes it last anew."""
    citation: str
    months_confidence: Confidence | None = None
    """How sure the months are, where that differs from the row's."""

    def months_of(self, basis: Basis) -> int | None:
        """Return how many months a permission of that basis lasts; None if it does not end."""
        return dict(self.months).get(basis)


@dataclass(frozen=True, slots=True, kw_only=True)
class RowStop:
    """How people stop texts there. Shopbell is always quicker and milder than it must be."""

    citation: str
    deadline: str
    """What the law leaves, in words; shown, never used."""
    words: tuple[str, ...]
    """The words it names. The reply reader knows them all."""
    valid_days: int | None
    """How long the way out in a text must work."""
    keep_years: int | None
    """How long a stop must be kept; Shopbell keeps it for ever."""
    notes: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RowSender:
    """What a text must show about who sends it and how to stop."""

    shows: tuple[str, ...]
    contact: bool
    """Whether each text must carry a way to reach the shop besides its name."""
    citation: str
    confidence: Confidence | None = None
    """Where it differs from the row's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowProof:
    """How long proof of consent must be kept."""

    keep_years: int
    citation: str
    confidence: Confidence | None = None
    """Where it differs from the row's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Something worth knowing that no rule of the gate uses."""

    topic: str
    says: str
    citation: str
    confidence: Confidence


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Jurisdiction:
    """One row: a country, or a part of one ("US-FL"). Two rows are equal only if they are one."""

    id: str
    name: str
    version: str
    covers: tuple[str, ...]
    """The places it applies to: ISO country codes or "US-FL"."""
    hours: tuple[RowHours, ...]
    holidays: RowHolidays | None
    caps: tuple[RowCap, ...]
    consents: tuple[RowConsent, ...]
    stop: RowStop | None
    sender: RowSender | None
    proof: RowProof | None
    templates_only: str
    """The citation if only registered templates may be sent there; empty otherwise."""
    emergency_ban: str
    """The citation if a declared emergency stops marketing there; empty otherwise."""
    lift: Lift
    scope: str
    notes: tuple[Note, ...]
    checked: date
    review_by: date
    effective_from: date | None
    effective_to: date | None
    """The first day it is no longer in force."""
    confidence: Confidence
    sources: tuple[str, ...]

    def consent_for(self, purpose: Purpose) -> RowConsent | None:
        """Return what this row asks for before texts of `purpose`, if it asks for anything."""
        return next((row for row in self.consents if row.purpose is purpose), None)

    def in_force(self, day: date) -> bool:
        """Return whether the row applies on that day."""
        return (self.effective_from is None or self.effective_from <= day) and (
            self.effective_to is None or day < self.effective_to
        )
