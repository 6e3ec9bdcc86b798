"""A month's budget: where a month begins, what is left of it, and what does not fit any more."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopbell.domain.budget import NO_BUDGET, Budget, Month, budget_words, month_around

NEW_YORK = "America/New_York"
START = datetime(2026, 11, 1, 4, tzinfo=UTC)
END = datetime(2026, 12, 1, 5, tzinfo=UTC)


def month(budget: Budget, *, texts: int = 0, micros: int = 0) -> Month:
    return Month(budget=budget, starts_at=START, ends_at=END, texts=texts, micros=micros)


@pytest.mark.parametrize(
    ("now", "zone", "starts", "ends"),
    [
        ("2026-11-24T15:42Z", NEW_YORK, "2026-11-01T00:00-04:00", "2026-12-01T00:00-05:00"),
        # Still October where the shop is.
        ("2026-11-01T03:59Z", NEW_YORK, "2026-10-01T00:00-04:00", "2026-11-01T00:00-04:00"),
        ("2026-11-01T04:00Z", NEW_YORK, "2026-11-01T00:00-04:00", "2026-12-01T00:00-05:00"),
        ("2026-12-31T23:30Z", "Europe/London", "2026-12-01T00:00Z", "2027-01-01T00:00Z"),
        ("2026-12-31T23:30Z", "Europe/Paris", "2027-01-01T00:00+01:00", "2027-02-01T00:00+01:00"),
        ("2028-02-29T12:00Z", "Europe/London", "2028-02-01T00:00Z", "2028-03-01T00:00Z"),
        (
            "2026-03-31T12:00Z",
            "Australia/Sydney",
            "2026-03-01T00:00+11:00",
            "2026-04-01T00:00+11:00",
        ),
    ],
)
def test_a_month_is_one_of_the_shops_own_calendar(
    now: str, zone: str, starts: str, ends: str
) -> None:
    found = month_around(datetime.fromisoformat(now), zone)
    assert found == (datetime.fromisoformat(starts), datetime.fromisoformat(ends))


@given(
    st.integers(0, 20 * 365 * 24 * 60),
    st.sampled_from([NEW_YORK, "Europe/London", "Asia/Kolkata", "Pacific/Auckland", "UTC"]),
)
def test_every_moment_is_in_its_month_and_months_follow_each_other(minute: int, zone: str) -> None:
    now = datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=minute)
    starts, ends = month_around(now, zone)
    assert starts <= now < ends
    assert timedelta(days=27) < ends.astimezone(UTC) - starts.astimezone(UTC) < timedelta(days=32)
    assert month_around(ends, zone)[0] == ends


@pytest.mark.parametrize(
    ("budget", "texts", "micros", "texts_left", "micros_left", "spent"),
    [
        (NO_BUDGET, 9_999, 9_999, None, None, ""),
        (Budget(texts=400), 188, 0, 212, None, ""),
        (Budget(texts=400), 399, 0, 1, None, ""),
        (Budget(texts=400), 400, 0, 0, None, "This month's budget of 400 texts is used up."),
        # It was lowered after they had left.
        (Budget(texts=1), 400, 0, 0, None, "This month's budget of 1 text is used up."),
        (Budget(texts=0), 0, 0, 0, None, "This month's budget of 0 texts is used up."),
        (Budget(micros=20_000_000, currency="USD"), 9, 19_999_999, None, 1, ""),
        (
            Budget(micros=20_000_000, currency="USD"),
            9,
            20_000_000,
            None,
            0,
            "This month's budget of 20 USD is used up.",
        ),
        (
            Budget(texts=5, micros=500_000, currency="EUR"),
            5,
            0,
            0,
            500_000,
            "This month's budget of 5 texts is used up.",
        ),
    ],
)
def test_what_is_left_and_whether_nothing_is(
    budget: Budget,
    texts: int,
    micros: int,
    texts_left: int | None,
    micros_left: int | None,
    spent: str,
) -> None:
    now = month(budget, texts=texts, micros=micros)
    assert (now.texts_left, now.micros_left, now.why_spent) == (texts_left, micros_left, spent)
    assert budget.is_set is (budget != NO_BUDGET)


MONEY = Budget(micros=1_000_000, currency="USD")


@pytest.mark.parametrize(
    ("budget", "used", "price", "currency", "why"),
    [
        (NO_BUDGET, 0, None, None, ""),
        (Budget(texts=2), 0, None, None, ""),
        (MONEY, 0, 1_000_000, "USD", ""),
        (MONEY, 992_100, 7_900, "USD", ""),
        (
            MONEY,
            992_101,
            7_900,
            "USD",
            "Of this month's budget 0.007899 USD is left, and the next text costs 0.0079 USD.",
        ),
        (
            MONEY,
            0,
            None,
            None,
            "There is a budget of 1 USD a month, and the next text has no price in USD.",
        ),
        (
            MONEY,
            0,
            10,
            "EUR",
            "There is a budget of 1 USD a month, and the next text has no price in USD.",
        ),
        (MONEY, 1_000_000, 0, "USD", "This month's budget of 1 USD is used up."),
    ],
)
def test_whether_a_text_at_a_price_still_fits(
    budget: Budget, used: int, price: int | None, currency: str | None, why: str
) -> None:
    assert month(budget, micros=used).why_not(price, currency) == why


@given(
    limit=st.integers(0, 50),
    used=st.integers(0, 100),
    price=st.integers(0, 20),
)
def test_what_fits_never_goes_beyond_the_limit(limit: int, used: int, price: int) -> None:
    now = month(Budget(micros=limit, currency="USD"), micros=used)
    if not now.why_not(price, "USD"):
        assert used + price <= limit


def test_the_next_month_is_told_by_its_day_at_the_shop() -> None:
    assert month(NO_BUDGET).next_month(NEW_YORK) == "1 Dec 2026"


@pytest.mark.parametrize(
    ("budget", "used", "said"),
    [
        (NO_BUDGET, (7, 0), "No limit for a month."),
        (Budget(texts=400), (7, 0), "A month: 400 texts, 393 left."),
        (Budget(texts=1), (7, 0), "A month: 1 text, 0 left."),
        (Budget(micros=20_000_000, currency="USD"), (7, 5_500_000),
         "A month: 20 USD, 14.5 USD left."),
        (Budget(texts=400, micros=1, currency="EUR"), (0, 0),
         "A month: 400 texts, 400 left; 0.000001 EUR, 0.000001 EUR left."),
    ],
)  # fmt: skip
def test_the_limits_are_said_with_what_is_left(
    budget: Budget, used: tuple[int, int], said: str
) -> None:
    texts, micros = used
    assert budget_words(month(budget, texts=texts, micros=micros)) == said
