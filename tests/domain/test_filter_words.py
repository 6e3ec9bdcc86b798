"""A narrowed list in words, and the months people type."""

from __future__ import annotations

import pytest

from shopbell.domain.filter_words import MONTHS, filter_words, month_typed
from shopbell.domain.people_filter import PeopleFilter


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        (PeopleFilter(), ""),
        (PeopleFilter(not_asked=True), "not asked yet"),
        (PeopleFilter(consented_to="offers", tag="vip"), "yes to offers, tagged vip"),
        (PeopleFilter(not_texted_for=1), "not texted for 1 day"),
        (
            PeopleFilter(not_texted_for=90, birthday_month=3),
            "not texted for 90 days, born in March",
        ),
    ],
)
def test_every_condition_is_told(wanted: PeopleFilter, said: str) -> None:
    assert filter_words(wanted) == said


@pytest.mark.parametrize("number", range(1, 13))
def test_a_month_is_read_as_number_name_or_beginning(number: int) -> None:
    name = MONTHS[number - 1]
    for typed in (str(number), f"{number:02d}", name, name.lower(), name[:3], f" {name} "):
        assert month_typed(typed) == number


@pytest.mark.parametrize("typed", ["", "0", "13", "003", "ma", "sometime", "[/]", "³", "-1"])
def test_what_is_no_month_is_none(typed: str) -> None:
    assert month_typed(typed) is None
