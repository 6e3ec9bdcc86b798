from __future__ import annotations

import pytest

from builders import (
    CHICAGO,
    LONDON_MOBILE,
    NEW_YORK,
    PENSACOLA,
    a_contact,
    a_draft,
    a_person,
    facts_for,
)
from rule_files import packaged_rules
from shopbell.domain.whereabouts import Whereabouts, same_clock, whereabouts
from shopbell.domain.zones import country_zones, plausible_zones, zone_named


def where(number: str, *, zone: str | None = None, region: str | None = None) -> Whereabouts:
    contact = a_contact(number, zone=zone, region=region)
    return whereabouts(
        facts_for(a_draft(number=number), a_person(contact=contact)), packaged_rules()
    )


NY, CHI, LON = "America/New_York", "America/Chicago", "Europe/London"
TOLL_FREE = "+18005550142"
MIAMI, HALIFAX, SAN_JUAN = "+13055550142", "+19025550142", "+17875550142"
SYDNEY_MOBILE = "+61491570156"
SPAIN = {"Europe/Madrid", "Atlantic/Canary"}


@pytest.mark.parametrize(
    ("number", "zone", "zones"),
    [
        (NEW_YORK, None, {NY}),
        (NEW_YORK, NY, {NY}),
        (NEW_YORK, "America/Detroit", {"America/Detroit"}),  # the same clock by another name
        (NEW_YORK, CHI, {NY, CHI}),  # they disagree: both
        (NEW_YORK, LON, {NY, LON}),
        (PENSACOLA, None, {NY, CHI}),
        (PENSACOLA, CHI, {CHI}),
        (PENSACOLA, NY, {NY}),
        (PENSACOLA, "America/Denver", {NY, CHI, "America/Denver"}),
        (TOLL_FREE, None, set()),
        (TOLL_FREE, CHI, {CHI}),
    ],
)
def test_a_stated_zone_narrows_only_what_it_agrees_with(
    number: str, zone: str | None, zones: set[str]
) -> None:
    assert set(where(number, zone=zone).zones) == zones


@pytest.mark.parametrize("zone", ["Mars/Phobos", "", "America", "../../etc/passwd", "\x00", "[/]"])
def test_a_zone_nobody_knows_is_reported_not_ignored(zone: str) -> None:
    assert where(NEW_YORK, zone=zone).unknown_zone == zone


@pytest.mark.parametrize(
    ("number", "region", "places"),
    [
        (NEW_YORK, None, ("US-NY",)),
        (NEW_YORK, "US", ("US-NY",)),
        (NEW_YORK, "US-NY", ("US-NY",)),
        (NEW_YORK, "US-FL", ("US-NY", "US-FL")),  # they disagree: both
        (NEW_YORK, "GB", ("US-NY", "GB")),
        (NEW_YORK, "US-ZZ", ("US-NY", "US-unknown")),
        (MIAMI, None, ("US-FL",)),
        (LONDON_MOBILE, "US-NY", ("GB", "US-NY")),
        (LONDON_MOBILE, "US", ("GB", "US-unknown")),
        (LONDON_MOBILE, "GB-SCT", ("GB-SCT",)),
        (LONDON_MOBILE, "FR", ("GB", "FR")),
        (SAN_JUAN, None, ("US-PR",)),
        (SAN_JUAN, "PR", ("US-PR",)),
        (SAN_JUAN, "US-PR", ("US-PR",)),
        (SAN_JUAN, "US", ("US-PR",)),
        (HALIFAX, None, ("CA-NS", "CA-PE")),
        (HALIFAX, "CA-PE", ("CA-PE",)),
        (HALIFAX, "CA-ON", ("CA-NS", "CA-PE", "CA-ON")),
        (TOLL_FREE, None, ("US-unknown",)),
        (TOLL_FREE, "US-KY", ("US-KY",)),
        (TOLL_FREE, "US-ZZ", ("US-unknown",)),
        ("+80812345678", None, ()),
        ("+80812345678", "US", ("US-unknown",)),
        ("+80812345678", "DE-BY", ("DE-BY",)),
    ],
)
def test_a_stated_place_that_disagrees_adds_to_the_numbers(
    number: str, region: str | None, places: tuple[str, ...]
) -> None:
    assert where(number, region=region).places == places


@pytest.mark.parametrize(
    ("number", "region", "zones"),
    [
        (MIAMI, "US-FL", {NY}),  # the area code says where in the state
        (PENSACOLA, "US-FL", {NY, CHI}),
        (CHICAGO, "US-FL", {NY, CHI}),
        (CHICAGO, "US-PR", {CHI, "America/Puerto_Rico"}),
        (TOLL_FREE, "US-AZ", {"America/Phoenix", "America/Denver"}),
        (SYDNEY_MOBILE, "AU-NSW", {"Australia/Sydney", "Australia/Broken_Hill"}),
        (SYDNEY_MOBILE, "AU-NT", {"Australia/Darwin"}),
        (LONDON_MOBILE, "ES-CN", set(country_zones("GB")) | SPAIN),
    ],
)
def test_the_zones_of_a_stated_state_count(number: str, region: str, zones: set[str]) -> None:
    assert set(where(number, region=region).zones) == zones


def test_an_australian_mobile_may_be_anywhere_until_its_state_is_noted() -> None:
    assert len(where(SYDNEY_MOBILE).zones) > 5
    assert len(where(SYDNEY_MOBILE, region="AU").zones) > 5
    assert where(SYDNEY_MOBILE, region="AU-VIC").zones == ("Australia/Melbourne",)


@pytest.mark.parametrize(
    ("number", "region", "zone", "words"),
    [
        (NEW_YORK, None, None, "from the area code"),
        (LONDON_MOBILE, None, None, "from the number"),
        (NEW_YORK, "US-FL", None, "from the number and the address"),
        (TOLL_FREE, "US-FL", None, "from the address"),
        (SYDNEY_MOBILE, "AU-VIC", None, "from the address"),
        (NEW_YORK, None, NY, "as noted on the contact"),
        (NEW_YORK, None, CHI, "from the number and the contact"),
    ],
)
def test_it_is_told_where_the_zones_come_from(
    number: str, region: str | None, zone: str | None, words: str
) -> None:
    assert where(number, region=region, zone=zone).zones_from == words


def test_somebody_who_lives_abroad_is_in_the_zones_of_both_countries() -> None:
    assert {NY, LON} <= set(where(NEW_YORK, region="GB").zones)
    assert {LON, CHI, "Pacific/Honolulu"} <= set(where(LONDON_MOBILE, region="US").zones)


def test_somebody_in_a_country_nobody_knows_is_in_no_known_zone() -> None:
    assert where(NEW_YORK, region="ZZ").zones == ()
    assert set(where(NEW_YORK, region="ZZ", zone=LON).zones) == {NY, LON}


@pytest.mark.parametrize("number", ["", "+", "+999123", "+1", "+19995550142"])
@pytest.mark.parametrize("place_bound", [True, False])
def test_digits_of_nowhere_have_no_zones(number: str, place_bound: bool) -> None:
    assert plausible_zones(number, place_bound=place_bound) == ()


def test_a_number_alone_is_enough() -> None:
    assert whereabouts(facts_for(person=a_person()), packaged_rules()).zones == (NY,)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (NY, "US/Eastern", True),
        (LON, "Europe/Jersey", True),
        (LON, "Africa/Casablanca", False),
        ("America/Phoenix", "America/Denver", False),
        ("America/Regina", CHI, False),
        (NY, "Mars/Phobos", False),
        ("Mars/Phobos", NY, False),
    ],
)
def test_zones_are_the_same_when_their_clocks_agree_all_year(
    one: str, other: str, same: bool
) -> None:
    assert same_clock(one, other) is same


@pytest.mark.parametrize(
    ("country", "some"),
    [
        ("US", {NY, CHI, "Pacific/Honolulu", "America/Anchorage"}),
        ("ca", {"America/Toronto", "America/St_Johns"}),
        ("PR", {"America/Puerto_Rico"}),
        ("FR", {"Europe/Paris"}),
        ("ZZ", set()),
    ],
)
def test_a_country_has_its_zones(country: str, some: set[str]) -> None:
    zones = set(country_zones(country))
    assert some <= zones
    assert bool(some) == bool(zones)
    assert all(map(zone_named, zones))
