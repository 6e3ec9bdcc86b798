"""Reads a rule file that holds one row: a country, or the law many countries share.

Must not know what the gate makes of it.
"""

from __future__ import annotations

from datetime import timedelta

from shopbell.domain.calendars import Calendar
from shopbell.domain.consent import Basis, Purpose
from shopbell.domain.decision import Layer
from shopbell.domain.jurisdictions import (
    Confidence,
    Jurisdiction,
    Lift,
    Note,
    RowCap,
    RowConsent,
    RowHolidays,
    RowHours,
    RowProof,
    RowSender,
    RowStop,
)
from shopbell.domain.rule_table import RuleTable


def read_jurisdiction(table: RuleTable) -> Jurisdiction:
    """Return the row a rule file holds.

    Raises:
        BadInput: names file and key.
    """
    row_id, confidence = table.text("id"), table.choice("confidence", Confidence)
    row = Jurisdiction(
        id=row_id,
        name=table.text("name"),
        version=table.text("version"),
        covers=table.texts("covers"),
        hours=tuple(_hours(entry) for entry in table.tables("hours")),
        holidays=(
            _holidays(table.table("holidays"), row_id, confidence)
            if table.has("holidays")
            else None
        ),
        caps=tuple(_cap(entry) for entry in table.tables("cap")),
        consents=tuple(_consent(entry) for entry in table.tables("consent")),
        stop=_stop(table.table("stop")),
        sender=_sender(table.table("sender")) if table.has("sender") else None,
        proof=_proof(table.table("proof")) if table.has("proof") else None,
        templates_only=_citation(table, "templates_only"),
        emergency_ban=_citation(table, "emergency_ban"),
        lift=Lift.NOT_SAID,
        scope=table.text("scope"),
        notes=tuple(read_note(entry) for entry in table.tables("note")),
        checked=table.day("checked"),
        review_by=table.day("review_by"),
        effective_from=table.day_or_none("effective_from"),
        effective_to=table.day_or_none("effective_to"),
        confidence=confidence,
        sources=table.texts("sources"),
    )
    table.end()
    return consistent(table, row)


def consistent(table: RuleTable, row: Jurisdiction) -> Jurisdiction:
    """Return the row, if it does not contradict itself.

    Raises:
        BadInput: it does; names file and key.
    """
    if row.effective_from and row.effective_to and row.effective_from >= row.effective_to:
        raise table.error("effective_to", "must be after effective_from")
    if row.review_by <= row.checked:
        raise table.error("review_by", "must be after checked")
    purposes = [consent.purpose for consent in row.consents]
    if len(set(purposes)) < len(purposes):
        raise table.error("consent", "says the same purpose twice")
    if not row.covers:
        raise table.error("covers", "must name a place")
    return row


def _cap(table: RuleTable) -> RowCap:
    cap = RowCap(
        n=table.number("n", least=1),
        per=timedelta(hours=table.number("per_hours", least=1)),
        applies_to=table.choices("applies_to", Purpose),
        layer=table.choice("layer", Layer),
        citation=_cite(table),
    )
    table.end()
    return cap


def _hours(table: RuleTable) -> RowHours:
    hours = RowHours(
        week=table.week("week"),
        applies_to=table.choices("applies_to", Purpose),
        layer=table.choice("layer", Layer),
        citation=_cite(table),
        confidence=_confidence(table),
    )
    table.end()
    return hours


def _holidays(table: RuleTable, country: str, confidence: Confidence) -> RowHolidays:
    holidays = RowHolidays(
        calendar=Calendar(
            country=table.text("country", country),
            parts=table.texts("parts", ()),
            extra=table.day_rules("extra") if table.has("extra") else (),
        ),
        applies_to=table.choices("applies_to", Purpose),
        layer=table.choice("layer", Layer),
        citation=_cite(table),
        confidence=confidence,
    )
    table.end()
    return holidays


def _consent(table: RuleTable) -> RowConsent:
    months = table.table("months") if table.has("months") else None
    consent = RowConsent(
        purpose=table.choice("purpose", Purpose),
        kind=table.text("kind"),
        accepts=table.choices("accepts", Basis),
        months=_months(months) if months is not None else (),
        renewed_by_use=table.flag("renewed_by_use", False),
        citation=table.text("cite"),
        months_confidence=_confidence(table, "months_confidence"),
    )
    for basis, _ in consent.months:
        if basis not in consent.accepts:
            raise table.error("months", f'limits "{basis}", which it does not accept')
    table.end()
    return consent


def _months(table: RuleTable) -> tuple[tuple[Basis, int], ...]:
    months = tuple(
        (basis, table.number(basis, least=1)) for basis in Basis if table.has(basis.value)
    )
    table.end()
    return months


def _stop(table: RuleTable) -> RowStop:
    stop = RowStop(
        citation=table.text("cite"),
        deadline=table.text("deadline"),
        words=table.texts("words"),
        valid_days=table.number("valid_days", least=1) if table.has("valid_days") else None,
        keep_years=table.number("keep_years", least=1) if table.has("keep_years") else None,
        notes=table.text("notes", ""),
    )
    table.end()
    return stop


def _sender(table: RuleTable) -> RowSender:
    sender = RowSender(
        shows=table.texts("shows"),
        contact=table.flag("contact", False),
        citation=table.text("cite"),
        confidence=_confidence(table),
    )
    table.end()
    return sender


def _proof(table: RuleTable) -> RowProof:
    proof = RowProof(
        keep_years=table.number("keep_years", least=1),
        citation=table.text("cite"),
        confidence=_confidence(table),
    )
    table.end()
    return proof


def read_note(table: RuleTable) -> Note:
    """Return a note.

    Raises:
        BadInput: names file and key.
    """
    note = Note(
        topic=table.text("topic"),
        says=table.text("says"),
        citation=table.text("cite"),
        confidence=table.choice("confidence", Confidence),
    )
    table.end()
    return note


def _confidence(table: RuleTable, key: str = "confidence") -> Confidence | None:
    """Return how sure a part of the row is, where that differs from the row's."""
    return table.choice(key, Confidence) if table.has(key) else None


def _cite(table: RuleTable) -> str:
    """Return the citation; only our own habits and customs may go without one."""
    habit = table.text("layer") == Layer.POLICY
    return table.text("cite", "" if habit else None)


def _citation(table: RuleTable, key: str) -> str:
    """Return the citation of a table that holds nothing else; empty if it is not there."""
    if not table.has(key):
        return ""
    inner = table.table(key)
    cite = inner.text("cite")
    inner.end()
    return cite
