"""Bars made of characters: never longer than they may be, and never nothing for something."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopbell.domain.plots import bar, columns, fewer


@pytest.mark.parametrize(
    ("value", "most", "width", "drawn"),
    [
        (0, 10, 10, ""),
        (10, 10, 10, "█" * 10),
        (5, 10, 10, "█████"),
        (1, 10, 4, "▍"),
        (1, 1000, 10, "▏"),
        (1, 16, 2, "▏"),
        (15, 16, 2, "█▉"),
        (20, 10, 3, "███"),
        (-1, 10, 3, ""),
        (3, 0, 3, ""),
        (3, 3, 0, ""),
    ],
)
def test_a_lying_bar(value: float, most: float, width: int, drawn: str) -> None:
    assert bar(value, most, width) == drawn


@pytest.mark.parametrize(
    ("values", "height", "drawn"),
    [
        ((), 2, ("", "")),
        ((0, 0), 1, ("  ",)),
        ((1, 2, 4), 1, ("▂▄█",)),
        ((1, 2, 4), 2, ("  █", "▄██")),
        ((8, 0, 1), 1, ("█ ▁",)),
        ((100, 1), 2, ("█ ", "█▁")),
    ],
)
def test_standing_bars(values: tuple[float, ...], height: int, drawn: tuple[str, ...]) -> None:
    assert columns(values, height) == drawn


@pytest.mark.parametrize(
    ("values", "width", "sums"),
    [
        ((1, 2, 3), 3, (1, 2, 3)),
        ((1, 2, 3), 5, (1, 2, 3)),
        ((1, 2, 3), 2, (3, 3)),
        ((1, 2, 3, 4, 5), 2, (6, 9)),
        ((1, 2, 3), 1, (6,)),
        ((1, 2), 0, (1, 2)),
        ((), 4, ()),
    ],
)
def test_many_days_become_fewer(values: tuple[int, ...], width: int, sums: tuple[int, ...]) -> None:
    assert fewer(values, width) == sums


@given(st.lists(st.integers(0, 100_000), max_size=80), st.integers(1, 12))
def test_bars_keep_their_order_and_their_size(values: list[int], height: int) -> None:
    drawn = columns(values, height)
    assert len(drawn) == height
    assert {len(line) for line in drawn} <= {len(values)}
    tall = [sum(" ▁▂▃▄▅▆▇█".index(line[place]) for line in drawn) for place in range(len(values))]
    for value, eighths in zip(values, tall, strict=True):
        assert (eighths > 0) == (value > 0)
        assert eighths <= height * 8
    ordered = [eighths for _, eighths in sorted(zip(values, tall, strict=True))]
    assert ordered == sorted(ordered)


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=200), st.integers(1, 100))
def test_nothing_is_lost_where_days_are_put_together(values: list[int], width: int) -> None:
    sums = fewer(values, width)
    assert sum(sums) == sum(values)
    assert len(sums) <= width
