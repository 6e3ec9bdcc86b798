"""What a row of the rulebook says, line by line, each with its source. Must not decide."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from shopbell.domain.caps import per_text
from shopbell.domain.consent import Basis
from shopbell.domain.decision import Layer
from shopbell.domain.jurisdictions import Jurisdiction, Lift, Note, RowConsent, RowHolidays
from shopbell.domain.purpose_words import texts_for
from shopbell.domain.rule_ids import cap_id, holidays_id, hours_id
from shopbell.domain.telling import counted
from shopbell.domain.weeks import week_text


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleLine:
    """One thing a row says."""

    topic: str
    says: str
    citation: str = ""
    confidence: str = ""
    """Where it differs from the row's own."""
    layer: Layer | None = None
    rule: str = ""
    """The id that decisions name; empty where none does."""


def row_lines(row: Jurisdiction) -> Iterator[RuleLine]:
    """Yield everything a row says."""
    for hours in row.hours:
        yield RuleLine(
            topic="Hours",
            says=f"{_capital(texts_for(*hours.applies_to))}: {week_text(hours.week)}, on the "
            "person's clock.",
            citation=hours.citation,
            confidence=hours.confidence or "",
            layer=hours.layer,
            rule=hours_id(row, hours),
        )
    if row.holidays is not None:
        yield _holidays(row, row.holidays)
    for cap in row.caps:
        yield RuleLine(
            topic="How often",
            says=f"At most {cap.n} {texts_for(*cap.applies_to)} on one subject in "
            f"{per_text(cap.per)}.",
            citation=cap.citation,
            layer=cap.layer,
            rule=cap_id(row),
        )
    for consent in row.consents:
        yield RuleLine(
            topic=f"Permission for {texts_for(consent.purpose)}",
            says=_consent(consent),
            citation=consent.citation,
            layer=Layer.LAW,
            rule=f"{row.id}.consent.{consent.purpose}",
        )
    if row.stop is not None:
        yield RuleLine(
            topic="Stop",
            says=sentences(
                f"Time the law leaves: {row.stop.deadline}; Shopbell takes none of it",
                f"Words it names: {', '.join(row.stop.words)}" if row.stop.words else "",
                f"The way out must work for {counted(row.stop.valid_days, 'day')}"
                if row.stop.valid_days
                else "",
                f"A stop must be kept {counted(row.stop.keep_years, 'year')}; Shopbell keeps it "
                "for ever"
                if row.stop.keep_years
                else "",
                row.stop.notes,
            ),
            citation=row.stop.citation,
            layer=Layer.LAW,
            rule=f"{row.id}.stop",
        )
    if row.sender is not None:
        contact = "Each text must say how to reach the shop" if row.sender.contact else ""
        yield RuleLine(
            topic="Who sends it",
            says=sentences(f"Shows {'; '.join(row.sender.shows)}", contact),
            citation=row.sender.citation,
            confidence=row.sender.confidence or "",
            rule=f"{row.id}.sender",
        )
    if row.proof is not None:
        yield RuleLine(
            topic="Proof",
            says=f"Keep proof of consent {counted(row.proof.keep_years, 'year')}.",
            citation=row.proof.citation,
            confidence=row.proof.confidence or "",
        )
    if row.templates_only:
        yield RuleLine(
            topic="Registration",
            says="Only registered senders with registered templates; Shopbell sends nothing there.",
            citation=row.templates_only,
            layer=Layer.LAW,
            rule=f"{row.id}.templates",
        )
    if row.emergency_ban:
        yield RuleLine(
            topic="Emergencies",
            says="Marketing stops during a declared emergency.",
            citation=row.emergency_ban,
            layer=Layer.LAW,
            rule=f"{row.id}.emergency",
        )
    if row.lift is not Lift.NOT_SAID:
        yield RuleLine(topic="With a yes on file", says=_LIFT[row.lift])
    yield from map(note_line, row.notes)


_LIFT = {
    Lift.YES: "The rule's own words lift it; Shopbell keeps to it until the owner sets it aside.",
    Lift.NO: "The rule holds all the same.",
    Lift.UNCLEAR: "It is not clear whether the rule still holds; Shopbell keeps to it.",
}


def _holidays(row: Jurisdiction, holidays: RowHolidays) -> RuleLine:
    calendar = holidays.calendar
    places = [calendar.country, *(f"{calendar.country}-{part}" for part in calendar.parts)]
    extra = ", ".join(f"{name} ({rule})" for name, rule in calendar.extra)
    return RuleLine(
        topic="Holidays",
        says=sentences(
            f"No {texts_for(*holidays.applies_to)} on the holidays of {', '.join(places)}",
            f"Also: {extra}" if extra else "",
        ),
        citation=holidays.citation,
        confidence=holidays.confidence,
        layer=holidays.layer,
        rule=holidays_id(row),
    )


_BASIS = {
    Basis.EXPRESS: "a clear yes",
    Basis.PURCHASE: "a purchase",
    Basis.INQUIRY: "an inquiry",
}


def _consent(consent: RowConsent) -> str:
    ends = [f"{_BASIS[basis]} lasts {counted(n, 'month')}" for basis, n in consent.months]
    renewed = " after its last use" if consent.renewed_by_use and ends else ""
    if consent.months_confidence:
        renewed += f" ({consent.months_confidence})"
    return sentences(
        f"Needs {consent.kind}",
        f"Takes {', '.join(_BASIS[basis] for basis in consent.accepts)}",
        _capital(f"{'; '.join(ends)}{renewed}") if ends else "",
    )


def note_line(note: Note) -> RuleLine:
    """Return a note as a line."""
    return RuleLine(
        topic=note.topic, says=note.says, citation=note.citation, confidence=note.confidence
    )


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def sentences(*parts: str) -> str:
    """Return the parts that are not empty, each as a sentence."""
    said = [part.rstrip(". ") for part in parts if part]
    return ". ".join(said) + "."
