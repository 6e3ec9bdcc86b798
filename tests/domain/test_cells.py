"""What a single cell of a spreadsheet may hold where a number or a text should be."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from make_files import FULL_WIDTH
from shopbell.domain.cells import PhoneRead, read_phone, text_in
from shopbell.domain.numbers import NumberProblem, read_number

NEW_YORK = "+12125550142"
LONDON = "+447700900123"

READ = [
    ("+12125550142", "US", NEW_YORK),
    ("2125550142", "US", NEW_YORK),
    ("  (212) 555-0142 ", "US", NEW_YORK),
    ("1-212-555-0142", "US", NEW_YORK),
    ("212.555.0142", "US", NEW_YORK),
    ("2125550142", "CA", NEW_YORK),
    ("+1 212 555 0142", "GB", NEW_YORK),
    ("'+12125550142", "US", NEW_YORK),
    ("\N{RIGHT SINGLE QUOTATION MARK}2125550142", "US", NEW_YORK),
    ('="+12125550142"', "US", NEW_YORK),
    ("=+12125550142", "US", NEW_YORK),
    ("#1 (212) 555-0142", "US", NEW_YORK),
    ("12125550142.0", "US", NEW_YORK),
    ("12125550142,00", "US", NEW_YORK),
    ("tel:+12125550142", "US", NEW_YORK),
    ("Mobile: (212) 555-0142", "US", NEW_YORK),
    ("WhatsApp +1 212 555 0142", "US", NEW_YORK),
    ("+1 (212) 555-0142".translate(FULL_WIDTH), "US", NEW_YORK),
    ("\u202a+1\u00a0212\u2011555\u20110142\u202c", "US", NEW_YORK),
    ("212\u2013555\u20130142", "US", NEW_YORK),
    ("\ufeff212\u200b5550142\x00", "US", NEW_YORK),
    ("212\t555\t0142", "US", NEW_YORK),
    ("+12125550142 ::: (212) 555-0142", "US", NEW_YORK),
    ("07700 900123", "GB", LONDON),
    ("+44 7700 900123", "US", LONDON),
    ("447700900123", "GB", LONDON),
    ("7700900123", "GB", LONDON),
    ("0171 3920012", "DE", "+491713920012"),
    ("+49 171 3920012", "DE", "+491713920012"),
]


@pytest.mark.parametrize(("cell", "country", "number"), READ)
def test_a_number_is_read_whatever_is_wrapped_round_it(
    cell: str, country: str, number: str
) -> None:
    assert read_phone(cell, country) == PhoneRead(number=number)


GUESSED = [
    ("1.2125550142E+10", "US", NEW_YORK, "A spreadsheet wrote 1.2125550142E+10"),
    ("2.125550142e9", "US", NEW_YORK, "read as 2125550142"),
    ("2,125550142E+09", "US", NEW_YORK, "read as 2125550142"),
    ("0044 7700 900123", "US", LONDON, "00 at the start"),
    ("444123456", "IT", "+390444123456", "leading 0 was lost"),
    ("020 7946 0123", "GB", "+442079460123", "landline"),
    ("8005550142", "US", "+18005550142", "toll-free"),
]


@pytest.mark.parametrize(("cell", "country", "number", "remark"), GUESSED)
def test_what_was_repaired_or_looks_wrong_is_said(
    cell: str, country: str, number: str, remark: str
) -> None:
    found = read_phone(cell, country)

    assert isinstance(found, PhoneRead)
    assert found.number == number
    assert remark in " ".join(found.remarks)


def test_a_repaired_landline_gets_both_remarks() -> None:
    found = read_phone("2.079460123E9", "GB")

    assert isinstance(found, PhoneRead)
    assert [remark.split()[0] for remark in found.remarks] == ["A", "This"]


NOT_GUESSED = [
    ("1.55512E+10", "US", "digits are gone"),
    ("1,55512E+10", "US", "digits are gone"),
    ("1.21255501425E+10", "US", "digits are gone"),
    ("1E999", "US", "digits are gone"),
    ('=HYPERLINK("http://example.com","+12125550142")', "US", "is a formula"),
    ("=A1", "US", "is a formula"),
    ("=SUM(1,2125550142)", "US", "is a formula"),
    ("12125550142000000", "US", "longer than any phone number"),
    ("447700900123", "US", "This may be +447700900123 with its + lost"),
    ("491713920012", "DE", "This may be +491713920012 with its + lost"),
    ("x" * 201, "US", "far too long"),
]


@pytest.mark.parametrize(("cell", "country", "words"), NOT_GUESSED)
def test_what_cannot_be_known_is_a_problem_with_a_next_step(
    cell: str, country: str, words: str
) -> None:
    found = read_phone(cell, country)

    assert isinstance(found, NumberProblem)
    assert words in found.sentence
    assert found.sentence.endswith(".")


@pytest.mark.parametrize(
    "cell",
    [
        *("555-0105", "911", "12345", "(212) 555-0142 x12", "call her", "212-555-FLWR"),
        *("212-555-0142 / 305-555-0143", "+12125550142 ::: +13055550143", "0555", "1112223333"),
        *("@SUM(1)", "-2+3", "00123", "+", "٣"),
    ],
)
def test_every_other_problem_is_the_one_that_reading_numbers_reports(cell: str) -> None:
    found = read_phone(cell, "US")

    assert found is None or found == read_number(cell, "US")
    assert not isinstance(found, PhoneRead)


@pytest.mark.parametrize(
    "cell",
    [
        *("", " ", "\x00", "null", "NULL", "N/A", "n/a", "None", "nan", "#N/A", "-", "--", "?"),
        *("0", "000-000-0000", "(000) 000-0000", "unknown", "no phone", "TBD", "\u2014", "..."),
    ],
)
def test_words_for_nothing_are_nothing(cell: str) -> None:
    assert read_phone(cell, "US") is None


TEXTS = [
    ("  Ana  ", "Ana"),
    ("Ana\u00a0", "Ana"),
    ("null", ""),
    ("NULL", ""),
    ("N/A", ""),
    ("-", ""),
    ("0", ""),
    ("Null", "Null"),
    ("Na", "Na"),
    ("[/]", "[/]"),
    ("\x1b[31mEve", "\x1b[31mEve"),
    ("=1+1", "=1+1"),
    ("line\nline", "line\nline"),
]


@pytest.mark.parametrize(("cell", "text"), TEXTS)
def test_a_text_stays_as_it_came_but_for_the_spaces_around_it(cell: str, text: str) -> None:
    assert text_in(cell) == text


@settings(deadline=None, max_examples=200)
@given(cell=st.text() | st.from_regex(r"[=+'#(]?[0-9Ee.,+\- /x:]{1,30}"))
def test_any_cell_is_a_number_a_problem_or_nothing(cell: str) -> None:
    for country in ("US", "GB", "IT"):
        found = read_phone(cell, country)
        if isinstance(found, PhoneRead):
            assert read_number(found.number, country).e164 == found.number
        else:
            assert found is None or found.sentence


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("'=SUM(A1)", "=SUM(A1)"),
        ("'-Bo", "-Bo"),
        ("'Ana'", "'Ana'"),
        ("'", "'"),
        ("O'Brien", "O'Brien"),
    ],
)
def test_the_apostrophe_before_a_formula_is_no_part_of_the_text(cell: str, text: str) -> None:
    assert text_in(cell) == text
