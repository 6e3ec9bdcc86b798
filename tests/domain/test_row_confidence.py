"""How sure we are is told of the part of a row that speaks, not of the row as a whole."""

from __future__ import annotations

import pytest

from builders import NEW_YORK, NOW, a_draft, a_person, a_shop, a_yes, at
from gate_cases import ALL_DAY, DAY, Case
from place_cases import NUMBERS
from rule_files import packaged_rule_files, packaged_rules
from shopbell.domain.consent import Basis
from shopbell.domain.decision import Code, Layer, Reason
from shopbell.domain.jurisdictions import Confidence
from shopbell.domain.rule_sheet import sheets_named
from shopbell.domain.rulebook import parse_rules
from shopbell.errors import BadInput

NIGHT = "2026-11-25 02:00"


def reason_of(case: Case, rule: str) -> Reason:
    (found,) = [one for one in case.decide().reasons if one.rule == rule]
    return found


@pytest.mark.parametrize(
    ("place", "rule", "layer", "confidence", "row"),
    [
        ("ZA", "ZA.hours", Layer.LAW, "U", "V2"),
        ("AU", "AU.hours", Layer.POLICY, "U", "V2"),
        ("BR", "BR.hours", Layer.POLICY, "U", "V2"),
        ("NZ", "NZ.hours", Layer.POLICY, "V1", "V1"),
        ("GB", "GB.hours", Layer.POLICY, "V2", "V2"),
        ("US", "US.hours", Layer.LAW, "V2", "V2"),
    ],
)
def test_hours_that_nobody_checked_say_so_though_the_rest_of_the_row_was(
    place: str, rule: str, layer: Layer, confidence: str, row: str
) -> None:
    number = NEW_YORK if place == "US" else NUMBERS[place]
    nights = (at(f"2026-11-{day} {hour:02}:00") for day in (25, 26) for hour in range(24))
    found = [
        reason
        for moment in nights
        for reason in Case(
            says="", draft=a_draft(number=number), shop=a_shop(hours=ALL_DAY), now=moment
        )
        .decide()
        .reasons
        if reason.rule == rule
    ]
    assert found
    assert {(one.layer, one.confidence) for one in found} == {(layer, confidence)}
    assert [sheet.confidence for sheet in sheets_named(packaged_rules(), place)] == [row]


def test_a_term_that_nobody_checked_says_so_when_a_yes_has_run_out() -> None:
    old = a_person(a_yes(basis=Basis.PURCHASE, when=NOW - 400 * DAY))
    ended = reason_of(
        Case(says="", draft=a_draft(number=NUMBERS["IE"]), person=old), "IE.expiry.marketing"
    )
    assert (ended.code, ended.confidence) == (Code.CONSENT_EXPIRED, "U")
    older = a_person(a_yes(basis=Basis.PURCHASE, when=NOW - 800 * DAY))
    ended = reason_of(
        Case(says="", draft=a_draft(number="+14165550142"), person=older), "CA.expiry.marketing"
    )
    assert (ended.code, ended.confidence) == (Code.CONSENT_EXPIRED, "V2")


@pytest.mark.parametrize(
    ("place", "topic", "says", "confidence"),
    [
        ("ZA", "Hours", "mon-fri 08:00-20:00; sat 09:00-13:00", "U"),
        ("AU", "Hours", "sat 09:00-17:00", "U"),
        ("BR", "Hours", "sat 10:00-16:00", "U"),
        ("NZ", "Who sends it", "who authorised it", "U"),
        ("CA", "Proof", "3 years", "U"),
        ("IE", "Permission for marketing texts", "12 months after its last use (U).", ""),
        ("CA", "Permission for marketing texts", "A purchase lasts 24 months; an inquiry", ""),
        ("US", "Hours", "mon-sun 08:00-21:00", ""),
    ],
)
def test_the_sheet_marks_what_is_less_sure_than_its_row(
    place: str, topic: str, says: str, confidence: str
) -> None:
    (sheet,) = sheets_named(packaged_rules(), place)
    lines = [line for line in sheet.lines if line.topic == topic and says in line.says]
    assert [line.confidence for line in lines] == [confidence]


@pytest.mark.parametrize(
    ("file", "after", "key"),
    [
        ("ZA.toml", 'week = "mon-fri 08:00-20:00; sat 09:00-13:00"', "confidence"),
        ("CA.toml", "keep_years = 3", "confidence"),
        ("IE.toml", "months = { purchase = 12 }", "months_confidence"),
        ("NZ.toml", "[sender]", "confidence"),
    ],
)
def test_a_mark_that_does_not_exist_is_named(file: str, after: str, key: str) -> None:
    files = dict(packaged_rule_files())
    before, line, rest = files[file].partition(after)
    assert line
    files[file] = before + line + rest.replace(f'{key} = "U"', f'{key} = "V3"', 1)
    with pytest.raises(BadInput) as error:
        parse_rules(files)
    assert file in str(error.value)
    assert key in str(error.value)
    assert all(mark in str(error.value) for mark in Confidence)
