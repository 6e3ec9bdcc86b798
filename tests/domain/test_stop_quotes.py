from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rule_files import packaged_rules
from shopbell.domain.stop_quotes import Parts, has_content, parts_of
from shopbell.domain.stop_text import visible

RULES = packaged_rules().stops.quotes


def parts(text: str) -> Parts:
    return parts_of(visible(text), RULES)


@pytest.mark.parametrize(
    ("text", "own", "quoted"),
    [
        ("Hello", "Hello", ""),
        ("Hello\n> our text\n>> nested", "Hello", "> our text\n>> nested"),
        ("| our text\nHello", "Hello", "| our text"),
        ("> ours\nmine\n> ours too", "mine", "> ours\n> ours too"),
        (">:( stop", ">:( stop", ""),
        (">>> STOP <<<", ">>> STOP <<<", ""),
        ("5 > 3", "5 > 3", ""),
        (
            "Ok\nOn Tue, Nov 24 Fern & Finch wrote:\n> ours",
            "Ok",
            "On Tue, Nov 24 Fern & Finch wrote:",
        ),
        ("Ok\nLe mar. 24 nov. Fern & Finch a écrit :\n> ours", "Ok", "Le mar. 24 nov."),
        ("Ok\nAm Di., 24. Nov. schrieb Fern & Finch:", "Ok\nAm Di., 24. Nov. schrieb", ""),
        (
            "Yes\n-----Original Message-----\nFrom: Fern\nSale today, come by!",
            "Yes",
            "Sale today, come by!",
        ),
        ("--- Forwarded message ---\nSale today at our shop\nSTOP", "STOP", "Sale today"),
        ("Stop\n\nSent from my phone", "Stop", ""),
        ("Stop\nEnvoyé de mon mobile", "Stop", ""),
        ("Loved “Do not stop”", "Loved", ""),
        ('Liked "a "b" c" thanks', "Liked", ""),
        ("👍 to “We never stop”", "👍 to", ""),
        ("Le gustó “Rosas”", "Le gustó", ""),
        ("Loved “Do not stop", 'Loved "Do not stop', ""),
        ("I loved “Stop”", 'I loved "Stop"', ""),
        ('Listen to "my song"', 'Listen to "my song"', ""),
    ],
)
def test_their_own_words_are_told_from_quotes(text: str, own: str, quoted: str) -> None:
    found = parts(text)
    assert " ".join(found.own.split()).startswith(" ".join(own.split()))
    assert quoted in found.quoted
    assert not quoted or quoted not in found.own


@pytest.mark.parametrize(
    ("text", "own", "begins"),
    [
        ("See you! STOP to end", "See you!", False),
        ("See you! Reply STOP to opt out (free)", "See you!", False),
        ("See you! Text STOP to unsubscribe.", "See you! .", False),
        ("Bis dann. Abmelden: STOP", "Bis dann.", False),
        ("Hasta luego BAJA: responde STOP", "Hasta luego", False),
        ("A dopo STOP per uscire", "A dopo", False),
        ("Até já SAIR p/ sair", "Até já", False),
        ("À demain STOP au 36000", "À demain", False),
        ("STOP to end", "", True),
        (" ... Reply STOP to cancel please", "... please", True),
        ("\U0001f44d STOP to end", "\U0001f44d", False),
        ("Please don't text STOP to end", "Please don't text", False),
        ("See you! STOP to end https://fern.example/x?y=1", "See you!", False),
        ("À demain ARRET pour finir hi@fern.example", "À demain", False),
        ("STOP to end fern.example ok", "ok", True),
        ("STOP to end please", "please", True),
    ],
)
def test_our_way_out_is_no_word_of_theirs(text: str, own: str, begins: bool) -> None:
    found = parts(text)
    assert " ".join(found.own.split()) == own
    assert found.has_footer
    assert found.begins_with_footer is begins


@pytest.mark.parametrize("text", ["stop", "stopped to cancel it", "STOP TO", "to end it, stop"])
def test_talk_that_is_no_way_out_stays(text: str) -> None:
    found = parts(text)
    assert not found.has_footer
    assert found.own == text


@pytest.mark.parametrize(
    ("text", "has"),
    [("", False), (" .!?> ", False), ("a", True), ("7", True), ("\U0001f6d1", True)],
)
def test_content_is_a_word_or_an_emoji(text: str, has: bool) -> None:
    assert has_content(text) is has


@given(st.text(max_size=80))
def test_nothing_is_invented(text: str) -> None:
    seen = visible(text)
    found = parts_of(seen, RULES)
    assert set(found.own + found.quoted) <= set(seen) | {" ", "\n"}
