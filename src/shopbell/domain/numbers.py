"""Reads a phone number as a person or a spreadsheet wrote it. Must not say whether to text it.

The heavy number data is imported when the first number is read, so that `--help` stays quick.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from shopbell.domain.ids import E164
from shopbell.domain.zones import plausible_zones

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber


class NumberKind(StrEnum):
    """What a number is for, as far as its digits tell."""

    MOBILE = "mobile"
    LANDLINE = "landline"
    LANDLINE_OR_MOBILE = "landline or mobile"
    """North America: the digits don't tell."""
    INTERNET = "internet"
    TOLL_FREE = "toll-free"
    PREMIUM = "premium-rate"
    SHARED_COST = "shared-cost"
    PERSONAL = "personal"
    PAGER = "pager"
    COMPANY = "company"
    VOICEMAIL = "voicemail"
    UNKNOWN = "unknown"
    """Stored once, but no longer read as a number in use."""

    @property
    def is_textable(self) -> bool:
        """Whether a text to such a number can reach a person's phone."""
        return self in _TEXTABLE


_TEXTABLE = frozenset({NumberKind.MOBILE, NumberKind.LANDLINE_OR_MOBILE, NumberKind.INTERNET})


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """One number, read."""

    e164: E164
    country: str | None
    """ISO 3166-1 alpha-2 of the number itself; None for international services."""
    kind: NumberKind
    zones: tuple[str, ...]
    """IANA zones its owner may be in, sorted; empty if nobody can say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberProblem:
    """Why a number could not be read. `code` is stable, `sentence` says what to do."""

    code: str
    sentence: str


_SENTENCES = {
    "empty": "There is no number here. Type one, for example +1 212 555 0142.",
    "spreadsheet": "A spreadsheet has shortened this number (1.55512E+10). Format the column as "
    "text, export the list again, or type the number here.",
    "several": "There are several numbers here. Keep the mobile number and remove the others.",
    "letters": "There are letters in this number. Type it with digits only.",
    "extension": "A number with an extension cannot be texted. Call it, or ask for a mobile "
    "number.",
    "emergency": "This is an emergency number. It cannot be texted from a shop.",
    "short": "This number is too short: it lacks its area code, or it is a short code that cannot "
    "be texted. Type the whole number.",
    "long": "This number has too many digits. Check it and type it again.",
    "country": "The country of this number is not known. Type it with + and the country code, for "
    "example +1 212 555 0142.",
    "unused": "No phone has this number: it is not in use anywhere. Check it and type it again.",
    "not-a-number": "This is not a phone number. Type one, for example +1 212 555 0142.",
}

_MOST_CHARS = 100
_DASHES = dict.fromkeys(
    (ord(c) for c in "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d\u30fc\u00b7"),
    "-",
)
_LETTER = re.compile(r"[^\W\d_]")
_EXTENSION = re.compile(
    r"(?:;ext=|\bext(?:n|ension)?\b\.?|\bdurchwahl\b|\bposte\b|[x#~])[ .:#-]*\d{1,7}#?$", re.I
)
_SHORTENED = re.compile(r"\d(?:[.,]\d+)?e[+-]?\d{1,3}$", re.I)
_WHOLE_FLOAT = re.compile(r"^(\+?\d{7,})\.0+$")
_SEPARATOR = re.compile(r"\s*(?::::|[/|;,\n]|\b(?:or|and|oder|ou|y)\b)\s*", re.I)
_EMERGENCY_ANYWHERE = frozenset({"112", "911", "999"})
_SHORT_CODE_DIGITS = 6
_MOST_DIGITS = 15

_RESERVED = (
    (44, re.compile(r"7700900\d{3}"), "GB", NumberKind.MOBILE),
    (33, re.compile(r"63998\d{4}"), "FR", NumberKind.MOBILE),
)
"""Ranges that regulators keep for films and tests, where the library calls them unused."""


def read_number(raw: str, country: str) -> Number | NumberProblem:
    """Read `raw`; numbers without a country code belong to `country` (ISO alpha-2).

    Never raises, whatever the text. A landline is a `Number` too, with its kind.
    """
    text = _tidied(raw)
    early = _problem_before_parsing(text)
    if early is not None:
        return _problem(early)
    import phonenumbers

    try:
        parsed = phonenumbers.parse(text, country.upper())
    except phonenumbers.NumberParseException as error:
        return _problem(_problem_of_parsing(error, text, country))
    if parsed.extension:
        return _problem("extension")
    return _checked(parsed, text, country)


@lru_cache(maxsize=8192)
def number_of(e164: E164) -> Number:
    """Return what is known of a number that was read before. Remembers the last ones asked for.

    Number plans change: one that is no longer in use is of unknown kind, and not textable.
    """
    read = read_number(e164, "")
    if isinstance(read, NumberProblem):
        return Number(e164=e164, country=None, kind=NumberKind.UNKNOWN, zones=())
    return read


def _problem(code: str) -> NumberProblem:
    return NumberProblem(code=code, sentence=_SENTENCES[code])


def _tidied(raw: str) -> str:
    if not (raw.isascii() and raw.isprintable()):
        raw = unicodedata.normalize("NFKC", raw[: 4 * _MOST_CHARS]).translate(_DASHES)
        raw = "".join(" " if c == "\t" else c for c in raw if unicodedata.category(c) != "Cf")
    text = raw.strip().removeprefix("tel:").strip().removeprefix("'")
    whole = _WHOLE_FLOAT.match(text)
    return whole.group(1) if whole else text


def _problem_before_parsing(text: str) -> str | None:
    """Return what is wrong with the writing itself, before any library sees it."""
    if not text:
        return "empty"
    if len(text) > _MOST_CHARS:
        return "long"
    if _SHORTENED.search(text):
        return "spreadsheet"
    if not text.isascii() or _SEPARATOR.search(text):
        pieces = [piece for piece in _SEPARATOR.split(text) if _digits(piece) >= len("5550142")]
        if len(pieces) > 1:
            return "several"
    if _EXTENSION.search(text):
        return "extension"
    if _LETTER.search(text):
        return "letters" if _digits(text) else "not-a-number"
    if not _digits(text):
        return "not-a-number"
    return None


def _digits(text: str) -> int:
    return sum(map(str.isdecimal, text))


def _problem_of_parsing(error: Exception, text: str, country: str) -> str:
    import phonenumbers

    kind = getattr(error, "error_type", None)
    if kind == phonenumbers.NumberParseException.INVALID_COUNTRY_CODE:
        return "country"
    if kind == phonenumbers.NumberParseException.TOO_LONG:
        return "long"
    if kind in {
        phonenumbers.NumberParseException.TOO_SHORT_NSN,
        phonenumbers.NumberParseException.TOO_SHORT_AFTER_IDD,
    }:
        return _short(text, country)
    return _short(text, country) if _digits(text) <= _SHORT_CODE_DIGITS else "not-a-number"


def _short(text: str, country: str) -> str:
    from phonenumbers import is_emergency_number

    digits = "".join(filter(str.isdecimal, text))
    if digits in _EMERGENCY_ANYWHERE:
        return "emergency"
    if country and is_emergency_number(digits, country.upper()):
        return "emergency"
    return "short"


def _checked(parsed: PhoneNumber, text: str, country: str) -> Number | NumberProblem:
    import phonenumbers

    e164 = E164(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164))
    region = phonenumbers.region_code_for_number(parsed)
    found = _kinds()[phonenumbers.number_type(parsed)] if region else None
    if region is None or found is None:
        return _reserved(parsed, e164) or _problem(_why_unused(parsed, text, country))
    return Number(
        e164=e164,
        country=region if len(region) == len("US") and region.isalpha() else None,
        kind=found,
        zones=plausible_zones(e164, place_bound=found is NumberKind.LANDLINE),
    )


def _reserved(parsed: PhoneNumber, e164: E164) -> Number | None:
    for code, pattern, place, kind in _RESERVED:
        if parsed.country_code == code and pattern.fullmatch(str(parsed.national_number)):
            zones = plausible_zones(e164, place_bound=False)
            return Number(e164=e164, country=place, kind=kind, zones=zones)
    return None


def _why_unused(parsed: PhoneNumber, text: str, country: str) -> str:
    import phonenumbers

    if _digits(text) <= _SHORT_CODE_DIGITS:
        return _short(text, country)
    match phonenumbers.is_possible_number_with_reason(parsed):
        case phonenumbers.ValidationResult.TOO_LONG:
            return "long"
        case (
            phonenumbers.ValidationResult.TOO_SHORT
            | phonenumbers.ValidationResult.IS_POSSIBLE_LOCAL_ONLY
        ):
            return "short"
        case _:
            return "unused"


@lru_cache(maxsize=1)
def _kinds() -> dict[int, NumberKind | None]:
    from phonenumbers import PhoneNumberType as Library

    return {
        Library.MOBILE: NumberKind.MOBILE,
        Library.FIXED_LINE: NumberKind.LANDLINE,
        Library.FIXED_LINE_OR_MOBILE: NumberKind.LANDLINE_OR_MOBILE,
        Library.VOIP: NumberKind.INTERNET,
        Library.TOLL_FREE: NumberKind.TOLL_FREE,
        Library.PREMIUM_RATE: NumberKind.PREMIUM,
        Library.SHARED_COST: NumberKind.SHARED_COST,
        Library.PERSONAL_NUMBER: NumberKind.PERSONAL,
        Library.PAGER: NumberKind.PAGER,
        Library.UAN: NumberKind.COMPANY,
        Library.VOICEMAIL: NumberKind.VOICEMAIL,
        Library.UNKNOWN: None,
    }
