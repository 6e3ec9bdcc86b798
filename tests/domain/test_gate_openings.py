"""Whose holidays count on which clock, whose emergency it is, and how long a window lasts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from builders import (
    LONDON_MOBILE,
    NEW_YORK,
    NOW,
    PENSACOLA,
    a_contact,
    a_past_text,
    a_person,
    a_shop,
    at,
    facts_for,
)
from rule_cases import to
from rule_files import packaged_rules
from shopbell.domain.calendars import Calendar
from shopbell.domain.decide import decide
from shopbell.domain.decision import Code, Decision, Layer, Reason
from shopbell.domain.gate.openings import openings
from shopbell.domain.shop_rules import Closure, Emergency, HolidayWish, SetAside, ShopRules
from shopbell.domain.weeks import read_week

KENTUCKY, NEW_ORLEANS, ZURICH = "+15025550101", "+15045550142", "+41790000000"
UNKNOWN_STATE = "+15005550142"
"""An American number of no state."""
ROUND_THE_CLOCK = read_week("mon-sun 00:00-24:00")
OPEN = ShopRules(holidays=HolidayWish.OPEN)


def decided(number: str, now: datetime, own: ShopRules, region: str | None = None) -> Decision:
    person = a_person(contact=a_contact(number, region=region))
    facts = facts_for(to(number), person, a_shop(hours=ROUND_THE_CLOCK), now, own)
    return decide(facts, packaged_rules(), now)


def reason(code: Code, decision: Decision) -> Reason | None:
    return next((one for one in decision.reasons if one.code is code), None)


@pytest.mark.parametrize(
    ("now", "says"),
    [
        ("2026-11-26 15:00", "Thanksgiving Day"),
        ("2026-11-27 02:00", "Thanksgiving Day"),
        ("2026-11-27 06:00", None),
        ("2026-12-28 15:00", "Boxing Day"),
        ("2026-12-29 02:00", None),
        ("2026-12-29 15:00", None),
    ],
)
def test_the_shops_holidays_count_on_both_clocks_those_of_the_person_on_theirs(
    now: str, says: str | None
) -> None:
    found = reason(Code.HOLIDAY, decided(LONDON_MOBILE, at(now), ShopRules()))
    assert (found is not None) is (says is not None)
    assert found is None or says is None or says in found.sentence


@pytest.mark.parametrize(
    ("number", "region", "is_closed"),
    [
        (NEW_ORLEANS, None, True),
        (NEW_ORLEANS, "US-LA", True),
        (NEW_ORLEANS, "US-TX", True),
        (KENTUCKY, "US-LA", True),
        (KENTUCKY, "US-KY", False),
        (KENTUCKY, None, False),
    ],
)
def test_a_holiday_of_a_state_closes_for_whoever_may_be_there_and_for_nobody_else(
    number: str, region: str | None, is_closed: bool
) -> None:
    mardi_gras = at("2027-02-09 18:00")
    found = reason(Code.HOLIDAY, decided(number, mardi_gras, ShopRules(), region))
    assert (found is not None) is is_closed


@pytest.mark.parametrize(
    ("place", "number", "layer", "rule", "named"),
    [
        ("US-LA", NEW_ORLEANS, Layer.LAW, "US-LA.emergency", "Louisiana"),
        ("US-NY", NEW_YORK, Layer.POLICY, "policy.emergency", "New York"),
        ("US", KENTUCKY, Layer.POLICY, "policy.emergency", "United States"),
        ("CH", ZURICH, Layer.POLICY, "policy.emergency", "CH"),
    ],
)
def test_an_emergency_is_the_law_where_a_row_says_so_and_ours_elsewhere(
    place: str, number: str, layer: Layer, rule: str, named: str
) -> None:
    own = replace(OPEN, emergencies=(Emergency(place=place, first=date(2026, 11, 20)),))
    found = reason(Code.EMERGENCY_BAN, decided(number, NOW, own))
    assert found is not None
    assert (found.layer, found.rule) == (layer, rule)
    assert bool(found.citation) is bool(found.confidence) is (layer is Layer.LAW)
    assert f"Marketing to {named} is stopped for an emergency" in found.sentence


@pytest.mark.parametrize(
    ("note", "told"),
    [
        ("flood", "Marketing to New York is stopped for an emergency (flood)."),
        ("", "Marketing to New York is stopped for an emergency."),
    ],
)
def test_an_emergency_is_told_with_the_owners_note_if_there_is_one(note: str, told: str) -> None:
    stricken = Emergency(place="US-NY", first=date(2026, 11, 20), note=note)
    found = reason(
        Code.EMERGENCY_BAN, decided(NEW_YORK, NOW, replace(OPEN, emergencies=(stricken,)))
    )
    assert found is not None
    assert found.sentence.startswith(f"{told} It waits")


def test_a_window_lasts_beyond_the_hours_that_were_set_aside() -> None:
    now = at("2026-11-24 18:00")
    aside = tuple(
        SetAside(rule=rule, reason="They asked for late texts.", by="Ana", at=NOW)
        for rule in ("US-KY.hours", "US.hours")
    )
    assert decided(KENTUCKY, now, OPEN).window_ends_at == at("2026-11-25 02:00")
    one_left = replace(OPEN, set_aside=aside[:1])
    assert decided(KENTUCKY, now, one_left).window_ends_at == at("2026-11-25 02:00")
    free = decided(KENTUCKY, now, replace(OPEN, set_aside=aside)).window_ends_at
    assert free is None or free > at("2026-11-25 02:00")


@pytest.mark.parametrize(
    ("own", "code", "ends"),
    [
        (
            replace(OPEN, emergencies=(Emergency(place="US-KY", first=date(2026, 11, 20)),)),
            Code.EMERGENCY_BAN,
            "It waits until the emergency is ended in the shop's rules.",
        ),
        (
            replace(
                OPEN,
                emergencies=(
                    Emergency(place="US-KY", first=date(2026, 11, 20), last=date(2026, 11, 30)),
                ),
            ),
            Code.EMERGENCY_BAN,
            "That ends Tue 1 Dec 00:00, shop time.",
        ),
        (
            replace(OPEN, closures=(Closure(first=date(2026, 11, 1), last=date(2029, 1, 1)),)),
            Code.CLOSED_DAY,
            "No day of the coming year is open; look at the closed days in the shop's rules.",
        ),
        (
            replace(OPEN, closures=(Closure(first=date(2026, 11, 1), last=date(2026, 11, 24)),)),
            Code.CLOSED_DAY,
            "That ends Wed 25 Nov 00:00, shop time.",
        ),
    ],
)
def test_what_closes_days_says_when_it_ends_or_what_ends_it(
    own: ShopRules, code: Code, ends: str
) -> None:
    found = reason(code, decided(KENTUCKY, NOW, own))
    assert found is not None
    assert found.sentence.endswith(ends)


@pytest.mark.parametrize(
    ("now", "begins"),
    [
        ("2026-11-24 15:42", "It is 24 Nov 2026, and the shop is closed (moving)."),
        (
            "2026-11-24 04:55",
            "In a few minutes it is 24 Nov 2026, and the shop is closed",
        ),
        ("2026-11-24 05:00", "It is 24 Nov 2026, and the shop is closed (moving)."),
    ],
)
def test_a_text_that_would_arrive_on_a_closed_day_is_told_so_minutes_before(
    now: str, begins: str
) -> None:
    closed = Closure(first=date(2026, 11, 24), last=date(2026, 11, 24), note="moving")
    found = reason(Code.CLOSED_DAY, decided(NEW_YORK, at(now), replace(OPEN, closures=(closed,))))
    assert found is not None
    assert found.sentence.startswith(begins)


def test_a_closed_day_is_told_with_the_note_of_that_day_and_of_no_other() -> None:
    closures = (
        Closure(first=date(2026, 11, 1), last=date(2026, 11, 23), note="too early"),
        Closure(first=date(2026, 11, 24), last=date(2026, 11, 24)),
        Closure(first=date(2026, 11, 20), last=date(2026, 11, 24), note="moving"),
        Closure(first=date(2026, 11, 25), last=date(2026, 11, 30), note="too late"),
    )
    found = reason(Code.CLOSED_DAY, decided(NEW_YORK, NOW, replace(OPEN, closures=closures)))
    assert found is not None
    assert found.sentence.startswith("It is 24 Nov 2026, and the shop is closed (moving). That")
    bare = reason(Code.CLOSED_DAY, decided(NEW_YORK, NOW, replace(OPEN, closures=closures[1:2])))
    assert bare is not None
    assert bare.sentence.startswith("It is 24 Nov 2026, and the shop is closed. That")


@pytest.mark.parametrize(
    ("number", "now", "rule", "says"),
    [
        (
            NEW_ORLEANS,
            "2027-02-09 18:00",
            "US-LA.holidays",
            ("It is Mardi Gras in Chicago, a day without marketing texts by the law of Louisiana."),
        ),
        (
            NEW_YORK,
            "2026-11-26 15:00",
            "policy.holidays",
            "It is Thanksgiving Day in New York, a day without marketing texts.",
        ),
    ],
)
def test_a_holiday_says_whose_day_it_is(number: str, now: str, rule: str, says: str) -> None:
    decision = decided(number, at(now), ShopRules())
    told = {one.rule: one.sentence for one in decision.reasons if one.code is Code.HOLIDAY}
    assert told[rule].startswith(says)


def test_a_limit_by_law_names_the_state_whose_law_it_is() -> None:
    past = tuple(a_past_text(timedelta(hours=hours)) for hours in (2, 4, 6))
    facts = facts_for(to(PENSACOLA), replace(a_person(), past=past))
    found = reason(Code.CAP_JURISDICTION, decide(facts, packaged_rules(), NOW))
    assert found is not None
    assert "the most on one subject by the law of Florida is 3." in found.sentence


@pytest.mark.parametrize(
    ("number", "region", "calendars"),
    [
        (LONDON_MOBILE, None, {"US": (), "GB": ()}),
        (LONDON_MOBILE, "GB-SCT", {"US": (), "GB": ("SCT",)}),
        (NEW_YORK, None, {"US": ("NY",)}),
        (NEW_YORK, "US-NJ", {"US": ("NJ", "NY")}),
        (UNKNOWN_STATE, None, {"US": ()}),
    ],
)
def test_the_holidays_kept_are_those_of_the_country_and_of_each_state_that_is_known(
    number: str, region: str | None, calendars: dict[str, tuple[str, ...]]
) -> None:
    zone = "America/Chicago" if number == UNKNOWN_STATE else None
    person = a_person(contact=a_contact(number, region=region, zone=zone))
    facts = facts_for(to(number), person, a_shop(), NOW)
    kept = {
        hours.shut.country: tuple(sorted(hours.shut.parts))
        for opening in openings(facts, packaged_rules())
        if opening.rule == "policy.holidays"
        for hours in opening.hours
        if isinstance(hours.shut, Calendar)
    }
    assert kept == calendars
