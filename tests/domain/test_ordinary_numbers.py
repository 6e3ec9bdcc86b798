"""Numbers read quickly are known as well as by the full reading."""

from __future__ import annotations

from collections import defaultdict

import pytest

from place_cases import NUMBERS
from rule_files import packaged_rules
from shopbell.domain import ordinary_numbers
from shopbell.domain.ids import E164
from shopbell.domain.numbers import Number, NumberKind, number_of
from shopbell.domain.ordinary_numbers import BEGINNING, OrdinaryNumbers

AREA_CODES = packaged_rules().area_codes
ODD = (
    *("+18005550142", "+12425550142", "+18765550142", "+17875550142", "+16715550142"),
    *("+911", "+999", "+", "", "12125550142", "+0", "+1212555014", "+4420794609580000"),
)
EVERY = [*(f"+1{code}5550142" for code in AREA_CODES.places), *NUMBERS.values(), *ODD]


@pytest.mark.parametrize("number", EVERY)
def test_a_number_is_known_as_well_as_by_asking_the_library(number: str) -> None:
    assert OrdinaryNumbers(AREA_CODES).number(E164(number)) == number_of(E164(number))


def test_numbers_that_begin_alike_are_told_alike_in_any_order() -> None:
    numbers = OrdinaryNumbers(AREA_CODES)
    for number in (*EVERY, *reversed(EVERY)):
        assert numbers.number(E164(number)) == number_of(E164(number))


def test_ordinary_numbers_of_one_beginning_and_kind_have_place_and_zones_in_common() -> None:
    numbers = OrdinaryNumbers(AREA_CODES)
    seen: dict[tuple[str, NumberKind], set[tuple[str | None, tuple[str, ...]]]] = defaultdict(set)
    for code in ("212", "312", "416", "514", "850", "907"):
        for exchange in ("555", "234", "987"):
            number = E164(f"+1{code}{exchange}0142")
            kind, known = numbers.kind_of(number), number_of(number)
            assert kind is known.kind
            seen[number[:BEGINNING], kind].add((known.country, known.zones))
    assert len(seen) == 6
    assert all(len(told) == 1 for told in seen.values())


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        ("+12125550142", NumberKind.LANDLINE_OR_MOBILE),
        ("+14165550142", NumberKind.LANDLINE_OR_MOBILE),
        ("+61491570156", NumberKind.MOBILE),
        ("+442079460123", None),
        ("+447700900123", None),
        ("+18005550142", None),
        ("+17875550142", None),
        ("+12425550142", None),
        ("12125550142", None),
        ("+999", None),
    ],
)
def test_only_an_ordinary_number_is_told_by_its_beginning(
    number: str, kind: NumberKind | None
) -> None:
    assert OrdinaryNumbers(AREA_CODES).kind_of(E164(number)) is kind


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ordinary_numbers, "_MOST_REMEMBERED", 3)
    numbers = OrdinaryNumbers(AREA_CODES)
    found: list[Number] = []
    for code in ("212", "312", "602", "213", "850", "212"):
        found.append(numbers.number(E164(f"+1{code}5550142")))
        assert len(numbers._told) <= 3
    assert found[0] == found[-1]
