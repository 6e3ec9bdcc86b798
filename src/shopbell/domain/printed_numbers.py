"""A number as it is printed or written to a file for people. Must not read what people type."""

from __future__ import annotations

import re
from dataclasses import dataclass

from shopbell.domain.ids import E164
from shopbell.domain.numbers import Number, NumberProblem, read_number

_SHORT_CODE = re.compile(r"[0-9]{3,8}")


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinNumber:
    """Where a customer's own text goes: a whole number, or a short code."""

    dial: str
    """As a phone dials it: "+12125550100", "55501"."""
    printed: str
    """As people in the shop's country read it: "(212) 555-0100"."""


def join_number(raw: str, country: str) -> JoinNumber | NumberProblem:
    """Read the number that texts to the shop arrive at, in the shop's `country` (ISO alpha-2)."""
    tidy = raw.strip()
    if _SHORT_CODE.fullmatch(tidy):
        return JoinNumber(dial=tidy, printed=tidy)
    number = read_number(raw, country)
    if isinstance(number, NumberProblem):
        return number
    return JoinNumber(dial=number.e164, printed=printed(number, country))


def printed(number: Number, country: str) -> str:
    """Return the number as people in `country` write it: theirs without the country code."""
    import phonenumbers

    style = (
        phonenumbers.PhoneNumberFormat.NATIONAL
        if number.country == country
        else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    )
    return phonenumbers.format_number(phonenumbers.parse(number.e164), style)


def sms_link(to: JoinNumber, body: str) -> str:
    """Return the `sms:` address (RFC 5724) that opens a text of one plain word."""
    return f"sms:{to.dial}?body={body}"


def dialled(number: E164, country: str) -> str | None:
    """Return the number as it is dialled from `country`, beginning with a digit or a bracket.

    Such a cell is no formula to any spreadsheet. None where reading it again would not give the
    same number.
    """
    import phonenumbers

    parsed, country = phonenumbers.parse(number), country.upper()
    if phonenumbers.region_code_for_number(parsed) == country:
        text = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.NATIONAL)
    else:
        text = phonenumbers.format_out_of_country_calling_number(parsed, country)
    again = read_number(text, country)
    if text[:1] not in "(0123456789" or isinstance(again, NumberProblem) or again.e164 != number:
        return None
    return text
