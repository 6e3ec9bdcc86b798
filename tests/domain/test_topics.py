"""Topics: what a shop may offer, and the words people are shown who choose it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopbell.domain.consent import Purpose
from shopbell.domain.paper_words import Language, sheet_wording
from shopbell.domain.promises import Frequency, promised_frequency
from shopbell.domain.topics import TOPICS, Topic, by_promise, fault, how_often, sign_up_words, topic

CLASSES = Topic(
    id="classes", words="classes", purpose=Purpose.MARKETING, often=Frequency(n=1, days=7)
)


@pytest.mark.parametrize("usual", TOPICS, ids=lambda one: one.id)
def test_what_a_new_shop_offers_can_be_kept(usual: Topic) -> None:
    assert fault(usual) is None


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"id": "Classes"}, "short name"),
        ({"id": ""}, "short name"),
        ({"id": "a" * 25}, "short name"),
        ({"id": "two words"}, "short name"),
        ({"purpose": Purpose.SAFETY}, "need no yes"),
        ({"purpose": Purpose.COMPLIANCE}, "need no yes"),
        ({"words": ""}, "1 to 30"),
        ({"words": "x" * 31}, "1 to 30"),
        ({"words": " classes "}, "1 to 30"),
        ({"words": "a\nb"}, "1 to 30"),
        ({"words": "{shop}"}, "plain letters"),
        ({"words": "[/]"}, "plain letters"),
        ({"words": "5k runs"}, "plain letters"),
        ({"words": "\x1b[2J"}, "plain letters"),
        ({"words": "\u202eevil"}, "plain letters"),
        ({"often": None}, "how often"),
        ({"often": Frequency(n=0, days=30)}, "1 to 99 texts"),
        ({"often": Frequency(n=100, days=30)}, "1 to 99 texts"),
        ({"often": Frequency(n=4, days=367)}, "1 to 366 days"),
    ],
)
def test_a_topic_that_cannot_be_kept_says_why(changes: dict[str, object], said: str) -> None:
    assert said in (fault(replace(CLASSES, **changes)) or "")  # type: ignore[arg-type]


def test_order_news_needs_no_number() -> None:
    assert fault(replace(CLASSES, purpose=Purpose.SERVICE, often=None)) is None


def test_topics_with_one_promise_are_one_yes_and_others_are_another() -> None:
    orders, offers, events = TOPICS
    assert by_promise(TOPICS) == ((orders,), (offers, events))
    assert by_promise((*TOPICS, CLASSES)) == ((orders,), (offers, events), (CLASSES,))
    asked = replace(events, confirm=True)
    assert by_promise((offers, asked)) == ((offers,), (asked,))
    assert by_promise(()) == ()


@given(st.lists(st.sampled_from((*TOPICS, CLASSES)), unique=True))
def test_every_chosen_topic_is_in_one_group(chosen: list[Topic]) -> None:
    grouped = [one for group in by_promise(chosen) for one in group]
    assert sorted(grouped, key=lambda one: one.id) == sorted(chosen, key=lambda one: one.id)


@given(
    n=st.integers(1, 99), days=st.integers(1, 366), shop=st.sampled_from(["Fern & Finch", "Bo's"])
)
def test_the_number_in_the_words_is_the_number_that_is_promised(
    n: int, days: int, shop: str
) -> None:
    offers = replace(topic("offers"), often=Frequency(n=n, days=days))
    assert promised_frequency(sign_up_words(shop, [offers])) == (n, days)


@pytest.mark.parametrize(
    ("n", "days", "said"),
    [
        (1, 7, "Up to 1 text a week"),
        (4, 30, "Up to 4 texts a month"),
        (2, 14, "Up to 2 texts a fortnight"),
        (3, 10, "Up to 3 texts in any 10 days"),
    ],
)
def test_a_promise_is_said_as_people_say_it(n: int, days: int, said: str) -> None:
    assert how_often(Frequency(n=n, days=days)) == said


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            Language.ENGLISH,
            "Up to 4 texts a month about offers and events and up to 1 text a week about classes.",
        ),
        (Language.GERMAN, "Höchstens 4 SMS pro Monat zu Angebote und Events und höchstens 1 SMS"),
        (Language.FRENCH, "4 SMS par mois au maximum sur ceci : offres et événements et 1 SMS"),
        (Language.SPANISH, "Hasta 4 mensajes al mes sobre ofertas y eventos y hasta 1 mensaje"),
    ],
)
def test_a_sheet_says_each_promise_with_its_topics(language: Language, said: str) -> None:
    offered = (*TOPICS[1:], CLASSES)
    assert said in sheet_wording(language, "Bo's", "GB", offered, None, None)
    with_orders = sheet_wording(language, "Bo's", "GB", (*TOPICS, CLASSES), None, None)
    assert said in with_orders
    assert len(with_orders) > len(said)


def test_a_sheet_for_one_promise_says_it_once() -> None:
    wording = sheet_wording(Language.ENGLISH, "Bo's", "GB", TOPICS, None, None)
    assert "Up to 4 texts a month; about orders only when there is news." in wording


def test_the_owners_own_words_stand_on_paper_in_any_language() -> None:
    mine = replace(topic("offers"), words="Saturday bargains")
    for language in Language:
        assert "Saturday bargains" in sheet_wording(language, "Bo's", "GB", (mine,), None, None)
