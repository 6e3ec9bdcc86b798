from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopbell.domain.ids import E164
from shopbell.domain.pricing import (
    Beginning,
    Bill,
    Rates,
    beginning_of,
    bill,
    price,
    rates_text,
    read_rates,
)
from shopbell.errors import BadInput

RATES = Rates(
    currency="USD",
    by_prefix={"+1": 7_900, "+1876": 51_000, "+44": 40_000, "+4477": 45_000, "+33": 0},
    elsewhere=90_000,
)


@pytest.mark.parametrize(
    ("number", "parts", "micros"),
    [
        ("+12125550142", 1, 7_900),
        ("+12125550142", 3, 23_700),
        ("+18765550142", 1, 51_000),
        ("+442079460123", 2, 80_000),
        ("+447700900123", 2, 90_000),
        ("+33199000001", 5, 0),
        ("+4915550142", 1, 90_000),
        ("+12125550142", 0, 0),
    ],
)
def test_a_text_costs_its_parts_times_the_rate_of_the_longest_prefix(
    number: str, parts: int, micros: int
) -> None:
    assert price(E164(number), parts, RATES) == micros


def test_without_a_rate_there_is_no_price() -> None:
    rates = Rates(currency="EUR", by_prefix={"+44": 40_000})
    assert price(E164("+12125550142"), 1, rates) is None
    assert price(E164("+442079460123"), 1, rates) == 40_000


def test_no_rates_at_all_price_nothing() -> None:
    assert price(E164("+12125550142"), 1, Rates(currency="EUR", by_prefix={})) is None


def test_a_bill_adds_up_and_says_how_many_texts_it_could_not_price() -> None:
    rates = Rates(currency="USD", by_prefix={"+1": 7_900})
    texts = [(E164("+12125550142"), 1), (E164("+13125550142"), 2), (E164("+447700900123"), 4)]
    assert bill(texts, rates) == Bill(texts=3, parts=7, micros=23_700, without_rate=1)
    assert bill([], rates) == Bill(texts=0, parts=0, micros=0, without_rate=0)


@pytest.mark.parametrize(
    ("written", "prefix", "elsewhere"),
    [
        ("+1 0.0079", {"+1": 7_900}, None),
        ("+1 0.0079\n+44 0.04\n* 0.05", {"+1": 7_900, "+44": 40_000}, 50_000),
        ("+1=0.0079; +44: 0.04", {"+1": 7_900, "+44": 40_000}, None),
        ("  +1   12  ", {"+1": 12_000_000}, None),
        ("* 0", {}, 0),
        ("", {}, None),
        ("+1 0.000001", {"+1": 1}, None),
    ],
)
def test_rates_are_read_as_owners_write_them(
    written: str, prefix: dict[str, int], elsewhere: int | None
) -> None:
    rates = read_rates(written, "USD")
    assert dict(rates.by_prefix) == prefix
    assert rates.elsewhere == elsewhere


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("+1", "cannot be read"),
        ("+1 -0.01", "cannot be read"),
        ("+1 0,0079", "cannot be read"),
        ("+1 0.00000001", "cannot be read"),
        ("+1 1e-3", "cannot be read"),
        ("+1 nan", "cannot be read"),
        ("+1 0.01 USD", "cannot be read"),
        ("+1 \u0661", "cannot be read"),
        ("1 0.01", "is not the start of a number"),
        ("+0 0.01", "is not the start of a number"),
        ("+1212555014 0.01", "is not the start of a number"),
        ("usa 0.01", "is not the start of a number"),
        ("+1 0.01\n+1 0.02", "given twice"),
        ("* 0.01\n* 0.02", "given twice"),
        ("[/] 0.01", "is not the start of a number"),
        ("+1 " + "9" * 100_000, "cannot be read"),
    ],
)
def test_a_rate_that_cannot_be_read_is_named(written: str, said: str) -> None:
    with pytest.raises(BadInput, match=said) as caught:
        read_rates(written, "USD")
    assert caught.value.hint
    assert len(caught.value.message) < 120


@pytest.mark.parametrize("currency", ["", "usd", "US", "DOLLARS", "$", "US1"])
def test_a_currency_is_three_letters(currency: str) -> None:
    with pytest.raises(BadInput, match="is not a currency"):
        Rates(currency=currency, by_prefix={})


@pytest.mark.parametrize("wrong", [{"by_prefix": {"+1": -1}}, {"by_prefix": {}, "elsewhere": -1}])
def test_nobody_is_paid_for_texting(wrong: dict[str, object]) -> None:
    with pytest.raises(BadInput, match="below zero"):
        Rates(currency="USD", **wrong)  # type: ignore[arg-type]


def test_rates_are_written_in_order_the_rest_last() -> None:
    assert rates_text(RATES) == "+1 0.0079\n+1876 0.051\n+33 0\n+44 0.04\n+4477 0.045\n* 0.09"


@pytest.mark.parametrize(
    ("country", "beginning"),
    [
        ("GB", Beginning(prefix="+44", shared_with=("GG", "IM", "JE"))),
        ("de", Beginning(prefix="+49", shared_with=())),
        ("FR", Beginning(prefix="+33", shared_with=())),
        ("XX", None),
        ("", None),
        ("\ud800", None),
    ],
)
def test_a_country_stands_for_how_its_numbers_begin(
    country: str, beginning: Beginning | None
) -> None:
    assert beginning_of(country) == beginning


def test_the_united_states_share_theirs_with_canada() -> None:
    america = beginning_of("US")
    assert america is not None
    assert america.prefix == "+1"
    assert "CA" in america.shared_with
    assert "US" not in america.shared_with


prefixes = st.from_regex(r"\+[1-9][0-9]{0,6}", fullmatch=True)
amounts = st.integers(0, 999_999_999_999)


@given(st.dictionaries(prefixes, amounts, max_size=8), st.none() | amounts)
def test_written_rates_read_back_the_same(by_prefix: dict[str, int], rest: int | None) -> None:
    rates = Rates(currency="EUR", by_prefix=by_prefix, elsewhere=rest)
    assert read_rates(rates_text(rates), "EUR") == rates


@given(
    st.dictionaries(prefixes, amounts, max_size=8),
    st.from_regex(r"\+[1-9][0-9]{7,14}", fullmatch=True),
    st.integers(0, 10),
)
def test_the_price_is_that_of_an_independent_search(
    by_prefix: dict[str, int], number: str, parts: int
) -> None:
    fitting = [prefix for prefix in by_prefix if number.startswith(prefix)]
    expected = by_prefix[max(fitting, key=len)] * parts if fitting else None
    rates = Rates(currency="EUR", by_prefix=by_prefix)
    assert price(E164(number), parts, rates) == expected


@given(st.lists(st.tuples(st.sampled_from(["+12125550142", "+447700900123"]), st.integers(0, 9))))
def test_a_bill_is_the_sum_of_its_prices(texts: list[tuple[str, int]]) -> None:
    rates = Rates(currency="EUR", by_prefix={"+1": 3}, elsewhere=5)
    total = bill([(E164(number), parts) for number, parts in texts], rates)
    assert total.micros == sum(price(E164(n), parts, rates) or 0 for n, parts in texts)
    assert (total.texts, total.without_rate) == (len(texts), 0)
