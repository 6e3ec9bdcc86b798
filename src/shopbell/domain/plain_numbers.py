"""Reads cleanly written numbers at a fraction of the price of `numbers.read_number`.

An import reads 100,000 numbers, nearly all of them ordinary and cleanly written. The full reading
asks the library several times over about every place with the same country code; this one holds
the number against the library's own patterns for the ordinary kinds, once. Must not answer unless
the full reading says the same (a test compares them): None means "ask `numbers.read_number`".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from shopbell.domain.ids import E164
from shopbell.domain.numbers import NumberKind

_NORTH_AMERICAN = re.compile(
    r"(\+?1[ .-]?)?(\()?([2-9]\d\d)(?(2)\))[ .-]?([2-9]\d\d)[ .-]?(\d{4})", re.ASCII
)
_CLEAN = re.compile(r"\+?[\d(][\d ().-]{6,22}", re.ASCII)
_DIALLED_WITHOUT_CODE = frozenset({"US", "CA"})
_NEVER = "(?!)"
_PLACES_OF_ONE = ("US", "CA")
"""Under +1 the library's patterns are by place; these two don't overlap with the islands'."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ordinary:
    """The patterns of one place: what its ordinary numbers look like, and what isn't ordinary."""

    kind: NumberKind
    lengths: frozenset[int]
    pattern: re.Pattern[str]
    special: re.Pattern[str]


def read_plain(cell: str, country: str) -> tuple[E164, NumberKind] | None:
    """Return the number and its kind if `cell` is an ordinary number in clean writing, else None.

    Args:
        cell: without white space around it, or it isn't clean.
        country: ISO alpha-2, for numbers without a country code.
    """
    american = _NORTH_AMERICAN.fullmatch(cell)
    if american is not None:
        code, _, area, exchange, line = american.groups()
        if country in _DIALLED_WITHOUT_CODE or (code and code[0] == "+"):
            return _if_ordinary(1, f"{area}{exchange}{line}")
    if _CLEAN.fullmatch(cell) is None:
        return None
    import phonenumbers

    try:
        parsed = phonenumbers.parse(cell, country)
    except phonenumbers.NumberParseException:
        return None
    read = _if_ordinary(parsed.country_code, phonenumbers.national_significant_number(parsed))
    return None if read is None or code_given_twice(read[0], cell) else read


def code_given_twice(number: E164, text: str) -> bool:
    """Return whether `number` is a country code put before a text that begins with that code.

    In Germany "4915123456789" reads as a landline, +49 4915 123456789; more likely it is a mobile
    whose "+" was lost.
    """
    digits = "".join(filter(str.isdecimal, text))
    code = number[1:].removesuffix(digits)
    return number == f"+{code}{digits}" and bool(code) and digits.startswith(code)


def _if_ordinary(code: int | None, national: str) -> tuple[E164, NumberKind] | None:
    for place in _ordinary(code or 0):
        if (
            len(national) in place.lengths
            and place.pattern.fullmatch(national)
            and not place.special.fullmatch(national)
        ):
            return E164(f"+{code}{national}"), place.kind
    return None


@lru_cache(maxsize=256)
def _ordinary(code: int) -> tuple[_Ordinary, ...]:
    """Return the patterns to try for a country code, in the order the library tries them."""
    from phonenumbers import COUNTRY_CODE_TO_REGION_CODE, PhoneMetadata

    places = _PLACES_OF_ONE if code == 1 else COUNTRY_CODE_TO_REGION_CODE.get(code, ())[:1]
    found = []
    for place in places:
        data = PhoneMetadata.metadata_for_region(place)
        if data is None or data.leading_digits or not data.mobile or not data.general_desc:
            continue
        mobile = data.mobile.national_number_pattern or _NEVER
        lengths = data.mobile.possible_length or data.general_desc.possible_length
        fixed = data.fixed_line.national_number_pattern if data.fixed_line else None
        special = [
            *(data.premium_rate, data.toll_free, data.shared_cost, data.personal_number),
            *(data.voip, data.pager, data.uan, data.voicemail),
        ]
        others = [desc.national_number_pattern for desc in special if desc is not None]
        others += [fixed] if fixed != mobile else []
        found.append(
            _Ordinary(
                kind=NumberKind.LANDLINE_OR_MOBILE if fixed == mobile else NumberKind.MOBILE,
                lengths=frozenset(lengths),
                pattern=re.compile(mobile),
                special=re.compile("|".join(filter(None, others)) or _NEVER),
            )
        )
    return tuple(found)
