from __future__ import annotations

from shopbell.domain.decision import Code, Layer, Verdict
from shopbell.domain.findings import Finding, Severity, in_order, refusals


def a_finding(
    severity: Severity = Severity.WARN, span: tuple[int, int] | None = None, rule: str = "lint.x"
) -> Finding:
    return Finding(
        code=Code.FORBIDDEN_CONTENT if severity is Severity.BLOCK else Code.LINT_STYLE,
        severity=severity,
        layer=Layer.CARRIER,
        rule=rule,
        citation="Twilio error 30873",
        confidence="V1",
        span=span,
        sentence="Leave it out.",
    )


def test_what_stops_a_text_comes_first_then_what_stands_first() -> None:
    whole = a_finding(rule="whole")
    late, early = a_finding(span=(30, 34), rule="late"), a_finding(span=(2, 4), rule="early")
    stops = a_finding(Severity.BLOCK, (50, 53), rule="stops")
    ordered = in_order([whole, late, early, stops])
    assert [one.rule for one in ordered] == ["stops", "early", "late", "whole"]


def test_only_what_stops_a_text_becomes_a_reason_for_the_gate() -> None:
    (reason,) = refusals([a_finding(), a_finding(Severity.BLOCK, (0, 3), rule="lint.drugs")])
    assert reason.verdict is Verdict.REFUSE
    assert reason.code is Code.FORBIDDEN_CONTENT
    assert (reason.layer, reason.rule) == (Layer.CARRIER, "lint.drugs")
    assert reason.citation == "Twilio error 30873"
    assert reason.sentence == "Leave it out."
    assert reason.next_allowed_at is None


def test_warnings_alone_refuse_nothing() -> None:
    assert refusals([a_finding(), a_finding(span=(1, 2))]) == ()
