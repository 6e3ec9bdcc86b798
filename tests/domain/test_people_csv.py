"""Contacts as a file: no cell is a formula, and every number can be read again."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import LONDON_MOBILE, NEW_YORK, NOW, a_contact
from shopbell.domain.answers import Answer
from shopbell.domain.ids import E164
from shopbell.domain.numbers import Number, read_number
from shopbell.domain.people import Contact, ContactRow
from shopbell.domain.people_csv import COLUMNS, as_csv, cells, defused, number_cell
from shopbell.domain.people_filter import PeopleFilter

FORMULA_STARTS = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20"


def a_row(contact: Contact, **changes: object) -> ContactRow:
    row = ContactRow(
        id=contact.id,
        number=contact.number,
        name=contact.name,
        suppressed=False,
        marketing_answer=Answer.NOT_ASKED,
        service_answer=Answer.NOT_ASKED,
        last_text_at=None,
    )
    return replace(row, **changes)  # type: ignore[arg-type]


def read_back(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=HYPERLINK(...)", "'=HYPERLINK(...)"),
        ("+1", "'+1"),
        ("-2+3", "'-2+3"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("  =1", "'  =1"),
        ("\uff1d1+1", "'\uff1d1+1"),
        ("a=b", "a=b"),
        ("O'Brien", "O'Brien"),
        ("", ""),
        ("  ", "  "),
    ],
)
def test_what_a_spreadsheet_would_compute_gets_an_apostrophe(cell: str, written: str) -> None:
    assert defused(cell) == written


@given(st.text())
def test_no_cell_of_any_text_begins_a_formula(cell: str) -> None:
    written = defused(cell)
    assert not written.strip() or written.lstrip()[0] not in FORMULA_STARTS
    assert written.endswith(cell)


@pytest.mark.parametrize(
    ("number", "country"), [(NEW_YORK, "US"), (LONDON_MOBILE, "GB"), (LONDON_MOBILE, "US")]
)
def test_a_number_is_no_formula_and_reads_back(number: E164, country: str) -> None:
    cell = number_cell(number, country)
    assert cell[0] not in FORMULA_STARTS
    read = read_number(cell, country)
    assert isinstance(read, Number)
    assert read.e164 == number


def test_a_number_without_a_safe_form_is_written_whole_behind_an_apostrophe() -> None:
    assert number_cell(NEW_YORK, "ZZ") == "'+12125550142"


def test_every_field_has_its_column() -> None:
    contact = replace(
        a_contact(region="US-FL", zone="America/New_York"),
        note="likes peonies",
        email="dana@example.com",
        tags=("weekly", "wedding"),
        birthday="1985-03-09",
    )
    row = a_row(
        contact,
        suppressed=True,
        marketing_answer=Answer.YES,
        service_answer=Answer.NO,
        last_text_at=NOW,
    )
    assert dict(zip(COLUMNS, cells(contact, row, "US"), strict=True)) == {
        "Name": "Dana Reyes",
        "Phone": "(212) 555-0142",
        "Email": "dana@example.com",
        "Note": "likes peonies",
        "Tags": "weekly; wedding",
        "Country": "US",
        "State": "FL",
        "Birthday": "1985-03-09",
        "Time zone": "America/New_York",
        "Said stop": "yes",
        "Marketing consent": "yes",
        "Service consent": "no",
        "Last text": "2026-11-24",
    }


@given(name=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_any_name_stays_in_its_cell(name: str) -> None:
    contact = replace(a_contact(), name=name)
    (header, row) = read_back(as_csv([cells(contact, a_row(contact), "US")]))
    assert header == list(COLUMNS)
    assert row[0] == defused(name)
    assert len(row) == len(COLUMNS)


def test_the_file_says_that_it_is_utf_8() -> None:
    assert as_csv([]).startswith(b"\xef\xbb\xbf")
    assert "Zoë".encode() in as_csv([("Zoë",)])


@pytest.mark.parametrize(
    "asked",
    [
        {"consented_to": "offers"},
        {"not_asked": True},
        {"not_texted_for": 30},
        {"tag": "vip"},
        {"birthday_month": 3},
    ],
)
def test_a_filter_knows_whether_it_asks_for_anything(asked: dict[str, object]) -> None:
    assert PeopleFilter().asks_for_nothing
    assert not PeopleFilter(**asked).asks_for_nothing  # type: ignore[arg-type]
