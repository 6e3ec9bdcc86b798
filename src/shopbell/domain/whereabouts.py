"""Where a person may be: places whose law binds, zones whose clocks count. Must not decide.

What the person said comes before what the number says; where the two disagree, both apply.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from shopbell.domain.facts import Facts
from shopbell.domain.zones import country_zones, zone_named


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


def whereabouts(facts: Facts) -> Whereabouts:
    """Return the places and zones of the person a text is for."""
    contact = facts.person.contact
    region = contact.region if contact else None
    stated = contact.zone if contact else None
    return _whereabouts(facts.number.country, facts.number.zones, region, stated)


@lru_cache(maxsize=4096)
def _whereabouts(
    country: str | None, number_zones: tuple[str, ...], region: str | None, stated: str | None
) -> Whereabouts:
    places = tuple(dict.fromkeys(place for place in (country, region) if place))
    if country and region and region.partition("-")[0] == country:
        places = (region,)
    zones, source = set(number_zones), "from the number"
    if region and region.partition("-")[0] != country:
        abroad = country_zones(region.partition("-")[0])
        if not abroad and stated is None:
            return Whereabouts(places=places, zones=(), zones_from="", unknown_zone=None)
        zones, source = zones | set(abroad), "from the number and the address"
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
