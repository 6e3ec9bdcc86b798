"""Topics and promises in a few words, and promises read as owners type them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopbell.domain.consent import Purpose
from shopbell.domain.own_text_words import (
    ASKS_WORDS,
    OCCASION_WORDS,
    WELCOMING_WORDS,
    answer_words,
)
from shopbell.domain.own_texts import AnswerTo, Welcoming
from shopbell.domain.promises import Frequency
from shopbell.domain.topic_words import frequency_to_type, topic_words, typed_frequency
from shopbell.domain.topics import Topic


def often(n: int, days: int) -> Frequency:
    return Frequency(n=n, days=days)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("4/30", often(4, 30)),
        (" 4 / 30 ", often(4, 30)),
        ("1/7", often(1, 7)),
        ("4 a month", often(4, 30)),
        ("1 a week", often(1, 7)),
        ("2 in 10 days", often(2, 10)),
        ("up to 4 a month", often(4, 30)),
        ("twice a month", often(2, 30)),
        ("one a week", often(1, 7)),
        ("4 texts a month", often(4, 30)),
        ("2 per week", often(2, 7)),
        ("12 a year", often(12, 365)),
    ],
)
def test_a_promise_is_read_as_owners_type_it(typed: str, expected: Frequency) -> None:
    assert typed_frequency(typed) == expected


@pytest.mark.parametrize(
    "typed",
    ["", " ", "often", "4", "a month", "0/30", "4/0", "0 a month", "4/", "/30", "-4/30", "4/30/2",
     "\uff14/30", "never", "[/]", "4 a fort", "99999/3"],
)  # fmt: skip
def test_what_says_no_number_and_time_is_no_promise(typed: str) -> None:
    assert typed_frequency(typed) is None


@given(n=st.integers(1, 99), days=st.integers(1, 366))
def test_what_stands_in_the_field_is_read_back_as_the_same_promise(n: int, days: int) -> None:
    assert typed_frequency(frequency_to_type(often(n, days))) == often(n, days)


@given(st.text(max_size=60))
def test_anything_at_all_can_be_typed(typed: str) -> None:
    read = typed_frequency(typed)
    assert read is None or (read.n > 0 and read.days > 0)


def test_no_promise_is_an_empty_field() -> None:
    assert frequency_to_type(None) == ""


OFFERS = Topic(id="offers", words="offers", purpose=Purpose.MARKETING, often=often(4, 30))


@pytest.mark.parametrize(
    ("topic", "expected"),
    [
        (OFFERS, "“offers”, marketing texts, up to 4 texts a month"),
        (
            Topic(id="orders", words="my orders", purpose=Purpose.SERVICE),
            "“my orders”, texts about orders and appointments, only when there is news",
        ),
        (
            Topic(
                id="blooms",
                words="blooms",
                purpose=Purpose.MARKETING,
                often=often(1, 7),
                confirm=True,
                keyword="BLOOMS",
                offered=False,
            ),
            (
                "“blooms”, marketing texts, up to 1 text a week, confirmed by text, joined by "
                "texting BLOOMS, no longer offered"
            ),
        ),
    ],
)
def test_a_topic_is_told_with_all_that_is_special_about_it(topic: Topic, expected: str) -> None:
    assert topic_words(topic) == expected


def test_a_brief_one_leaves_out_only_the_purpose() -> None:
    assert topic_words(OFFERS, brief=True) == "“offers”, up to 4 texts a month"


def test_every_switch_has_words_and_no_two_the_same() -> None:
    for words, every in (
        (WELCOMING_WORDS, Welcoming),
        (OCCASION_WORDS, AnswerTo),
        (ASKS_WORDS, (True, False)),
    ):
        assert set(words) == set(every)
        assert len(set(words.values())) == len(words)


@pytest.mark.parametrize("what", AnswerTo)
def test_an_answer_says_when_and_whether(what: AnswerTo) -> None:
    on, off = answer_words(what, on=True), answer_words(what, on=False)
    assert on.startswith(OCCASION_WORDS[what])
    assert on.endswith(", answered by itself")
    assert off.endswith(", not answered by itself")
