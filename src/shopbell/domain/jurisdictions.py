"""Rows of law, as read from rule files. Must not decide; a row is data with its source."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from shopbell.domain.consent import Purpose
from shopbell.domain.rule_table import RuleTable
from shopbell.domain.shop import Week


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


def read_jurisdiction(table: RuleTable) -> Jurisdiction:
    """Return the row a rule file holds.

    Raises:
        BadInput: names file and key.
    """
    stop = table.table("stop")
    row = Jurisdiction(
        id=table.text("id"),
        name=table.text("name"),
        version=table.text("version"),
        covers=table.texts("covers"),
        hours=_hours(table.table("hours")) if table.has("hours") else None,
        consents=tuple(_consent(entry) for entry in table.tables("consent")),
        stop_citation=stop.text("cite"),
        checked=table.day("checked"),
        review_by=table.day("review_by"),
        effective_from=table.day_or_none("effective_from"),
        effective_to=table.day_or_none("effective_to"),
        confidence=table.text("confidence"),
        sources=table.texts("sources"),
    )
    if row.effective_from and row.effective_to and row.effective_from >= row.effective_to:
        raise table.error("effective_to", "must be after effective_from")
    stop.end()
    table.end()
    return row


def _hours(table: RuleTable) -> LawHours:
    hours = LawHours(
        week=table.week(),
        applies_to=table.choices("applies_to", Purpose),
        citation=table.text("cite"),
    )
    table.end()
    return hours


def _consent(table: RuleTable) -> LawConsent:
    consent = LawConsent(
        purpose=table.choice("purpose", Purpose),
        kind=table.text("kind"),
        citation=table.text("cite"),
    )
    table.end()
    return consent
