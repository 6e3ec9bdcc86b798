from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import a_shop
from rule_files import packaged_rules
from shopbell.domain.consent import Purpose
from shopbell.domain.rule_table import RuleTable
from shopbell.domain.segments import GSM_BASIC, GSM_EXTENSION, measure
from shopbell.domain.smart import (
    applied,
    costliest,
    read_smart_table,
    smart_changes,
    smart_offer,
)
from shopbell.domain.texts import Encoding
from shopbell.domain.wording import final_text
from shopbell.errors import BadInput

RULES = packaged_rules()
TABLE = RULES.texts.smart
FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"


@pytest.mark.parametrize(
    ("text", "cheap"),
    [
        ("We\u2019re open", "We're open"),
        ("\u201cTulips\u201d", '"Tulips"'),
        ("\u00abTulipes\u00bb", '"Tulipes"'),
        ("\u201eTulpen\u201c", '"Tulpen"'),
        ("10\u201318, Tue\u2014Fri, 5\u22122", "10-18, Tue-Fri, 5-2"),
        ("wait\u2026", "wait..."),
        ("10\u00a0Uhr, 5\u202f\u20ac", "10 Uhr, 5 \u20ac"),
        ("tu\u200blips\u00ad!\ufeff", "tulips!"),
        ("a\u200db", "ab"),
        ("`quoted\u00b4", "'quoted'"),
        ("Zo\u00eb\u2019s", "Zo\u00eb's"),
    ],
)
def test_look_alikes_are_offered_one_by_one(text: str, cheap: str) -> None:
    changes = smart_changes(text, TABLE)
    assert all(text[one.start : one.end] == one.old for one in changes)
    assert applied(text, changes) == cheap


@pytest.mark.parametrize(
    "text",
    [
        "",
        "plain words, 'quoted' - really...",
        "Zo\u00eb, Ren\u00e9e, Ji\u0159\u00ed",
        "\U0001f337 tulips",
        FAMILY,
        "\u0645\u06cc\u200c\u0631\u0648\u0645",
        "\u0915\u094d\u200d\u0937",
        "\u90c1\u91d1\u9999",
    ],
)
def test_letters_pictures_and_scripts_are_left_alone(text: str) -> None:
    assert smart_changes(text, TABLE) == ()
    assert smart_offer(text, TABLE) is None


def test_some_changes_can_be_taken_and_others_left() -> None:
    text = "\u201cWe\u2019re open\u201d"
    opening, apostrophe, closing = smart_changes(text, TABLE)
    assert applied(text, (apostrophe,)) == "\u201cWe're open\u201d"
    assert applied(text, (opening, closing)) == '"We\u2019re open"'
    assert applied(text, ()) == text


def test_the_offer_tells_what_it_saves() -> None:
    offer = smart_offer("We\u2019re open until six. " + "Come in. " * 10, TABLE)
    assert offer is not None
    assert (offer.before.encoding, offer.before.segments) == (Encoding.UCS2, 2)
    assert (offer.after.encoding, offer.after.segments) == (Encoding.GSM7, 1)
    assert offer.saved == 1


def test_the_offer_counts_the_text_that_leaves_with_name_and_footer() -> None:
    shop = a_shop()

    def whole(body: str) -> str:
        return final_text(body, shop, Purpose.MARKETING, "US", True, RULES).text

    body = "We\u2019re open until six, come and see the tulips."
    offer = smart_offer(body, TABLE, whole)
    assert offer is not None
    assert (offer.before.segments, offer.after.segments) == (2, 1)
    assert offer.text == body.replace("\u2019", "'")
    alone = smart_offer(body, TABLE)
    assert alone is not None
    assert alone.saved == 0


def test_an_offer_beside_a_name_that_needs_the_large_alphabet_saves_nothing() -> None:
    offer = smart_offer("Zo\u00eb\u2019s tulips", TABLE)
    assert offer is not None
    assert offer.after.encoding is Encoding.UCS2
    assert offer.saved == 0


def a_long_text_with(word: str) -> str:
    return f"Dear customer, {word} and the tulips are in, come and see them while they are so fresh"


@pytest.mark.parametrize(
    ("word", "sentence"),
    [
        (
            "we\u2019re open",
            "The \u2019 in \u201cwe\u2019re\u201d makes this 2 parts; with ' it is 1.",
        ),
        ("Zo\u00eb", "The \u00eb in \u201cZo\u00eb\u201d makes this 2 parts; with e it is 1."),
        (
            "(fa\u00e7ade),",
            "The \u00e7 in \u201cfa\u00e7ade\u201d makes this 2 parts; with c it is 1.",
        ),
        ("\U0001f337", "The \U0001f337 makes this 2 parts; without it it is 1."),
        ("10\u201318", "The \u2013 in \u201c10\u201318\u201d makes this 2 parts; with - it is 1."),
        (
            "tu\u200blips",
            "An invisible character in \u201ctulips\u201d makes this 2 parts; without it it is 1.",
        ),
        (
            "\u201chi\u201d",
            (
                "The \u201c in \u201c\u201chi\u201d\u201d and another character make this"
                " 2 parts; without them it is 1."
            ),
        ),
        (
            "\u201chi\u201d \u2013",
            (
                "The \u201c in \u201c\u201chi\u201d\u201d and 2 other characters make this"
                " 2 parts; without them it is 1."
            ),
        ),
    ],
)
def test_the_character_that_doubles_the_price_is_named(word: str, sentence: str) -> None:
    text = a_long_text_with(word)
    found = costliest(text, TABLE)
    assert found is not None
    assert text[found.start] == found.character
    assert (found.parts, found.parts_without) == (2, 1)
    assert found.sentence == sentence


@pytest.mark.parametrize(
    "text",
    [
        "",
        "We're open",
        "We\u2019re open",
        "a" * 500,
        "\U0001f337",
        FAMILY,
        "5 \u20ac " * 40,
        "\u90c1\u91d1\u9999",
    ],
)
def test_where_no_character_costs_a_part_none_is_named(text: str) -> None:
    assert costliest(text, TABLE) is None


def test_a_long_word_is_cut_around_the_character() -> None:
    found = costliest("x" * 200 + "\u00eb" + "y" * 200, TABLE)
    assert found is not None
    assert len(found.sentence) < 120
    assert found.sentence.endswith("with e it is 3.")


@given(st.text(max_size=200))
def test_making_every_change_leaves_nothing_to_change_but_joiners(text: str) -> None:
    changes = smart_changes(text, TABLE)
    changed = applied(text, changes)
    assert len(changed) >= len(text) - len(changes)
    assert all(one.old in "\u200c\u200d" for one in smart_changes(changed, TABLE))
    assert [(c.old, text[c.start : c.end]) for c in changes] == [(c.old, c.old) for c in changes]


@given(st.text(alphabet=sorted(GSM_BASIC | GSM_EXTENSION), max_size=80))
def test_a_text_in_the_small_alphabet_is_never_touched(text: str) -> None:
    assert smart_changes(text, TABLE) == ()
    assert costliest(text, TABLE) is None


@given(st.text(alphabet=[*TABLE.alike, "a", " "], min_size=1, max_size=200))
def test_taking_the_offer_always_ends_in_the_small_alphabet(text: str) -> None:
    offer = smart_offer(text, TABLE)
    if offer is not None:
        assert offer.after.encoding is Encoding.GSM7
        assert measure(offer.text) == offer.after


@given(st.text(max_size=300))
def test_what_is_said_to_be_saved_is_saved(text: str) -> None:
    found = costliest(text, TABLE)
    if found is not None:
        assert found.parts == measure(text).segments
        assert 1 <= found.parts_without < found.parts


def test_a_huge_text_takes_its_time_once() -> None:
    text = "\u201c" * 100_000
    assert len(smart_changes(text, TABLE)) == 100_000
    found = costliest(text, TABLE)
    assert found is not None
    assert found.parts_without == 654


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"to": "\u2019", "from": "x"}, "alike.0..to must be in the small"),
        ({"to": "'", "from": "a"}, r"must not have U\+0061"),
        ({"to": "'", "from": "\u2019\u2019"}, r"must not have U\+2019"),
        ({"to": "'", "from": ""}, "alike.0..from must be text"),
        ({"to": "'", "from": "\u2019", "colour": "red"}, "alike.0..colour is not a key"),
    ],
)
def test_a_wrong_row_of_the_table_is_named(row: dict[str, str], said: str) -> None:
    values: dict[str, object] = {"alike": [{"cite": "seen", "confidence": "V1"} | row]}
    with pytest.raises(BadInput, match=said):
        read_smart_table(RuleTable("smart.toml", values))
