"""The day of a shop in records: what presses most, which day was busiest, how high the bars are."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopbell.domain.today import Month, Need, NeedKind, by_day, heights, in_order

NOW = datetime(2026, 11, 24, 15, 42, tzinfo=UTC)


def need(kind: NeedKind, minutes: int = 0) -> Need:
    at = NOW - timedelta(minutes=minutes)
    return Need(kind=kind, name="Ana Reyes", number=None, text="hello", at=at)


def this_month(*days: int) -> Month:
    return Month(sent=sum(days), arrived=0, replies=0, stops=0, cost=(), days=days)


def test_an_unclear_stop_comes_before_everything_however_old_it_is() -> None:
    old = need(NeedKind.UNCLEAR, 5000)
    others = [need(kind) for kind in (NeedKind.REPLY, NeedKind.UNKNOWN, NeedKind.PAUSED)]
    assert in_order([*others, old])[0] is old


@given(st.lists(st.builds(need, st.sampled_from(NeedKind), st.integers(0, 9999))))
def test_needs_are_ordered_by_kind_then_the_newest_first_and_none_is_lost(
    needs: list[Need],
) -> None:
    ordered = in_order(needs)
    kinds = list(NeedKind)
    assert sorted(map(id, ordered)) == sorted(map(id, needs))
    for one, then in pairwise(ordered):
        assert kinds.index(one.kind) <= kinds.index(then.kind)
        assert one.kind is not then.kind or one.at >= then.at


@pytest.mark.parametrize(
    ("at", "zone", "day"),
    [
        ("2026-11-01T04:30:00Z", "America/New_York", 1),  # half past midnight, still summer time
        ("2026-11-01T03:30:00Z", "America/New_York", None),  # the evening of 31 October
        ("2026-11-10T04:59:00Z", "America/New_York", 9),
        ("2026-11-10T05:00:00Z", "America/New_York", 10),
        ("2026-11-09T18:15:00Z", "Asia/Kathmandu", 10),  # an offset of 5:45
        ("2026-11-09T18:14:00Z", "Asia/Kathmandu", 9),
        ("2026-11-25T12:00:00Z", "America/New_York", None),  # tomorrow: a clock was set back
        ("2025-11-10T12:00:00Z", "America/New_York", None),
    ],
)
def test_a_text_counts_on_the_day_of_the_counters_calendar(
    at: str, zone: str, day: int | None
) -> None:
    days = by_day([(datetime.fromisoformat(at), 3)], zone, date(2026, 11, 24))
    assert len(days) == 24
    assert {index + 1: count for index, count in enumerate(days) if count} == (
        {day: 3} if day else {}
    )


def test_texts_of_one_day_add_up() -> None:
    moments = [(NOW, 2), (NOW - timedelta(hours=1), 5), (NOW - timedelta(days=1), 1)]
    assert by_day(moments, "UTC", date(2026, 11, 24))[-2:] == (1, 7)


@pytest.mark.parametrize(
    ("days", "levels", "expected"),
    [
        ((), 9, ()),
        ((0, 0), 9, (0, 0)),
        ((8, 4, 0), 9, (8, 4, 0)),
        ((1000, 1), 9, (8, 1)),
        ((1,), 9, (8,)),
    ],
)
def test_bars_are_as_high_as_their_share_of_the_highest(
    days: tuple[int, ...], levels: int, expected: tuple[int, ...]
) -> None:
    assert heights(days, levels) == expected


@given(st.lists(st.integers(0, 10**6), max_size=31), st.integers(2, 12))
def test_a_day_with_texts_never_looks_empty_and_no_bar_is_too_high(
    days: list[int], levels: int
) -> None:
    bars = heights(days, levels)
    assert all(0 <= bar < levels for bar in bars)
    assert [bar > 0 for bar in bars] == [count > 0 for count in days]
    ranked = sorted(zip(days, bars, strict=True))
    assert [bar for _, bar in ranked] == sorted(bar for _, bar in ranked)


@pytest.mark.parametrize(
    ("days", "busiest"), [((), None), ((0, 0), None), ((0, 3, 3), 2), ((5, 0, 7), 3)]
)
def test_the_busiest_day_is_the_first_with_the_most(
    days: tuple[int, ...], busiest: int | None
) -> None:
    assert this_month(*days).busiest == busiest
