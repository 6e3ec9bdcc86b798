"""Finds the numbers a state gives to a person, and dates of birth. Must not repeat them.

A number counts if its shape is one and its check digits are right. Where plain digits could be
anything, its name must stand before it. Every pattern has bounded repeats.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from shopbell.domain.folding import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class _Number:
    """How the number of one country is written; group 1 is the number."""

    found: re.Pattern[str]
    country: str
    """Where the reader of its check digits lives in python-stdnum; empty if it has none."""
    name: str = ""


_SEP = "[ .\\-/\u2010-\u2015]{0,2}"


def _named(names: str, digits: int) -> re.Pattern[str]:
    """Return the pattern of so many digits right after one of the names."""
    return re.compile(
        rf"\b(?:{names})\b[^\d\n]{{0,20}}?(?<!\d)(\d(?:{_SEP}\d){{{digits - 1}}})(?!{_SEP}\d)", re.I
    )


_NUMBERS = (
    # The national insurance number of the UK has no check digit, but no other thing looks like it.
    _Number(
        found=re.compile(
            r"(?<![A-Za-z0-9])((?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]"
            rf"(?:{_SEP}\d\d){{3}}{_SEP}[A-D])(?![A-Za-z0-9])"
        ),
        country="",
    ),
    _Number(
        found=re.compile(r"(?<![\w-])(\d{8}[ -]?[A-Z]|[XYZ][ -]?\d{7}[ -]?[A-Z])(?![\w-])"),
        country="es",
        name="nif",
    ),
    _Number(
        found=re.compile(
            r"\b([a-z]{6}[0-9lmnp-v]{2}[a-ehlmprst][0-9lmnp-v]{2}[a-z][0-9lmnp-v]{3}[a-z])\b", re.I
        ),
        country="it",
        name="codicefiscale",
    ),
    _Number(
        found=re.compile(
            r"(?<!\d)([12] ?\d\d ?(?:0[1-9]|1[0-2]) ?\d[\dAB] ?\d{3} ?\d{3} ?\d\d)(?! ?\d)"
        ),
        country="fr",
        name="nir",
    ),
    _Number(
        found=re.compile(r"(?<![\d.])(\d{3}\.\d{3}\.\d{3}-\d\d)(?!\d)"), country="br", name="cpf"
    ),
    _Number(found=_named("cpf", 11), country="br", name="cpf"),
    _Number(
        found=_named("steuer-?id(?:entifikationsnummer|nr)?|idnr|tax id", 11),
        country="de",
        name="idnr",
    ),
    _Number(found=_named("(?-i:SIN)|social insurance(?: number)?", 9), country="ca", name="sin"),
    _Number(found=_named("tfn|tax file(?: number)?", 9), country="au", name="tfn"),
    _Number(found=_named("id(?:entity)?(?: number| no)?", 13), country="za", name="idnr"),
    _Number(found=_named("aadhaar|aadhar", 12), country="in", name="aadhaar"),
    _Number(
        found=re.compile(r"\bppsn?\b[^\d\n]{0,20}?(\d{7}[A-W][A-IW]?)(?!\w)", re.I),
        country="ie",
        name="pps",
    ),
    _Number(found=_named("bsn|burgerservicenummer", 9), country="nl", name="bsn"),
)

_MONTH = (
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|janv|f\u00e9vr|mars|avr|mai|juin|juil"
    r"|ao\u00fbt|d\u00e9c|ene|abr|ago|dic|m\u00e4r|okt|dez)[a-z\u00fb]{0,7}\.?"
)
_YEAR = r"(?:19|20)\d\d"
_DATE = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th|er|\.)?\s(?:of\s|de\s)?{_MONTH},?\s(?:de\s)?{_YEAR}"
    rf"|{_MONTH}\s\d{{1,2}}(?:st|nd|rd|th)?,?\s{_YEAR}"
    rf"|{_YEAR}[-./]\d{{1,2}}[-./]\d{{1,2}}"
    rf"|\d{{1,2}}\s?[-./]\s?\d{{1,2}}\s?[-./]\s?(?:{_YEAR}|\d\d))(?!\d)"
)
_BIRTH = re.compile(
    r"\b(?:date of birth|birth ?date|d\.?o\.?b\.?|born(?: on)?|geburtsdatum|geboren(?: am)?"
    r"|date de naissance|n\u00e9e? le|fecha de nacimiento|nacid[oa](?: el)?|data di nascita)"
    rf"(?:\sis\b|\sist\b|\sest\b|\ses\b)?\s{{0,2}}[:=]?\s{{0,2}}({_DATE})",
    re.I,
)
_NOBODY = re.compile(r"\b(?:(?:shop|store|business|company|bakery) was|we were) $", re.I)
"""Before "born on": a shop has no birthday to keep secret."""
_LONGEST_NOBODY = 13

_DIGITS = re.compile(r"\d(?:[^\d\n]{0,2}\d){5}")
"""No number of a person has fewer."""


def identity_numbers(text: str) -> Iterator[Span]:
    """Yield where an identity number stands."""
    if not _DIGITS.search(text):
        return
    for number in _NUMBERS:
        for match in number.found.finditer(text):
            if not number.country or _is_right(match.group(1), number):
                yield match.span(1)


def birth_dates(text: str) -> Iterator[Span]:
    """Yield where a full date of birth stands."""
    for match in _BIRTH.finditer(text):
        if not _NOBODY.search(text, max(0, match.start() - _LONGEST_NOBODY), match.start()):
            yield match.span(1)


def _is_right(written: str, number: _Number) -> bool:
    """Return whether the check digits are those of the number."""
    from stdnum import get_cc_module

    reader = get_cc_module(number.country, number.name)
    bare = "".join(filter(str.isalnum, written)).upper()
    return reader is not None and bool(reader.is_valid(bare))
