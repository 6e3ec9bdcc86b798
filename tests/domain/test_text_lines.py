"""Lines of text out of blocks of bytes, in whatever encoding and however long."""

from __future__ import annotations

import codecs
import tracemalloc
from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shopbell.domain.text_lines import LONGEST_LINE, LONGEST_SKIP, LongLine, TextLines, as_utf8
from shopbell.errors import BadInput


def lines_of(*blocks: bytes) -> list[str]:
    return list(TextLines(blocks, "x.csv"))


@pytest.mark.parametrize(
    ("blocks", "lines"),
    [
        ([b"a\nb\n"], ["a\n", "b\n"]),
        ([b"a\nb"], ["a\n", "b"]),
        ([b"a\r\nb\r\n"], ["a\r\n", "b\r\n"]),
        ([b"a\rb\r"], ["a\r", "b\r"]),
        ([b"a\r", b"\nb"], ["a\r\n", "b"]),
        ([b"a\r", b"b"], ["a\r", "b"]),
        ([b"a", b"b", b"\n", b"c"], ["ab\n", "c"]),
        ([b"\n\n"], ["\n", "\n"]),
        ([b"a\x0bb\x0c\xe2\x80\xa8c"], ["a\x0bb\x0c\u2028c"]),
        ([b"Z", b"o\xc3", b"\xab"], ["Zoë"]),
        ([b""], []),
        ([], []),
    ],
)
def test_lines_end_where_a_spreadsheet_ends_them(blocks: list[bytes], lines: list[str]) -> None:
    assert lines_of(*blocks) == lines


def test_a_line_that_is_not_utf8_is_read_as_windows_1252_and_counted() -> None:
    lines = TextLines([b"Zo\xc3\xab\nJos\xe9\n\x80 5\n\x81?\n"], "x.csv")

    assert list(lines) == ["Zoë\n", "José\n", "€ 5\n", "\ufffd?\n"]
    assert lines.not_utf8 == 3


@settings(deadline=None, max_examples=200)
@given(
    text=st.text(st.characters(exclude_categories=["Cs"]), max_size=60),
    cuts=st.lists(st.integers(0, 200), max_size=6),
)
def test_it_does_not_matter_how_the_bytes_are_cut_into_blocks(text: str, cuts: list[int]) -> None:
    content = text.encode()
    edges = sorted({0, *(min(cut, len(content)) for cut in cuts), len(content)})
    blocks = [content[a:b] for a, b in pairwise(edges)]

    assert lines_of(*blocks) == lines_of(content)
    assert "".join(lines_of(*blocks)) == text


@pytest.mark.parametrize(
    ("mark", "codec", "name"),
    [
        (codecs.BOM_UTF8, "utf-8", "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16"),
        (codecs.BOM_UTF32_LE, "utf-32-le", "utf-32"),
        (codecs.BOM_UTF32_BE, "utf-32-be", "utf-32"),
    ],
)
def test_a_byte_order_mark_names_the_encoding_and_is_taken_off(
    mark: bytes, codec: str, name: str
) -> None:
    content = mark + "Zoë 🌷\nBo".encode(codec)
    encoding, blocks = as_utf8([content[:7], content[7:]])

    assert encoding == name
    assert b"".join(blocks).decode() == "Zoë 🌷\nBo"


def test_without_a_mark_nothing_is_changed() -> None:
    encoding, blocks = as_utf8([b"\xef\xbb", b"Ana"])

    assert (encoding, list(blocks)) == ("utf-8", [b"\xef\xbb", b"Ana"])
    assert [*as_utf8([])[1]] == [b""]


def test_half_a_surrogate_pair_becomes_a_replacement_character() -> None:
    content = codecs.BOM_UTF16_LE + b"A\x00" + b"\x00\xd8" + b"B\x00"

    assert b"".join(as_utf8([content])[1]).decode() == "A\ufffdB"


def test_of_a_line_too_long_only_the_beginning_is_kept_and_the_next_line_is_read() -> None:
    long = b"x" * (LONGEST_LINE + 1)

    for blocks in (
        [b"a\n" + long + b"\nb\n"],
        [b"a\n", long, b"xxx\nb\n"],
        [b"a\n", long, b"\r", b"\nb\n"],
        [b"a\n", long, b"\r", b"b\n"],
    ):
        lines = lines_of(*blocks)
        assert lines[0] == "a\n"
        assert isinstance(lines[1], LongLine)
        assert lines[1] == "x" * 200
        assert lines[2:] == ["b\n"]
    assert len(lines_of(long)) == 1


def test_a_line_of_just_the_longest_length_is_kept_whole() -> None:
    line = "x" * (LONGEST_LINE - 1) + "\n"

    assert lines_of(line.encode()) == [line]


def endless() -> Iterator[bytes]:
    while True:
        yield b"x" * (64 << 10)


def test_a_gigabyte_in_one_line_is_refused_early_and_never_held() -> None:
    tracemalloc.start()
    with pytest.raises(BadInput, match=r'"x\.csv" is longer than 16 MB'):
        list(TextLines(endless(), "x.csv"))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert peak < LONGEST_SKIP / 2
