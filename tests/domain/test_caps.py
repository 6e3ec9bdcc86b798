from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import NOW, a_past_text
from shopbell.domain.caps import counted, free_again_at, per_text
from shopbell.domain.facts import PastText
from shopbell.domain.policy import Cap
from shopbell.domain.texts import State

DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)
ONE_A_WEEK = Cap(n=1, per=7 * DAY)


@pytest.mark.parametrize("state", State)
def test_waiting_and_unknown_texts_count_and_failed_ones_do_not(state: State) -> None:
    counts = state in {
        State.WAITING,
        State.SENDING,
        State.ACCEPTED,
        State.SENT,
        State.DELIVERED,
        State.UNKNOWN,
    }
    assert bool(counted([a_past_text(state=state)])) is counts


@pytest.mark.parametrize(
    ("ago", "free"),
    [
        ([], None),
        ([8 * DAY], None),
        ([7 * DAY], None),
        ([7 * DAY - SECOND], SECOND),
        ([3 * DAY], 4 * DAY),
        ([3 * DAY, 5 * DAY], 4 * DAY),
        ([timedelta(0)], 7 * DAY),
        ([-2 * DAY], 9 * DAY),
    ],
)
def test_one_a_week_is_free_again_exactly_a_week_later(
    ago: list[timedelta], free: timedelta | None
) -> None:
    past = [a_past_text(each) for each in ago]
    assert free_again_at(ONE_A_WEEK, past, NOW) == (None if free is None else NOW + free)


def test_of_several_the_oldest_that_is_too_many_must_leave_the_window() -> None:
    past = [a_past_text(days * DAY) for days in (1, 2, 10, 25, 29)]
    assert free_again_at(Cap(n=4, per=30 * DAY), past, NOW) == NOW - 25 * DAY + 30 * DAY


def test_a_cap_of_nothing_is_never_free() -> None:
    assert free_again_at(Cap(n=0, per=DAY), [], NOW) is None


@pytest.mark.parametrize(("days", "words"), [(1, "a day"), (7, "a week"), (30, "30 days")])
def test_a_stretch_is_told_in_words(days: int, words: str) -> None:
    assert per_text(days * DAY) == words


pasts = st.lists(st.integers(0, 40 * 24 * 60).map(lambda m: a_past_text(timedelta(minutes=m))))


@given(pasts, st.integers(1, 4), st.integers(1, 30))
def test_a_text_is_free_at_that_moment_and_not_a_second_before(
    past: list[PastText], n: int, days: int
) -> None:
    cap = Cap(n=n, per=timedelta(days=days))
    free = free_again_at(cap, past, NOW)
    if free is not None:
        assert free_again_at(cap, past, free) is None
        assert free_again_at(cap, past, free - SECOND) is not None


@given(st.lists(st.integers(0, 3000), max_size=40), st.integers(1, 4), st.integers(1, 10))
def test_no_order_of_attempts_ever_breaks_a_cap(gaps: list[int], n: int, days: int) -> None:
    cap = Cap(n=n, per=timedelta(days=days))
    now, sent = NOW, list[datetime]()
    for gap in gaps:
        now += timedelta(minutes=gap)
        past = [a_past_text(now - when, now=now) for when in sent]
        if free_again_at(cap, past, now) is None:
            sent.append(now)
    for first in sent:
        assert sum(first <= other < first + cap.per for other in sent) <= n
