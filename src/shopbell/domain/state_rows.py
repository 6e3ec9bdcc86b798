"""Reads the rule file that holds a row for every state of a country, a few lines each.

Must not know what the gate makes of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from shopbell.domain.calendars import Calendar
from shopbell.domain.consent import Purpose
from shopbell.domain.decision import Layer
from shopbell.domain.jurisdiction_rows import consistent
from shopbell.domain.jurisdictions import (
    UNKNOWN_PART,
    Confidence,
    Jurisdiction,
    Lift,
    Note,
    RowCap,
    RowHolidays,
    RowHours,
)
from shopbell.domain.rule_table import RuleTable

_BOUND = (Purpose.MARKETING,)
"""State rows are about solicitation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Header:
    """What the rows of the file have in common."""

    country: str
    version: str
    checked: date
    review_by: date
    holidays_confidence: Confidence
    federal_holidays: tuple[tuple[str, str], ...]


def read_states(table: RuleTable) -> tuple[Jurisdiction, ...]:
    """Return the rows of the file: the states, and what holds where the state is not known.

    Raises:
        BadInput: names file and key.
    """
    header = _Header(
        country=table.text("country"),
        version=table.text("version"),
        checked=table.day("checked"),
        review_by=table.day("review_by"),
        holidays_confidence=table.choice("holidays_confidence", Confidence),
        federal_holidays=table.day_rules("federal_holidays"),
    )
    rows = [_state(entry, header) for entry in table.tables("state", named_by="id")]
    rows += _federal_only(table.table("federal_only"), header)
    rows.append(_unknown(table.table("unknown"), header, rows))
    table.end()
    return tuple(rows)


def _state(table: RuleTable, header: _Header) -> Jurisdiction:
    part = table.text("id")
    cite, confidence = table.text("cite"), table.choice("confidence", Confidence)
    calendar = None
    if table.has("holidays"):
        extra = header.federal_holidays + table.day_rules("holidays")
        calendar = Calendar(country=header.country, parts=(part,), extra=extra)
    row = _row(
        header,
        part,
        name=table.text("name"),
        layer=Layer.LAW,
        hours=_hours(table, Layer.LAW, cite) if table.has("hours") else None,
        calendar=calendar,
        cap=_cap(table, Layer.LAW, cite),
        emergency_ban=cite if table.flag("emergency_ban", False) else "",
        lift=table.choice("lift", Lift) if table.has("lift") else Lift.NOT_SAID,
        scope=table.text("scope"),
        notes=table.texts("notes", ()),
        cite=cite,
        confidence=confidence,
        effective_from=table.day_or_none("effective_from"),
        effective_to=table.day_or_none("effective_to"),
    )
    table.end()
    return consistent(table, row)


def _federal_only(table: RuleTable, header: _Header) -> Iterator[Jurisdiction]:
    scope, cite = table.text("scope"), table.text("cite")
    confidence, notes = table.choice("confidence", Confidence), table.texts("notes")
    states = table.table("states")
    for part in states.names():
        yield _row(
            header,
            part,
            name=states.text(part),
            layer=Layer.LAW,
            scope=scope,
            notes=notes,
            cite=cite,
            confidence=confidence,
        )
    table.end()


def _unknown(table: RuleTable, header: _Header, states: list[Jurisdiction]) -> Jurisdiction:
    """Return the row for a state nobody knows. It is our own caution, and says so."""
    with_holidays = table.texts("holidays_of")
    found = [
        row.holidays.calendar
        for part in with_holidays
        for row in states
        if row.id == f"{header.country}-{part}" and row.holidays is not None
    ]
    if len({parts for each in found for parts in each.parts}) < len(set(with_holidays)):
        raise table.error("holidays_of", "names a state without holidays")
    calendar = Calendar(
        country=header.country,
        parts=with_holidays,
        extra=tuple(dict.fromkeys(day for each in found for day in each.extra)),
    )
    row = _row(
        header,
        UNKNOWN_PART,
        name=table.text("name"),
        layer=Layer.POLICY,
        hours=_hours(table, Layer.POLICY, ""),
        calendar=calendar,
        cap=_cap(table, Layer.POLICY, ""),
        scope=table.text("scope"),
        confidence=header.holidays_confidence,
    )
    table.end()
    return row


def _hours(table: RuleTable, layer: Layer, cite: str) -> RowHours:
    return RowHours(week=table.week("hours"), applies_to=_BOUND, layer=layer, citation=cite)


def _cap(table: RuleTable, layer: Layer, cite: str) -> RowCap | None:
    if not table.has("cap"):
        return None
    inner = table.table("cap")
    cap = RowCap(
        n=inner.number("n", least=1),
        per=timedelta(hours=inner.number("per_hours", least=1)),
        applies_to=_BOUND,
        layer=layer,
        citation=cite,
    )
    inner.end()
    return cap


def _row(
    header: _Header,
    part: str,
    *,
    name: str,
    layer: Layer,
    scope: str,
    confidence: Confidence,
    hours: RowHours | None = None,
    calendar: Calendar | None = None,
    cap: RowCap | None = None,
    emergency_ban: str = "",
    lift: Lift = Lift.NOT_SAID,
    notes: tuple[str, ...] = (),
    cite: str = "",
    effective_from: date | None = None,
    effective_to: date | None = None,
) -> Jurisdiction:
    place = f"{header.country}-{part}"
    holidays = None
    if calendar is not None:
        holidays = RowHolidays(
            calendar=calendar,
            applies_to=_BOUND,
            layer=layer,
            citation=cite,
            confidence=header.holidays_confidence,
        )
    return Jurisdiction(
        id=place,
        name=name,
        version=header.version,
        covers=(place,),
        hours=() if hours is None else (hours,),
        holidays=holidays,
        caps=() if cap is None else (cap,),
        consents=(),
        stop=None,
        sender=None,
        proof=None,
        templates_only="",
        emergency_ban=emergency_ban,
        lift=lift,
        scope=scope,
        notes=tuple(
            Note(topic="Note", says=says, citation=cite, confidence=confidence) for says in notes
        ),
        checked=header.checked,
        review_by=header.review_by,
        effective_from=effective_from,
        effective_to=effective_to,
        confidence=confidence,
        sources=(cite,) if cite else (),
    )
