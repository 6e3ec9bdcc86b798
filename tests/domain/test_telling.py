from __future__ import annotations

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
