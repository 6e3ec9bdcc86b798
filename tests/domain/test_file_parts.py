"""Parts of a long file: how many there are, which rows are whose, and what is said of them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shopbell.domain.file_parts import FilePart

CASES = (
    # rows of the file, rows of a part; how many parts; the rows of the last one
    (1, 30, 1, (1, 1)),
    (30, 30, 1, (1, 30)),
    (31, 30, 2, (31, 31)),
    (70, 30, 3, (61, 70)),
    (1_204_000, 500_000, 3, (1_000_001, 1_204_000)),
)


@pytest.mark.parametrize(("rows", "most", "parts", "span"), CASES)
def test_a_file_has_so_many_parts(rows: int, most: int, parts: int, span: tuple[int, int]) -> None:
    first = FilePart(number=1, rows=rows, most=most)
    assert first.parts == parts
    assert first.is_last is (parts == 1)
    last = first.other(parts)
    assert last.is_last
    assert (last.first, last.last) == span


@settings(max_examples=50)
@given(rows=st.integers(1, 5_000_000), most=st.integers(1, 600_000))
def test_every_row_belongs_to_exactly_one_part(rows: int, most: int) -> None:
    now = FilePart(number=1, rows=rows, most=most)
    ends = [(now.other(n).first, now.other(n).last) for n in (1, now.parts)]
    assert ends[0][0] == 1
    assert ends[-1][1] == rows
    middle = now.other(max(now.parts // 2, 1))
    assert middle.last - middle.first + 1 == min(most, rows)
    assert sum(now.other(n).is_last for n in {1, middle.number, now.parts}) == 1


def test_the_command_line_is_told_which_is_next() -> None:
    part = FilePart(number=2, rows=1_204_000, most=500_000)
    assert part.told == "This is part 2: rows 500,001 to 1,000,000 of 1,204,000. Part 3 comes next."
    assert part.other(3).told.endswith("1,204,000. It is the last part.")
