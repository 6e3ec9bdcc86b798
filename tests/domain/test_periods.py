"""Stretches of days: steps through time, what they are called, and days as people type them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopbell.domain.periods import USUAL, Period, after, before, longer, read_period, until
from shopbell.errors import BadInput

TODAY = date(2026, 11, 24)

days = st.dates(min_value=date(1990, 1, 1), max_value=TODAY)
periods = st.builds(
    lambda last, many: Period(first=last - timedelta(days=many), last=last),
    days,
    st.integers(min_value=0, max_value=800),
)


def spoken(first: str, last: str) -> str:
    return Period(first=date.fromisoformat(first), last=date.fromisoformat(last)).words(TODAY)


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2026-11-24", "2026-11-24", "today"),
        ("2026-11-18", "2026-11-24", "the last 7 days"),
        ("2026-10-26", "2026-11-24", "the last 30 days"),
        ("2026-11-23", "2026-11-23", "Mon 23 Nov 2026"),
        ("2026-11-01", "2026-11-23", "1 Nov 2026 to 23 Nov 2026"),
        ("2025-12-31", "2026-01-01", "31 Dec 2025 to 1 Jan 2026"),
    ],
)
def test_days_are_called_as_people_call_them(first: str, last: str, words: str) -> None:
    assert spoken(first, last) == words


@pytest.mark.parametrize("many", USUAL)
def test_the_last_days_have_today_in_them(many: int) -> None:
    period = until(TODAY, many)
    assert (period.days, period.last) == (many, TODAY)


def test_the_usual_stretches_go_round_and_any_other_leads_to_the_first() -> None:
    period, seen = until(TODAY, USUAL[0]), []
    for _ in USUAL:
        seen.append(period.days)
        period = longer(period, TODAY)
    assert seen == list(USUAL)
    assert period == until(TODAY, USUAL[0])
    odd = Period(first=date(2026, 1, 1), last=date(2026, 1, 9))
    assert longer(odd, TODAY) == until(TODAY, USUAL[0])


@given(periods)
def test_the_days_before_touch_and_are_as_many(period: Period) -> None:
    earlier = before(period)
    assert earlier.days == period.days
    assert earlier.last == period.first - timedelta(days=1)


@given(periods)
def test_there_and_back_is_where_one_was(period: Period) -> None:
    assert after(before(period), TODAY) == period


@given(periods)
def test_the_days_after_are_as_many_and_never_later_than_today(period: Period) -> None:
    later = after(period, TODAY)
    assert later.days == period.days
    assert period.last <= later.last <= TODAY
    if later.last < TODAY:
        assert later.first == period.last + timedelta(days=1)


def test_the_calendar_has_an_end_in_the_past() -> None:
    first = Period(first=date(1971, 1, 1), last=date(1971, 2, 1))
    assert before(first) == first


def test_days_that_end_after_today_stay_where_they_are() -> None:
    later = Period(first=date(2026, 12, 1), last=date(2026, 12, 2))
    assert after(later, TODAY) == later


@pytest.mark.parametrize(
    ("line", "first", "last"),
    [
        ("2026-11-24", "2026-11-24", "2026-11-24"),
        ("2026-11-01 2026-11-30", "2026-11-01", "2026-11-30"),
        ("  2026-11-01,2026-11-30 ", "2026-11-01", "2026-11-30"),
        ("2024-02-29\t2024-03-01", "2024-02-29", "2024-03-01"),
    ],
)
def test_days_are_read_as_people_type_them(line: str, first: str, last: str) -> None:
    period = read_period(line)
    assert (period.first.isoformat(), period.last.isoformat()) == (first, last)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("", "not one day or two"),
        ("2026-11-01 2026-11-02 2026-11-03", "not one day or two"),
        ("soon", "“soon” is not a day"),
        ("2026-02-30", "is not a day"),
        ("2026-11-02 2026-11-01", "is after the last"),
        ("0001-01-01", "is not a day"),
        ("9999-12-31", "is not a day"),
        ("[/]\x1b", "is not a day"),
        ("x" * 10_000, f"“{'x' * 20}” is not a day"),
    ],
)
def test_what_is_no_day_is_told_with_how_to_write_one(line: str, says: str) -> None:
    with pytest.raises(BadInput, match=says) as refused:
        read_period(line)
    assert "2026-11-01 2026-11-30" in refused.value.hint


@given(st.text(max_size=60))
def test_any_line_is_days_or_a_plain_refusal(line: str) -> None:
    try:
        period = read_period(line)
    except BadInput:
        return
    assert period.first <= period.last
