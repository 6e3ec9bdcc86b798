"""A week in half hours: what is open, opening and closing, and what the law leaves."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rule_files import packaged_rules
from shopbell.domain.law_week import law_for_offers
from shopbell.domain.shop import Week, Window
from shopbell.domain.shop_rules import SetAside, ShopRules
from shopbell.domain.week_cells import CELLS, Open, allowed, changed, clock, how_open
from shopbell.domain.weeks import read_week, week_text

SHOP = read_week("mon-fri 10:00-18:00; sat 10:15-12:00, 13:00-16:50")
TODAY = date(2026, 11, 24)

HOW_OPEN = (
    # day, cell, how much of it is open
    (0, 19, Open.NOT),
    (0, 20, Open.ALL),
    (0, 35, Open.ALL),
    (0, 36, Open.NOT),
    (5, 20, Open.PART),
    (5, 23, Open.ALL),
    (5, 24, Open.NOT),
    (5, 26, Open.ALL),
    (5, 33, Open.PART),
    (5, 34, Open.NOT),
    (6, 0, Open.NOT),
    (6, 47, Open.NOT),
)

CHANGES = (
    # week, days, first and last cell, open or closed, the week afterwards
    ("closed", (0,), 18, 18, True, "mon 09:00-09:30"),
    ("closed", (0,), 0, 47, True, "mon 00:00-24:00"),
    ("closed", range(5), 20, 35, True, "mon-fri 10:00-18:00"),
    ("closed", range(5), 35, 20, True, "mon-fri 10:00-18:00"),
    ("mon 10:00-18:00", (0,), 19, 19, True, "mon 09:30-18:00"),
    ("mon 10:00-18:00", (0,), 36, 36, True, "mon 10:00-18:30"),
    ("mon 10:00-18:00", (0,), 37, 37, True, "mon 10:00-18:00, 18:30-19:00"),
    ("mon 10:00-12:00, 13:00-18:00", (0,), 24, 25, True, "mon 10:00-18:00"),
    ("mon 10:00-18:00", (0,), 24, 25, False, "mon 10:00-12:00, 13:00-18:00"),
    ("mon 10:00-18:00", (0,), 20, 20, False, "mon 10:30-18:00"),
    ("mon 10:00-18:00", (0,), 35, 35, False, "mon 10:00-17:30"),
    ("mon 10:00-18:00", (0,), 0, 47, False, "closed"),
    ("mon 10:00-18:00", (1,), 20, 20, False, "mon 10:00-18:00"),
    ("mon 10:00-18:00", (0,), 40, 44, False, "mon 10:00-18:00"),
    ("sun 23:30-24:00", (6,), 47, 47, False, "closed"),
    # Minutes that were not asked about stay.
    ("mon 10:15-17:50", (0,), 24, 25, False, "mon 10:15-12:00, 13:00-17:50"),
    ("mon 10:15-17:50", (0,), 20, 20, True, "mon 10:00-17:50"),
    ("mon 10:15-17:50", (0,), 20, 20, False, "mon 10:30-17:50"),
    ("mon 10:15-10:20", (0,), 20, 20, False, "closed"),
)  # fmt: skip


def week(text: str) -> Week:
    """Read a week; "closed" is one without hours."""
    return Week(days=((),) * 7) if text == "closed" else read_week(text)


@pytest.mark.parametrize(("day", "cell", "expected"), HOW_OPEN)
def test_a_half_hour_is_open_closed_or_partly_open(day: int, cell: int, expected: Open) -> None:
    assert how_open(SHOP, day, cell) is expected


@pytest.mark.parametrize(("before", "days", "first", "last", "is_open", "after"), CHANGES)
def test_half_hours_are_opened_and_closed(
    before: str, days: tuple[int, ...], first: int, last: int, is_open: bool, after: str
) -> None:
    made = changed(week(before), days, first, last, is_open=is_open)
    assert week_text(made) == after


@pytest.mark.parametrize(
    ("cell", "said"), [(0, "00:00"), (1, "00:30"), (19, "09:30"), (47, "23:30"), (48, "24:00")]
)
def test_a_half_hour_begins_at_a_time_of_day(cell: int, said: str) -> None:
    assert clock(cell) == said


_MINUTES = st.integers(min_value=0, max_value=1440)
_WINDOWS = st.lists(st.tuples(_MINUTES, _MINUTES), max_size=3)
_CELLS = st.integers(min_value=0, max_value=CELLS - 1)


@st.composite
def weeks(draw: st.DrawFn) -> Week:
    """Any week, its windows apart and in order, as the reader makes them."""
    days = []
    for _ in range(7):
        ends = sorted({end for pair in draw(_WINDOWS) for end in pair})
        pairs = zip(ends[::2], ends[1::2], strict=False)
        days.append(tuple(Window(start=start, end=end) for start, end in pairs))
    return Week(days=(days[0], days[1], days[2], days[3], days[4], days[5], days[6]))


@settings(max_examples=80)
@given(
    before=weeks(),
    days=st.sets(st.integers(min_value=0, max_value=6)),
    first=_CELLS,
    last=_CELLS,
    is_open=st.booleans(),
)
def test_what_was_asked_for_changes_and_nothing_else_and_it_can_be_written_down(
    before: Week, days: set[int], first: int, last: int, is_open: bool
) -> None:
    after = changed(before, days, first, last, is_open=is_open)
    low, high = sorted((first, last))
    for day in range(7):
        for cell in range(CELLS):
            if day in days and low <= cell <= high:
                assert how_open(after, day, cell) is (Open.ALL if is_open else Open.NOT)
            else:
                assert how_open(after, day, cell) is how_open(before, day, cell)
        starts = [edge for window in after.days[day] for edge in (window.start, window.end)]
        assert starts == sorted(set(starts)), "windows lie apart, in order"
    if any(after.days):
        assert read_week(week_text(after)) == after
    again = changed(after, days, first, last, is_open=is_open)
    assert again == after


def test_what_several_rules_allow_is_what_each_allows() -> None:
    one, other = read_week("mon-sun 08:00-21:00"), read_week("mon-sat 10:00-22:00")
    assert allowed([]) is None
    assert allowed([one]) == one
    assert week_text(allowed([one, other]) or one) == "mon-sat 10:00-21:00"


def test_the_law_of_the_country_closes_the_hours_it_names() -> None:
    rules = packaged_rules()
    law = law_for_offers(rules, "US", ShopRules(), TODAY)
    assert law is not None
    assert week_text(law) == "mon-sun 08:00-21:00"
    france = law_for_offers(rules, "FR", ShopRules(), TODAY)
    assert france is not None
    assert not any(france.days[6]), "no offers on a Sunday"


def test_a_rule_that_was_set_aside_closes_nothing_and_a_country_without_hours_neither() -> None:
    rules = packaged_rules()
    aside = SetAside(rule="US.hours", reason="a good reason", at=TODAY, by="Ana")
    assert law_for_offers(rules, "US", ShopRules(set_aside=(aside,)), TODAY) is None
    assert law_for_offers(rules, "XX", ShopRules(), TODAY) is None
