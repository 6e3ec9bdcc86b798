"""What is noticed about the words of a text, and what of it stops it. Must not look itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from shopbell.domain.decision import Code, Layer, Reason, Verdict
from shopbell.domain.folding import Span


class Severity(StrEnum):
    """Whether a finding stops the text or only speaks up."""

    BLOCK = "block"
    WARN = "warn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing about a text that its writer should know, with the rule that says so."""

    code: Code
    severity: Severity
    layer: Layer
    rule: str
    """Id of the rule row, for example "lint.tobacco"."""
    citation: str
    """Where the rule is written down; empty for the shop's own habits."""
    confidence: str
    """V1 primary text seen, V2 secondary source seen, U unverified."""
    span: Span | None
    """Where it stands in the words as typed; None if it is about the whole text."""
    sentence: str
    """What was found and what to do next. May repeat the writer's words: show it with `shown`."""
    instead: str = ""
    """Words to put in the place of `span`; empty if there is no ready answer."""


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings as they are read: what stops the text first, then by place."""
    return tuple(
        sorted(findings, key=lambda f: (f.severity is not Severity.BLOCK, f.span or (1 << 62, 0)))
    )


def refusals(findings: Iterable[Finding]) -> tuple[Reason, ...]:
    """Return, as reasons for the gate, the findings that stop a text."""
    return tuple(
        Reason(
            code=finding.code,
            verdict=Verdict.REFUSE,
            layer=finding.layer,
            rule=finding.rule,
            citation=finding.citation,
            sentence=finding.sentence,
            confidence=finding.confidence,
        )
        for finding in findings
        if finding.severity is Severity.BLOCK
    )
