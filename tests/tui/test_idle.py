"""When it becomes time to lock, by comparing times."""

from __future__ import annotations

from datetime import timedelta

from shopbell.domain.idle import IdleWatch
from shops import NOW

TEN = timedelta(minutes=10)


def looking(watch: IdleWatch, start: int, end: int) -> list[str]:
    """Look every second from `start` to `end`."""
    return [watch.why_lock(NOW + timedelta(seconds=second)) for second in range(start, end + 1)]


def test_nobody_at_the_keys_for_ten_minutes_locks_and_not_a_second_earlier() -> None:
    said = looking(IdleWatch(TEN, NOW), 1, 600)
    assert set(said[:-1]) == {""}
    assert said[-1] == "Locked after 10 quiet minutes."


def test_a_key_begins_the_ten_minutes_anew() -> None:
    watch = IdleWatch(TEN, NOW)
    looking(watch, 1, 599)
    watch.touch(NOW + timedelta(seconds=599))
    assert not any(looking(watch, 600, 1198))
    assert watch.why_lock(NOW + timedelta(seconds=1199)) == "Locked after 10 quiet minutes."


def test_a_computer_that_slept_locks_at_once() -> None:
    watch = IdleWatch(TEN, NOW)
    looking(watch, 1, 5)
    watch.touch(NOW + timedelta(seconds=5))
    assert watch.why_lock(NOW + timedelta(seconds=66)) == "Locked: the computer was asleep."


def test_a_minute_without_a_look_is_no_sleep() -> None:
    watch = IdleWatch(TEN, NOW)
    assert watch.why_lock(NOW + timedelta(seconds=60)) == ""


def test_unlocking_begins_the_count_anew() -> None:
    watch = IdleWatch(TEN, NOW)
    later = NOW + timedelta(hours=8)
    watch.start(later)
    assert watch.why_lock(later + timedelta(seconds=1)) == ""


def test_a_clock_that_is_set_back_does_not_lock() -> None:
    watch = IdleWatch(TEN, NOW)
    assert watch.why_lock(NOW - timedelta(hours=1)) == ""
