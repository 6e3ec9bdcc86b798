from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopbell.domain.stop_text import folded, visible


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("S\u200bT\u00adOP\ufeff", "STOP"),
        ("\uff33\uff34\uff2f\uff30\uff01", "STOP!"),
        ("\u24c8\u24e3\u24de\u24df", "Stop"),
        ("\U0001d412\U0001d413\U0001d40e\U0001d40f", "STOP"),
        ("don\u2019t \u201cstop\u201d \u2013 now", 'don\'t "stop" - now'),
        ("\u00abstop\u00bb", '"stop"'),
        ("  a \t b\u00a0\u2003c  ", "a b c"),
        ("a\r\nb\rc\u2028d\x0be", "a\nb\nc\nd\ne"),
        ("\x1b[1;31mSTOP\x1b[0m", "STOP"),
        ("\x1b]0;title\x07STOP", "]0;titleSTOP"),
        ("\u202eSTOP\u202c", "STOP"),
        ("\ud83dSTOP\x00", "STOP"),
        ("don&#39;t &amp; won&#x27;t", "don't & won't"),
        ("\u2764\ufe0f", "\u2764"),
        ("", ""),
        (" \n ", "\n"),
    ],
)
def test_a_text_becomes_what_a_person_sees(text: str, seen: str) -> None:
    assert visible(text) == seen


@given(st.text(max_size=60))
def test_what_is_seen_has_single_blanks_and_nothing_unseen(text: str) -> None:
    seen = visible(text)
    assert "  " not in seen
    assert not any(ord(c) < 32 and c != "\n" for c in seen)
    assert not any(0xD800 <= ord(c) <= 0xDFFF for c in seen)
    assert all(line == line.strip() for line in seen.split("\n"))


@pytest.mark.parametrize(
    ("words", "plain"),
    [
        ("Don't", "dont"),
        ("ARRÊT", "arret"),
        ("arre\u0302t", "arret"),
        ("S\u0336T\u0336O\u0336P\u0336", "stop"),
        ("s\u20dd", "s"),
        ("Straße", "strasse"),
        ("życzę sobie", "zycze sobie"),
        ("usuńcie mój", "usuncie moj"),
        ("Ł ø œ", "l o oe"),
        ("СТОП", "стоп"),
        ("отпиши́те", "отпиши́те"),
        ("बंद", "बंद"),
        ("إلغاء", "الغاء"),
        ("تَوَقَّف", "توقف"),
        ("中止がガ", "中止がガ"),
        ("수신거부", "수신거부"),
    ],
)
def test_words_are_compared_without_case_apostrophes_and_latin_accents(
    words: str, plain: str
) -> None:
    assert folded(words) == plain


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing_more(words: str) -> None:
    assert folded(folded(words)) == folded(words)
