from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import SHOP_HOURS, at
from shopbell.domain.shop import Week
from shopbell.domain.weeks import read_week
from shopbell.domain.windows import SEARCH_DAYS, Hours, is_open, next_open, window_end

MINUTE = timedelta(minutes=1)
MARGIN = timedelta(minutes=10)
STEP = 1 if os.environ.get("SHOPBELL_NIGHTLY") else 13
"""Minutes between two looks at a clock change."""
ROUND_THE_CLOCK = "mon-sun 00:00-24:00"


def hours(week: str, *zones: str) -> tuple[Hours, ...]:
    return tuple(Hours(week=read_week(week), zone=zone) for zone in zones or ("America/New_York",))


@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        ("2026-11-24 14:59:59", "2026-11-24 15:00"),  # a second to ten in New York
        ("2026-11-24 15:00", "2026-11-24 15:00"),
        ("2026-11-24 15:42:07.5", "2026-11-24 15:42:07.5"),
        ("2026-11-24 22:59:59", "2026-11-24 22:59:59"),
        ("2026-11-24 23:00", "2026-11-25 15:00"),  # half-open: six o'clock is closed
        ("2026-11-27 23:00", "2026-11-28 15:00"),  # Friday evening to Saturday
        ("2026-11-28 22:00", "2026-11-30 15:00"),  # over Sunday to Monday
        ("2026-10-31 21:30", "2026-11-02 15:00"),  # over the end of summer time
        ("2027-03-13 22:30", "2027-03-15 14:00"),  # over its beginning
    ],
)
def test_the_next_opening_is_exact(moment: str, opens: str) -> None:
    shop = hours(SHOP_HOURS)
    assert next_open(shop, at(moment)) == at(opens)
    assert is_open(shop, at(moment)) is (moment == opens)


@pytest.mark.parametrize(
    ("zone", "week", "moment", "expected"),
    [
        # New York loses 02:00-03:00 on 8 March 2026: the hour never comes
        ("America/New_York", "sun 02:00-03:00", "2026-03-08 00:00", "2026-03-15 06:00"),
        ("America/New_York", "sun 02:30-03:30", "2026-03-08 00:00", "2026-03-08 07:00"),
        ("America/New_York", "sun 01:00-02:00", "2026-03-08 06:59:59", "2026-03-08 06:59:59"),
        ("America/New_York", "sun 01:00-02:00", "2026-03-08 07:00", "2026-03-15 05:00"),
        # and has 01:00-02:00 twice on 1 November 2026
        ("America/New_York", "sun 01:00-02:00", "2026-11-01 05:30", "2026-11-01 05:30"),
        ("America/New_York", "sun 01:00-02:00", "2026-11-01 06:30", "2026-11-01 06:30"),
        ("America/New_York", "sun 01:30-02:00", "2026-11-01 06:00", "2026-11-01 06:30"),
        # southern hemisphere, half-hour zones, half-hour changes, midnight changes
        ("Australia/Adelaide", "sun 02:00-03:00", "2026-10-03 00:00", "2026-10-10 15:30"),
        ("Australia/Lord_Howe", "sun 02:00-02:30", "2026-10-03 12:00", "2026-10-10 15:00"),
        ("Asia/Kathmandu", "mon 10:00-11:00", "2026-11-23 00:00", "2026-11-23 04:15"),
        ("America/Havana", "sun 00:00-01:00", "2026-03-08 00:00", "2026-03-15 04:00"),
        ("America/Phoenix", "sun 02:00-03:00", "2026-03-08 00:00", "2026-03-08 09:00"),
        # a day that never was
        ("Pacific/Apia", "fri 10:00-11:00", "2011-12-29 12:00", "2012-01-05 20:00"),
    ],
)
def test_hours_are_what_the_clock_on_the_wall_shows(
    zone: str, week: str, moment: str, expected: str
) -> None:
    assert next_open(hours(week, zone), at(moment)) == at(expected)


def test_the_repeated_hour_is_open_both_times_and_once_in_one_piece() -> None:
    twice = hours("sun 01:00-02:00")
    assert window_end(twice, at("2026-11-01 05:00")) == at("2026-11-01 07:00")
    half = hours("sun 01:30-02:00")
    assert window_end(half, at("2026-11-01 05:30")) == at("2026-11-01 06:00")


def test_several_zones_are_open_only_when_all_are() -> None:
    both = hours(SHOP_HOURS, "America/New_York", "America/Los_Angeles")
    assert not is_open(both, at("2026-11-24 15:42"))
    assert next_open(both, at("2026-11-24 15:42")) == at("2026-11-24 18:00")
    assert window_end(both, at("2026-11-24 18:00")) == at("2026-11-24 23:00")


def test_zones_without_a_common_hour_never_open() -> None:
    assert (
        next_open(hours("mon-sun 10:00-12:00", "Asia/Tokyo", "America/New_York"), at("2026-11-24"))
        is None
    )


def test_hours_of_different_sources_are_intersected() -> None:
    shop, law = hours("mon-fri 08:00-18:00"), hours("mon-sun 09:00-21:00")
    assert next_open(shop + law, at("2026-11-24 13:00")) == at("2026-11-24 14:00")
    assert window_end(shop + law, at("2026-11-24 14:00")) == at("2026-11-24 23:00")


def test_a_week_that_is_always_closed_never_opens() -> None:
    assert next_open(hours(""), at("2026-11-24")) is None


def test_hours_round_the_clock_never_end() -> None:
    always = hours(ROUND_THE_CLOCK)
    for moment in (
        "2026-11-01 04:00",
        "2026-11-01 06:59:59",
        "2026-03-08 07:00",
        "2026-11-24 04:59",
    ):
        assert is_open(always, at(moment), MARGIN)
        assert window_end(always, at(moment)) is None


def test_hours_go_on_over_midnight() -> None:
    night = hours("fri 20:00-24:00; sat 00:00-02:00")
    assert window_end(night, at("2026-11-28 04:00")) == at("2026-11-28 07:00")
    assert is_open(night, at("2026-11-28 04:55"), MARGIN)


@pytest.mark.parametrize(
    ("moment", "open_"),
    [
        ("2026-11-24 22:49:59", True),
        ("2026-11-24 22:50:00", False),
        ("2026-11-24 22:59:59", False),
        ("2026-11-24 15:00:00", True),
    ],
)
def test_the_last_minutes_of_a_window_are_closed_for_handing_over(moment: str, open_: bool) -> None:
    shop = hours(SHOP_HOURS)
    assert is_open(shop, at(moment), MARGIN) is open_
    assert next_open(shop, at(moment), MARGIN) == (at(moment) if open_ else at("2026-11-25 15:00"))


def test_a_window_shorter_than_the_margin_never_opens() -> None:
    assert next_open(hours("mon-sun 10:00-10:10"), at("2026-11-24"), MARGIN) is None
    assert next_open(hours("mon-sun 10:00-10:11"), at("2026-11-24"), MARGIN) == at(
        "2026-11-24 15:00"
    )


def test_a_time_with_another_offset_means_the_same_moment() -> None:
    moment = datetime(2026, 11, 25, 0, 42, tzinfo=ZoneInfo("Asia/Tokyo"))
    opens = next_open(hours(SHOP_HOURS), moment)
    assert opens == at("2026-11-24 15:42")
    assert opens is not None
    assert opens.tzinfo is UTC


def test_an_unknown_zone_is_an_error_not_a_guess() -> None:
    with pytest.raises(LookupError):
        is_open(hours(SHOP_HOURS, "Mars/Phobos"), at("2026-11-24"))


def wall_clock_is_open(week: Week, zone: str, moment: datetime) -> bool:
    """The definition itself: look at the clock on the wall."""
    wall = moment.astimezone(ZoneInfo(zone))
    minute = wall.hour * 60 + wall.minute
    return any(window.start <= minute < window.end for window in week.days[wall.weekday()])


@lru_cache(maxsize=1)
def changes() -> dict[str, list[datetime]]:
    """The first hour with a new offset, for every zone that changes its clock in 2026."""
    start = datetime(2026, 1, 1, tzinfo=UTC)
    found: dict[str, list[datetime]] = {}
    for name in sorted(available_timezones()):
        zone = ZoneInfo(name)
        offsets = [(start + timedelta(days=day)).astimezone(zone).utcoffset() for day in range(366)]
        days = [day for day in range(365) if offsets[day] != offsets[day + 1]]
        for day in days:
            hour = next(
                hour
                for hour in range(1, 25)
                if (start + timedelta(days=day, hours=hour)).astimezone(zone).utcoffset()
                != offsets[day]
            )
            found.setdefault(name, []).append(start + timedelta(days=day, hours=hour))
    return found


ODD_HOURS = read_week("mon-sun 00:00-00:20, 00:40-01:15, 01:45-02:10, 02:25-03:05, 23:30-24:00")


def test_both_clock_changes_of_every_zone_are_exact_to_the_minute() -> None:
    zones = changes()
    assert len(zones) > 100
    for zone, moments in zones.items():
        for change in moments:
            for minute in range(-70, 130, STEP):
                moment = change + timedelta(minutes=minute)
                expected = wall_clock_is_open(ODD_HOURS, zone, moment)
                assert is_open((Hours(week=ODD_HOURS, zone=zone),), moment) is expected, (
                    zone,
                    moment,
                )


some_zones = st.sampled_from(
    ["America/New_York", "America/St_Johns", "Europe/London", "Australia/Lord_Howe", "Asia/Kolkata"]
)
some_weeks = st.sampled_from(
    [
        SHOP_HOURS,
        ROUND_THE_CLOCK,
        "sun 01:10-02:40",
        "wed 23:00-24:00; thu 00:00-00:30, 09:00-17:00",
    ]
).map(read_week)
some_moments = st.integers(0, 2 * 365 * 24 * 60).map(
    lambda minutes: at("2026-01-01") + timedelta(minutes=minutes)
)
many_hours = st.lists(
    st.builds(lambda week, zone: Hours(week=week, zone=zone), some_weeks, some_zones),
    min_size=1,
    max_size=3,
).map(tuple)


@given(some_weeks, some_zones, some_moments)
def test_open_means_the_wall_clock_says_so(week: Week, zone: str, moment: datetime) -> None:
    expected = wall_clock_is_open(week, zone, moment)
    assert is_open((Hours(week=week, zone=zone),), moment) is expected


@given(many_hours, some_moments, st.sampled_from([timedelta(0), MARGIN]))
def test_the_next_opening_is_open_and_nothing_before_it_is(
    wanted: tuple[Hours, ...], moment: datetime, margin: timedelta
) -> None:
    opens = next_open(wanted, moment, margin)
    if opens is None:
        return
    assert is_open(wanted, opens, margin)
    assert opens - moment < timedelta(days=SEARCH_DAYS + 1)
    if opens > moment:
        assert not is_open(wanted, opens - MINUTE, margin)
    steps = int((opens - moment) / MINUTE)
    for step in range(0, steps, max(1, steps // 50)):
        assert not is_open(wanted, moment + step * MINUTE, margin)


@given(many_hours, some_moments)
def test_a_window_ends_at_its_first_closed_minute(
    wanted: tuple[Hours, ...], moment: datetime
) -> None:
    opens = next_open(wanted, moment)
    if opens is None:
        return
    end = window_end(wanted, opens)
    if end is not None:
        assert not is_open(wanted, end)
        assert is_open(wanted, end - MINUTE)
