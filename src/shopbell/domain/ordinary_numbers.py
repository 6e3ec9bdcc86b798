"""Reads stored numbers quickly, one after another: the answers of `numbers.number_of`.

Nearly all numbers of a shop are ordinary ones that begin alike. Must not answer otherwise than the
full reading does (a test compares them).
"""

from __future__ import annotations

from shopbell.domain.area_codes import AreaCodes
from shopbell.domain.ids import E164
from shopbell.domain.numbers import Number, NumberKind, number_of
from shopbell.domain.plain_numbers import read_plain
from shopbell.domain.zones import plausible_zones

BEGINNING = 5
"""So many characters of a number tell its country code, and under +1 its area code."""

_ISLANDS = frozenset({"AS", "GU", "MP", "PR", "VI"})
_MOST_REMEMBERED = 10_000


class OrdinaryNumbers:
    """What the beginnings of numbers told so far."""

    def __init__(self, area_codes: AreaCodes) -> None:
        self._area_codes = area_codes
        self._told: dict[str, tuple[str, tuple[str, ...]] | None] = {}

    def kind_of(self, e164: E164) -> NumberKind | None:
        """Return the kind of an ordinary number; None: only the full reading knows the number.

        Ordinary numbers of one kind that begin alike have their country and zones in common.
        """
        plain = read_plain(e164, "")
        if plain is None or plain[0] != e164 or plain[1] is NumberKind.LANDLINE:
            return None
        return plain[1] if self._beginning(e164) is not None else None

    def number(self, e164: E164) -> Number:
        """Return what is known of a number, if need be by the full reading."""
        kind = self.kind_of(e164)
        told = self._beginning(e164) if kind is not None else None
        if kind is None or told is None:
            return number_of(e164)
        return Number(e164=e164, country=told[0], kind=kind, zones=told[1])

    def _beginning(self, e164: E164) -> tuple[str, tuple[str, ...]] | None:
        begins = e164[:BEGINNING]
        if begins not in self._told:
            if len(self._told) >= _MOST_REMEMBERED:
                self._told.clear()
            country = self._country(e164)
            self._told[begins] = (
                None if country is None else (country, plausible_zones(e164, place_bound=False))
            )
        return self._told[begins]

    def _country(self, e164: str) -> str | None:
        """Return the first country of the code; under +1 the area code tells."""
        places = self._area_codes.places_of(e164)
        if places:
            country, _, part = places[0].partition("-")
            # Puerto Rico and the like are countries to the library.
            return None if part in _ISLANDS else country
        if e164.startswith("+1"):
            return None
        from phonenumbers import COUNTRY_CODE_TO_REGION_CODE

        for length in (1, 2, 3):
            start = e164[1 : 1 + length]
            regions = COUNTRY_CODE_TO_REGION_CODE.get(int(start)) if start.isdecimal() else None
            if regions:
                return regions[0] if regions[0].isalpha() else None
        return None
