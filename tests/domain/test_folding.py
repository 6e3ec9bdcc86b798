from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopbell.domain.folding import HIDDEN, fold, hidden, name_pattern, read_words, whole_words
from shopbell.domain.rule_table import RuleTable
from shopbell.errors import BadInput


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("", ""),
        ("STOP to End", "stop to end"),
        ("a\tb\r\nc", "a b \nc"),
        ("ARR\u00caT", "arret"),
        ("arre\u0302t", "arret"),
        ("ma\u00f1ana", "manana"),
        ("Stra\u00dfe", "strasse"),
        ("\u00dcbermorgen", "ubermorgen"),
        ("we\u2019re", "we're"),
        ("`quoted\u00b4", "'quoted'"),
        ("\u201csale\u201d \u00absolde\u00bb", '"sale" "solde"'),
        ("10\u201318", "10-18"),
        ("10\u00a0Uhr", "10 uhr"),
        ("\uff33\uff21\uff2c\uff25", "sale"),
        ("s\u200ba\u00adl\u2060e", "sale"),
        ("\ufb01ne", "fine"),
        ("\u2026", "..."),
        ("\u0421\u0422\u041e\u041f", "\u0441\u0442\u043e\u043f"),
        ("a\u2028b", "a\nb"),
        ("\ud800x", "x"),
        ("\x1b[31m", "\x1b[31m"),
        ("\x00x", " x"),
        ("\u202eelas", "elas"),
        ("\ufdfa", "\ufdfa"),
        ("\U0001f337 tulips", "\U0001f337 tulips"),
    ],
)
def test_words_are_seen_the_same_however_they_are_typed(text: str, seen: str) -> None:
    assert fold(text).text == seen


@pytest.mark.parametrize(
    ("text", "word", "typed"),
    [
        ("the SALE is on", "sale", "SALE"),
        ("caf\u00e9 sale", "sale", "sale"),
        ("un caf\u00e9!", "cafe", "caf\u00e9"),
        ("un cafe\u0301!", "cafe", "cafe\u0301"),
        ("die Stra\u00dfe hier", "strasse", "Stra\u00dfe"),
        ("die Stra\u00df", "stras", "Stra\u00df"),
        ("a\u200bb s\u200ba\u200ble c", "sale", "s\u200ba\u200ble"),
        ("ends with \uff33\uff21\uff2c\uff25", "sale", "\uff33\uff21\uff2c\uff25"),
        ("\u2026and sale", "sale", "sale"),
    ],
)
def test_what_is_found_points_at_what_was_typed(text: str, word: str, typed: str) -> None:
    folded = fold(text)
    start = folded.text.index(word)
    first, last = folded.span(start, start + len(word))
    assert text[first:last] == typed


@given(st.text(max_size=60), st.data())
def test_every_span_lies_in_the_original_and_holds_something(
    text: str, data: st.DataObject
) -> None:
    folded = fold(text)
    if not folded.text:
        return
    start = data.draw(st.integers(0, len(folded.text) - 1))
    end = data.draw(st.integers(start + 1, len(folded.text)))
    first, last = folded.span(start, end)
    assert 0 <= first < last <= len(text)


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing_more_for_what_patterns_can_name(text: str) -> None:
    once = fold(text).text
    if once.isascii():
        assert fold(once).text == once


def test_a_long_text_is_folded_whole() -> None:
    assert len(fold("\u00e9a" * 50_000).text) == 100_000


@pytest.mark.parametrize(
    ("words", "text", "found"),
    [
        (["sex"], "sussex essex middlesex", None),
        (["sex"], "sex, please", "sex"),
        (["sex"], "no-sex", "sex"),
        (["act now"], "act   now", "act now"),
        (["act now"], "act\nnow", "act now"),
        (["act now"], "actnow", None),
        (["buy", "buy now"], "buy now", "buy now"),
        (["100% free"], "100% free!", "100% free"),
        (["e-cig"], "e-cigs", None),
        ([], "anything", None),
    ],
)
def test_words_are_found_whole(words: list[str], text: str, found: str | None) -> None:
    match = whole_words(words).search(text)
    assert (" ".join(match.group().split()) if match else None) == found


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("Fern & Finch", "from fern & finch: hi", True),
        ("Fern & Finch", "fern  &\nfinch", True),
        ("Fern & Finch", "fern & finches", False),
        ("Caf\u00e9 No\u00ebl", "the cafe noel is open", True),
        ("[/]", "a [/] b", True),
        ("(a+)+$", "x (a+)+$ y", True),
        ("", "anything", False),
        ("  ", "anything", False),
        ("\u200b", "anything", False),
    ],
)
def test_a_name_is_found_as_it_is_spelled(name: str, text: str, found: bool) -> None:
    assert bool(name_pattern(name).search(text)) is found


def test_what_is_hidden_keeps_its_length_and_is_no_word() -> None:
    text = "for sale sign on sale"
    bare = hidden(text, [whole_words(["for sale sign"])])
    assert bare == HIDDEN * len("for sale sign") + " on sale"
    assert len(bare) == len(text)
    assert whole_words(["sale"]).search(bare) is not None
    assert whole_words(["sign"]).search(bare) is None


@pytest.mark.parametrize("word", ["Sale", "caf\u00e9", "  ", "", "we\u2019re"])
def test_a_rule_file_may_hold_folded_words_only(word: str) -> None:
    with pytest.raises(BadInput, match=r"lint\.toml, words has"):
        read_words(RuleTable("lint.toml", {"words": ["fine", word]}), "words")
