"""The rules as records: jurisdictions, the shop's default manners, footers, words of reply readers.

A row is data with its source; must not decide, and must not read files: texts come in.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from shopbell.domain.consent import Purpose
from shopbell.domain.shop import Week


class Need(StrEnum):
    """What must be on file before a text of a purpose may go (rules.md 0.1)."""

    CONSENT = "consent"
    RECENT_INBOUND = "recent_inbound"
    NOTHING = "nothing"


class FooterWhen(StrEnum):
    """When a text of a purpose carries the way out."""

    ALWAYS = "always"
    FIRST_AND_MONTHLY = "first_and_monthly"
    NEVER = "never"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cap:
    """At most `n` texts of one purpose in any stretch of `per`."""

    n: int
    per: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class PurposeRow:
    """What one purpose needs and which rules it is bound by."""

    purpose: Purpose
    need: Need
    quiet_hours: bool
    footer: FooterWhen
    caps: tuple[Cap, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LawHours:
    """The hours a law allows, read in the called person's own zone."""

    week: Week
    applies_to: tuple[Purpose, ...]
    citation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LawConsent:
    """The permission a law asks for before texts of one purpose."""

    purpose: Purpose
    kind: str
    citation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Jurisdiction:
    """One row of law: a country, or a part of one ("US-FL")."""

    id: str
    name: str
    version: str
    covers: tuple[str, ...]
    """The places it applies to: ISO country codes or "US-FL"."""
    hours: LawHours | None
    consents: tuple[LawConsent, ...]
    stop_citation: str
    checked: date
    review_by: date
    effective_from: date | None
    effective_to: date | None
    """The first day it is no longer in force."""
    confidence: str
    sources: tuple[str, ...]

    def consent_for(self, purpose: Purpose) -> LawConsent | None:
        """Return what this law asks for before texts of `purpose`, if it asks for anything."""
        return next((row for row in self.consents if row.purpose is purpose), None)

    def in_force(self, day: date) -> bool:
        """Return whether the row applies on that day."""
        return (self.effective_from is None or self.effective_from <= day) and (
            self.effective_to is None or day < self.effective_to
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Footers:
    """The way out that is put after a text, per country, and how one already there looks."""

    by_country: Mapping[str, str]
    elsewhere: str
    equivalents: tuple[re.Pattern[str], ...]
    monthly: timedelta
    """How long after a footer the next service text carries one again."""

    def for_country(self, country: str | None) -> str:
        """Return the footer for a number of that country, with its leading space."""
        return self.by_country.get(country or "", self.elsewhere)


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """The manners Shopbell starts with: our own defaults, never called "the law"."""

    version: str
    hours: Week
    """The hours a new shop is offered."""
    purposes: tuple[PurposeRow, ...]
    deliver_margin: timedelta
    """Texts are not handed over in the last stretch of a window."""
    inbound_within: timedelta
    """How long a person's own text allows an answer."""
    most_parts: int
    footers: Footers

    def row(self, purpose: Purpose) -> PurposeRow:
        """Return the row of `purpose`; every purpose has one."""
        return next(row for row in self.purposes if row.purpose is purpose)


@dataclass(frozen=True, slots=True, kw_only=True)
class StopRules:
    """Words and patterns by which replies are read (rules.md section 5)."""

    version: str
    stop: frozenset[str]
    stop_if_language: Mapping[str, frozenset[str]]
    """Words that mean stop only from a person who writes that language."""
    help: frozenset[str]
    start: frozenset[str]
    yes: frozenset[str]
    no: frozenset[str]
    fillers: frozenset[str]
    fuzzy_least_length: int
    quoted: tuple[re.Pattern[str], ...]
    guards: tuple[re.Pattern[str], ...]
    phrases: tuple[re.Pattern[str], ...]
    wrong_person: tuple[re.Pattern[str], ...]
    holds: tuple[re.Pattern[str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rulebook:
    """Everything the gate and the reply reader go by."""

    version: str
    """Changes with every change of any rule file; stored with each decision."""
    jurisdictions: tuple[Jurisdiction, ...]
    policy: Policy
    stops: StopRules

    def rows_for(self, place: str, day: date) -> tuple[Jurisdiction, ...]:
        """Return the rows that bind in `place` ("US", "US-FL") on `day`, the country's first.

        Empty if there is no row for the country: the caller must then fail closed.
        """
        country = place.partition("-")[0]
        wanted = (country,) if country == place else (country, place)
        found = [
            [row for row in self.jurisdictions if name in row.covers and row.in_force(day)]
            for name in wanted
        ]
        return tuple(row for rows in found for row in rows) if found[0] else ()

    def row(self, rule: str) -> Jurisdiction | None:
        """Return the jurisdiction a rule id such as "US.hours" belongs to, if any."""
        return next((row for row in self.jurisdictions if row.id == rule.partition(".")[0]), None)


def version_of(files: Mapping[str, str], newest: str) -> str:
    """Return the name of this exact set of rules: its newest date and a fingerprint."""
    print_of_all = hashlib.sha256()
    for name in sorted(files):
        print_of_all.update(f"{name}\n{files[name]}\n".encode())
    return f"{newest}+{print_of_all.hexdigest()[:8]}"
