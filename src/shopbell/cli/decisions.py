"""A decision for scripts and for people. Must not decide."""

from __future__ import annotations

from shopbell.cli.moments import iso, spoken
from shopbell.cli.output import Json
from shopbell.domain.decision import Decision, Layer, Reason, Verdict

WHOSE = {
    Layer.LAW: "law",
    Layer.CARRIER: "phone companies' rule",
    Layer.POLICY: "this shop's rule",
}
"""Whose rule it is, by layer."""


def decision_json(decision: Decision) -> dict[str, Json]:
    """Return the decision in the shape that every deciding command prints."""
    return {
        "decision": decision.verdict.value,
        "reasons": [reason_json(reason) for reason in decision.reasons],
        "next_allowed_at": iso(decision.next_allowed_at),
        "set_aside": [reason_json(reason) for reason in decision.set_aside],
    }


def reason_json(reason: Reason) -> dict[str, Json]:
    """Return one reason in the shape of docs/cli.md."""
    return {
        "code": reason.code.value,
        "layer": reason.layer.value,
        "rule": reason.rule,
        "citation": reason.citation,
        "sentence": reason.sentence,
        "next_allowed_at": iso(reason.next_allowed_at),
        "confidence": reason.confidence or None,
    }


def refused_json(reason: Reason) -> dict[str, Json]:
    """Return a refusal that has one reason and is no decision about a text."""
    return {
        "decision": Verdict.REFUSE.value,
        "reasons": [reason_json(reason)],
        "next_allowed_at": None,
        "set_aside": [],
    }


def decision_lines(decision: Decision, zone: str) -> list[str]:
    """Return the decision as sentences, one fact a line."""
    match decision.verdict:
        case Verdict.ALLOW:
            first = "Allowed."
        case Verdict.HOLD if decision.next_allowed_at is not None:
            first = f"Held until {spoken(decision.next_allowed_at, zone)}."
        case Verdict.HOLD:
            first = "Held until what is missing is known."
        case Verdict.REFUSE:
            first = "Refused."
    return [first, *map(reason_line, decision.reasons), *map(_aside_line, decision.set_aside)]


def reason_line(reason: Reason) -> str:
    """Return one reason: its sentence, whose rule it is, and where that is written."""
    source = f"{WHOSE[reason.layer]} {reason.rule}"
    if reason.citation:
        source += f", {reason.citation}"
    if reason.confidence:
        source += f", {reason.confidence}"
    return f"{reason.sentence} [{reason.code}; {source}]"


def _aside_line(reason: Reason) -> str:
    return f"Did not count: {reason_line(reason)}"
