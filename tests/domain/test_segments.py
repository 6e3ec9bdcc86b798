from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopbell.domain.segments import GSM_BASIC, GSM_EXTENSION, measure
from shopbell.domain.texts import Encoding

GSM7, UCS2 = Encoding.GSM7, Encoding.UCS2


def test_the_alphabet_has_127_characters_and_ten_escaped_ones() -> None:
    assert len(GSM_BASIC) == 127
    assert len(GSM_EXTENSION) == 10
    assert not GSM_BASIC & GSM_EXTENSION
    assert "\x1b" not in GSM_BASIC


@pytest.mark.parametrize(
    ("text", "encoding", "units", "segments"),
    [
        ("", GSM7, 0, 0),
        ("a", GSM7, 1, 1),
        ("a" * 160, GSM7, 160, 1),
        ("a" * 161, GSM7, 161, 2),
        ("a" * 306, GSM7, 306, 2),
        ("a" * 307, GSM7, 307, 3),
        ("€", GSM7, 2, 1),
        ("€" * 80, GSM7, 160, 1),
        ("€" * 81, GSM7, 162, 2),
        # 152 letters leave one septet free: the escaped character must not be split
        ("a" * 152 + "€" + "a" * 152, GSM7, 306, 3),
        ("a" * 153 + "€" + "a" * 151, GSM7, 306, 2),
        ("{}[]~|^\\\f€", GSM7, 20, 1),
        ("\r\n", GSM7, 2, 1),
        ("ë", UCS2, 1, 1),
        ("\u2019" * 70, UCS2, 70, 1),
        ("\u2019" * 71, UCS2, 71, 2),
        ("ç" * 134, UCS2, 134, 2),
        ("ç" * 135, UCS2, 135, 3),
        ("🌷", UCS2, 2, 1),
        ("🌷" * 35, UCS2, 70, 1),
        ("🌷" * 36, UCS2, 72, 2),
        # 66 letters leave one code unit free: the pair must not be split
        ("ç" * 66 + "🌷" + "ç" * 66, UCS2, 134, 3),
        ("ç" * 67 + "🌷" + "ç" * 65, UCS2, 134, 2),
        ("👩\u200d🚒", UCS2, 5, 1),
        ("\x1b", UCS2, 1, 1),
        ("\ud83c", UCS2, 1, 1),
        ("\udf37\ud83c", UCS2, 2, 1),
        ("`", UCS2, 1, 1),
    ],
)
def test_a_text_costs_exactly_its_parts(
    text: str, encoding: Encoding, units: int, segments: int
) -> None:
    size = measure(text)
    assert (size.encoding, size.units, size.segments) == (encoding, units, segments)


@pytest.mark.parametrize("letter", "éèàùìòñüöäßÉÑÇØ£¥§¿¡ΔΩ@_\n")
def test_these_letters_are_free(letter: str) -> None:
    assert measure(letter).encoding is GSM7


@pytest.mark.parametrize(
    "letter", "áíóúâêîôûçãõëïÀÈÁœł…\u2018\u2019\u201c\u201d\u2013\u2014•\u00a0\t"
)
def test_these_letters_double_the_price_and_are_named(letter: str) -> None:
    size = measure(f"so {letter} it {letter} is")
    assert (size.encoding, size.costly) == (UCS2, (letter,))


def test_costly_characters_come_in_order_of_appearance() -> None:
    assert measure("más tulipanes… más 🌷").costly == ("á", "…", "🌷")


def independent_parts(text: str) -> tuple[int, int]:
    """Units and parts by really building the parts, as octets on the air would be cut."""
    gsm = all(c in GSM_BASIC or c in GSM_EXTENSION for c in text)
    if gsm:
        units = [b"\x1b" + c.encode() if c in GSM_EXTENSION else b"." for c in text]
        lengths = [2 if len(unit) > 1 else 1 for unit in units]
        single, chained = 160, 153
    else:
        lengths = [len(c.encode("utf-16-be", "surrogatepass")) // 2 for c in text]
        single, chained = 70, 67
    total = sum(lengths)
    if total <= single:
        return total, 1 if total else 0
    parts: list[list[int]] = [[]]
    while lengths:
        if sum(parts[-1]) + lengths[0] <= chained:
            parts[-1].append(lengths.pop(0))
        else:
            parts.append([])
    return total, len(parts)


texts = st.one_of(
    st.text(st.sampled_from("ab€{é"), max_size=400),
    st.text(st.sampled_from("aç🌷€\ud83c"), max_size=260),
    st.text(st.sampled_from("abc"), min_size=140, max_size=330),
    st.text(max_size=80),
)


@given(texts)
def test_parts_equal_an_independent_packing(text: str) -> None:
    size = measure(text)
    assert (size.units, size.segments) == independent_parts(text)


@given(texts, texts)
def test_a_longer_text_never_costs_less(text: str, more: str) -> None:
    assert measure(text + more).segments >= measure(text).segments
