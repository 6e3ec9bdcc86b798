"""Where lines break: between words, by the cells they take, and no word is lost."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shopbell.lines.wrapping import NARROWEST, cells, wrapped

CASES = (
    ("short", 40, ["short"]),
    ("one two three four five", 20, ["one two three four", "five"]),
    ("  indented words that go on", 20, ["  indented words", "  that go on"]),
    ("a" * 30, 20, ["a" * 30]),
    ("see " + "a" * 30 + " there", 20, ["see", "a" * 30, "there"]),
    ("名前が長い人です です", 20, ["名前が長い人です", "です"]),
    ("anything at all that is long", None, ["anything at all that is long"]),
    ("anything at all that is long", NARROWEST - 1, ["anything at all that is long"]),
    ("", 40, [""]),
)


@pytest.mark.parametrize(("line", "width", "rows"), CASES)
def test_a_line_is_broken_where_it_has_to_be(line: str, width: int | None, rows: list[str]) -> None:
    assert wrapped(line, width) == rows


@pytest.mark.parametrize(
    ("text", "width"),
    [("abc", 3), ("名前", 4), ("e\u0301", 1), ("Zoë", 3), ("a\u200db", 2), ("", 0), ("ｱ", 1)],
)
def test_a_wide_character_takes_two_cells_and_a_joining_one_none(text: str, width: int) -> None:
    assert cells(text) == width


@settings(max_examples=60)
@given(
    st.lists(st.text(st.characters(blacklist_categories=("Cs", "Zs", "Cc")), min_size=1)),
    st.integers(NARROWEST, 60),
)
def test_no_word_is_lost_and_no_row_is_too_wide(words: list[str], width: int) -> None:
    rows = wrapped(" ".join(words), width)
    assert [word for row in rows for word in row.split(" ") if word] == words
    for row in rows:
        assert cells(row) <= width or " " not in row.strip(" ")
