"""Sums of a report: they add up, whatever is put together first."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopbell.domain.reports import NOTHING, DayNumbers, Numbers, Report, days_from, together

MONDAY = date(2026, 11, 23)

COUNT = st.integers(0, 1000)
COST = st.dictionaries(st.sampled_from(["EUR", "GBP", "USD"]), st.integers(0, 10**9)).map(
    lambda cost: tuple(sorted(cost.items()))
)
NUMBERS = st.builds(
    Numbers,
    sent=COUNT,
    delivered=COUNT,
    failed=COUNT,
    unknown=COUNT,
    replied=COUNT,
    stopped=COUNT,
    parts=COUNT,
    cost=COST,
    without_price=COUNT,
)


def a_report(*sent: int) -> Report:
    days = days_from(MONDAY, date.fromordinal(MONDAY.toordinal() + len(sent) - 1))
    return Report(
        first=days[0],
        last=days[-1],
        days=tuple(
            DayNumbers(day=day, numbers=Numbers(sent=count))
            for day, count in zip(days, sent, strict=True)
        ),
        campaigns=(),
        most=(),
        failures=(),
    )


@given(NUMBERS, NUMBERS, NUMBERS)
def test_it_does_not_matter_what_is_added_first(one: Numbers, two: Numbers, three: Numbers) -> None:
    assert (one + two) + three == one + (two + three)
    assert one + two == two + one


@given(NUMBERS)
def test_nothing_changes_nothing(numbers: Numbers) -> None:
    assert numbers + NOTHING == numbers == together([NOTHING, numbers])


def test_every_currency_is_added_by_itself() -> None:
    both = Numbers(cost=(("USD", 5),)) + Numbers(cost=(("EUR", 1), ("USD", 2)))
    assert both.cost == (("EUR", 1), ("USD", 7))


@pytest.mark.parametrize(
    ("sent", "busiest"),
    [((0,), None), ((0, 3, 1), 1), ((2, 2), 0), ((0, 0, 9), 2)],
)
def test_the_busiest_day_is_the_first_with_most(sent: tuple[int, ...], busiest: int | None) -> None:
    report = a_report(*sent)
    found = report.busiest
    assert (found and found.day) == (None if busiest is None else report.days[busiest].day)
    assert report.total.sent == sum(sent)
    assert report.is_empty == (sum(sent) == 0)


@pytest.mark.parametrize(
    ("first", "last", "count"),
    [
        ("2026-11-23", "2026-11-23", 1),
        ("2026-10-31", "2026-11-02", 3),
        ("2028-02-28", "2028-03-01", 3),
        ("2026-01-01", "2026-12-31", 365),
    ],
)
def test_days_are_counted_with_both_ends(first: str, last: str, count: int) -> None:
    days = days_from(date.fromisoformat(first), date.fromisoformat(last))
    assert len(days) == len(set(days)) == count
    assert days[-1].isoformat() == last
