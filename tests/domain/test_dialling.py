"""The countries by which numbers without a country code are read: found by any name for them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from phonenumbers import SUPPORTED_REGIONS, country_code_for_region

from shopbell.domain.dialling import (
    countries_like,
    country_called,
    country_meant,
    dialled_countries,
)


def test_every_country_with_phones_is_there_once_with_its_prefix_and_a_name() -> None:
    found = dialled_countries()
    assert {one.code for one in found} == set(SUPPORTED_REGIONS)
    assert len(found) == len(SUPPORTED_REGIONS)
    assert [one.name for one in found] == sorted(one.name for one in found)
    for one in found:
        assert one.prefix == country_code_for_region(one.code)
        assert len(one.name) > 3
        assert one.name[0].isupper()
        assert "_" not in one.name


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("US", "US"),
        ("us", "US"),
        (" gb ", "GB"),
        ("UK", "GB"),
        ("United Kingdom", "GB"),
        ("united-kingdom", "GB"),
        ("Germany", "DE"),
        ("new zealand", "NZ"),
        ("Congo", "CG"),
        ("DR Congo", "CD"),
        ("Ascension Island", "AC"),
        ("Trinidad and Tobago", "TT"),
        ("USA", "US"),
        ("", None),
        ("Narnia", None),
        ("U", None),
        ("United", None),
        ("44", None),
        ("\x1b[31m", None),
    ],
)
def test_a_country_is_called_by_its_code_or_its_whole_name(words: str, code: str | None) -> None:
    found = country_called(words)
    assert (found.code if found else None) == code


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("+44", "GB"),
        ("44", "GB"),
        ("1", "US"),
        ("+7", "RU"),
        ("39", "IT"),
        ("uk", "GB"),
        ("ire", "IE"),
        ("king", "GB"),
        ("états", None),
        ("999", None),
        ("4" * 4000, None),
    ],
)
def test_part_of_a_name_or_a_prefix_finds_the_likeliest_first(
    words: str, first: str | None
) -> None:
    found = countries_like(words)
    assert (found[0].code if found else None) == first


def test_several_countries_share_a_prefix() -> None:
    assert {one.code for one in countries_like("+44")} == {"GB", "GG", "IM", "JE"}
    assert "CA" in {one.code for one in countries_like("1")}


@given(st.text(max_size=20))
def test_any_words_find_some_of_the_countries_each_once(words: str) -> None:
    found = countries_like(words)
    assert set(found) <= set(dialled_countries())
    assert len(set(found)) == len(found)
    called = country_called(words)
    assert called is None or called == found[0]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("US", "US"),
        ("gb", "GB"),
        ("germany", "DE"),
        (" Germany ", "DE"),
        ("germ", "DE"),
        ("united kingdom", "GB"),
        ("united", None),
        ("ger", None),
        ("U", None),
        ("ZZ", None),
        ("Narnia", None),
        ("", None),
        ("[/]", None),
        ("New Zealand", "NZ"),
    ],
)
def test_a_country_is_meant_by_enough_of_its_name_and_never_guessed(
    words: str, code: str | None
) -> None:
    found = country_meant(words)
    assert (None if found is None else found.code) == code
