"""Numbers for print and for files."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopbell.domain.ids import E164
from shopbell.domain.numbers import Number, NumberProblem, read_number
from shopbell.domain.printed_numbers import JoinNumber, dialled, join_number, printed, sms_link


@pytest.mark.parametrize(
    ("raw", "country", "dial", "shown"),
    [
        ("212-555-0100", "US", "+12125550100", "(212) 555-0100"),
        ("+447700900123", "US", "+447700900123", "+44 7700 900123"),
        ("07700 900123", "GB", "+447700900123", "07700 900123"),
        ("55501", "US", "55501", "55501"),
        (" 555 ", "US", "555", "555"),
    ],
)
def test_a_number_to_text_is_dialled_whole_and_printed_as_people_read_it(
    raw: str, country: str, dial: str, shown: str
) -> None:
    assert join_number(raw, country) == JoinNumber(dial=dial, printed=shown)


@pytest.mark.parametrize("raw", ["", "call us", "555-0100", "212-555-0100 ext 4", "\x1b[31m"])
def test_what_cannot_be_texted_is_a_problem(raw: str) -> None:
    assert isinstance(join_number(raw, "US"), NumberProblem)


def test_the_link_opens_a_text_of_one_word() -> None:
    number = JoinNumber(dial="+12125550100", printed="(212) 555-0100")
    assert sms_link(number, "JOIN") == "sms:+12125550100?body=JOIN"


def test_a_foreign_number_is_printed_with_its_country_code() -> None:
    number = read_number("+33639980123", "US")
    assert isinstance(number, Number)
    assert printed(number, "US") == "+33 6 39 98 01 23"


@pytest.mark.parametrize(
    ("number", "country", "cell"),
    [
        ("+12125550101", "US", "(212) 555-0101"),
        ("+447700900123", "GB", "07700 900123"),
        ("+447700900123", "US", "011 44 7700 900123"),
        ("+12125550101", "GB", "00 1 212-555-0101"),
        ("+12125550101", "CA", "1 (212) 555-0101"),
    ],
)
def test_a_number_in_a_file_is_the_one_that_is_dialled(
    number: str, country: str, cell: str
) -> None:
    assert dialled(E164(number), country) == cell


def test_a_number_that_would_not_come_back_has_no_such_form() -> None:
    assert dialled(E164("+12125550101"), "ZZ") is None


@given(
    number=st.one_of(
        st.integers(0, 99).map(lambda n: f"+121255501{n:02d}"),
        st.integers(0, 999).map(lambda n: f"+447700900{n:03d}"),
        st.integers(0, 9999).map(lambda n: f"+3363998{n:04d}"),
    ),
    country=st.sampled_from(["US", "CA", "GB", "FR", "DE", "IE", "AU"]),
)
def test_whatever_is_written_reads_back_as_the_same_number(number: str, country: str) -> None:
    cell = dialled(E164(number), country)
    assert cell is None or read_number(cell, country).e164 == number  # type: ignore[union-attr]
    assert cell is None or cell[0] in "(0123456789"
