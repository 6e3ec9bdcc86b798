"""The history of texts for scripts, for spreadsheets and for people. Must not look anything up."""

from __future__ import annotations

from collections.abc import Iterable

from shopbell.cli.decisions import decision_json, decision_lines
from shopbell.cli.moments import spoken
from shopbell.cli.money import amount, spoken_bill
from shopbell.cli.output import Json
from shopbell.cli.reporting import failure_json
from shopbell.cli.texts import event_json, event_line, text_json, text_line
from shopbell.domain.report_words import counted
from shopbell.services.reports import Chapter


def chapter_json(chapter: Chapter) -> dict[str, Json]:
    """Return one text with its decision, its history and why it failed."""
    found = chapter.failure
    return {
        **text_json(chapter.text),
        "decision": None if chapter.decision is None else decision_json(chapter.decision),
        "history": [event_json(event) for event in chapter.events],
        "failure": None if found is None else failure_json(found),
    }


def chapter_lines(chapter: Chapter, zone: str, *, reveal: bool) -> Iterable[str]:
    """Return one text as lines, the first of which stands out."""
    text, parts = chapter.text, chapter.text.final.segments
    yield text_line(text, zone, reveal=reveal)
    bill = spoken_bill(parts, text.price_micros, text.currency)
    yield f"    {counted(parts, 'part')}, {bill}."
    if chapter.decision is not None:
        yield f"    {' '.join(decision_lines(chapter.decision, zone))}"
    for event in chapter.events:
        yield f"    {event_line(event, zone)}"
    if chapter.failure is not None:
        yield f"    {chapter.failure.sentence} {chapter.failure.action}"


HISTORY = (
    *("Id", "Written", "Left", "Name", "Number", "Purpose", "Topic", "State", "Text", "Parts"),
    *("Price", "Currency", "Decision", "Reasons", "Receipts", "What helps"),
)


def chapter_cells(chapter: Chapter, zone: str) -> tuple[str, ...]:
    """Return one text in the order of HISTORY."""
    text, decision, found = chapter.text, chapter.decision, chapter.failure
    price = amount(text.price_micros)
    return (
        str(text.id),
        spoken(text.created_at, zone),
        "" if text.started_at is None else spoken(text.started_at, zone),
        text.name,
        text.number,
        text.purpose.value,
        text.topic or "",
        text.state.value,
        text.final.text,
        str(text.final.segments),
        "" if price is None else str(price),
        text.currency or "",
        "" if decision is None else decision.verdict.value,
        "" if decision is None else " ".join(reason.code.value for reason in decision.reasons),
        "; ".join(f"{event.word} {spoken(event.at, zone)}" for event in chapter.events),
        "" if found is None else f"{found.sentence} {found.action}",
    )
