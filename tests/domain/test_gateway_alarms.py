"""What about a gateway is told without asking: lost since, and strangely silent."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from shopbell.domain.gateway_alarms import QUIET_FOR, QUIET_TEXTS, AlarmKind, Heard, alarms

NOW = datetime(2026, 11, 24, 15, 42, tzinfo=UTC)
DAY = timedelta(days=1)


def told(hears: bool = True, **given: Any) -> list[Any]:
    facts: dict[str, Any] = {
        "unreachable_since": None,
        "last_reply": None,
        "first_text": None,
        "texts_since": 0,
    }
    heard = Heard(**(facts | given))
    return alarms("phone", heard, hears=hears, zone="America/New_York", now=NOW)


@pytest.mark.parametrize(
    ("since", "short", "words"),
    [
        (NOW - timedelta(minutes=30), "not reached since 10:12", "Tue 24 Nov 2026, 10:12"),
        (NOW - timedelta(hours=10, minutes=41), "not reached since 00:01", "Tue 24 Nov 2026"),
        (NOW - timedelta(hours=10, minutes=43), "lost since 23 Nov", "Mon 23 Nov 2026, 23:59"),
        (NOW - 40 * DAY, "lost since 15 Oct", "Thu 15 Oct 2026"),
    ],
)
def test_a_lost_gateway_is_told_in_the_time_of_the_shop(
    since: datetime, short: str, words: str
) -> None:
    (alarm,) = told(unreachable_since=since)
    assert (alarm.kind, alarm.short) == (AlarmKind.UNREACHABLE, short)
    assert words in alarm.sentence
    assert "STOP is not seen" in alarm.hint


@pytest.mark.parametrize(
    ("facts", "silent"),
    [
        ({"last_reply": NOW - QUIET_FOR, "texts_since": QUIET_TEXTS}, True),
        ({"last_reply": NOW - QUIET_FOR, "texts_since": QUIET_TEXTS - 1}, False),
        ({"last_reply": NOW - QUIET_FOR + DAY, "texts_since": 5_000}, False),
        ({"first_text": NOW - QUIET_FOR, "texts_since": QUIET_TEXTS}, True),
        ({"first_text": NOW - DAY, "texts_since": 5_000}, False),
        ({"last_reply": NOW - DAY, "first_text": NOW - 90 * DAY, "texts_since": 900}, False),
        ({}, False),
    ],
)
def test_silence_is_told_when_many_texts_went_out(facts: dict[str, Any], silent: bool) -> None:
    found = told(**facts)
    assert [alarm.kind for alarm in found] == ([AlarmKind.NO_REPLIES] if silent else [])


def test_silence_counts_days_and_texts_and_says_how_to_find_out() -> None:
    (alarm,) = told(last_reply=NOW - 16 * DAY, texts_since=1_284)
    assert alarm.short == "no replies for 16 days"
    assert "for 16 days, though 1,284 texts went out" in alarm.sentence
    assert "Text STOP from your own phone" in alarm.hint


def test_a_gateway_that_never_tells_of_replies_is_not_called_silent() -> None:
    assert told(hears=False, last_reply=NOW - 90 * DAY, texts_since=5_000) == []


def test_what_is_lost_comes_before_what_is_silent() -> None:
    found = told(unreachable_since=NOW - DAY, last_reply=NOW - 20 * DAY, texts_since=50)
    assert [alarm.kind for alarm in found] == [AlarmKind.UNREACHABLE, AlarmKind.NO_REPLIES]
