"""Lines that people type or paste: a name and a number, in any order."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shopbell.domain.importing import ParkedRow
from shopbell.domain.pasted_lines import LONGEST, pasted_rows
from shopbell.domain.text_lines import LongLine

LINES = [
    ("Ana Reyes, 212-555-0101", "Ana Reyes", "212-555-0101"),
    ("212-555-0101, Ana Reyes", "Ana Reyes", "212-555-0101"),
    ("(212) 555-0101 Ana Reyes", "Ana Reyes", "(212) 555-0101"),
    ("Ana Reyes +1 212 555 0101", "Ana Reyes", "+1 212 555 0101"),
    ("Ana Reyes: 212.555.0101", "Ana Reyes", "212.555.0101"),
    ("Ana Reyes <2125550101>", "Ana Reyes", "2125550101"),
    ("Ana\t2125550101", "Ana", "2125550101"),
    ("Ana;2125550101", "Ana", "2125550101"),
    ("Reyes, Ana, 2125550101", "Reyes Ana", "2125550101"),
    ("1. Ana 212-555-0101", "Ana", "212-555-0101"),
    ("- Ana 212-555-0101", "Ana", "212-555-0101"),
    ("\u2022 Ana \u2013 212-555-0101", "Ana", "212-555-0101"),
    ("2125550101", "", "2125550101"),
    ("José +44 7700 900123", "José", "+44 7700 900123"),
    ("Ana 212-555-0101 / 212-555-0102", "Ana", "212-555-0101 / 212-555-0102"),
    ("Ana, 212-555-0101, 212-555-0102", "Ana", "212-555-0101 / 212-555-0102"),
    ("Ana 212-555-0101 x12", "Ana", "212-555-0101 x12"),
    ("Ana 555-0105", "Ana", "555-0105"),
    ("Ana", "Ana", ""),
    ("911", "", "911"),
    ("[/] \x1b[31m 2125550101", "[/] \x1b[31m", "2125550101"),
    ("\ufeffAna 2125550101", "Ana", "2125550101"),
]


@pytest.mark.parametrize(("line", "name", "phone"), LINES)
def test_a_line_is_a_name_and_a_number(line: str, name: str, phone: str) -> None:
    assert list(pasted_rows([f"{line}\n"], "US")) == [(1, (name, phone))]


def test_blank_lines_are_counted_but_are_no_contacts() -> None:
    rows = list(pasted_rows(["\n", "Ana 2125550101\n", "  \n", "Bo 2125550102"], "US"))
    assert [row[0] for row in rows if not isinstance(row, ParkedRow)] == [2, 4]


def test_a_line_far_too_long_is_parked() -> None:
    for line in ("x" * (LONGEST + 1), LongLine("x")):
        (row,) = pasted_rows([line], "US")
        assert isinstance(row, ParkedRow)
        assert "too long" in row.reason


@settings(deadline=None, max_examples=200)
@given(lines=st.lists(st.text(max_size=40), max_size=8))
def test_every_line_that_is_not_blank_comes_out_once(lines: list[str]) -> None:
    rows = list(pasted_rows(lines, "US"))
    assert len(rows) == sum(bool(line.strip().lstrip("\ufeff")) for line in lines)
