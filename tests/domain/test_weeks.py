from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopbell.domain.shop import WEEKDAYS, Week, Window
from shopbell.domain.weeks import intersected, read_week, week_of, week_text
from shopbell.errors import BadInput


def test_hours_are_written_the_way_people_say_them() -> None:
    week = read_week("mon-fri 10:00-18:00; sat 10:00-17:00")
    assert week.days[0] == (Window(start=600, end=1080),)
    assert week.days[5] == (Window(start=600, end=1020),)
    assert week.days[6] == ()
    assert week_text(week) == "mon-fri 10:00-18:00; sat 10:00-17:00"


@pytest.mark.parametrize(
    ("text", "again"),
    [
        ("Monday - Friday 9:00-12:30, 14:00-18:00", "mon-fri 09:00-12:30, 14:00-18:00"),
        ("mon 00:00-24:00", "mon 00:00-24:00"),
        ("sat 14:00-18:00, 09:00-12:00", "sat 09:00-12:00, 14:00-18:00"),
        ("sat 09:00-12:00, 12:00-18:00", "sat 09:00-18:00"),
        ("sun none\nmon closed", "closed"),
        ("", "closed"),
        ("tue\u201308:00-09:00", None),
        ("mon\u2013wed 08:00\u201309:00", "mon-wed 08:00-09:00"),
    ],
)
def test_hours_that_mean_the_same_are_written_the_same(text: str, again: str | None) -> None:
    if again is None:
        with pytest.raises(BadInput):
            read_week(text)
    else:
        assert week_text(read_week(text)) == again


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("funday 10:00-18:00", '"fun" is not a weekday'),
        ("fri-mon 10:00-18:00", "runs over the end of the week"),
        ("mon 10:00-18:00; mon-tue 10:00-12:00", 'hours of "mon" are given twice'),
        ("mon 18:00-10:00", "end before they begin"),
        ("mon 10:00-10:00", "end before they begin"),
        ("mon 10:00-24:30", "not a time of day"),
        ("mon 10:60-11:00", "not a time of day"),
        ("mon 10-18", "cannot be read"),
        ("mon 10:00-14:00, 13:00-18:00", "overlap"),
        ("mon", "cannot be read"),
        ("[/] 10:00-18:00", "cannot be read"),
    ],
)
def test_hours_that_cannot_be_meant_are_refused_by_name(text: str, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        read_week(text)


def test_a_weekday_nobody_knows_is_refused_in_a_table() -> None:
    with pytest.raises(BadInput, match='"monday" is not a weekday'):
        week_of({"monday": "10:00-18:00"})


def test_intersecting_keeps_what_every_week_allows() -> None:
    shop = read_week("mon-sat 09:00-12:00, 13:00-18:00")
    law = read_week("mon-fri 10:00-17:30; sun 08:00-20:00")
    assert week_text(intersected(shop, law)) == "mon-fri 10:00-12:00, 13:00-17:30"
    assert intersected(shop) == shop


def windows() -> st.SearchStrategy[tuple[Window, ...]]:
    def from_edges(edges: list[int]) -> tuple[Window, ...]:
        edges = sorted(edges)[: len(edges) // 2 * 2]
        return tuple(Window(start=a, end=b) for a, b in zip(edges[::2], edges[1::2], strict=True))

    return st.lists(st.integers(0, 1440), max_size=6, unique=True).map(from_edges)


def weeks() -> st.SearchStrategy[Week]:
    return st.tuples(*[windows()] * len(WEEKDAYS)).map(lambda days: Week(days=days))


@given(weeks())
def test_a_week_survives_being_written_and_read(week: Week) -> None:
    text = week_text(week)
    assert read_week("" if text == "closed" else text) == week


@given(weeks(), weeks(), st.integers(0, 6), st.integers(0, 1439))
def test_a_minute_is_open_together_when_it_is_open_in_both(
    one: Week, other: Week, day: int, minute: int
) -> None:
    def is_open(week: Week) -> bool:
        return any(window.start <= minute < window.end for window in week.days[day])

    assert is_open(intersected(one, other)) == (is_open(one) and is_open(other))
