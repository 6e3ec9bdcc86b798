"""Wishes by text: only a text that is nothing but the wish; and choices by number."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopbell.domain.choosing import choices_in, chosen_topics, topics_to_choose
from shopbell.domain.consent import Purpose
from shopbell.domain.joining import joining_word, taken_word, word_in, word_of
from shopbell.domain.noted_words import day_in, moment_in, noted_in
from shopbell.domain.promises import Frequency, halved, promised_frequency
from shopbell.domain.replies import Band
from shopbell.domain.stops import read_reply
from shopbell.domain.text_wishes import LONGEST_PAUSE, TextWish, WishKind, wish_in
from shopbell.domain.topics import TOPICS, Topic
from shopbell.domain.wishes import Wishes
from shopbell.services.rules import packaged_rules

STOPS = packaged_rules().stops
LANGUAGES = packaged_rules().texts.templates.languages
OFFERS, EVENTS = (topic for topic in TOPICS if topic.purpose is Purpose.MARKETING)
WORKSHOPS = Topic(
    id="workshops", words="workshops", purpose=Purpose.MARKETING, often=Frequency(n=1, days=30)
)

WISHES = [
    ("pause 7", WishKind.PAUSE, 7, ()),
    ("Pause 14 days", WishKind.PAUSE, 14, ()),
    ("pause 10 days please", WishKind.PAUSE, 10, ()),
    ("PAUSE 999", WishKind.PAUSE, LONGEST_PAUSE, ()),
    ("Less!", WishKind.LESS, None, ()),
    ("fewer", WishKind.LESS, None, ()),
    ("CALL", WishKind.CALL, None, ()),
    ("Call me.", WishKind.CALL, None, ()),
    ("EMAIL", WishKind.EMAIL, None, ()),
    ("e-mail", WishKind.EMAIL, None, ()),
    ("text", WishKind.TEXT, None, ()),
    ("ONLY ORDERS", WishKind.ONLY_ORDERS, None, ()),
    ("only orders please", WishKind.ONLY_ORDERS, None, ()),
    ("\u200bonly\u00a0orders", WishKind.ONLY_ORDERS, None, ()),
    ("1", WishKind.TOPICS, None, (1,)),
    ("1, 2", WishKind.TOPICS, None, (1, 2)),
    ("1 and 2.", WishKind.TOPICS, None, (1, 2)),
    ("1+3", WishKind.TOPICS, None, (1, 3)),
]
NO_WISHES = [
    *(
        "",
        "PAUSE",
        "PAUSE 0",
        "pause the order",
        "pause 1000 days",
        "call me a cab",
        "I'll call",
        "less is",
    ),
    *("less sugar please", "orders", "text me when it is ready", "more", "2026-12-24", "1/2 kilo?"),
    *("+12125550101", "email sent", "stop", "\x00", "1" * 50, "one", "\u0661"),
]


@pytest.mark.parametrize(("text", "kind", "days", "numbers"), WISHES, ids=[w[0] for w in WISHES])
def test_a_wish_is_read(
    text: str, kind: WishKind, days: int | None, numbers: tuple[int, ...]
) -> None:
    assert wish_in(text) == TextWish(kind=kind, days=days, numbers=numbers)


@pytest.mark.parametrize("text", NO_WISHES)
def test_other_texts_are_no_wishes(text: str) -> None:
    assert wish_in(text) is None


@pytest.mark.parametrize("text", [wish[0] for wish in WISHES])
def test_no_wish_is_read_as_a_stop_or_may_be_one(text: str) -> None:
    assert read_reply(text, rules=STOPS).band is Band.NONE


@given(st.text(max_size=60))
def test_any_text_is_a_wish_or_none_and_never_an_error(text: str) -> None:
    wish = wish_in(text)
    assert wish is None or wish.days is None or 1 <= wish.days <= LONGEST_PAUSE


@pytest.mark.parametrize(
    ("often", "half"),
    [((4, 30), (2, 30)), ((3, 30), (1, 30)), ((1, 7), (1, 14)), ((1, 365), (1, 365))],
)
def test_less_is_half_as_many_or_half_as_often(
    often: tuple[int, int], half: tuple[int, int]
) -> None:
    assert halved(Frequency(n=often[0], days=often[1])) == Frequency(n=half[0], days=half[1])


def test_a_welcome_offers_the_marketing_topics_and_all_of_them() -> None:
    assert topics_to_choose(TOPICS) == (OFFERS, EVENTS)
    assert choices_in((OFFERS, EVENTS)) == "1 offers, 2 events, 3 both"
    three = (OFFERS, EVENTS, WORKSHOPS)
    assert choices_in(three) == "1 offers, 2 events, 3 workshops, 4 all"


def test_nothing_to_choose_from_is_no_question() -> None:
    assert topics_to_choose((OFFERS,)) == ()
    assert topics_to_choose((OFFERS, replace(EVENTS, offered=False))) == ()
    many = tuple(replace(WORKSHOPS, id=f"w{n}") for n in range(6))
    assert topics_to_choose(many) == ()
    assert choices_in(()) == ""


@pytest.mark.parametrize(
    ("numbers", "chosen"),
    [
        ((1,), ("offers",)),
        ((2,), ("events",)),
        ((3,), ("offers", "events")),
        ((1, 2), ("offers", "events")),
        ((2, 2), ("events",)),
        ((0,), None),
        ((4,), None),
        ((1, 9), None),
    ],
)
def test_a_number_means_what_the_welcome_said(
    numbers: tuple[int, ...], chosen: tuple[str, ...] | None
) -> None:
    asked = "Choose: reply 1 offers, 2 events, 3 both."
    found = chosen_topics(asked, (OFFERS, EVENTS), numbers)
    assert (None if found is None else tuple(topic.id for topic in found)) == chosen


def test_numbers_mean_nothing_once_the_topics_have_changed() -> None:
    asked = "Choose: reply 1 offers, 2 events, 3 both."
    assert chosen_topics(asked, (OFFERS, WORKSHOPS), (1,)) is None
    assert chosen_topics(asked, (), (1,)) is None


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", WishKind)
def test_every_wish_is_said_back_in_every_language(language: str, kind: WishKind) -> None:
    wishes = Wishes(
        paused_until=datetime(2026, 12, 24, 5, tzinfo=UTC), most=Frequency(n=1, days=30)
    )
    said = noted_in(LANGUAGES[language], kind, wishes, "America/New_York", ("offers",))
    assert said
    assert "{" not in said
    if kind is WishKind.PAUSE:
        assert "24 " in said
    if kind is WishKind.LESS:
        assert promised_frequency(f"{said} SMS") in {(1, 30), None}


def test_days_and_moments_are_on_the_shops_clock() -> None:
    at = datetime(2026, 12, 25, 2, 5, tzinfo=UTC)
    english, german = LANGUAGES["en"], LANGUAGES["de"]
    assert day_in(english, at, "America/New_York") == "24 Dec"
    assert moment_in(english, at, "America/New_York") == "Thu 24 Dec, 21:05"
    assert moment_in(german, at, "Europe/Berlin") == "Fr 25 Dez, 3:05"


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("join", "JOIN"),
        (" Join!! ", "JOIN"),
        ("\u201cRoses\u201d", "ROSES"),
        ("ro ses", ""),
        ("", ""),
        ("j" * 500, ""),
        ("\x1b[2J", ""),
    ],
)
def test_a_text_that_is_one_word_is_that_word(text: str, word: str) -> None:
    assert word_in(text) == word


def test_a_word_is_kept_in_capitals() -> None:
    assert joining_word(" blo oms ") == "BLOOMS"


@pytest.mark.parametrize("word", ["JOIN", "ROSES", "BLOOMS", "VIP", "DEALS2"])
def test_a_word_of_the_shops_own_can_join(word: str) -> None:
    assert taken_word(word, STOPS) is None


@pytest.mark.parametrize(
    "word", ["STOP", "END", "HELP", "INFO", "YES", "NO", "START", "PAUSE", "LESS", "CALL", "EMAIL"]
)
def test_a_word_that_means_something_else_cannot(word: str) -> None:
    assert word in str(taken_word(word, STOPS))


def test_topics_with_one_word_share_it_and_others_take_the_usual() -> None:
    roses, blooms = replace(OFFERS, keyword="ROSES"), replace(EVENTS, keyword="BLOOMS")
    assert word_of([roses]) == "ROSES"
    assert word_of([roses, replace(EVENTS, keyword="ROSES")]) == "ROSES"
    assert word_of([roses, blooms]) == word_of([roses, EVENTS]) == word_of([OFFERS]) == "JOIN"
    assert word_of([]) == "JOIN"
