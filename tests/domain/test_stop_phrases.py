from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import overload

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rule_files import packaged_rules
from shopbell.domain.stop_notation import Reader
from shopbell.domain.stop_phrases import Phrases, Span


def phrases(*patterns: str) -> Phrases:
    reader = Reader({"x": ["a", "b b"]})
    return Phrases(
        [step for pattern in patterns for step in reader.steps(pattern)], frozenset({"f"})
    )


def spans(words: str, *patterns: str) -> list[tuple[int, int]]:
    return [(span.first, span.last) for span in phrases(*patterns).spans(words.split())]


def test_everything_is_found_even_where_it_overlaps() -> None:
    assert spans("a b a b", "a b", "b a") == [(0, 1), (1, 2), (2, 3)]
    assert spans("a a a", "a a") == [(0, 1), (1, 2)]
    assert spans("c", "a") == []
    assert spans("", "a") == []


def test_a_long_phrase_begins_at_its_first_word() -> None:
    assert spans("c a a b", "a ~2 b") == [(1, 3)]
    assert spans("a c b b", "a ~1 {x}") == [(0, 3)]


def test_a_part_of_a_text_is_found_in_a_language_without_blanks() -> None:
    found = Phrases((), fragments=["停止", "退订"])
    assert found.fragment("请退订我") == "退订"
    assert found.fragment("请问几点") is None
    assert found.find(["退订"]) is None


@given(st.text("abcf,.", max_size=14))
def test_it_finds_what_a_regular_expression_finds(text: str) -> None:
    words = [*text]
    line = " ".join(words)
    gap = r"(?: [^ .]){0,2}"
    for pattern, expression in {
        "a ~2 b": rf"(?<!\S)a{gap} b(?!\S)",
        "(a|b c) b? c": r"(?<!\S)(?:a|b c)(?: b)? c(?!\S)",
        "<a b>": r"(?:^|[.,] )(?:f ){0,3}a b(?: f){0,3}(?= [.,]|$)",
        "!(b|c) a !(a)": r"(?:^|(?<=[^bc ] ))a(?! a)(?!\S)",
        "^ a $": r"^(?:[.,] ){0,3}a(?: [.,]){0,3}$",
    }.items():
        is_found = phrases(pattern).find(words) is not None
        assert is_found is bool(re.search(expression, line)), (pattern, line)


@given(st.text("abc.", max_size=20), st.sampled_from(["a b", "a ~2 c", "<b c?>", "a a a"]))
def test_a_span_is_inside_the_words_and_found_by_itself(text: str, pattern: str) -> None:
    words = [*text]
    for span in phrases(pattern).spans(words):
        assert 0 <= span.first <= span.last < len(words)
        core = pattern.strip("<>")
        again = phrases(core).spans(words[span.first : span.last + 1])
        assert Span(first=0, last=span.last - span.first) in again


class Counted(Sequence[str]):
    """Words that count how often they are looked at."""

    def __init__(self, words: list[str]) -> None:
        self._words = words
        self.looks = 0

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> list[str]: ...
    def __getitem__(self, at: int | slice) -> str | list[str]:
        self.looks += 1
        return self._words[at]

    def __len__(self) -> int:
        return len(self._words)

    def __iter__(self) -> Iterator[str]:
        for word in self._words:
            self.looks += 1
            yield word


HOSTILE = [
    "stop",
    "stop a",
    "dont dont dont want",
    "please please stop ,",
    "no no no not never",
    "no more of the",
    "i dont want a b",
    "take me me me",
    "this number is not my",
    "{} {} {} . ?",
]


@pytest.mark.parametrize("part", HOSTILE)
@pytest.mark.parametrize("kind", ["guards", "wrong_person", "limits", "phrases", "holds"])
def test_twice_the_words_are_at_most_twice_the_work(part: str, kind: str) -> None:
    rules: Phrases = getattr(packaged_rules().stops, kind)
    looks = []
    for times in (100, 200):
        words = Counted(part.split() * times)
        for _ in rules.spans(words):
            pass
        looks.append(words.looks)
    assert looks[1] <= 2 * looks[0] + 30
