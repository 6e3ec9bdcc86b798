"""Whether a STOP would arrive: every combination of what a gateway can do and what was seen."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopbell.domain.stop_path import GOOD_FOR, StopPath, Way, judged, said

NOW = datetime(2026, 11, 24, 15, 42, tzinfo=UTC)
ZONE = "America/New_York"
LATELY = NOW - timedelta(days=29)
LONG_AGO = NOW - timedelta(days=31)
SECOND = timedelta(seconds=1)


def path(**given: Any) -> StopPath:
    facts: dict[str, Any] = {
        "gateway": "phone",
        "practice": False,
        "hears": True,
        "seen_at": None,
        "promise": "",
        "promised_at": None,
        "now": NOW,
    }
    return judged(**(facts | given))


@pytest.mark.parametrize(
    ("facts", "way", "is_open"),
    [
        ({"practice": True}, Way.PRACTICE, True),
        ({"practice": True, "hears": False}, Way.PRACTICE, True),
        ({}, Way.UNSEEN, False),
        ({"seen_at": LATELY}, Way.SEEN, True),
        ({"seen_at": NOW}, Way.SEEN, True),
        ({"seen_at": NOW - GOOD_FOR}, Way.SEEN, True),
        ({"seen_at": NOW - GOOD_FOR - SECOND}, Way.UNSEEN, False),
        ({"seen_at": LONG_AGO}, Way.UNSEEN, False),
        ({"promise": "Ana reads it.", "promised_at": NOW}, Way.UNSEEN, False),
        ({"hears": False}, Way.DEAF, False),
        ({"hears": False, "seen_at": NOW}, Way.DEAF, False),
        ({"hears": False, "promise": "Ana reads it.", "promised_at": LATELY}, Way.PROMISED, True),
        ({"hears": False, "promise": "Ana reads it.", "promised_at": LONG_AGO}, Way.DEAF, False),
        ({"hears": False, "promise": "Ana reads it.", "promised_at": None}, Way.DEAF, False),
        ({"hears": False, "promise": "", "promised_at": NOW}, Way.DEAF, False),
    ],
)
def test_campaigns_are_open_only_where_a_stop_is_known_to_arrive(
    facts: dict[str, Any], way: Way, is_open: bool
) -> None:
    found = path(**facts)
    assert (found.way, found.is_open) == (way, is_open)


@pytest.mark.parametrize(
    ("facts", "until"),
    [
        ({"seen_at": LATELY}, LATELY + GOOD_FOR),
        ({"hears": False, "promise": "x", "promised_at": LATELY}, LATELY + GOOD_FOR),
        ({"practice": True}, None),
        ({}, None),
        ({"seen_at": LONG_AGO}, None),
        ({"hears": False}, None),
    ],
)
def test_an_open_way_says_until_when(facts: dict[str, Any], until: datetime | None) -> None:
    assert path(**facts).good_until == until


@pytest.mark.parametrize(
    ("facts", "words", "next_"),
    [
        ({"practice": True}, "needs no proof", ""),
        ({"seen_at": LATELY}, "A STOP came in through “phone” on Mon 26 Oct 2026", ""),
        ({"seen_at": LATELY}, "counts until Wed 25 Nov 2026", ""),
        ({}, "No STOP has come in through “phone” yet", "Text STOP from your own phone"),
        ({"seen_at": LONG_AGO}, "since Sat 24 Oct 2026", "Text STOP from your own phone"),
        ({"hears": False}, "can't tell Shopbell about replies", "Say how stops reach the list"),
        (
            {"hears": False, "promise": "Ana types them in.", "promised_at": LATELY},
            "You said how stops reach the list: Ana types them in.",
            "",
        ),
    ],
)
def test_how_it_stands_is_said_with_what_to_do(
    facts: dict[str, Any], words: str, next_: str
) -> None:
    sentence, hint = said(path(**facts), ZONE)
    assert words in sentence
    assert hint.startswith(next_) if next_ else hint == ""


def test_without_a_gateway_there_is_one_to_choose() -> None:
    sentence, hint = said(StopPath(way=Way.NONE), ZONE)
    assert sentence == "No gateway is set up."
    assert hint


@given(
    st.booleans(),
    st.booleans(),
    st.none() | st.integers(0, 100),
    st.sampled_from(["", "Ana reads it."]),
    st.none() | st.integers(0, 100),
)
def test_a_closed_way_always_says_what_to_do_and_an_open_one_nothing(
    practice: bool, hears: bool, seen: int | None, promise: str, promised: int | None
) -> None:
    found = path(
        practice=practice,
        hears=hears,
        seen_at=None if seen is None else NOW - timedelta(days=seen),
        promise=promise,
        promised_at=None if promised is None else NOW - timedelta(days=promised),
    )
    sentence, hint = said(found, ZONE)
    assert sentence
    assert bool(hint) is not found.is_open
    assert found.is_open or found.good_until is None
    assert found.good_until is None or found.good_until >= NOW
