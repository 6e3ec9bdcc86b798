"""Ready-made texts and the words of a yes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopbell.domain.consent import Purpose
from shopbell.domain.scripts import SCRIPTS, Script, filled, first_name, script
from shopbell.domain.topics import PROMISED_N, TOPICS, sign_up_words, topic


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("Ana Reyes", "Ana"),
        ("  Ana  ", "Ana"),
        ("Anne-Marie Roy", "Anne-Marie"),
        ("O'Neil Brown", "O'Neil"),
        ("Zoë", "Zoë"),
        ("李小龙", "李小龙"),
        ("Reyes, Ana", ""),
        ("Mrs Lind", ""),
        ("The Lind family", ""),
        ("R2-D2", ""),
        ("[/] Ana", ""),
        ("\x1b]0;x\x07", ""),
        ("+1 212 555 0101", ""),
        ("a" * 31, ""),
        ("", ""),
        ("   ", ""),
    ],
)
def test_only_what_looks_like_a_first_name_counts_as_one(name: str, first: str) -> None:
    assert first_name(name) == first


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Ana Reyes", "Hi Ana, your order is ready to pick up."),
        ("Mrs Lind", "Hi there, your order is ready to pick up."),
        ("", "Hi there, your order is ready to pick up."),
    ],
)
def test_a_ready_text_is_filled_or_falls_back(name: str, text: str) -> None:
    assert filled(SCRIPTS[0].text, name) == text


@given(name=st.text())
def test_no_name_leaves_a_field_open_or_brings_control_characters_in(name: str) -> None:
    for one in SCRIPTS:
        text = filled(one.text, name)
        assert "{" not in text
        assert text.isprintable()


def test_a_text_without_fields_stays_as_it_is() -> None:
    assert filled("See you {soon}", "Ana") == "See you {soon}"


@pytest.mark.parametrize("one", SCRIPTS, ids=lambda one: one.id)
def test_every_script_is_found_by_its_id_and_is_short_and_polite(one: Script) -> None:
    assert script(one.id) is one
    assert len(filled(one.text, "Maximiliane")) <= 110
    assert one.text.isascii()
    assert one.purpose is Purpose.SERVICE


def test_an_unknown_script_is_none() -> None:
    assert script("nothing") is None


def test_ready_is_on_the_first_key() -> None:
    assert SCRIPTS[0].id == "ready"


def test_the_words_of_a_yes_say_what_from_whom_how_often_and_how_it_ends() -> None:
    words = sign_up_words("Fern & Finch", [topic("offers"), topic("events")])
    for needed in ("offers and events", "Fern & Finch", f"{PROMISED_N} texts a month",
                   "Not a condition of purchase", "rates may apply", "STOP", "HELP"):  # fmt: skip
        assert needed in words


def test_order_texts_promise_no_number() -> None:
    words = sign_up_words("Fern & Finch", [topic("orders")])
    assert "my orders" in words
    assert "month" not in words


def test_three_topics_are_listed_as_people_do() -> None:
    assert "my orders, offers and events" in sign_up_words("Fern & Finch", TOPICS)


def test_an_unknown_topic_is_a_mistake() -> None:
    with pytest.raises(KeyError):
        topic("spam")
