"""The countries by which numbers without a country code can be read. Must not read a number."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

_NO_CALENDAR = {"AC": "Ascension Island", "TA": "Tristan da Cunha"}
_ENOUGH = 4
"""Letters of a name from which on it may be meant without the rest."""

_SHORT_WORDS = frozenset({"and", "the", "of", "da"})


@dataclass(frozen=True, slots=True, kw_only=True)
class DialledCountry:
    """A country with a numbering plan of its own."""

    code: str
    """ISO 3166-1 alpha-2."""
    name: str
    """In English."""
    prefix: int
    """What is dialled before its numbers from abroad, without the +."""
    words: frozenset[str]
    """What it is called, in small letters without blanks: name and codes."""


@lru_cache(maxsize=1)
def dialled_countries() -> tuple[DialledCountry, ...]:
    """Return all of them, by name.

    Which there are, and their prefixes, is what `phonenumbers` knows; the names are those of the
    calendars of `holidays`.
    """
    from holidays.registry import COUNTRIES
    from phonenumbers import SUPPORTED_REGIONS, country_code_for_region

    names: dict[str, tuple[str, ...]] = {code: (name,) for code, name in _NO_CALENDAR.items()}
    names |= {codes[1]: (_name(module), *codes) for module, codes in COUNTRIES.items()}
    found = [
        DialledCountry(
            code=code,
            name=names[code][0],
            prefix=country_code_for_region(code),
            words=frozenset(map(_key, (code, *names[code]))),
        )
        for code in SUPPORTED_REGIONS
    ]
    return tuple(sorted(found, key=lambda one: (one.name, one.code)))


def countries_like(words: str) -> tuple[DialledCountry, ...]:
    """Return the countries somebody may mean by a code, a prefix, or part of a name; best first."""
    wanted = _key(words)
    if not wanted:
        return dialled_countries()
    if wanted.lstrip("+").isdecimal():
        return _by_prefix(wanted.lstrip("+"))
    exact = [one for one in dialled_countries() if wanted in one.words]
    begun = [one for one in dialled_countries() if _key(one.name).startswith(wanted)]
    inside = [one for one in dialled_countries() if wanted in _key(one.name)]
    return tuple(dict.fromkeys((*exact, *begun, *inside)))


def country_called(words: str) -> DialledCountry | None:
    """Return the one country with exactly this code or name, or None."""
    wanted = _key(words)
    return next((one for one in dialled_countries() if wanted in one.words), None)


def country_meant(words: str) -> DialledCountry | None:
    """Return the country of this code or name, or the only one whose name has these letters."""
    if (exact := country_called(words)) is not None:
        return exact
    found = countries_like(words) if len(_key(words)) >= _ENOUGH else ()
    return found[0] if len(found) == 1 else None


def _by_prefix(digits: str) -> tuple[DialledCountry, ...]:
    """Return the countries of a prefix; the one that most of its numbers belong to is first."""
    from phonenumbers import region_code_for_country_code

    found = [one for one in dialled_countries() if f"{one.prefix}" == digits]
    main = region_code_for_country_code(int(digits[:3]))
    return tuple(sorted(found, key=lambda one: one.code != main))


def _name(module: str) -> str:
    words = module.split("_")
    return " ".join(
        word if word in _SHORT_WORDS else word.upper() if word == "dr" else word.capitalize()
        for word in words
    )


def _key(words: str) -> str:
    return "".join(words.split()).casefold().replace("-", "")
