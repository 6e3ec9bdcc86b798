from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rule_files import packaged_rules
from shopbell.domain.stop_spelling import Spelling, mistakes

SPELLING = packaged_rules().stops.spelling
SMALL = Spelling(
    known=frozenset({"stop", "text", "yes", "soon"}),
    corrections={"txt": "text", "stopit": "stop it", "thank you": "thanks", "stahp": "stop"},
    disguised=frozenset({"stop"}),
    lookalikes={ord("0"): "o", ord("5"): "s", ord("\u043e"): "o"},
    mistyped={"stop": 1, "unsubscribe": 2},
    never_mistyped=frozenset({"shop"}),
    never_names=frozenset({"monday"}),
)


@pytest.mark.parametrize(
    ("form", "right"),
    [
        ("stop", "stop"),
        ("txt", "text"),
        ("stopit", "stop it"),
        ("stooooop", "stop"),
        ("yessss", "yes"),
        ("soooon", "soon"),
        ("txxxt", "text"),
        ("staaahp", "stop"),
        ("5t0p", "stop"),
        ("st\u043ep", "stop"),
        ("stopstopstop", "stop"),
        ("st0pstop", "stop"),
        ("stpo", "stop"),
        ("sotp", "stop"),
        ("sto", "stop"),
        ("stopp", "stop"),
        ("unsubcrib", "unsubscribe"),
        ("shop", None),
        ("spot", None),
        ("house", None),
        ("unscrew", None),
        ("yesyes", None),
        ("s" * 41, None),
        ("", None),
    ],
)
def test_a_word_is_read_as_the_one_that_was_meant(form: str, right: str | None) -> None:
    assert SMALL.right(form) == right


@pytest.mark.parametrize(
    "word",
    # within one mistake of "stop", and common in one language or another
    "shop step top spot slop stoop stomp atop sto stap stof stol stor stopa stopu scop snop skop"
    " stok stod stoep stom strop stow sop swop".split(),
)
def test_words_of_any_language_are_no_mistyped_stop(word: str) -> None:
    assert SPELLING.right(word) in {word, None}


def test_two_words_can_be_read_as_one() -> None:
    assert SMALL.pair("thank", "you") == "thanks"
    assert SMALL.pair("you", "thank") is None


@pytest.mark.parametrize(
    ("written", "is_name"),
    [
        ("Dana", True),
        ("Zoë", True),
        ("dana", False),
        ("DANA", False),
        ("D", False),
        ("Stop", False),
        ("Monday", False),
        ("McCoy", False),
        ("7up", False),
    ],
)
def test_a_name_is_told_by_its_capital_letter(written: str, is_name: bool) -> None:
    assert SMALL.is_name(written, written.casefold()) is is_name


@pytest.mark.parametrize(
    ("one", "other", "count"),
    [
        ("stop", "stop", 0),
        ("stp", "stop", 1),
        ("stoop", "stop", 1),
        ("step", "stop", 1),
        ("sotp", "stop", 1),
        ("spot", "stop", 2),
        ("tsopp", "stop", 2),
        ("", "ab", 2),
    ],
)
def test_mistakes_are_letters_more_less_other_or_swapped(one: str, other: str, count: int) -> None:
    assert mistakes(one, other, 5) == mistakes(other, one, 5) == count


WORDS = st.text("abc", max_size=6)


@given(WORDS, WORDS)
def test_there_are_no_mistakes_only_between_equal_words(one: str, other: str) -> None:
    assert (mistakes(one, other, 9) == 0) == (one == other)
    assert abs(len(one) - len(other)) <= mistakes(one, other, 9) <= max(len(one), len(other))


@given(WORDS, st.data())
def test_one_slip_is_one_mistake(word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(word)))
    slips = {word[:at] + "c" + word[at:], word[:at] + word[at + 1 :]}
    slips |= {word[:at] + b + a + word[at + 2 :] for a, b in pairwise(word[at : at + 2])}
    assert all(mistakes(slip, word, 2) <= 1 for slip in slips)


@given(WORDS, WORDS, st.integers(0, 3))
def test_a_limit_saves_work_and_changes_no_answer(one: str, other: str, most: int) -> None:
    assert (mistakes(one, other, most) <= most) == (mistakes(one, other, 9) <= most)
