"""What a column says: every row is counted once, whatever stands in it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopbell.domain.column_words import LONGEST_WORD, MOST_WORDS, ColumnWords, WordCount


def counted(*rows: list[str], columns: tuple[int, ...] = (0,)) -> dict[int, ColumnWords]:
    words = WordCount(columns)
    for row in rows:
        words.count(row)
    return words.found


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([], ColumnWords(words=())),
        ([["yes"], [" yes "], ["no"]], ColumnWords(words=(("yes", 2), ("no", 1)))),
        ([["Yes"], ["yes"]], ColumnWords(words=(("Yes", 1), ("yes", 1)))),
        ([[""], ["  "], [], ["yes"]], ColumnWords(words=(("yes", 1),), empty=3)),
        ([["x" * 5000]], ColumnWords(words=(("x" * LONGEST_WORD, 1),))),
    ],
)
def test_cells_are_counted_as_they_stand(rows: list[list[str]], expected: ColumnWords) -> None:
    assert counted(*rows) == {0: expected}


def test_a_column_of_dates_is_counted_and_not_kept() -> None:
    rows = [[f"2026-01-{day:02d} {hour}:00"] for day in range(1, 29) for hour in range(10)]
    (said,) = counted(*rows).values()
    assert len(said.words) == MOST_WORDS
    assert said.others == len(rows) - MOST_WORDS


def test_several_columns_are_counted_apart() -> None:
    found = counted(["yes", "x", "stop"], ["yes", "x", ""], columns=(0, 2))
    assert found[0] == ColumnWords(words=(("yes", 2),))
    assert found[2] == ColumnWords(words=(("stop", 1),), empty=1)


@given(st.lists(st.lists(st.text(max_size=4), max_size=3), max_size=200))
def test_every_row_is_counted_once_in_every_column(rows: list[list[str]]) -> None:
    for said in counted(*rows, columns=(0, 1, 7)).values():
        assert sum(count for _, count in said.words) + said.others + said.empty == len(rows)
