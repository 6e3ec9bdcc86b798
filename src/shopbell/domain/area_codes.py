"""Which state or province a North American number was given to, by its area code.

People move and keep their number: an area code is a hint that binds, not proof of where somebody
is. Must not decide.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from shopbell.domain.rule_table import RuleTable
from shopbell.domain.zones import zone_named

_COUNTRY_CODE = "+1"
_CODE_LENGTH = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaCodes:
    """The area codes under +1 and their places."""

    places: Mapping[str, tuple[str, ...]]
    """By area code: "US-NY"; several where provinces share a code."""
    codes: Mapping[str, tuple[str, ...]]
    """The other way round: by place."""
    version: str
    checked: date
    review_by: date

    def places_of(self, e164: str) -> tuple[str, ...]:
        """Return the states or provinces of a number; empty if its digits do not tell."""
        if not e164.startswith(_COUNTRY_CODE):
            return ()
        start = len(_COUNTRY_CODE)
        return self.places.get(e164[start : start + _CODE_LENGTH], ())


def read_area_codes(table: RuleTable) -> AreaCodes:
    """Return the area codes a rule file holds.

    Raises:
        BadInput: names file and key.
    """
    version = table.text("version")
    checked, review_by = table.day("checked"), table.day("review_by")
    places: dict[str, tuple[str, ...]] = {}
    codes: dict[str, tuple[str, ...]] = {}
    for country in ("US", "CA"):
        parts = table.table(country)
        for part in parts.names():
            place = f"{country}-{part}"
            codes[place] = tuple(parts.text(part).split())
            for code in codes[place]:
                if len(code) != _CODE_LENGTH or not code.isdecimal() or not code.isascii():
                    raise parts.error(part, f'has "{code}", which is no area code')
                places[code] = (*places.get(code, ()), place)
    table.end()
    return AreaCodes(
        places=places, codes=codes, version=version, checked=checked, review_by=review_by
    )


def read_part_zones(table: RuleTable) -> Mapping[str, tuple[str, ...]]:
    """Return the zones of each state a rule file names: "AU-NSW" and its IANA zones.

    Raises:
        BadInput: names file and key, also for a zone nobody knows.
    """
    table.text("version")
    found: dict[str, tuple[str, ...]] = {}
    for country in table.names():
        if country == "version":
            continue
        parts = table.table(country)
        for part in parts.names():
            zones = parts.texts(part)
            for zone in zones:
                if zone_named(zone) is None:
                    raise parts.error(part, f'has "{zone}", which is no time zone')
            found[f"{country}-{part}"] = tuple(sorted(zones))
    return found
