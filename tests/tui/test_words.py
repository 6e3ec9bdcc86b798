"""Facts in words: short, plain, and the same everywhere."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopbell.domain.answers import Answer
from shopbell.domain.consent import How, Purpose
from shopbell.domain.decision import Code, Decision, Layer, Reason, Verdict
from shopbell.domain.ids import ContactId
from shopbell.domain.people import ContactRow
from shopbell.domain.texts import Encoding, FinalText, State
from shopbell.tui import words
from shops import ANA, NOW

NEW_YORK = "America/New_York"


@pytest.mark.parametrize(
    ("before", "said"),
    [
        (timedelta(seconds=-5), "now"),
        (timedelta(seconds=59), "now"),
        (timedelta(seconds=60), "1 min"),
        (timedelta(minutes=59, seconds=59), "59 min"),
        (timedelta(hours=1), "1 h"),
        (timedelta(hours=23, minutes=59), "23 h"),
        (timedelta(days=1), "1 day"),
        (timedelta(days=59), "59 days"),
        (timedelta(days=60), "2 months"),
        (timedelta(days=719), "23 months"),
        (timedelta(days=730), "2 years"),
    ],
)
def test_how_long_ago_is_said_short(before: timedelta, said: str) -> None:
    assert words.ago(NOW - before, NOW) == said


def test_never_is_nothing() -> None:
    assert words.ago(None, NOW) == ""


@given(st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=20_000)))
def test_how_long_ago_fits_its_column(before: timedelta) -> None:
    assert len(words.ago(NOW - before, NOW)) <= 9


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (datetime(2026, 11, 24, 13, 5, tzinfo=UTC), "08:05"),
        (datetime(2026, 11, 25, 4, 59, tzinfo=UTC), "23:59"),
        (datetime(2026, 11, 25, 5, 0, tzinfo=UTC), "Wed 00:00"),
        (datetime(2026, 11, 30, 15, 0, tzinfo=UTC), "Mon 10:00"),
        (datetime(2026, 12, 1, 15, 0, tzinfo=UTC), "1 Dec 10:00"),
        (datetime(2026, 11, 23, 15, 0, tzinfo=UTC), "23 Nov 10:00"),
        (datetime(2025, 11, 23, 15, 0, tzinfo=UTC), "23 Nov 2025"),
    ],
)
def test_a_moment_is_what_the_clock_at_the_counter_shows(at: datetime, said: str) -> None:
    assert words.moment(at, NEW_YORK, NOW) == said


def test_the_day_is_the_counters_day() -> None:
    assert words.day(datetime(2026, 10, 4, 2, 0, tzinfo=UTC), NEW_YORK) == "3 Oct 2026"


def test_the_month_begins_on_the_counters_clock() -> None:
    late = datetime(2026, 12, 1, 3, 0, tzinfo=UTC)  # still November in New York
    assert words.month_start(late, NEW_YORK).astimezone(UTC) == datetime(2026, 11, 1, 4, tzinfo=UTC)


@pytest.mark.parametrize(
    ("micros", "currency", "said"),
    [
        (None, None, ""),
        (0, "USD", "$0.00"),
        (20_000, "USD", "$0.02"),
        (7_900, "USD", "$0.0079"),
        (1_500_000, "EUR", "€1.50"),
        (70_000, "CHF", "0.07 CHF"),
        (70_000, None, "0.07"),
    ],
)
def test_a_price_keeps_the_digits_that_count(
    micros: int | None, currency: str | None, said: str
) -> None:
    assert words.price(micros, currency) == said


@pytest.mark.parametrize(
    ("zone", "said"),
    [("America/New_York", "New York"), ("America/Argentina/Salta", "Salta"), ("UTC", "UTC")],
)
def test_a_zone_is_said_as_a_place(zone: str, said: str) -> None:
    assert words.place(zone) == said


@pytest.mark.parametrize(
    ("n", "days", "said"),
    [(4, 30, "up to 4 a month"), (1, 7, "up to 1 a week"), (2, 10, "up to 2 in 10 days")],
)
def test_a_promise_is_said_as_people_say_it(n: int, days: int, said: str) -> None:
    assert words.often(n, days) == said


def test_who_has_no_name_is_called_by_the_end_of_the_number() -> None:
    assert words.called("  Ana   Reyes ", ANA) == "Ana Reyes"
    assert words.called("  ", ANA) == "…0101"


YES, NO = Answer.YES, Answer.NO


def row(**changes: Any) -> ContactRow:
    return ContactRow(
        id=ContactId(1),
        number=ANA,
        name="Ana",
        suppressed=bool(changes.get("suppressed")),
        marketing_answer=changes.get("marketing", Answer.NOT_ASKED),
        service_answer=changes.get("service", Answer.NOT_ASKED),
        last_text_at=None,
    )


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "not asked yet"),
        ({"service": YES}, "orders"),
        ({"service": NO}, "no orders"),
        ({"marketing": YES}, "offers"),
        ({"marketing": NO}, "no offers"),
        ({"service": YES, "marketing": YES}, "orders, offers"),
        ({"service": YES, "marketing": NO}, "orders, no offers"),
        ({"service": NO, "marketing": YES}, "no orders, offers"),
        ({"service": NO, "marketing": NO}, "said no"),
        ({"service": YES, "suppressed": True}, "✗ said stop"),
    ],
)
def test_a_list_says_what_somebody_agreed_to_and_stop_comes_first(
    changes: dict[str, Any], said: str
) -> None:
    assert words.agreed(row(**changes))[0] == said


def final(encoding: Encoding, units: int, segments: int, costly: tuple[str, ...] = ()) -> FinalText:
    return FinalText(
        text="x",
        encoding=encoding,
        units=units,
        segments=segments,
        name_added=True,
        footer_added="",
        costly=costly,
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (final(Encoding.GSM7, 82, 1), "1 part · plain letters · 82 of 160"),
        (final(Encoding.GSM7, 161, 2), "2 parts · plain letters · 161 of 306"),
        (final(Encoding.UCS2, 70, 1), "1 part · special letters · 70 of 70"),
        (final(Encoding.UCS2, 71, 2), "2 parts · special letters · 71 of 134"),
    ],
)
def test_a_text_is_measured_in_parts(text: FinalText, said: str) -> None:
    assert words.measure(text) == said


def test_the_letters_that_make_it_dear_are_named() -> None:
    assert words.costly(final(Encoding.GSM7, 5, 1)) == ""
    said = words.costly(final(Encoding.UCS2, 5, 1, ("ł", "🌷")))
    assert said == "Because of ł 🌷 a part holds 70 letters, not 160."


def decision(verdict: Verdict, at: datetime | None = None) -> Decision:
    reason = Reason(
        code=Code.QUIET_HOURS,
        verdict=verdict,
        layer=Layer.POLICY,
        rule="policy.hours",
        citation="",
        sentence="The shop is closed.",
        next_allowed_at=at,
    )
    return Decision(
        verdict=verdict,
        reasons=() if verdict is Verdict.ALLOW else (reason,),
        next_allowed_at=at,
        window_ends_at=None,
        decided_at=NOW,
        rules_version="1",
    )


@pytest.mark.parametrize(
    ("given_decision", "sign", "said"),
    [
        (decision(Verdict.ALLOW), "✓", "may go now"),
        (decision(Verdict.HOLD), "…", "not now"),
        (decision(Verdict.HOLD, NOW + timedelta(days=1)), "…", "not before Wed 10:42"),
        (decision(Verdict.REFUSE), "✗", "not allowed"),
    ],
)
def test_a_decision_has_a_sign_and_words(given_decision: Decision, sign: str, said: str) -> None:
    assert words.verdict(given_decision, NEW_YORK, NOW)[:2] == (sign, said)


def test_our_own_habit_is_never_called_the_law() -> None:
    assert words.layer(Layer.LAW) == "the law"
    assert "law" not in words.layer(Layer.POLICY)
    assert "law" not in words.layer(Layer.CARRIER)


@pytest.mark.parametrize("state", State)
def test_every_state_has_a_sign_and_words_without_jargon(state: State) -> None:
    sign, said, _ = words.state(state)
    assert len(sign) == 1
    assert said
    assert len(said) <= 14


def test_states_that_need_a_person_look_unlike_those_that_do_not() -> None:
    signs = {state: words.state(state)[0] for state in State}
    assert signs[State.UNKNOWN] == "?"
    assert signs[State.DELIVERED] == "✓"
    assert signs[State.FAILED] == signs[State.UNDELIVERABLE] == "✗"


@pytest.mark.parametrize("how", How)
def test_every_way_has_words(how: How) -> None:
    assert words.how(how)


@pytest.mark.parametrize("purpose", Purpose)
def test_every_purpose_has_words(purpose: Purpose) -> None:
    assert words.purpose(purpose)


@pytest.mark.parametrize(
    ("parts", "micros", "said"),
    [
        (1, 7_900, "$0.0079"),
        (2, 15_800, "2 x $0.0079 = $0.0158"),
        (3, 60_000, "3 x $0.02 = $0.06"),
        (2, None, ""),
        (0, 0, "$0.00"),
    ],
)
def test_a_bill_is_parts_times_the_price_of_one(parts: int, micros: int | None, said: str) -> None:
    assert words.bill(parts, micros, "USD") == said
