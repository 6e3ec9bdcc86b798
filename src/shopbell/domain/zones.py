"""Which time zones a number may be in. Must not say what time it is there.

The library's table knows the exchange a number was once given to. People move house with their
number and area codes are overlaid, so a North American number gets every zone its area code
reaches into, not only the zone of its exchange.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

_UNKNOWN = "Etc/Unknown"

_OVERLAYS = {
    "236": "250",
    "257": "250",
    "364": "270",
    "367": "418",
    "448": "850",
    "458": "541",
    "581": "418",
    "672": "250",
    "778": "250",
    "930": "812",
}
"""Area codes laid over another one reach exactly as far as that one."""

_ALSO = {
    "306": ("America/Edmonton",),  # Lloydminster keeps Alberta's time
    "639": ("America/Edmonton",),
    "474": ("America/Edmonton",),
    "418": ("America/Puerto_Rico",),  # the Lower North Shore has no summer time
    "807": ("America/Panama",),  # Atikokan has no summer time
    "867": ("America/Phoenix", "America/Edmonton"),  # Yukon stays on UTC-7 all year
    "928": ("America/Denver",),  # the Navajo Nation has summer time, Arizona has not
}
"""Zones inside an area code that the library's table leaves out."""


@lru_cache(maxsize=1)
def _by_area_code() -> dict[str, tuple[str, ...]]:
    from phonenumbers.tzdata import TIMEZONE_DATA

    reach: dict[str, set[str]] = {}
    for prefix, zones in TIMEZONE_DATA.items():
        if prefix.startswith("1") and len(prefix) >= len("1212"):
            reach.setdefault(prefix[1:4], set()).update(zones)
    for code, zones in _ALSO.items():
        reach.setdefault(code, set()).update(zones)
    for code, base in _OVERLAYS.items():
        reach.setdefault(code, set()).update(reach.get(base, ()))
    return {code: tuple(sorted(zones)) for code, zones in reach.items()}


@lru_cache(maxsize=65536)
def _by_prefix(prefix: str) -> tuple[str, ...]:
    from phonenumbers.tzdata import TIMEZONE_DATA

    for length in range(len(prefix), 0, -1):
        zones = TIMEZONE_DATA.get(prefix[:length])
        if zones is not None:
            return tuple(sorted(zone for zone in zones if zone != _UNKNOWN))
    return ()


def plausible_zones(e164: str, *, place_bound: bool) -> tuple[str, ...]:
    """Return the IANA zones the number's owner may be in, sorted; empty means nobody can say.

    Args:
        e164: the number as "+" and digits.
        place_bound: whether the digits say where in the country it is. A mobile number in most
            countries doesn't, and gets all zones of its country.
    """
    from phonenumbers.tzdata import TIMEZONE_LONGEST_PREFIX

    digits = e164.removeprefix("+")
    if digits.startswith("1"):
        return _by_area_code().get(digits[1:4], ())
    if place_bound:
        return _by_prefix(digits[:TIMEZONE_LONGEST_PREFIX])
    from phonenumbers import COUNTRY_CODE_TO_REGION_CODE

    for length in (1, 2, 3):
        start = digits[:length]
        if start.isdecimal() and int(start) in COUNTRY_CODE_TO_REGION_CODE:
            return _by_prefix(start)
    return ()


def zones_of_area_codes(codes: Iterable[str]) -> tuple[str, ...]:
    """Return every IANA zone that North American area codes ("212") reach into, sorted."""
    reach = _by_area_code()
    return tuple(sorted({zone for code in codes for zone in reach.get(code, ())}))


@lru_cache(maxsize=512)
def country_zones(country: str) -> tuple[str, ...]:
    """Return every IANA zone of a country (ISO alpha-2), sorted; empty if it is not known."""
    from phonenumbers import country_code_for_region

    code = country_code_for_region(country.upper())
    if code == 1:
        return _north_american_zones().get(country.upper(), ())
    return _by_prefix(str(code)) if code else ()


@lru_cache(maxsize=1)
def _north_american_zones() -> dict[str, tuple[str, ...]]:
    """Return the zones of every country that shares the country code 1, by their area codes."""
    from phonenumbers import parse, region_code_for_number

    reach: dict[str, set[str]] = {}
    for area_code, zones in _by_area_code().items():
        region = region_code_for_number(parse(f"+1{area_code}5550123"))
        if region is not None:
            reach.setdefault(region, set()).update(zones)
    return {region: tuple(sorted(zones)) for region, zones in reach.items()}


@lru_cache(maxsize=1024)
def zone_named(name: str) -> ZoneInfo | None:
    """Return the zone, or None if this computer's zone data doesn't know the name."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        # ValueError: a name with NUL or "..". OSError: a name that is a folder ("America").
        return None


def zone_called(words: str) -> str | None:
    """Return the zone somebody typed, by its name in any case or by its city; None if unclear."""
    typed = "_".join(words.split()).casefold()
    return _zones_by_name().get(typed)


@lru_cache(maxsize=1)
def _zones_by_name() -> dict[str, str]:
    zones = available_timezones()
    cities: dict[str, list[str]] = {}
    for zone in zones:
        cities.setdefault(zone.rpartition("/")[2].casefold(), []).append(zone)
    unclear_left_out = {city: found[0] for city, found in cities.items() if len(found) == 1}
    return unclear_left_out | {zone.casefold(): zone for zone in zones}
