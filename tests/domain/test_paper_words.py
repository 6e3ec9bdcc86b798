"""The words on paper: what, from whom, how often, no condition, what it costs, how it ends."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paper_pages import OFFERED, OFTEN, shop_number
from shopbell.domain.paper_words import (
    Language,
    poster_wording,
    sheet_wording,
    words_in,
)
from shopbell.domain.promises import Frequency
from shopbell.domain.topics import TOPICS, topic

ORDERS = (topic("orders"),)
HELP = {
    Language.ENGLISH: "HELP",
    Language.SPANISH: "AYUDA",
    Language.FRENCH: "AIDE",
    Language.GERMAN: "HILFE",
}


@pytest.mark.parametrize("language", Language)
def test_every_language_says_everything_a_yes_must_rest_on(language: Language) -> None:
    sheet = sheet_wording(language, "Fern & Finch", "US", TOPICS, OFTEN, shop_number())
    poster = poster_wording(language, "Fern & Finch", "US", OFFERED, OFTEN, shop_number())
    for wording in (sheet, poster):
        for said in ("Fern & Finch", "4", "STOP", HELP[language], "JOIN", "(212) 555-0100"):
            assert said in wording
        assert words_in(language).rates in wording
        assert "{" not in wording
        assert "  " not in wording
    for named in words_in(language).topics.values():
        assert named[0] in sheet


@pytest.mark.parametrize("language", Language)
def test_every_topic_has_words_in_every_language(language: Language) -> None:
    assert set(words_in(language).topics) == {one.id for one in TOPICS}


@pytest.mark.parametrize(
    ("often", "said"),
    [
        (Frequency(n=4, days=30), "Up to 4 texts a month."),
        (Frequency(n=1, days=7), "Up to 1 text a week."),
        (Frequency(n=2, days=1), "Up to 2 texts a day."),
        (Frequency(n=12, days=365), "Up to 12 texts a year."),
        (Frequency(n=3, days=90), "Up to 3 texts in any 90 days."),
    ],
)
def test_the_promise_is_said_as_people_say_it(often: Frequency, said: str) -> None:
    assert said in sheet_wording(Language.ENGLISH, "Bo's", "GB", OFFERED, often, None)


def test_orders_alone_promise_news_only() -> None:
    wording = sheet_wording(Language.ENGLISH, "Bo's", "US", ORDERS, OFTEN, shop_number())
    assert "Only when there is news about an order." in wording
    assert "4" not in wording
    assert "JOIN" not in wording, "JOIN is a yes to marketing, and this sheet offers none"


def test_offers_and_orders_together_keep_their_promises_apart() -> None:
    wording = sheet_wording(Language.ENGLISH, "Bo's", "US", TOPICS, OFTEN, None)
    assert "Up to 4 texts a month; about orders only when there is news." in wording


def test_joining_by_text_is_for_the_marketing_topics_only() -> None:
    wording = sheet_wording(Language.ENGLISH, "Bo's", "US", TOPICS, OFTEN, shop_number())
    assert wording.endswith("Or text JOIN to (212) 555-0100 to say yes to offers and events.")


@pytest.mark.parametrize(("country", "due"), [("US", True), ("CA", True), ("GB", False)])
def test_the_notice_about_rates_is_for_north_america(country: str, due: bool) -> None:
    wording = sheet_wording(Language.ENGLISH, "Bo's", country, TOPICS, OFTEN, None)
    assert ("data rates" in wording) is due


@given(shop=st.text(min_size=1, max_size=60), language=st.sampled_from(Language))
def test_any_shop_name_stands_in_the_words_as_it_is(shop: str, language: Language) -> None:
    assert shop in sheet_wording(language, shop, "US", TOPICS, OFTEN, None)
    assert shop in poster_wording(language, shop, "US", OFFERED, OFTEN, shop_number())
