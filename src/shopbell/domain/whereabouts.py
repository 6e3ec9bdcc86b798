"""Where a person may be: places whose law binds, zones whose clocks count. Must not decide.

What the person said comes before what the number says; where the two disagree, both apply. A state
nobody knows is a place of its own, "US-unknown", with the strictest row of all.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from shopbell.domain.facts import Facts
from shopbell.domain.jurisdictions import UNKNOWN_PART
from shopbell.domain.numbers import Number
from shopbell.domain.people import Contact
from shopbell.domain.rulebook import Rulebook
from shopbell.domain.zones import country_zones, zone_named, zones_of_area_codes


@dataclass(frozen=True, slots=True, kw_only=True)
class Whereabouts:
    """Every place and zone that must be reckoned with."""

    places: tuple[str, ...]
    """ISO countries or "US-FL", the number's own first; empty if nobody can say."""
    zones: tuple[str, ...]
    """IANA zones, sorted; empty if nobody can say."""
    zones_from: str
    """Where the zones come from, in words: "from the area code"."""
    unknown_zone: str | None
    """A zone somebody wrote down that this computer does not know."""


@lru_cache(maxsize=8)
def whereabouts(facts: Facts, rules: Rulebook) -> Whereabouts:
    """Return the places and zones of the person a text is for."""
    return whereabouts_of(facts.number, facts.person.contact, rules)


def whereabouts_of(number: Number, contact: Contact | None, rules: Rulebook) -> Whereabouts:
    """Return the places and zones of whoever has that number."""
    return _whereabouts(
        rules,
        number.country,
        rules.area_codes.places_of(number.e164),
        number.zones,
        contact.region if contact else None,
        contact.zone if contact else None,
    )


@lru_cache(maxsize=4096)
def _whereabouts(
    rules: Rulebook,
    country: str | None,
    parts: tuple[str, ...],
    number_zones: tuple[str, ...],
    region: str | None,
    stated: str | None,
) -> Whereabouts:
    told_by_number = _places_of_number(rules, country, parts)
    places = _places(rules, told_by_number, country, region)
    zones = set(number_zones)
    source = "from the area code" if parts and number_zones else "from the number"
    moved = region is not None and not _says_the_same(region, told_by_number, country)
    there = rules.part_zones.get(region or "", ())
    if region is not None and there and _country(region) == country:
        zones, source = set(there), "from the address"
    elif region is not None and (moved or not zones):
        there = _zones_of_place(rules, region)
        if not there and stated is None:
            return Whereabouts(places=places, zones=(), zones_from="", unknown_zone=None)
        source = "from the number and the address" if zones else "from the address"
        zones |= set(there)
    unknown = next((zone for zone in sorted(zones) if zone_named(zone) is None), None)
    if stated is not None:
        if zone_named(stated) is None:
            unknown = stated
        elif not zones or any(same_clock(stated, zone) for zone in zones - {unknown}):
            zones, source, unknown = {stated}, "as noted on the contact", None
        else:
            zones, source = zones | {stated}, "from the number and the contact"
    return Whereabouts(
        places=places, zones=tuple(sorted(zones)), zones_from=source, unknown_zone=unknown
    )


def _places_of_number(
    rules: Rulebook, country: str | None, parts: tuple[str, ...]
) -> tuple[str, ...]:
    if parts:
        return parts
    return () if country is None else (rules.located(country),)


def _places(
    rules: Rulebook, of_number: tuple[str, ...], country: str | None, region: str | None
) -> tuple[str, ...]:
    """Return the places of the number and of what the person said, the more exact of the two."""
    if region is None:
        return of_number
    if _says_the_same(region, of_number, country):
        return (region,) if "-" in region else of_number
    stated = rules.located(region)
    vague = country is not None and of_number in {(country,), (f"{country}-{UNKNOWN_PART}",)}
    if vague and _country(region) == country:
        return (stated,)
    return tuple(dict.fromkeys((*of_number, stated)))


def _says_the_same(region: str, of_number: tuple[str, ...], country: str | None) -> bool:
    """Return whether the number says nothing else than the person does."""
    return region == country or region in of_number or region in map(_country, of_number)


def _country(place: str) -> str:
    return place.partition("-")[0]


def _zones_of_place(rules: Rulebook, place: str) -> tuple[str, ...]:
    codes = rules.area_codes.codes.get(place, ())
    return zones_of_area_codes(codes) or country_zones(_country(place))


_YEARS = (2026, 2032)
_PROBE_DAYS = 5


@lru_cache(maxsize=4096)
def same_clock(one: str, other: str) -> bool:
    """Return whether the two zones show the same time all year round, as their rules stand now."""
    first, second = zone_named(one), zone_named(other)
    if first is None or second is None:
        return False
    moment, end = (datetime(year, 1, 1, tzinfo=UTC) for year in _YEARS)
    while moment < end:
        if moment.astimezone(first).utcoffset() != moment.astimezone(second).utcoffset():
            return False
        moment += timedelta(days=_PROBE_DAYS)
    return True
