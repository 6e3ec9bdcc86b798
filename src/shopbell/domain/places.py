"""Reads country and state cells of a postal address. Must not guess a place from a number.

Only the United States and Canada have rules by state or province, so only their parts are named.
"""

from __future__ import annotations

from functools import lru_cache

from shopbell.domain.headers import header_key

_COUNTRIES = {
    "US": "usa unitedstates unitedstatesofamerica us",
    "CA": "canada can",
    "GB": "uk unitedkingdom greatbritain england scotland wales northernireland gbr",
    "IE": "ireland eire irl republicofireland",
    "AU": "australia aus",
    "NZ": "newzealand nzl aotearoa",
    "FR": "france fra",
    "DE": "germany deutschland deu allemagne",
    "AT": "austria osterreich aut",
    "CH": "switzerland schweiz suisse svizzera che",
    "BE": "belgium belgie belgique bel",
    "NL": "netherlands thenetherlands nederland nld",
    "ES": "spain espana esp",
    "IT": "italy italia ita",
    "PT": "portugal prt",
    "SE": "sweden sverige swe",
    "NO": "norway norge nor",
    "DK": "denmark danmark dnk",
    "FI": "finland suomi fin",
    "PL": "poland polska pol",
    "MX": "mexico mex",
    "IN": "india ind",
    "ZA": "southafrica zaf",
    "SG": "singapore sgp",
}
"""Names as exports write them, by ISO 3166-1 code; a two-letter code is read as it is."""

_PARTS = {
    "US": "AL alabama AK alaska AZ arizona AR arkansas CA california CO colorado CT connecticut "
    "DE delaware DC districtofcolumbia FL florida GA georgia HI hawaii ID idaho IL illinois "
    "IN indiana IA iowa KS kansas KY kentucky LA louisiana ME maine MD maryland MA massachusetts "
    "MI michigan MN minnesota MS mississippi MO missouri MT montana NE nebraska NV nevada "
    "NH newhampshire NJ newjersey NM newmexico NY newyork NC northcarolina ND northdakota OH ohio "
    "OK oklahoma OR oregon PA pennsylvania RI rhodeisland SC southcarolina SD southdakota "
    "TN tennessee TX texas UT utah VT vermont VA virginia WA washington WV westvirginia "
    "WI wisconsin WY wyoming PR puertorico",
    "CA": "AB alberta BC britishcolumbia MB manitoba NB newbrunswick "
    "NL newfoundlandandlabrador NS novascotia NT northwestterritories NU nunavut ON ontario "
    "PE princeedwardisland QC quebec SK saskatchewan YT yukon",
}
"""ISO 3166-2 codes, each before its name."""

_BY_NAME = {name: code for code, names in _COUNTRIES.items() for name in names.split()}
_PART_BY_NAME = {
    country: {
        key: code
        for code, name in zip(parts.split()[::2], parts.split()[1::2], strict=True)
        for key in (code.casefold(), name)
    }
    for country, parts in _PARTS.items()
}


@lru_cache(maxsize=4096)
def region_in(country_cell: str, state_cell: str, shop_country: str) -> str | None:
    """Return the place an address names, "US-FL" or "GB"; None if it names none that is known.

    A state without a country belongs to the shop's country, if that country has such a state.
    """
    country = _country(country_cell)
    if country_cell and country is None:
        return None
    parts = _PART_BY_NAME.get(country or shop_country, {})
    part = parts.get(header_key(state_cell))
    if part is not None:
        return f"{country or shop_country}-{part}"
    return country


def place_typed(words: str, shop_country: str) -> str | None:
    """Return the place somebody typed: "US-FL", "FL", "Florida", "GB", "Ireland"; or None.

    Two letters are a state where the shop's country has such a one: "GA" is Georgia to a shop in
    the United States and Gabon to one in France. The name of a country is always the country.
    """
    country, dash, part = words.strip().partition("-")
    if dash:
        found = region_in(country, part, shop_country)
        return found if found is not None and "-" in found else None
    first, second = (("", words.strip()), (words.strip(), ""))
    if header_key(words) in _BY_NAME:
        first, second = second, first
    return region_in(*first, shop_country) or region_in(*second, shop_country)


def _country(cell: str) -> str | None:
    key = header_key(cell)
    if key in _BY_NAME:
        return _BY_NAME[key]
    return key.upper() if len(key) == len("US") and key.upper() in _codes() else None


@lru_cache(maxsize=1)
def _codes() -> frozenset[str]:
    from phonenumbers import SUPPORTED_REGIONS

    return frozenset(SUPPORTED_REGIONS)
