from __future__ import annotations

import pytest

from shopbell.domain.stop_notation import PatternError, Reader, fragments
from shopbell.domain.stop_phrases import Phrases

SETS = {"texts": ["texts", "messages", "text messages"], "stop": ["stop", "quit"]}
FILLERS = frozenset({"please", "now", "thanks"})


def found(pattern: str, words: str, names: frozenset[int] = frozenset()) -> str | None:
    heard = words.split()
    span = Phrases(Reader(SETS).steps(pattern), FILLERS).find(heard, names)
    return None if span is None else " ".join(heard[span.first : span.last + 1])


@pytest.mark.parametrize(
    ("pattern", "words", "expected"),
    [
        ("stop", "please stop now", "stop"),
        ("stop", "please stopped", None),
        ("Arrête", "arrete", "arrete"),
        ("don't stop", "dont stop", "dont stop"),
        ("stop texting", "stop . texting", None),
        ("(stop|quit) it", "quit it", "quit it"),
        ("(stop it|quit) now", "stop it now", "stop it now"),
        ("(a|(b|c d)) e", "c d e", "c d e"),
        ("stop it? now", "stop now", "stop now"),
        ("stop (right|just)? now", "stop just now", "stop just now"),
        ("stop (right now)? please", "stop please", "stop please"),
        ("{stop} {texts}", "quit messages", "quit messages"),
        ("{stop} {texts}", "quit text messages", "quit text messages"),
        ("{stop}? {texts}", "no texts", "texts"),
        ("stop ~2 texts", "stop texts", "stop texts"),
        ("stop ~2 texts", "stop all the texts", "stop all the texts"),
        ("stop ~2 texts", "stop all the many texts", None),
        ("stop ~2 texts", "stop , the texts", "stop , the texts"),
        ("stop ~2 texts", "stop . texts", None),
        ("stop ~2 texts", "stop ? texts", None),
        ("stop ~2 texts", "stop / texts", None),
        ("stop {word} now", "stop it now", "stop it now"),
        ("interess*", "non interessata", "interessata"),
        ("interess*", "interes", None),
        ("at {number}", "at 3pm", "at 3pm"),
        ("at {number}", "at three", None),
        ("{phone}", "call 2125550142", "2125550142"),
        ("{phone}", "call 142", None),
        ("don't call , text", "dont call , text", "dont call , text"),
    ],
)
def test_a_phrase_is_found_where_it_stands(pattern: str, words: str, expected: str | None) -> None:
    assert found(pattern, words) == expected


@pytest.mark.parametrize(
    ("pattern", "words", "is_found"),
    [
        ("<go away>", "go away", True),
        ("<go away>", "please go away now thanks", True),
        ("<go away>", "ok , go away .", True),
        ("<go away>", "fine . go away ? yes", True),
        ("<go away>", "we go away", False),
        ("<go away>", "go away on friday", False),
        ("<go away>", "please please please please go away", False),
        ("go away>", "they go away", True),
        ("<go away", "go away on friday", True),
        ("^ stop $", "stop", True),
        ("^ stop $", ". stop .", True),
        ("^ stop $", "please stop", False),
        ("^ stop", "stop it", True),
        ("stop $", "do stop", True),
        ("!(you|they) never stop", "never stop", True),
        ("!(you|they) never stop", "i never stop", True),
        ("!(you|they) never stop", "you never stop", False),
        ("!(you|{stop}) never", "quit never", False),
        ("stop by !(texting|calling)", "stop by", True),
        ("stop by !(texting|calling)", "stop by calling", False),
        ("stop by !(texting|calling)", "stop by noon", True),
        ("need {stop} (anymore|>)", "need stop please", True),
        ("need {stop} (anymore|>)", "need stop anymore texts", True),
        ("need {stop} (anymore|>)", "need stop texts", False),
    ],
)
def test_an_edge_holds_or_the_phrase_is_not_found(pattern: str, words: str, is_found: bool) -> None:
    assert (found(pattern, words) is not None) is is_found


def test_what_stands_at_the_edges_is_no_part_of_what_is_found() -> None:
    assert found("<go away>", "please go away now") == "go away"
    assert found("!(you) never stop !(by)", "i never stop it") == "never stop"


def test_a_name_is_found_only_where_one_stands() -> None:
    assert found("not @", "not dana", frozenset({1})) == "not dana"
    assert found("not @", "not dana", frozenset({0})) is None


def test_blanks_and_ends_of_lines_in_a_phrase_mean_nothing() -> None:
    assert found("\n (stop|\n  quit)   it\n", "quit it") == "quit it"


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        ("", "matches nothing at all"),
        ("please?", "matches nothing at all"),
        ("~3", "matches nothing at all"),
        ("(a|)", "matches nothing at all"),
        ("(a", "not closed"),
        ("!(a", "not closed"),
        ("a)", "too many"),
        ("?", r"has a \? too many"),
        ("a??", r"has a \? too many"),
        ("stop(ped)", "glued"),
        ("(a)b", "glued"),
        ("{nouns}", "set nouns, which there is not"),
        ("a > b", "edge in its middle"),
        ("a $ b", "edge in its middle"),
        ("a < b?", "edge in its middle"),
        ("!(a b) c", "more than single words"),
        ("!({number}) c", "more than single words"),
        ("in*", "fewer than 3 letters"),
        ("a ~ b", "means nothing"),
        ("a { b", "means nothing"),
        ("a ! b", "means nothing"),
    ],
)
def test_a_phrase_that_is_not_in_the_notation_is_refused(pattern: str, why: str) -> None:
    with pytest.raises(PatternError, match=why):
        Reader(SETS).steps(pattern)


def test_a_reader_knows_every_word_it_has_read() -> None:
    reader = Reader(SETS)
    reader.steps("don't ~2 (ever|always)? interess*")
    assert reader.words == {
        *("texts", "messages", "text", "stop", "quit"),
        *("dont", "ever", "always"),
    }


@pytest.mark.parametrize(
    ("pattern", "texts"),
    [
        ("停止", ["停止"]),
        ("(a|b)c", ["ac", "bc"]),
        ("(a|b|)c(d|e)", ["acd", "ace", "bcd", "bce", "cd", "ce"]),
        ("Stop", ["stop"]),
        ("(a(b|c))", ["ab", "ac"]),
    ],
)
def test_a_fragment_stands_for_texts(pattern: str, texts: list[str]) -> None:
    assert fragments(pattern) == texts


@pytest.mark.parametrize("pattern", ["", "a b", "a?", "(a", "~2", "a*"])
def test_a_fragment_has_nothing_in_it_but_choices(pattern: str) -> None:
    with pytest.raises(PatternError, match="without blanks"):
        fragments(pattern)
