from __future__ import annotations

import pytest

from builders import LONDON_MOBILE, NEW_YORK, PENSACOLA, a_contact, a_draft, a_person, facts_for
from shopbell.domain.whereabouts import Whereabouts, same_clock, whereabouts
from shopbell.domain.zones import country_zones, plausible_zones, zone_named


def where(number: str, *, zone: str | None = None, region: str | None = None) -> Whereabouts:
    contact = a_contact(number, zone=zone, region=region)
    return whereabouts(facts_for(a_draft(number=number), a_person(contact=contact)))


NY, CHI, LON = "America/New_York", "America/Chicago", "Europe/London"
TOLL_FREE = "+18005550142"


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
        (NEW_YORK, None, ("US",)),
        (NEW_YORK, "US", ("US",)),
        (NEW_YORK, "US-FL", ("US-FL",)),
        (NEW_YORK, "GB", ("US", "GB")),
        (LONDON_MOBILE, "US-NY", ("GB", "US-NY")),
        ("+80812345678", None, ()),
        ("+80812345678", "US", ("US",)),
    ],
)
def test_a_stated_place_in_another_country_adds_to_the_numbers(
    number: str, region: str | None, places: tuple[str, ...]
) -> None:
    assert where(number, region=region).places == places


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
    assert whereabouts(facts_for(person=a_person())).zones == (NY,)


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
