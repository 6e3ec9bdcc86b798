"""Both clock-change days of a year, in every zone: the gate goes by the clocks on the walls.

By default a few zones of every kind; all of the tz database with SHOPBELL_NIGHTLY.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

import pytest

from builders import a_contact, a_draft, a_person, a_shop, a_yes, at, facts_for
from place_cases import NUMBERS
from rule_files import packaged_rules
from shopbell.domain.consent import Purpose
from shopbell.domain.decide import decide
from shopbell.domain.decision import Code, Verdict
from shopbell.domain.shop_rules import HolidayWish, ShopRules
from shopbell.domain.weeks import read_week
from shopbell.domain.whereabouts import whereabouts

NIGHTLY = bool(os.environ.get("SHOPBELL_NIGHTLY"))
SOME = (
    *("America/New_York", "America/Phoenix", "America/St_Johns", "America/Havana"),
    *("Europe/London", "Europe/Paris", "Europe/Chisinau", "Asia/Beirut", "Asia/Kathmandu"),
    *("Australia/Adelaide", "Australia/Lord_Howe", "Pacific/Auckland", "Pacific/Chatham"),
    *("America/Santiago", "America/Nuuk", "Africa/Cairo"),
)
MINUTE = timedelta(minutes=1)
MARGIN = 10
LONG_AGO = at("2025-12-01 12:00")
DUBLIN = NUMBERS["IE"]
WEEK = "mon-sun 00:20-01:25, 01:50-02:20, 02:50-03:40, 10:00-18:00, 23:15-24:00"
AROUND = range(-200, 300, 7 if NIGHTLY else 17)
"""Minutes before and after a change."""


@cache
def changes(zone: str) -> tuple[datetime, ...]:
    """Return the first moments with a new offset in 2026; noon of two days where there is none."""
    there = ZoneInfo(zone)
    found = []
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    while moment.year == 2026:
        later = moment + timedelta(hours=6)
        if moment.astimezone(there).utcoffset() != later.astimezone(there).utcoffset():
            quarter = moment
            while moment.astimezone(there).utcoffset() == quarter.astimezone(there).utcoffset():
                quarter += timedelta(minutes=15)
            found.append(quarter)
        moment = later
    return tuple(found) or (at("2026-03-08 12:00"), at("2026-11-01 12:00"))


def open_minutes(zones: set[str], since: datetime, count: int) -> list[bool]:
    """Return for each minute whether it is open on every clock, by looking at the clocks."""
    week, every = read_week(WEEK), [ZoneInfo(zone) for zone in sorted(zones)]

    def is_open(moment: datetime) -> bool:
        for zone in every:
            wall = moment.astimezone(zone)
            minute = wall.hour * 60 + wall.minute
            if not any(w.start <= minute < w.end for w in week.days[wall.weekday()]):
                return False
        return True

    return [is_open(since + n * MINUTE) for n in range(count)]


@pytest.mark.parametrize("zone", sorted(available_timezones()) if NIGHTLY else SOME)
def test_a_change_of_the_clocks_opens_and_closes_by_the_clocks_on_the_walls(zone: str) -> None:
    facts = facts_for(
        a_draft("your order is ready", number=DUBLIN, purpose=Purpose.SERVICE),
        a_person(
            a_yes(Purpose.SERVICE, number=DUBLIN, when=LONG_AGO),
            contact=a_contact(DUBLIN, zone=zone),
        ),
        a_shop(zone=zone, hours=WEEK),
        shop_rules=ShopRules(holidays=HolidayWish.OPEN),
    )
    zones = {zone, *whereabouts(facts, packaged_rules()).zones}
    for change in changes(zone):
        since = change + AROUND[0] * MINUTE
        openings = open_minutes(zones, since, 3 * 24 * 60)
        # A text is handed over only if the window stays open for ten more minutes.
        goes = [all(openings[n : n + MARGIN + 1]) for n in range(len(openings) - MARGIN)]
        for minute in AROUND:
            start = minute - AROUND[0]
            decision = decide(facts, packaged_rules(), change + minute * MINUTE)
            first = next(n for n in range(start, len(goes)) if goes[n])
            expected = None if first == start else since + first * MINUTE
            assert decision.next_allowed_at == expected, (zone, change, minute)
            assert (decision.verdict is Verdict.ALLOW) is (expected is None)
            assert {reason.code for reason in decision.reasons} <= {Code.QUIET_HOURS}


@pytest.mark.parametrize(
    ("area", "zones", "opens", "closes"),
    [
        # Open from ten to six: the last clock opens, the first closes.
        ("850", "America/Chicago America/New_York", "16:00", "22:50"),
        ("219", "America/Chicago America/New_York", "16:00", "22:50"),
        ("605", "America/Chicago America/Denver America/North_Dakota/Center", "17:00", "22:50"),
        ("928", "America/Denver America/Phoenix", "17:00", "22:50"),
        ("602", "America/Phoenix", "17:00", "22:50"),
        ("808", "Pacific/Honolulu", "20:00", "22:50"),
        ("907", "America/Adak America/Anchorage", "20:00", "22:50"),
        ("212", "America/New_York", "15:00", "22:50"),
    ],
)
def test_an_area_code_over_several_zones_is_open_when_all_of_them_are(
    area: str, zones: str, opens: str, closes: str
) -> None:
    number = f"+1{area}5550142"
    facts = facts_for(
        a_draft("Tulips are here", number=number),
        a_person(a_yes(number=number, when=LONG_AGO), contact=None),
    )
    known = whereabouts(facts, packaged_rules()).zones
    assert set(zones.split()) <= set(known)
    for time, minute, verdict in (
        (opens, -1, Verdict.HOLD),
        (opens, 0, Verdict.ALLOW),
        (closes, -1, Verdict.ALLOW),
        (closes, 0, Verdict.HOLD),
    ):
        moment = at(f"2026-11-24 {time}") + minute * MINUTE
        assert decide(facts, packaged_rules(), moment).verdict is verdict, moment


@pytest.mark.parametrize(
    ("day", "opens"),
    [
        ("2026-03-07", "17:00"),
        ("2026-03-09", "17:00"),
        ("2026-10-31", "17:00"),
        ("2026-11-02", "17:00"),
    ],
)
def test_arizona_does_not_change_its_clocks(day: str, opens: str) -> None:
    number = "+16025550142"
    facts = facts_for(
        a_draft("Tulips are here", number=number),
        a_person(a_yes(number=number, when=LONG_AGO), contact=None),
    )
    moment = at(f"{day} {opens}")
    assert decide(facts, packaged_rules(), moment).verdict is Verdict.ALLOW
    before = decide(facts, packaged_rules(), moment - MINUTE)
    assert (before.verdict, before.next_allowed_at) == (Verdict.HOLD, moment)
