"""Rows out of lines: quotes, separators, broken rows and their numbers."""

from __future__ import annotations

import csv
import io
import tracemalloc
from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shopbell.domain.delimited import (
    DELIMITERS,
    LONGEST_CELL,
    MOST_COLUMNS,
    MOST_LINES,
    delimited_rows,
    likely_delimiter,
    separator_named,
)
from shopbell.domain.importing import ParkedRow, TableRow
from shopbell.domain.text_lines import LongLine
from shopbell.errors import BadInput


def rows_of(text: str, delimiter: str = ",") -> list[TableRow]:
    return list(delimited_rows(io.StringIO(text, newline=""), delimiter, "x.csv"))


def numbers(rows: Iterable[TableRow]) -> list[int]:
    return [row.row if isinstance(row, ParkedRow) else row[0] for row in rows]


def test_rows_are_numbered_as_a_spreadsheet_numbers_them() -> None:
    text = 'Name,Note\r\nAna,"two\r\nlines"\r\n\r\n , \r\n,,,\r\nBo,x'

    assert rows_of(text) == [
        (1, ["Name", "Note"]),
        (2, ["Ana", "two\r\nlines"]),
        (6, ["Bo", "x"]),
    ]


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ('"a ""quoted"" word",b', ['a "quoted" word', "b"]),
        ('a, "b, c" ', None),
        ('a, "b, c"', ["a", "b, c"]),
        ("a,b,,,", ["a", "b", "", "", ""]),
        ('5" nails,b', ['5" nails', "b"]),
        ("a\x00b,c", ["a\x00b", "c"]),
        ("=HYPERLINK(1),'x'", ["=HYPERLINK(1)", "'x'"]),
    ],
)
def test_cells_are_told_apart(text: str, cells: list[str] | None) -> None:
    (row,) = rows_of(text)

    assert isinstance(row, ParkedRow) if cells is None else row == (1, cells)


def test_a_row_with_broken_quotes_is_parked_and_the_file_is_kept() -> None:
    rows = rows_of('Ana,1\n"Bob "The" Builder",2\nCy,3\n')

    assert rows[0] == (1, ["Ana", "1"])
    assert isinstance(rows[1], ParkedRow)
    assert rows[1].row == 2
    assert "quotation marks" in rows[1].reason
    assert rows[1].cells[-1] == "2"
    assert rows[2] == (3, ["Cy", "3"])


@pytest.mark.parametrize(
    "rest",
    [
        "Bo,2\nCy,3\n",
        '"Bo",2\nCy,3\n',
        'Bo,"2"\nCy,3',
        'Bo,2\n"Cy",3\n',
    ],
)
def test_a_quote_that_is_never_closed_costs_one_row_only(rest: str) -> None:
    rows = rows_of('"Ana,1\n' + rest)

    assert isinstance(rows[0], ParkedRow)
    assert rows[0].cells == ("Ana,1",)
    assert rows[1:] == [(2, ["Bo", "2"]), (3, ["Cy", "3"])]


def test_two_broken_rows_one_after_the_other_are_two_parked_rows() -> None:
    rows = rows_of('"Ana,1\n"Bo,2\nCy,3\n')

    assert [type(row) is ParkedRow for row in rows] == [True, True, False]
    assert numbers(rows) == [1, 2, 3]


def test_a_row_of_too_many_columns_is_parked_in_part() -> None:
    just, over = rows_of("," * (MOST_COLUMNS - 1) + "x\n" + "x," * 10_000)

    assert not isinstance(just, ParkedRow)
    assert isinstance(over, ParkedRow)
    assert "more than 1,000 columns" in over.reason
    assert len(over.cells) < MOST_COLUMNS


@pytest.mark.parametrize(
    "cell", ["x" * (LONGEST_CELL + 1), '"' + "x\n" * (LONGEST_CELL // 4) + '"', "x" * 900_000]
)
def test_a_cell_that_is_too_long_parks_its_row(cell: str) -> None:
    rows = rows_of(f"Ana,{cell}\nBo,2\n")

    assert isinstance(rows[0], ParkedRow)
    assert rows[-1] == (numbers(rows)[-1], ["Bo", "2"])


def test_the_longest_cell_is_judged_by_us_even_where_the_csv_module_was_told_otherwise() -> None:
    before = csv.field_size_limit(10 * LONGEST_CELL)
    try:
        one, several = rows_of(f"{'x' * (LONGEST_CELL + 1)},1\n" + f'"{"y" * LONGEST_CELL}\n",2\n')
    finally:
        csv.field_size_limit(before)

    assert isinstance(one, ParkedRow)
    assert "far too long" in one.reason
    assert isinstance(several, ParkedRow)


def test_the_longest_cell_that_fits_is_kept() -> None:
    assert rows_of("x" * LONGEST_CELL + ",1") == [(1, ["x" * LONGEST_CELL, "1"])]


def test_a_line_too_long_to_keep_is_parked() -> None:
    rows = list(delimited_rows(["a,b\n", LongLine("xxx"), "c,d\n"], ",", "x.csv"))

    assert rows[0] == (1, ["a", "b"])
    assert isinstance(rows[1], ParkedRow)
    assert (rows[1].row, rows[1].cells) == (2, ("xxx",))
    assert "far too long" in rows[1].reason
    assert rows[2] == (3, ["c", "d"])


def test_a_line_too_long_to_keep_inside_quotes_is_a_row_of_its_own() -> None:
    rows = list(delimited_rows(['"a,b\n', LongLine("xxx"), "c,d\n"], ",", "x.csv"))

    assert [type(row) is ParkedRow for row in rows] == [True, True, False]


def test_a_note_of_many_lines_is_one_row_up_to_a_bound() -> None:
    fits = '"' + "\n" * (MOST_LINES - 1) + '",1\nBo,2\n'
    over = '"' + "\n" * MOST_LINES + '",1\nBo,2\n'

    assert numbers(rows_of(fits)) == [1, 2]
    assert isinstance(rows_of(over)[0], ParkedRow)


def test_a_file_whose_quotes_swallow_everything_is_refused_in_bounded_memory() -> None:
    def lines() -> Iterable[str]:
        while True:
            yield 'x","\n'

    tracemalloc.start()
    with pytest.raises(BadInput, match=r'quotation marks of "x\.csv"'):
        list(delimited_rows(lines(), ",", "x.csv"))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert peak < 4 << 20


@pytest.mark.parametrize(
    ("line", "delimiter"),
    [
        ("sep=;\r\n", ";"),
        ("SEP=,\n", ","),
        ('"sep=|"\n', "|"),
        ("sep=\t\n", "\t"),
        ("sep=ab\n", None),
        ("sep=\n", None),
        ("Name,sep=;\n", None),
        ('sep="\n', None),
    ],
)
def test_excels_first_line_names_the_separator(line: str, delimiter: str | None) -> None:
    assert separator_named(line) == delimiter


@pytest.mark.parametrize(
    ("lines", "delimiter"),
    [
        (["Name,Phone", "Ana,1"], ","),
        (["Name;Phone;Total", "Ana;1;12,50", "Bo;2;7,00"], ";"),
        (["Name\tPhone", "Reyes, Ana\t1"], "\t"),
        (["Name|Phone", "Ana|1"], "|"),
        (["Name, first;Phone", "Ana;1", "Bo;2"], ";"),
        (['Name,Note', 'Ana,"a;b;c;d"', 'Bo,"e;f"'], ","),
        (["", "Name;Phone", "Ana;1"], ";"),
        (["+12125550142", "+13055550143"], ","),
        ([], ","),
        (["x" * (LONGEST_CELL + 1)], ","),
    ],
)  # fmt: skip
def test_the_separator_is_the_one_that_gives_even_columns(lines: list[str], delimiter: str) -> None:
    assert likely_delimiter([f"{line}\n" for line in lines]) == delimiter


CELL = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r"), max_size=12)


@settings(deadline=None, max_examples=200)
@given(
    table=st.lists(st.lists(CELL, min_size=1, max_size=4), max_size=8),
    delimiter=st.sampled_from(list(DELIMITERS)),
    ending=st.sampled_from(["\n", "\r\n"]),
)
def test_what_a_program_writes_comes_back(
    table: list[list[str]], delimiter: str, ending: str
) -> None:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, quoting=csv.QUOTE_ALL, lineterminator=ending).writerows(
        table
    )

    assert rows_of(text.getvalue(), delimiter) == [
        (i, cells) for i, cells in enumerate(table, start=1) if any(map(str.strip, cells))
    ]


@settings(deadline=None, max_examples=200)
@given(text=st.text(st.sampled_from('ab",;\n\r \x00'), max_size=80))
def test_no_text_is_lost_and_no_row_number_given_twice(text: str) -> None:
    lines = [line + "\n" for line in text.replace("\r", "\n").split("\n")]
    rows = list(delimited_rows(lines, ",", "x.csv"))

    assert numbers(rows) == sorted(set(numbers(rows)))
    kept = "".join("".join(row.cells if isinstance(row, ParkedRow) else row[1]) for row in rows)
    assert kept.count("a") == text.count("a")
    assert kept.count("b") == text.count("b")
