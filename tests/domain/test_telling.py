from __future__ import annotations

from datetime import timedelta

import pytest

from builders import a_shop, at
from shopbell.domain import telling

NY, LA = "America/New_York", "America/Los_Angeles"
NIGHT = at("2026-11-25 02:14")


def test_times_are_told_on_the_clock_of_the_place() -> None:
    assert telling.clock(NIGHT, NY) == "21:14"
    assert telling.clock(NIGHT, "Asia/Kathmandu") == "07:59"
    assert telling.weekday(NIGHT, NY) == "Tuesday"
    assert telling.weekday(NIGHT, "Europe/London") == "Wednesday"
    assert telling.calendar_day(NIGHT, LA) == "24 Nov 2026"
    assert telling.day_and_clock(at("2026-03-08 05:05"), NY) == "Sun 8 Mar 00:05"


def test_a_zone_nobody_knows_is_told_in_utc() -> None:
    assert telling.clock(NIGHT, "Mars/Phobos") == "02:14"


@pytest.mark.parametrize(
    ("zone", "place"),
    [
        (NY, "New York"),
        ("America/North_Dakota/Center", "Center, North Dakota"),
        ("Etc/UTC", "UTC"),
        ("UTC", "UTC"),
    ],
)
def test_a_zone_is_told_as_its_place(zone: str, place: str) -> None:
    assert telling.place_of(zone) == place


def test_the_next_step_is_a_time_on_the_shops_clock_or_something_to_do() -> None:
    shop = a_shop(zone=LA)
    assert telling.next_step(NIGHT, shop, "Call.") == "It may go Tue 24 Nov 18:14, shop time."
    assert telling.next_step(None, shop, "Call.") == "Call."


def test_one_of_a_thing_is_not_several() -> None:
    assert (telling.counted(1, "part"), telling.counted(2, "part")) == ("1 part", "2 parts")


@pytest.mark.parametrize(
    ("then", "said"),
    [
        ("2026-11-25 01:00", "today"),
        ("2026-11-24 02:14", "1 day ago"),
        ("2026-10-26 02:14", "30 days ago"),
        ("2026-09-26 02:14", "60 days ago"),
        ("2026-09-25 02:15", "60 days ago"),
        ("2026-09-25 02:14", "2 months ago"),
        ("2025-09-24 00:00", "14 months ago"),
        ("2024-11-25 02:15", "23 months ago"),
        ("2024-11-25 02:14", "2 years ago"),
        ("1996-11-26 00:00", "29 years ago"),
        ("2026-11-26 00:00", "today"),
    ],
)
def test_an_age_is_told_in_whole_steps(then: str, said: str) -> None:
    assert telling.how_long_ago(at(then), NIGHT) == said


@pytest.mark.parametrize("month", range(1, 13))
def test_an_age_never_jumps_back_as_time_goes_on(month: int) -> None:
    then = at(f"2024-{month:02d}-28 12:00")
    months = [
        int(said.split()[0])
        for days in range(70, 700)
        if (said := telling.how_long_ago(then, then + timedelta(days=days))).endswith("months ago")
    ]
    assert months == sorted(months)
    assert months[0] == 2
    assert months[-1] >= 22
