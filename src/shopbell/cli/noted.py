"""What was noticed about the words of a draft, for scripts and for people. Must not look for it."""

from __future__ import annotations

from collections.abc import Iterator

from shopbell.cli.decisions import WHOSE
from shopbell.cli.moments import iso
from shopbell.cli.output import Json
from shopbell.domain.decision import Code, Decision
from shopbell.domain.draft_notes import DraftNotes
from shopbell.domain.facts import TextDraft
from shopbell.domain.findings import Finding
from shopbell.domain.promotional import Promotion
from shopbell.domain.smart import Change, Offer
from shopbell.domain.telling import counted

_AROUND = 12
"""Characters of the words shown on either side of a change."""


def notes_json(notes: DraftNotes, draft: TextDraft) -> dict[str, Json]:
    """Return what was noticed, in the shape that `check` and `send` print."""
    pin = notes.pin
    return {
        "purpose": draft.purpose.value,
        "lint": [_finding_json(one) for one in notes.findings],
        "promotion": None if notes.promotion is None else _promotion(notes.promotion, notes, draft),
        "true_until": None if pin is None else iso(pin.last),
        "costliest": None if notes.costliest is None else notes.costliest.sentence,
        "straighten": None if notes.offer is None else _offer_json(notes.offer),
    }


def notes_lines(notes: DraftNotes, draft: TextDraft, decision: Decision) -> Iterator[str]:
    """Yield what was noticed as sentences; what stops the text is told by the decision."""
    if notes.promotion is not None and notes.counts_as_marketing:
        told = any(reason.code is Code.PROMOTION_IN_SERVICE for reason in decision.reasons)
        why = "" if told else f" {notes.promotion.sentence}"
        yield f"It counts as marketing.{why} If it only serves their order: --really-service REASON"
    elif notes.promotion is not None:
        why = draft.really_service
        yield f"It stays a text about orders and appointments, because: \u201c{why}\u201d"
    if notes.pin is not None:
        yield notes.pin.sentence
    if notes.costliest is not None:
        yield notes.costliest.sentence
    if notes.offer is not None:
        yield from _offer_lines(notes.offer, draft.body)
    for one in notes.warnings:
        yield _finding_line(one)


def _finding_json(finding: Finding) -> dict[str, Json]:
    start, end = finding.span or (None, None)
    return {
        "code": finding.code.value,
        "severity": finding.severity.value,
        "layer": finding.layer.value,
        "rule": finding.rule,
        "citation": finding.citation,
        "confidence": finding.confidence or None,
        "sentence": finding.sentence,
        "start": start,
        "end": end,
        "instead": finding.instead or None,
    }


def _finding_line(finding: Finding) -> str:
    source = f"{WHOSE[finding.layer]} {finding.rule}"
    if finding.citation:
        source += f", {finding.citation}"
    return f"Think about it: {finding.sentence} [{source}]"


def _promotion(found: Promotion, notes: DraftNotes, draft: TextDraft) -> dict[str, Json]:
    start, end = found.span
    return {
        "sentence": found.sentence,
        "start": start,
        "end": end,
        "counts_as": "marketing" if notes.counts_as_marketing else "service",
        "really_service": draft.really_service or None,
    }


def _offer_json(offer: Offer) -> dict[str, Json]:
    return {
        "changes": [
            {"start": one.start, "end": one.end, "old": one.old, "new": one.new}
            for one in offer.changes
        ],
        "text": offer.text,
        "segments": offer.after.segments,
        "saved": offer.saved,
    }


def _offer_lines(offer: Offer, body: str) -> Iterator[str]:
    saves = f"{counted(offer.after.segments, 'part')} instead of {offer.before.segments}"
    yield f"With --straighten it takes {saves}:"
    yield from (f"  {_excerpt(body, one)}" for one in offer.changes)


def _excerpt(body: str, change: Change) -> str:
    """Return a change as a line of a diff, with the words around it: "we[X -> ']re ready"."""
    before = body[max(0, change.start - _AROUND) : change.start]
    after = body[change.end : change.end + _AROUND]
    return " ".join(f"{before}[{change.old} -> {change.new or 'nothing'}]{after}".split())
