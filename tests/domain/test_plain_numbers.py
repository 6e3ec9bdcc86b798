"""The quick reading of ordinary numbers must never differ from the full one."""

from __future__ import annotations

import phonenumbers
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shopbell.domain.numbers import Number, NumberKind, read_number
from shopbell.domain.plain_numbers import read_plain

REGIONS = sorted(phonenumbers.SUPPORTED_REGIONS)


def same_as_full_reading(cell: str, country: str) -> bool:
    plain = read_plain(cell, country)
    if plain is None:
        return True
    full = read_number(cell, country)
    return isinstance(full, Number) and plain == (full.e164, full.kind)


@pytest.mark.parametrize(
    ("cell", "country"),
    [
        ("+12125550142", "US"),
        ("2125550142", "US"),
        ("12125550142", "US"),
        ("1 (212) 555-0142", "CA"),
        ("(416) 555-0142", "US"),
        ("+1-416-555-0142", "GB"),
    ],
)
def test_clean_north_american_numbers_are_read_without_the_library(cell: str, country: str) -> None:
    assert read_plain(cell, country) == (
        "+1" + "".join(filter(str.isdecimal, cell))[-10:],
        NumberKind.LANDLINE_OR_MOBILE,
    )


@pytest.mark.parametrize(
    ("cell", "country"),
    [
        ("2125550142", "GB"),
        ("+2125550142", "US"),
        ("1112223333", "US"),
        ("8005550142", "US"),
        ("9005550142", "US"),
        ("212-555-0142 x1", "US"),
        ("\u0662125550142", "US"),
        ("+999 123 4567", "US"),
        ("+800 1234 5678", "US"),
        ("62812345678", "ID"),
        ("020 7946 0123", "GB"),
        ("", "US"),
    ],
)
def test_whatever_is_not_ordinary_is_left_to_the_full_reading(cell: str, country: str) -> None:
    assert read_plain(cell, country) is None


def test_a_mobile_number_of_any_country_is_read_quickly() -> None:
    assert read_plain("0491 570 006", "AU") == ("+61491570006", NumberKind.MOBILE)
    assert read_plain("+61 491 570 006", "US") == ("+61491570006", NumberKind.MOBILE)


@settings(deadline=None, max_examples=300)
@given(
    area=st.integers(200, 999),
    exchange=st.integers(0, 999),
    line=st.integers(0, 9999),
    style=st.sampled_from(
        ["+1{}{}{}", "1{}{}{}", "({}) {}-{}", "({}){}{}", "{}.{}.{}", "+1 {}-{} {}", "+{}{}{}"]
    ),
    country=st.sampled_from(["US", "CA", "PR", "BB", "JM", "GB"]),
)
def test_every_north_american_number_reads_the_same_both_ways(
    area: int, exchange: int, line: int, style: str, country: str
) -> None:
    cell = style.format(f"{area:03}", f"{exchange:03}", f"{line:04}")

    assert same_as_full_reading(cell, country)


@settings(deadline=None, max_examples=300)
@given(region=st.sampled_from(REGIONS), kind=st.integers(0, 10), data=st.data())
def test_the_numbers_of_every_country_read_the_same_both_ways(
    region: str, kind: int, data: st.DataObject
) -> None:
    example = phonenumbers.example_number_for_type(region, kind)
    national = phonenumbers.national_significant_number(
        example or phonenumbers.example_number(region)
    )
    place = data.draw(st.integers(0, len(national) - 1))
    digit = data.draw(st.sampled_from("0123456789"))
    changed = national[:place] + digit + national[place + 1 :]
    code = phonenumbers.country_code_for_region(region)

    for cell in (f"+{code}{changed}", changed, f"0{changed}", f"{code}{changed}"):
        assert same_as_full_reading(cell, region)
