from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopbell.domain.showing import shown

ESC = "\x1b"


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("plain words", "plain words"),
        ("Zoë & Søn, 北京, עברית", "Zoë & Søn, 北京, עברית"),
        (f"{ESC}]0;owned\x07", "␛]0;owned␇"),
        (f"{ESC}]52;c;cm0=\x07", "␛]52;c;cm0=␇"),
        ("nul \x00 tab \t bell \x07", "nul ␀ tab ␉ bell ␇"),
        ("del \x7f", "del ␡"),
        ("c1 \x9b31m \x85", "c1 �31m �"),
        ("gnp.\u202eexe", "gnp.�exe"),
        ("\u2066isolate\u2069 \u202aembed\u202c", "�isolate� �embed�"),
        ("line\u2028para\u2029", "line�para�"),
        ("\ufff9note\ufffa\ufffb", "�note��"),
        ("half \ud83c pair \udf37", "half � pair �"),
        ("[/] [bold red] [link=x]", "[/] [bold red] [link=x]"),
        ("👩\u200d🚒 ❤\ufe0f \u200c", "👩\u200d🚒 ❤\ufe0f \u200c"),
        ("no\u00a0break \u200e\u200f", "no\u00a0break \u200e\u200f"),
        ("two\nlines", "two\nlines"),
        ("dos\r\nlines", "dos\nlines"),
        ("lone\rreturn", "lone␍return"),
        ("", ""),
    ],
)
def test_what_could_drive_a_terminal_becomes_visible(text: str, safe: str) -> None:
    assert shown(text) == safe


def test_one_line_places_show_line_ends() -> None:
    assert shown("two\nlines\r\nthree", one_line=True) == "two⏎lines⏎three"
    assert shown("one") == shown("one", one_line=True)


FORBIDDEN = {
    *map(chr, range(0x20)),
    *map(chr, range(0x7F, 0xA0)),
    *"\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u2028\u2029\ufff9\ufffa\ufffb",
    *map(chr, range(0xD800, 0xE000)),
}

anything = st.text(
    st.one_of(st.characters(exclude_categories=()), st.sampled_from(sorted(FORBIDDEN)))
)


@given(anything)
def test_no_control_character_is_ever_left(text: str) -> None:
    assert not set(shown(text)) & (FORBIDDEN - {"\n"})
    assert not set(shown(text, one_line=True)) & FORBIDDEN


@given(anything, st.booleans())
def test_showing_what_was_shown_changes_nothing(text: str, one_line: bool) -> None:
    once = shown(text, one_line=one_line)
    assert shown(once, one_line=one_line) == once
    once.encode()


@given(st.text(st.characters(categories=("L", "N", "P", "S", "Zs")), max_size=50))
def test_ordinary_writing_is_shown_as_it_is(text: str) -> None:
    assert shown(text) == text
