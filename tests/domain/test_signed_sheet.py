"""The number and the day of a sheet, as they are copied from it."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from shopbell.domain.paper_words import Language, words_in
from shopbell.domain.signed_sheet import signed_at, wording_number
from shopbell.errors import BadInput


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


ZONE = "America/New_York"
NOW = datetime(2026, 11, 24, 10, 42, tzinfo=ZoneInfo(ZONE))


@pytest.mark.parametrize("typed", ["", "  ", "today", "Today "])
def test_a_sheet_without_a_day_was_signed_just_now(typed: str) -> None:
    assert signed_at(typed, NOW, ZONE) == NOW


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("21 Nov 2026", 21),
        ("2026-11-21", 21),
        ("21.11.2026", 21),
        ("Nov 21, 2026", 21),
        ("24 Nov 2026", 24),
    ],
)
def test_a_day_counts_from_its_beginning_in_the_shops_zone(typed: str, day: int) -> None:
    assert signed_at(typed, NOW, ZONE) == datetime(2026, 11, day, tzinfo=ZoneInfo(ZONE))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("soon", "“soon” is no day."),
        ("31 Feb 2026", "is no day."),
        ("3/9/2026", "may be 3 September 2026 or 9 March 2026."),
        ("25 Nov 2026", "That day is still to come."),
        ("x" * 500, f"“{'x' * 40}” is no day."),
    ],
)
def test_a_day_that_cannot_be_is_refused_with_what_to_do(typed: str, said: str) -> None:
    with pytest.raises(BadInput) as refused:
        signed_at(typed, NOW, ZONE)
    assert said in refused.value.message
    assert refused.value.hint
