"""How the command line reads times, prices, texts, words and small files."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopbell.cli.fields import BODY, HOW, PURPOSE, WORDS
from shopbell.cli.files import text_of_file
from shopbell.cli.moments import iso, read_moment, spoken
from shopbell.cli.money import (
    amount,
    part_price,
    read_currency,
    read_price,
    spoken_bill,
    spoken_price,
)
from shopbell.domain.consent import How, Purpose
from shopbell.errors import BadInput

NEW_YORK = "America/New_York"


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2026-11-24T10:42", "2026-11-24T15:42:00+00:00"),
        ("2026-11-24 10:42:30", "2026-11-24T15:42:30+00:00"),
        ("2026-11-24T10:42-08:00", "2026-11-24T18:42:00+00:00"),
        ("2026-11-24T10:42Z", "2026-11-24T10:42:00+00:00"),
        ("20261124T104200", "2026-11-24T15:42:00+00:00"),
        ("2026-07-01", "2026-07-01T04:00:00+00:00"),
    ],
)
def test_a_time_without_offset_is_the_shops_own(text: str, utc: str) -> None:
    assert iso(read_moment(text, NEW_YORK, "--at")) == utc


@pytest.mark.parametrize(
    "text", ["", "tomorrow", "10:42", "2026-13-01", "24/11/2026", "0001-01-01T00:00+23:00", "\x1b"]
)
def test_what_is_no_time_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(BadInput, match=r"--at: .* is not a date and time") as caught:
        read_moment(text, NEW_YORK, "--at")
    assert caught.value.code == "bad_time"
    assert "2026-11-24T10:42" in caught.value.hint


def test_where_no_zone_is_known_a_time_needs_its_offset() -> None:
    with pytest.raises(BadInput):
        read_moment("2026-11-24T10:42", None, "--now")


@given(st.datetimes(datetime(1970, 1, 2), datetime(2100, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001
def test_a_time_that_was_printed_can_be_read_again(moment: datetime) -> None:
    printed = iso(moment)
    assert printed is not None
    assert read_moment(printed, None, "--at") == moment.replace(microsecond=0)


def test_a_person_reads_the_shops_wall_clock() -> None:
    moment = datetime(2026, 11, 24, 15, 42, tzinfo=UTC)
    assert spoken(moment, NEW_YORK) == "Tue 24 Nov 2026, 10:42"
    assert iso(None) is None


@pytest.mark.parametrize(
    ("text", "micros"),
    [("0.0079", 7900), ("0", 0), ("1", 1_000_000), ("12.345678", 12_345_678), ("0.000001", 1)],
)
def test_a_price_is_read_to_the_millionth(text: str, micros: int) -> None:
    assert read_price(text) == micros


@pytest.mark.parametrize(
    "text",
    ["", "-1", "1e3", "NaN", "0,0079", "1.2345678", "1 USD", "٣", "9999999", "inf", ".5", "1."],
)
def test_what_is_no_price_is_refused(text: str) -> None:
    with pytest.raises(BadInput) as caught:
        read_price(text)
    assert caught.value.code == "bad_price"


@given(st.integers(0, 10**11))
def test_a_price_survives_the_journey_to_words_and_back(micros: int) -> None:
    assert read_price(spoken_price(micros, None)) == micros
    assert round((amount(micros) or 0) * 1_000_000) == micros


def test_a_missing_price_is_said_to_be_missing() -> None:
    assert (amount(None), spoken_price(None, "USD")) == (None, "no price set")
    assert spoken_price(15_800, "USD") == "0.0158 USD"
    assert (part_price(None, 2), spoken_bill(2, None, "USD")) == (None, "no price set")


@pytest.mark.parametrize(
    ("segments", "micros", "said"),
    [
        (0, 0, "0 USD"),
        (1, 7_900, "0.0079 USD"),
        (2, 15_800, "2 x 0.0079 = 0.0158 USD"),
        (3, 0, "3 x 0 = 0 USD"),
    ],
)
def test_a_bill_is_parts_times_the_price_of_one(segments: int, micros: int, said: str) -> None:
    assert spoken_bill(segments, micros, "USD") == said


@given(st.integers(1, 9), st.integers(0, 10**9))
def test_the_price_of_a_part_is_the_one_that_was_set(segments: int, rate: int) -> None:
    assert part_price(rate * segments, segments) == rate


@pytest.mark.parametrize(("text", "code"), [("usd", "USD"), ("EUR", "EUR")])
def test_a_currency_has_three_letters(text: str, code: str) -> None:
    assert read_currency(text) == code


@pytest.mark.parametrize("text", ["", "$", "DOLLAR", "US1", "ÄÖÜ"])
def test_what_is_no_currency_is_refused(text: str) -> None:
    with pytest.raises(BadInput) as caught:
        read_currency(text)
    assert caught.value.code == "bad_currency"


@pytest.mark.parametrize(
    ("text", "complaint"),
    [("a\0b", "NUL"), ("half \ud83d pair", "not UTF-8"), ("x" * 20_001, "longer than 20,000")],
)
def test_a_text_that_nothing_can_carry_is_refused(text: str, complaint: str) -> None:
    with pytest.raises(click.BadParameter, match=complaint):
        WORDS.convert(text, None, None)


@pytest.mark.parametrize("text", ["", "[/] [bold]", "ключ 👍🏽 שלום", "x" * 20_000, "a\nb\t", "-x"])
def test_any_other_text_is_taken_as_it_is(text: str) -> None:
    assert WORDS.convert(text, None, None) == text
    assert BODY.convert(text, None, None) == text


@pytest.mark.parametrize(
    ("kind", "word", "meant"),
    [
        (PURPOSE, "service", Purpose.SERVICE),
        (PURPOSE, "MARKETING", Purpose.MARKETING),
        (HOW, "double_opt_in", How.DOUBLE_OPT_IN),
        (HOW, "in-person", How.IN_PERSON),
    ],
)
def test_words_of_a_closed_list_are_read_kindly(
    kind: click.ParamType, word: str, meant: object
) -> None:
    assert kind.convert(word, None, None) is meant


def test_a_word_outside_the_list_is_refused_with_the_list() -> None:
    with pytest.raises(click.BadParameter, match="marketing, service, conversation"):
        PURPOSE.convert("love", None, None)


def test_a_small_text_file_is_read_and_a_strange_one_refused(tmp_path: Path) -> None:
    good, binary, huge = (tmp_path / name for name in ("good", "binary", "huge"))
    good.write_text("schéma", encoding="utf-8")
    binary.write_bytes(b"\xff\xfe")
    huge.write_bytes(b"x" * 300_000)
    assert text_of_file(good, "preset") == "schéma"
    for path, complaint in ((binary, "not plain text"), (huge, "too large"), (tmp_path, "no file")):
        with pytest.raises(BadInput, match=complaint):
            text_of_file(path, "preset")
