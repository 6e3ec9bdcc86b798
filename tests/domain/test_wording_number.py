"""The number of a wording, as it is copied from the foot of a sheet."""

from __future__ import annotations

import pytest

from shopbell.domain.paper_words import Language, words_in
from shopbell.domain.wording_number import wording_number


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("12", 12),
        (" 12 ", 12),
        ("#12", 12),
        ("no. 12", 12),
        ("No 12", 12),
        ("Wording 12", 12),
        ("wording  12", 12),
        ("Wording 12 · 9f86d081", 12),
        ("12 · 9f86d081", 12),
        ("0", 0),
        ("", None),
        ("twelve", None),
        ("Wording", None),
        ("-1", None),
        ("1.5", None),
        ("12 13", None),
        ("9f86d081", None),
        ("1" * 10, None),
        ("١٢", None),
        ("\x1b[2J12", None),
    ],
)
def test_a_number_is_read_as_it_stands_on_the_sheet(typed: str, number: int | None) -> None:
    assert wording_number(typed) == number


@pytest.mark.parametrize("language", Language)
def test_the_foot_of_a_sheet_is_read_in_every_language_it_is_printed_in(
    language: Language,
) -> None:
    foot = words_in(language).wording.format(id=31)
    assert wording_number(foot) == 31
    assert wording_number(f"{foot} · 9f86d081") == 31
