"""How fast texts leave: never faster than the gateway, never slower than the owner allows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopbell.domain.pace import LONGEST_SECONDS, OwnPace, pace_of, read_pace
from shopbell.errors import BadInput

SECONDS = st.floats(0, LONGEST_SECONDS)


@pytest.mark.parametrize(
    ("per_second", "own", "words", "average"),
    [
        (0, None, "", 0.0),
        (10, None, "10 texts a second", 0.1),
        (1, None, "1 text every 1 s", 1.0),
        (0.2, None, "1 text every 5 s", 5.0),
        (0.2, OwnPace(between=8, jitter=4), "1 text every 8 to 12 s", 10.0),
        (0.2, OwnPace(between=2), "1 text every 5 s", 5.0),
        (10, OwnPace(between=0, jitter=3), "1 text every 0.1 to 3.1 s", 1.6),
        (0, OwnPace(between=1.5), "1 text every 1.5 s", 1.5),
        (0, OwnPace(between=0), "", 0.0),
    ],
)
def test_a_pace_in_words_and_on_average(
    per_second: float, own: OwnPace | None, words: str, average: float
) -> None:
    pace = pace_of(per_second, own)
    assert (pace.words, pace.average) == (words, pytest.approx(average))


@given(st.floats(0.01, 100), SECONDS, SECONDS, st.floats(0, 1))
def test_no_chance_makes_it_faster_than_the_gateway_or_slower_than_was_said(
    per_second: float, between: float, jitter: float, chance: float
) -> None:
    wait = pace_of(per_second, OwnPace(between=between, jitter=jitter)).wait(chance)
    least = max(1 / per_second, between)
    assert least <= wait <= least + jitter + 1e-6


@pytest.mark.parametrize(
    ("typed", "own"),
    [
        ("", None),
        ("   ", None),
        ("8", OwnPace(between=8)),
        ("8 4", OwnPace(between=8, jitter=4)),
        (" 0,5  1.5 ", OwnPace(between=0.5, jitter=1.5)),
    ],
)
def test_what_is_typed_is_read(typed: str, own: OwnPace | None) -> None:
    assert read_pace(typed) == own


@pytest.mark.parametrize("typed", ["soon", "8 to 12", "1 2 3", "8s", "[/]", "\x1b[2J"])
def test_what_is_no_number_of_seconds_is_said(typed: str) -> None:
    with pytest.raises(BadInput) as told:
        read_pace(typed)
    assert told.value.code == "bad_pace"


@pytest.mark.parametrize(
    ("own", "usable"),
    [
        (OwnPace(between=0), True),
        (OwnPace(between=600, jitter=600), True),
        (OwnPace(between=601), False),
        (OwnPace(between=-1), False),
        (OwnPace(between=1, jitter=-1), False),
        (OwnPace(between=float("nan")), False),
        (OwnPace(between=float("inf")), False),
    ],
)
def test_a_pace_that_would_stand_still_is_not_usable(own: OwnPace, usable: bool) -> None:
    assert own.is_usable is usable
