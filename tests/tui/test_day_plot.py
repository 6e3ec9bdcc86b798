"""Standing bars for days: every day has a place, and nothing is wider than the window."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopbell.tui.day_plot import Plotted, bars, below

FIRST = date(2026, 10, 26)


@pytest.mark.parametrize(
    ("values", "width", "height", "drawn"),
    [
        ((4, 0, 2), 24, 2, ("███████", "███████ ······· ███████")),
        ((4, 0, 2), 3, 2, ("█", "█·█")),
        ((1, 2, 3, 4), 8, 1, ("▂ ▄ ▆ █",)),
        ((0, 0), 20, 3, ("", "", "······· ·······")),
        # Four days on two cells: a bar is two of them together.
        ((4, 0, 2, 2), 2, 1, ("██",)),
        ((5,), 4, 1, ("███",)),
        # One text beside a thousand is still seen.
        ((1000, 1), 2, 1, ("█▁",)),
    ],
)
def test_bars_stand_as_high_as_their_days(
    values: tuple[int, ...], width: int, height: int, drawn: tuple[str, ...]
) -> None:
    assert bars(values, width, height) == drawn


@given(
    st.lists(st.integers(min_value=0, max_value=10**9), min_size=1, max_size=400),
    st.integers(min_value=1, max_value=200),
    st.integers(min_value=1, max_value=20),
)
def test_bars_never_leave_the_window(values: list[int], width: int, height: int) -> None:
    drawn = bars(values, width, height)
    assert len(drawn) == height
    assert all(len(row) <= width for row in drawn)
    assert drawn[-1]


@given(
    st.lists(st.integers(min_value=0, max_value=9), min_size=1, max_size=60),
    st.integers(min_value=60, max_value=120),
)
def test_a_day_of_nothing_is_a_dot_and_any_other_a_bar(values: list[int], width: int) -> None:
    low = bars(values, width, 4)[-1]
    each = max(1, min(8, width // len(values)))
    assert [low[at * each] == "·" for at in range(len(values))] == [not one for one in values]


def plotted(days: int) -> Plotted:
    last = FIRST + timedelta(days=days - 1)
    return Plotted(first=FIRST, last=last, values=(1,) * days, most="sent: most on Mon 26 Oct, 1")


@pytest.mark.parametrize(
    ("days", "width", "words"),
    [
        (30, 76, "26 Oct 2026 to 24 Nov 2026 · sent: most on Mon 26 Oct, 1"),
        (90, 76, "26 Oct 2026 to 23 Jan 2027 · a bar is 2 days · sent: most on Mon 26 Oct, 1"),
        (90, 56, "a bar is 2 days · sent: most on Mon 26 Oct, 1"),
        (90, 30, "sent: most on Mon 26 Oct, 1"),
        (1, 76, "sent: most on Mon 26 Oct, 1"),
    ],
)
def test_the_line_below_leaves_the_less_needful_away(days: int, width: int, words: str) -> None:
    assert below(plotted(days), width) == words
