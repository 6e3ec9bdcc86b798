"""The hours of every place against a table that was worked out apart from the code."""

from __future__ import annotations

import pytest

from place_cases import PlaceCase, place_cases
from rule_files import packaged_rules
from shopbell.domain.consent import Purpose
from shopbell.domain.decision import Layer, Verdict


@pytest.mark.parametrize("case", place_cases(), ids=lambda case: f"{case.line}-{case.when}")
def test_the_hours_of_a_place(case: PlaceCase) -> None:
    decision = case.decide()
    found = tuple(f"{reason.code} {reason.rule}" for reason in decision.reasons)
    assert found == case.reasons
    assert decision.verdict is (Verdict.HOLD if case.reasons else Verdict.ALLOW)
    expected = None if case.goes is None else case.moment(case.goes)
    assert decision.next_allowed_at == expected


def test_the_table_has_every_row_that_sets_hours_or_holidays_for_marketing() -> None:
    named = {reason.split()[1] for case in place_cases() for reason in case.reasons}
    for row in packaged_rules().jurisdictions:
        if row.id in {"US-unknown", "IN"}:
            continue  # a state nobody knows, and a country nothing goes to: see the gate's cases
        for hours in row.hours:
            several = f".{hours.layer}" if len(row.hours) > 1 else ""
            assert Purpose.MARKETING in hours.applies_to
            assert f"{row.id}.hours{several}" in named
        if row.holidays is not None:
            assert f"{row.id}.holidays" in named


def test_a_reason_names_its_law_its_confidence_and_the_persons_own_clock() -> None:
    for case in place_cases():
        for reason in case.decide().reasons:
            assert bool(reason.citation) or reason.layer is Layer.POLICY
            assert reason.confidence
            assert "shop time" in reason.sentence
            assert ("law" in reason.sentence) == (reason.layer is Layer.LAW)
