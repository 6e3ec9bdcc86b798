from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rule_files import packaged_rules
from shopbell.domain.stop_notation import Reader
from shopbell.domain.stop_phrases import MARKS, Phrases
from shopbell.domain.stop_text import visible
from shopbell.domain.stop_words import Said, say

SPELLING = packaged_rules().stops.spelling


def said(text: str) -> Said:
    return say(visible(text), SPELLING)


def phrases(*patterns: str) -> Phrases:
    reader = Reader({})
    return Phrases([step for pattern in patterns for step in reader.steps(pattern)])


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("Please stop.", "please stop ."),
        ("Don't! Stop texting me", "dont . stop texting me"),
        ("no, thanks; bye", "no , thanks . bye"),
        ("why? stop\nnow", "why ? stop / now"),
        ("really?!?!  ok", "really ? ok"),
        ("a...b", "a . b"),
        ("so...\n\nbye", "so . / bye"),
        ("hm,.b", "hm . b"),
        ("...stop...", "stop ."),
        ("at 3:30 or 2.8 for $1,200", "at 330 or 28 for $1200"),
        ("stop - Dana", "stop . dana"),
        ("e-mail un-subscribe", "e mail un subscribe"),
        ("wrong #, #stop #1", "wrong number , stop 1"),
        ("Stop👏texting👏me", "stop texting me"),
        ("s t o p", "stop"),
        ("s.t.o.p. texting", "stop texting"),
        ("S\nT\nO\nP", "stop"),
        ("S T 0 P", "stop"),
        ("1 2 3 4", "1 2 3 4"),
        ("a b c d", "a b c d"),
        ("thank you", "thanks"),
        ("thx u", "thanks you"),
        ("STOP!!!1!", "stop ."),
        ("¿Baja? ¡Alto!", "baja ? alto ."),
        ("停止。结束、好", "停止 . 结束 , 好"),
        ("बंद। करो", "बंद . करो"),
        ("'stop' ''", "stop"),
        ("\U0001f6d1 !!", ""),
        ("", ""),
    ],
)
def test_a_text_is_words_and_marks(text: str, forms: str) -> None:
    assert " ".join(said(text).forms) == forms


def test_words_are_shown_as_they_were_written() -> None:
    heard = said("Arrêtez! S.T.O.P. it, THX")
    assert heard.forms == ("arretez", ".", "stop", "it", ",", "thanks")
    assert heard.shown == ("arrêtez", "", "stop", "it", "", "thx")
    assert heard.find(phrases("stop ~2 thanks")) == "stop it thx"
    assert heard.find(phrases("never")) is None


def test_a_word_shown_is_never_long() -> None:
    assert max(map(len, said("stop " + "x" * 500).shown)) == 40


def test_names_are_where_a_capital_stands() -> None:
    heard = said("This isn't Maria, ask Dana or mike on Monday")
    assert [heard.forms[at] for at in sorted(heard.names)] == ["maria", "dana"]


def test_sentences_end_at_marks_and_lines_and_may_ask() -> None:
    heard = said("ok. stop?\nsee you, bye")
    assert list(heard.sentences()) == [
        (["ok"], False),
        (["stop"], True),
        (["see", "you", "bye"], False),
    ]
    assert list(heard.sentences("/")) == [(["ok", "stop"], True), (["see", "you", "bye"], False)]
    assert list(said("stop? ...").sentences("/")) == [(["stop"], True)]
    assert heard.words() == ["ok", "stop", "see", "you", "bye"]


def test_one_line_has_no_ends_of_lines() -> None:
    heard = said("ask Dana\nto stop\n\nnow")
    assert heard.forms == ("ask", "dana", "/", "to", "stop", "/", "now")
    line = heard.as_one_line()
    assert line.forms == ("ask", "dana", "to", "stop", "now")
    assert line.names == {1}
    assert line.as_one_line() is line


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Take. Me. Off.", "take me off"),
        ("Take.\nMe.\nOff.", "take me off"),
        ("Please. Stop. Texting. My. Phone!", "please stop texting my phone"),
        ("hi all. Take. Me. Off.", "hi all take me off"),
        ("Ok. Take me. Off.", "ok . take me . off ."),
        ("ok leave. me. alone. now", "ok leave me alone now"),
        ("I am late. Sorry. Bye", "i am late sorry bye"),
        ("I am late. Sorry all. Bye", "i am late . sorry all . bye"),
        ("Take? Me. Off.", "take ? me off"),
    ],
)
def test_words_that_are_stamped_one_by_one_are_one_sentence(text: str, line: str) -> None:
    assert " ".join(said(text).as_one_line().forms) == line


def test_what_is_cut_out_leaves_the_end_of_a_sentence() -> None:
    heard = said("I'll stop by Dana, then stop off")
    left = heard.without(phrases("stop (by|off)"))
    assert left.forms == ("ill", ".", ".", "dana", ",", "then", ".", ".")
    assert left.find(phrases("ill ~2 dana")) is None
    assert left.names == {3}
    assert heard.without(phrases("never")) is heard


def test_cutting_keeps_marks_inside_what_is_found() -> None:
    left = said("don't call, text").without(phrases("dont call , text"))
    assert left.forms == (".", ".", ",", ".")


@given(st.text(max_size=80))
def test_words_and_what_is_shown_are_equally_many(text: str) -> None:
    heard = said(text)
    assert len(heard.forms) == len(heard.shown)
    for form, shown in zip(heard.forms, heard.shown, strict=True):
        assert " " not in form
        assert form not in MARKS or not shown
    assert all(heard.forms[at] not in MARKS for at in heard.names)
