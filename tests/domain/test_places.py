"""The hours of every place against a table that was worked out apart from the code."""

from __future__ import annotations

import re

import pytest

from place_cases import NUMBERS, RESERVED, ZEROS, PlaceCase, place_cases
from rule_files import packaged_rules
from shopbell.domain.consent import Purpose
from shopbell.domain.decision import Layer, Verdict
from shopbell.domain.ids import E164
from shopbell.domain.numbers import number_of


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


@pytest.mark.parametrize("country", sorted(NUMBERS))
def test_the_number_of_a_country_is_a_mobile_number_of_that_country(country: str) -> None:
    number = number_of(E164(NUMBERS[country]))
    assert number.country == country
    assert number.kind.is_textable


@pytest.mark.parametrize("country", sorted(ZEROS))
def test_where_nothing_is_reserved_the_numbers_own_part_is_nothing_but_zeros(country: str) -> None:
    assert country not in RESERVED
    assert re.fullmatch(r"\+[1-9]\d{2,5}?0{6,8}", ZEROS[country])


@pytest.mark.parametrize(
    ("country", "reserved"),
    [
        ("AU", r"\+6149157015[6-9]"),
        ("DE", r"\+4915228817386"),
        ("FR", r"\+33639980\d{3}"),
        ("GB", r"\+447700900\d{3}"),
        ("SE", r"\+467017406(0[5-9]|[1-9]\d)"),
    ],
)
def test_where_a_range_is_reserved_the_number_is_of_it(country: str, reserved: str) -> None:
    assert re.fullmatch(reserved, RESERVED[country])
    assert len(RESERVED) == 5
