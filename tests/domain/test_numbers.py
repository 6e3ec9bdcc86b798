from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopbell.domain.ids import E164
from shopbell.domain.numbers import Number, NumberKind, NumberProblem, number_of, read_number


def e164(raw: str, country: str = "US") -> str:
    read = read_number(raw, country)
    return read.e164 if isinstance(read, Number) else f"problem: {read.code}"


@pytest.mark.parametrize(
    ("raw", "country", "expected"),
    [
        ("+12125550142", "US", "+12125550142"),
        ("+12125550142", "GB", "+12125550142"),
        ("2125550142", "US", "+12125550142"),
        ("12125550142", "US", "+12125550142"),
        ("1 (212) 555-0142", "US", "+12125550142"),
        ("(212) 555-0142", "us", "+12125550142"),
        ("212.555.0142", "US", "+12125550142"),
        ("tel:+1-212-555-0142", "US", "+12125550142"),
        ("'+12125550142", "US", "+12125550142"),
        ("  +1 212 555 0142\t", "US", "+12125550142"),
        ("+1\u00a0212\u202f555\u20110142", "US", "+12125550142"),
        ("\u202a+1 212 555 0142\u202c", "US", "+12125550142"),
        ("\ufeff+12125550142\u200b", "US", "+12125550142"),
        ("\uff12\uff11\uff12\uff15\uff15\uff15\uff10\uff11\uff14\uff12", "US", "+12125550142"),
        ("\uff0b1 212 555 0142", "US", "+12125550142"),
        ("٢١٢٥٥٥٠١٤٢", "US", "+12125550142"),
        ("12125550142.0", "US", "+12125550142"),
        ("011 44 7700 900123", "US", "+447700900123"),
        ("07700 900123", "GB", "+447700900123"),
        ("0044 7700 900123", "GB", "+447700900123"),
        ("+44 (0)7700 900123", "GB", "+447700900123"),
        ("06 39 98 01 23", "FR", "+33639980123"),
        ("01 99 00 00 01", "FR", "+33199000001"),
        ("0491 570 156", "AU", "+61491570156"),
        ("(416) 555-0123", "CA", "+14165550123"),
    ],
)
def test_a_number_is_read_as_people_and_spreadsheets_write_it(
    raw: str, country: str, expected: str
) -> None:
    assert e164(raw, country) == expected


@pytest.mark.parametrize(
    ("raw", "country", "code"),
    [
        ("", "US", "empty"),
        (" \u00a0\u200b", "US", "empty"),
        ("none", "US", "not-a-number"),
        ("[/]", "US", "not-a-number"),
        ("\x00", "US", "not-a-number"),
        ("+", "US", "not-a-number"),
        ('=HYPERLINK("x")', "US", "not-a-number"),
        ("1.55512E+10", "US", "spreadsheet"),
        ("1,55512e10", "DE", "spreadsheet"),
        ("1-800-FLOWERS", "US", "letters"),
        ("212 555 0142 Dana", "US", "letters"),
        ("212-555-0142 x12", "US", "extension"),
        ("212-555-0142 ext. 3", "US", "extension"),
        ("212-555-0142;ext=3", "US", "extension"),
        ("212-555-0142#7", "US", "extension"),
        ("212-555-0142,,5#", "US", "extension"),
        ("030 901820 Durchwahl 12", "DE", "extension"),
        ("911", "US", "emergency"),
        ("112", "US", "emergency"),
        ("999", "GB", "emergency"),
        ("9-1-1", "US", "emergency"),
        ("000", "AU", "emergency"),
        ("12345", "US", "short"),
        ("898211", "US", "short"),
        ("555-0142", "US", "short"),
        ("42", "US", "short"),
        ("7" * 40, "US", "long"),
        ("+1 212 555 01423", "US", "long"),
        ("9" * 3_000_000, "US", "long"),
        ("a" * 3_000_000, "US", "long"),
        ("+999 1234 5678", "US", "country"),
        ("2125550142", "", "country"),
        ("2125550142", "ZZ", "country"),
        ("+1 555 123 0000", "US", "unused"),
        ("+1 212 155 0142", "US", "unused"),
        ("+44 7700 800123 4", "GB", "long"),
        ("212-555-0142 / 212-555-0143", "US", "several"),
        ("+12125550142 ::: +12125550143", "US", "several"),
        ("+12125550142; +12125550143", "US", "several"),
        ("212 555 0142 or 212 555 0143", "US", "several"),
        ("212 555 0142\n212 555 0143", "US", "several"),
    ],
)
def test_each_mistake_has_its_own_name(raw: str, country: str, code: str) -> None:
    assert e164(raw, country) == f"problem: {code}"


def test_every_problem_says_what_to_do() -> None:
    sentences = {
        problem.sentence
        for raw in ("", "x", "1E+10", "212-5550142x1", "911", "42", "7" * 40, "+999123456")
        if isinstance(problem := read_number(raw, "US"), NumberProblem)
    }
    assert len(sentences) == 8
    assert all(sentence.endswith(".") and sentence.count(".") > 1 for sentence in sentences)


@pytest.mark.parametrize(
    ("raw", "country", "kind", "textable"),
    [
        ("+12125550142", "US", NumberKind.LANDLINE_OR_MOBILE, True),
        ("+447700900123", "GB", NumberKind.MOBILE, True),
        ("+33639980123", "FR", NumberKind.MOBILE, True),
        ("+61491570156", "AU", NumberKind.MOBILE, True),
        ("+33199000001", "FR", NumberKind.LANDLINE, False),
        ("+442079460123", "GB", NumberKind.LANDLINE, False),
        ("+18005550101", "US", NumberKind.TOLL_FREE, False),
        ("+19005550101", "US", NumberKind.PREMIUM, False),
        ("+443069990123", "GB", NumberKind.COMPANY, False),
        ("+17875550101", "PR", NumberKind.LANDLINE_OR_MOBILE, True),
        ("+14165550123", "CA", NumberKind.LANDLINE_OR_MOBILE, True),
    ],
)
def test_a_number_knows_its_country_and_kind(
    raw: str, country: str, kind: NumberKind, textable: bool
) -> None:
    read = read_number(raw, "US")
    assert isinstance(read, Number)
    assert (read.country, read.kind, read.kind.is_textable) == (country, kind, textable)


@pytest.mark.parametrize(
    ("number", "zones"),
    [
        ("+12125550142", ("America/New_York",)),
        ("+16025550142", ("America/Phoenix",)),
        ("+18085550142", ("Pacific/Honolulu",)),
        ("+18505550142", ("America/Chicago", "America/New_York")),
        ("+14485550142", ("America/Chicago", "America/New_York")),
        ("+12195550142", ("America/Chicago", "America/New_York")),
        ("+16055550142", ("America/Chicago", "America/Denver", "America/North_Dakota/Center")),
        ("+19285550142", ("America/Denver", "America/Phoenix")),
        ("+13065550142", ("America/Edmonton", "America/Regina")),
        ("+33639980123", ("Europe/Paris",)),
        ("+33199000001", ("Europe/Paris",)),
        ("+442079460123", ("Europe/London",)),
        ("+18005550101", ()),
    ],
)
def test_a_number_gets_every_zone_its_owner_may_be_in(number: str, zones: tuple[str, ...]) -> None:
    assert number_of(E164(number)).zones == zones


def test_a_mobile_number_gets_all_zones_of_its_country() -> None:
    zones = number_of(E164("+61491570156")).zones
    assert {"Australia/Perth", "Australia/Brisbane", "Australia/Sydney"} <= set(zones)


def test_a_stored_number_that_is_no_longer_in_use_is_of_unknown_kind() -> None:
    number = number_of(E164("+15551230000"))
    assert (number.kind, number.country, number.zones) == (NumberKind.UNKNOWN, None, ())
    assert not number.kind.is_textable


@given(st.text(max_size=40), st.sampled_from(["US", "GB", "DE", "", "??"]))
def test_any_text_is_a_number_or_a_problem(raw: str, country: str) -> None:
    read = read_number(raw, country)
    if isinstance(read, Number):
        assert number_of(read.e164) == read
    else:
        assert read.sentence


@given(st.integers(0, 99), st.sampled_from("-. \u00a0\u2011"), st.sampled_from(["+1 ", "1", ""]))
def test_every_spelling_of_a_number_is_the_same_number(last: int, gap: str, start: str) -> None:
    assert e164(f"{start}(212){gap}555{gap}01{last:02d}") == f"+121255501{last:02d}"
