"""What an owner types about a rule in one line: limits, gaps, days, places and prices."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopbell.domain.budget import NO_BUDGET, Budget
from shopbell.domain.typed_rules import (
    TypedDays,
    TypedPlace,
    TypedPrice,
    budget_to_type,
    read_budget,
    read_days,
    read_gap,
    read_limit,
    read_place,
    read_typed_price,
)
from shopbell.errors import BadInput

EVE = date(2026, 12, 24)


@pytest.mark.parametrize(
    ("line", "limit"),
    [
        ("2 in 30", (2, 30)),
        ("2 30", (2, 30)),
        ("2/30", (2, 30)),
        ("2 in 30 days", (2, 30)),
        ("1 in 1 day", (1, 1)),
        ("  4 texts in 30 days ", (4, 30)),
        ("", None),
        ("   ", None),
    ],
)
def test_a_limit_is_texts_and_days(line: str, limit: tuple[int, int] | None) -> None:
    assert read_limit(line) == limit


@pytest.mark.parametrize(
    "line", ["2", "two in 30", "0 in 30", "2 in", "-", "in 30", "2 in 30 weeks", "99999 in 3"]
)
def test_what_is_no_limit_is_refused_with_an_example(line: str) -> None:
    with pytest.raises(BadInput) as refused:
        read_limit(line)
    assert "2 in 30 days" in refused.value.hint


@pytest.mark.parametrize(
    ("line", "hours"),
    [("48", 48), ("48 h", 48), ("48 hours", 48), ("1 hour", 1), ("0", 0), ("", None)],
)
def test_a_gap_is_hours(line: str, hours: int | None) -> None:
    assert read_gap(line) == hours


@pytest.mark.parametrize("line", ["two days", "-4", "48.5", "4 d", "h", "999999"])
def test_what_is_no_gap_is_refused_with_an_example(line: str) -> None:
    with pytest.raises(BadInput) as refused:
        read_gap(line)
    assert "48" in refused.value.hint


@pytest.mark.parametrize(
    ("line", "days"),
    [
        ("2026-12-24", TypedDays(first=EVE, last=EVE, note="")),
        ("2026-12-24 Christmas Eve", TypedDays(first=EVE, last=EVE, note="Christmas Eve")),
        (
            "2026-12-24  2026-12-27   we rest",
            TypedDays(first=EVE, last=date(2026, 12, 27), note="we rest"),
        ),
        (
            "2026-12-24 2026-12-27 2026-12-30",
            TypedDays(first=EVE, last=date(2026, 12, 27), note="2026-12-30"),
        ),
    ],
)
def test_days_are_one_or_two_and_then_why(line: str, days: TypedDays) -> None:
    assert read_days(line) == days


@pytest.mark.parametrize("line", ["", "tomorrow", "Christmas 2026-12-24", "24.12.2026"])
def test_what_does_not_begin_with_a_day_is_refused(line: str) -> None:
    with pytest.raises(BadInput) as refused:
        read_days(line)
    assert "2026-12-24" in refused.value.hint


@pytest.mark.parametrize(
    ("line", "typed"),
    [
        ("US-LA", TypedPlace(place="US-LA", last=None, note="")),
        ("US-LA big storm", TypedPlace(place="US-LA", last=None, note="big storm")),
        ("us 2026-12-24", TypedPlace(place="us", last=EVE, note="")),
        ("us 2026-12-24 flood", TypedPlace(place="us", last=EVE, note="flood")),
        ("us flood 2026-12-24", TypedPlace(place="us", last=None, note="flood 2026-12-24")),
        ("", TypedPlace(place="", last=None, note="")),
    ],
)
def test_a_place_may_have_a_last_day_and_why(line: str, typed: TypedPlace) -> None:
    assert read_place(line) == typed


@pytest.mark.parametrize(
    ("line", "known", "typed"),
    [
        ("+44 0.04 GBP", "", TypedPrice(prefix="+44", micros=40_000, currency="GBP")),
        ("+44 0.04 gbp", "USD", TypedPrice(prefix="+44", micros=40_000, currency="GBP")),
        ("+1 0.0079", "USD", TypedPrice(prefix="+1", micros=7_900, currency="USD")),
        ("* 0.05", "USD", TypedPrice(prefix="*", micros=50_000, currency="USD")),
        ("gb 0.04", "USD", TypedPrice(prefix="+44", micros=40_000, currency="USD")),
        ("+44", "USD", TypedPrice(prefix="+44", micros=None, currency="USD")),
        ("GB", "USD", TypedPrice(prefix="+44", micros=None, currency="USD")),
        ("*", "USD", TypedPrice(prefix="*", micros=None, currency="USD")),
    ],
)
def test_a_price_is_a_beginning_an_amount_and_a_currency(
    line: str, known: str, typed: TypedPrice
) -> None:
    assert read_typed_price(line, known) == typed


@pytest.mark.parametrize(
    ("line", "known"),
    [
        ("", "USD"),
        ("+44 0.04", ""),
        ("+44 cheap", "USD"),
        ("+44 -1", "USD"),
        ("44 0.04", "USD"),
        ("+44 0.04 pounds", "USD"),
        ("+44 0.04 GBP please", "USD"),
        ("Narnia 0.04", "USD"),
    ],
)
def test_what_is_no_price_is_refused_with_what_to_write(line: str, known: str) -> None:
    with pytest.raises(BadInput) as refused:
        read_typed_price(line, known)
    assert refused.value.hint


@given(st.text(max_size=60))
def test_whatever_is_typed_is_read_or_refused_and_nothing_else(line: str) -> None:
    for read in (
        read_limit,
        read_gap,
        read_days,
        read_place,
        lambda typed: read_typed_price(typed, "USD"),
    ):
        with suppress(BadInput):
            read(line)


@pytest.mark.parametrize(
    ("line", "budget"),
    [
        ("", NO_BUDGET),
        ("  ", NO_BUDGET),
        ("400", Budget(texts=400)),
        ("400 texts", Budget(texts=400)),
        ("1 text", Budget(texts=1)),
        ("1,400 texts", Budget(texts=1400)),
        ("0", Budget(texts=0)),
        ("20 USD", Budget(micros=20_000_000, currency="USD")),
        ("20.5 eur", Budget(micros=20_500_000, currency="EUR")),
        ("20USD, 400 texts", Budget(texts=400, micros=20_000_000, currency="USD")),
        ("400 texts and 20 USD", Budget(texts=400, micros=20_000_000, currency="USD")),
        ("1,400 texts; 0.000001 GBP", Budget(texts=1400, micros=1, currency="GBP")),
    ],
)
def test_a_budget_is_texts_money_or_both(line: str, budget: Budget) -> None:
    assert read_budget(line) == budget


@pytest.mark.parametrize(
    "line",
    ["much", "-4", "400 letters", "20 dollars", "$20", "400, 500", "20 USD, 20 EUR", "4.5 texts",
     "٤٠٠ texts", "99999999", "1,40 texts", "[/]", "1e5 USD", "20 USD 5"],
)  # fmt: skip
def test_what_is_no_budget_is_refused_with_an_example(line: str) -> None:
    with pytest.raises(BadInput) as refusal:
        read_budget(line)
    assert "400 texts, 20 USD" in refusal.value.hint


@given(
    st.none() | st.integers(0, 9_999_999),
    st.none() | st.tuples(st.integers(0, 10**12 - 1), st.sampled_from(["USD", "EUR", "GBP"])),
)
def test_a_budget_is_typed_as_it_is_read(texts: int | None, money: tuple[int, str] | None) -> None:
    micros, currency = money or (None, "")
    budget = Budget(texts=texts, micros=micros, currency=currency)
    assert read_budget(budget_to_type(budget)) == budget
