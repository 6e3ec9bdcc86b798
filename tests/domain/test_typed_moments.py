"""Moments as people type them at the counter, on the shop's own clock."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopbell.domain.typed_moments import read_typed_moment
from shopbell.errors import BadInput
from shops import NOW

ZONE = "America/New_York"

READ = (
    ("16:30", (24, 21, 30)),
    ("4:30pm", (24, 21, 30)),
    ("4 pm", (24, 21, 0)),
    ("9:00", (25, 14, 0)),
    ("today 16:30", (24, 21, 30)),
    ("today at 16:30", (24, 21, 30)),
    ("tomorrow 9:00", (25, 14, 0)),
    ("Tomorrow 9am", (25, 14, 0)),
    ("thu 10:00", (26, 15, 0)),
    ("Thursday, 10:00", (26, 15, 0)),
    ("tue 16:00", (24, 21, 0)),
    ("26 nov 10:00", (26, 15, 0)),
    ("Nov 26 10:00", (26, 15, 0)),
    ("26 November 2026 10:00", (26, 15, 0)),
    ("2026-11-26 10:00", (26, 15, 0)),
    ("2026-11-26T10:00", (26, 15, 0)),
    ("12am", (25, 5, 0)),
    ("12 pm", (24, 17, 0)),
)
"""What was typed on Tue 24 Nov 2026 at 10:42, and day, hour and minute in UTC."""


@pytest.mark.parametrize(("typed", "expected"), READ, ids=[typed for typed, _ in READ])
def test_a_moment_is_read_as_it_is_meant(typed: str, expected: tuple[int, int, int]) -> None:
    day, hour, minute = expected
    read = read_typed_moment(typed, NOW, ZONE)
    assert read == datetime(2026, 11, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "day", "month", "year"),
    [("tue 9:00", 1, 12, 2026), ("3 jan 9:00", 3, 1, 2027), ("23 nov 9:00", 23, 11, 2027)],
)
def test_a_day_that_is_over_means_the_next_such_day(
    typed: str, day: int, month: int, year: int
) -> None:
    assert read_typed_moment(typed, NOW, ZONE) == datetime(year, month, day, 14, 0, tzinfo=UTC)


NO_MOMENT = (
    ("", "has no time of day"),
    ("soon", "has no time of day"),
    ("25:00", "has no time of day"),
    ("10:75", "has no time of day"),
    ("13pm", "has no time of day"),
    ("0 am", "has no time of day"),
    ("someday 10:00", "“someday” is no day."),
    ("tu 10:00", "“tu” is no day."),
    ("31 feb 10:00", "is no day."),
    ("today 9:00", "is over."),
    ("2020-01-01 9:00", "is over."),
)


@pytest.mark.parametrize(("typed", "said"), NO_MOMENT, ids=[typed for typed, _ in NO_MOMENT])
def test_what_is_no_moment_to_come_is_refused_with_an_example(typed: str, said: str) -> None:
    with pytest.raises(BadInput) as refused:
        read_typed_moment(typed, NOW, ZONE)
    assert said in refused.value.message
    assert refused.value.hint


@given(st.text(max_size=60))
def test_any_text_is_a_moment_to_come_or_refused(text: str) -> None:
    with contextlib.suppress(BadInput):
        assert read_typed_moment(text, NOW, ZONE) > NOW


def test_the_hour_that_the_clocks_leave_out_is_the_hour_after_it() -> None:
    before = datetime(2027, 3, 13, 12, 0, tzinfo=UTC)
    assert read_typed_moment("14 mar 2:30", before, ZONE) == datetime(
        2027, 3, 14, 7, 30, tzinfo=UTC
    )
