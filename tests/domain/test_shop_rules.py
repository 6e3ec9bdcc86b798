"""What the owner changes about the rules: one change after another, and as one line of JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from owners_rules import FULL, NOW, TODAY, WHY
from rule_files import packaged_rules
from shopbell.domain.consent import Purpose
from shopbell.domain.ids import E164
from shopbell.domain.rule_ids import may_be_set_aside
from shopbell.domain.shop_rule_changes import (
    with_cap,
    with_closure,
    with_emergency,
    with_rate,
    with_set_aside,
    without_caps,
    without_closure,
    without_emergency,
    without_rate,
    without_set_aside,
)
from shopbell.domain.shop_rules import (
    NOTHING_CHANGED,
    Closure,
    Emergency,
    HolidayWish,
    SetAside,
    ShopRules,
    consistent,
)
from shopbell.domain.shop_rules_text import shop_rules_from_text, shop_rules_text
from shopbell.errors import BadInput


def day(n: int) -> date:
    return date(2026, 12, n)


def test_what_is_written_is_read_back_and_always_the_same_line() -> None:
    line = shop_rules_text(FULL)
    assert "\n" not in line
    assert shop_rules_from_text(line) == FULL
    assert shop_rules_text(shop_rules_from_text(line)) == line
    assert shop_rules_from_text("") == shop_rules_from_text("{}") == NOTHING_CHANGED


words = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
days = st.dates(date(2026, 1, 1), date(2030, 1, 1))


@given(
    st.lists(st.tuples(days, st.integers(0, 40), words), max_size=5),
    st.sampled_from(HolidayWish),
    st.none() | st.integers(0, 500),
)
def test_any_rules_survive_the_journey(
    closed: list[tuple[date, int, str]], wish: HolidayWish, gap: int | None
) -> None:
    rules = ShopRules(
        closures=tuple(
            Closure(first=first, last=date.fromordinal(first.toordinal() + more), note=note)
            for first, more, note in closed
        ),
        holidays=wish,
        gap_hours=gap,
    )
    assert shop_rules_from_text(shop_rules_text(rules)) == rules


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"colour": "red"}, "colour is not a key"),
        ({"holidays": "sometimes"}, 'holidays cannot be "sometimes"'),
        ({"closures": [{"last": "2026-12-24"}]}, r"closures\[0\].first is missing"),
        ({"closures": [{"first": "24.12.2026"}]}, r"closures\[0\].first must be a date"),
        ({"closures": [{"first": "2026-12-24", "last": "2026-12-23"}]}, "end before they begin"),
        ({"closures": [{"first": "2026-12-24", "note": "x" * 501}]}, "longer than 500"),
        ({"closures": [{"first": "2026-12-24"}] * 1001}, "more than 1000 entries"),
        ({"emergencies": [{"place": "Louisiana", "first": "2026-11-24"}]}, "must be a country"),
        (
            {"emergencies": [{"place": "US-LA", "first": f"2026-11-2{n}"} for n in (4, 5)]},
            "Two emergencies in US-LA",
        ),
        ({"caps": [{"purpose": "adverts", "n": 1, "days": 7}]}, 'cannot be "adverts"'),
        ({"caps": [{"purpose": "marketing", "n": 0, "days": 7}]}, "whole number of at least 1"),
        ({"caps": [{"purpose": "marketing", "n": 1, "days": 401}]}, "must be at most 400"),
        (
            {"caps": [{"purpose": "marketing", "n": 1, "days": 7}] * 2},
            "marketing texts in 7 days twice",
        ),
        (
            {"caps": [{"purpose": "marketing", "n": n, "days": d} for n, d in ((4, 7), (2, 30))]},
            "4 marketing texts in 7 days can never go",
        ),
        ({"gap_hours": -1}, "whole number of at least 0"),
        ({"gap_hours": "48"}, "gap_hours must be a whole number"),
        ({"contact": "call us!"}, "contact must be a web or mail address"),
        ({"short_code": "12"}, "short_code must be a few digits"),
        ({"rates": [{"prefix": "+1", "micros": 1}]}, "is not a currency"),
        (
            {"currency": "USD", "rates": [{"prefix": "0044", "micros": 1}]},
            "must be a plus and digits",
        ),
        ({"currency": "USD", "rates": [{"prefix": "+1", "micros": 1}] * 2}, "twice"),
        ({"currency": "dollars"}, "currency must be three letters"),
        (
            {"set_aside": [{"rule": "US.hours", "reason": "ok", "at": "2026-11-24T10:00:00Z"}]},
            "without a real reason",
        ),
        (
            {"set_aside": [{"rule": "US.hours", "reason": WHY, "at": "2026-11-24T10:00:00"}]},
            "must say its offset",
        ),
        (
            {"set_aside": [{"rule": "US.hours", "reason": WHY, "at": "2026-11-24T10:00:00Z"}] * 2},
            "set aside US.hours twice",
        ),
    ],
)
def test_what_makes_no_sense_is_refused_with_its_key(change: dict[str, object], said: str) -> None:
    with pytest.raises(BadInput, match=said):
        shop_rules_from_text(json.dumps(change))


@pytest.mark.parametrize("text", ["{", "[]", "7", '"x"', "[" * 100_000, "\x00"])
def test_what_is_no_document_is_refused(text: str) -> None:
    with pytest.raises(BadInput, match="The rules of this shop cannot be read"):
        shop_rules_from_text(text)


def test_nulls_mean_the_same_as_nothing() -> None:
    assert shop_rules_from_text('{"gap_hours": null, "contact": null}') == NOTHING_CHANGED


def test_a_rule_is_set_aside_once_and_counts_again() -> None:
    rules = packaged_rules()
    once = with_set_aside(NOTHING_CHANGED, rules, "us-tx.HOURS", f"  {WHY}\n ", " Ana ", NOW)
    assert once.set_aside == (SetAside(rule="US-TX.hours", reason=WHY, by="Ana", at=NOW),)
    again = with_set_aside(once, rules, "US-TX.hours", "Another good reason.", "", NOW)
    assert [each.reason for each in again.set_aside] == ["Another good reason."]
    assert without_set_aside(again, "us-tx.hours") == NOTHING_CHANGED
    with pytest.raises(BadInput, match="is not set aside"):
        without_set_aside(NOTHING_CHANGED, "US-TX.hours")


@pytest.mark.parametrize(
    "rule", ["", "US.stop", "US.consent.marketing", "policy.secrets", "US-ZZ.hours", "x" * 900]
)
def test_a_stop_a_yes_or_nonsense_is_nobodys_to_set_aside(rule: str) -> None:
    with pytest.raises(BadInput, match="no rule that can be set aside"):
        with_set_aside(NOTHING_CHANGED, packaged_rules(), rule, WHY, "", NOW)


def test_hours_holidays_and_caps_of_rows_can_be_set_aside_and_nothing_else() -> None:
    ids = may_be_set_aside(packaged_rules())
    assert list(ids) == sorted(set(ids))
    assert {"US.hours", "US-AL.holidays", "US-FL.cap", "FR.hours.carrier"} <= set(ids)
    assert {rule.split(".")[1] for rule in ids} == {"hours", "holidays", "cap"}


def test_a_closure_is_kept_in_order_and_written_once() -> None:
    rules = with_closure(NOTHING_CHANGED, day(24), day(26), " Christmas ", TODAY)
    rules = with_closure(rules, day(1), day(1), "", TODAY)
    rules = with_closure(rules, day(24), day(26), "Feast", TODAY)
    assert [(each.first, each.note) for each in rules.closures] == [
        (day(1), ""),
        (day(24), "Feast"),
    ]


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [(day(2), day(1), "end before they begin"), (date(2025, 12, 24), date(2025, 12, 26), "over")],
)
def test_a_closure_that_makes_no_sense_is_refused(first: date, last: date, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        with_closure(NOTHING_CHANGED, first, last, "", TODAY)


@pytest.mark.parametrize(
    ("opened", "left"),
    [
        ((24, 26), []),
        ((20, 31), []),
        ((24, 24), [(25, 26)]),
        ((26, 26), [(24, 25)]),
        ((25, 25), [(24, 24), (26, 26)]),
    ],
)
def test_reopening_leaves_the_days_beyond_closed(
    opened: tuple[int, int], left: list[tuple[int, int]]
) -> None:
    rules = with_closure(NOTHING_CHANGED, day(24), day(26), "", TODAY)
    rules = without_closure(rules, day(opened[0]), day(opened[1]))
    assert [(each.first.day, each.last.day) for each in rules.closures] == left


@pytest.mark.parametrize("opened", [(1, 1), (1, 23), (27, 28)])
def test_days_that_are_open_cannot_be_opened(opened: tuple[int, int]) -> None:
    rules = with_closure(NOTHING_CHANGED, day(24), day(26), "", TODAY)
    with pytest.raises(BadInput, match="not closed"):
        without_closure(rules, day(opened[0]), day(opened[1]))


@pytest.mark.parametrize("place", ["us-la", "US", "GB", "CA-QC", "FR", "AU-NSW", "FR-75"])
def test_an_emergency_is_declared_for_a_known_place_and_ended(place: str) -> None:
    rules = with_emergency(NOTHING_CHANGED, packaged_rules(), place, TODAY, None, " storm ")
    assert rules.emergencies == (
        Emergency(place=place.upper(), first=TODAY, last=None, note="storm"),
    )
    assert without_emergency(rules, place) == NOTHING_CHANGED


@pytest.mark.parametrize("place", ["", "US-ZZ", "XX", "Louisiana", "US-", "[/]"])
def test_an_emergency_nowhere_is_refused(place: str) -> None:
    with pytest.raises(BadInput, match="no place Shopbell knows"):
        consistent(with_emergency(NOTHING_CHANGED, packaged_rules(), place, TODAY, None, ""))
    with pytest.raises(BadInput, match="no emergency"):
        without_emergency(NOTHING_CHANGED, place)


def test_a_second_emergency_over_the_same_days_is_refused() -> None:
    rules = packaged_rules()
    one = with_emergency(NOTHING_CHANGED, rules, "US-LA", day(1), day(5), "")
    later = with_emergency(one, rules, "US-LA", day(6), None, "")
    assert consistent(later) == later
    with pytest.raises(BadInput, match="Two emergencies"):
        consistent(with_emergency(one, rules, "US-LA", day(5), None, ""))


def test_limits_replace_those_over_the_same_days() -> None:
    rules = with_cap(NOTHING_CHANGED, Purpose.SERVICE, 5, 7)
    rules = with_cap(rules, Purpose.MARKETING, 4, 30)
    rules = with_cap(rules, Purpose.MARKETING, 2, 30)
    rules = with_cap(rules, Purpose.MARKETING, 1, 7)
    assert [(cap.purpose, cap.n, cap.days) for cap in rules.caps] == [
        (Purpose.MARKETING, 1, 7),
        (Purpose.MARKETING, 2, 30),
        (Purpose.SERVICE, 5, 7),
    ]
    assert [cap.purpose for cap in without_caps(rules, Purpose.MARKETING).caps] == [Purpose.SERVICE]


def test_prices_are_kept_by_prefix_in_one_currency() -> None:
    rules = with_rate(NOTHING_CHANGED, "*", 50_000, "USD")
    rules = with_rate(rules, "+44", 40_000, "USD")
    rules = with_rate(rules, "+1", 8000, "USD")
    rules = with_rate(rules, "+1", 7900, "USD")
    assert [rate.prefix for rate in rules.rates] == ["+1", "+44", "*"]
    prices = rules.prices()
    assert prices is not None
    assert prices.per_part(E164("+12125550101")) == 7900
    assert prices.per_part(E164("+33199001234")) == 50_000
    with pytest.raises(BadInput, match="in USD, not in EUR"):
        with_rate(rules, "+49", 1, "EUR")
    alone = without_rate(without_rate(rules, "+44"), "*")
    assert with_rate(alone, "+1", 1, "EUR").currency == "EUR"
    assert without_rate(alone, "+1") == NOTHING_CHANGED
    with pytest.raises(BadInput, match="no rate for"):
        without_rate(NOTHING_CHANGED, "+1")


def test_prices_play_no_part_in_a_decision() -> None:
    assert FULL.for_deciding() == replace(FULL, currency="", rates=())
    assert NOTHING_CHANGED.for_deciding() is NOTHING_CHANGED


@pytest.mark.parametrize(
    "change",
    [
        lambda own: with_closure(own, day(24), day(24), "", TODAY),
        lambda own: with_cap(own, Purpose.SERVICE, 9, 7),
        lambda own: with_rate(own, "+44", 1, "USD"),
        lambda own: with_emergency(own, packaged_rules(), "GB", TODAY, None, ""),
        lambda own: with_set_aside(own, packaged_rules(), "US.hours", WHY, "", NOW),
    ],
)
def test_a_change_leaves_everything_else_and_can_be_stored(
    change: Callable[[ShopRules], ShopRules],
) -> None:
    after = consistent(change(FULL))
    assert shop_rules_from_text(shop_rules_text(after)) == after
    fields = ("set_aside", "closures", "emergencies", "caps", "rates")
    different = [name for name in fields if getattr(after, name) != getattr(FULL, name)]
    assert len(different) == 1
    assert (after.holidays, after.contact, after.gap_hours) == (
        FULL.holidays,
        FULL.contact,
        FULL.gap_hours,
    )
