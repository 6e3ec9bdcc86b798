"""Finds what must never travel in a text: card numbers, bank accounts, identity numbers, passwords.

Must not repeat a secret in what it returns: only its kind and the place where it stands. Every
pattern has bounded repeats, so that a very long text takes its time once, not squared.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate

from shopbell.domain.identity_numbers import birth_dates, identity_numbers


class SecretKind(StrEnum):
    """What was found, in words for a sentence."""

    CARD = "a card number"
    SECURITY_CODE = "a card's security code"
    IBAN = "a bank account number (IBAN)"
    SSN = "a social security number"
    IDENTITY = "a national identity number"
    BIRTH_DATE = "a full date of birth"
    PASSWORD = "a password"  # noqa: S105 - a kind of secret, not one
    PIN = "a PIN"
    ONE_TIME_CODE = "a one-time code"


@dataclass(frozen=True, slots=True, kw_only=True)
class SecretFound:
    """One secret and where it stands: `text[start:end]`."""

    kind: SecretKind
    start: int
    end: int


_DASHES = r"\-\u2010-\u2015"
_DIGIT_RUN = re.compile(rf"\d(?:[\s._{_DASHES}]{{0,2}}\d)+")
_CARD_SHAPE = re.compile(r"(?:4 ){3}[1-4](?: [1-3])?|4 6 [45]")
"""How the digits on a card are grouped; phone numbers and prices are grouped otherwise."""
_CARD_ISSUERS = re.compile(
    r"4(?:\d{12}|\d{15}|\d{18})|(?:5[1-5]|2[2-7])\d{14}|3[47]\d{13}|3(?:0[0-5]|[689])\d{11,16}"
    r"|35\d{14,17}|6\d{12,18}|5[06-8]\d{11,17}"
)
"""First digits and lengths in use: a phone's IMEI passes Luhn too, but is no card."""
_SAYS_CARD = re.compile(r"\b(?:card|visa|mastercard|amex|debit|credit|karte|carte|tarjeta)\b", re.I)
_CARD_DIGITS = range(13, 20)

_IBAN = re.compile(rf"(?<!\w)(?=([a-z]{{2}}\d\d(?:[ {_DASHES}]?[a-z0-9]){{11,30}}))", re.I)
_SHORTEST_IBAN = 15
_SSN = re.compile(
    rf"(?<![\w{_DASHES}])(\d{{3}})[{_DASHES}](\d\d)[{_DASHES}](\d{{4}})(?![\w{_DASHES}])"
)
_SSN_NAMED = re.compile(
    rf"\b(?:ssn|social security)\b[^\d\n]{{0,24}}"
    rf"(\d{{3}})[ {_DASHES}]?(\d\d)[ {_DASHES}]?(\d{{4}})(?!\d)",
    re.I,
)
_PASSWORD = re.compile(
    r"\b(?:pass(?:word|code|phrase|wd)|pwd|kennwort|passwort|contrase\u00f1a|mot de passe)s?\b"
    r"(?P<link>\s{0,3}(?:(?:is|are|ist|lautet|es|est)\b)?\s{0,3}[:=]?\s{0,3})"
    r"[\"'\u2018\u201c]?(?P<value>[^\s\"'\u2019\u201d]{3,64})",
    re.I,
)
_NO_VALUES = frozenset(
    {"and", "any", "ask", "changed", "for", "free", "from", "here", "needed", "never", "not", "off"}
    | {"only", "our", "please", "protected", "required", "reset", "safe", "secret", "see", "sent"}
    | {"the", "their", "there", "this", "with", "you", "your"}
)
"""Words that may follow "password is" without being one."""

_CODE = r"(?<![\d.,])(\d{3}[ -]\d{3}|\d{4,8})(?![\d]|[.,:]\d)"
_LINK = r"(?:\s{1,3}(?:code|number))?(?:\s{1,3}(?:is|ist|es|est))?\s{0,3}[:=\-\u2013]?\s{0,3}"
_ONE_TIME = (
    r"(?:(?:one[- ]?time|verification|authentication|security|log[- ]?in|sign[- ]?in|2fa"
    r"|two[- ]factor)\s{1,3}(?:pass)?(?:code|word|pin)|otp)"
)
_NAMED = (
    (
        SecretKind.SECURITY_CODE,
        re.compile(
            rf"\b(?:cvv2?|cvc2?|cv2|card security code){_LINK}(?<!\d)(\d{{3,4}})(?!\d)", re.I
        ),
    ),
    (SecretKind.PIN, re.compile(rf"\bpin{_LINK}{_CODE}", re.I)),
    (SecretKind.ONE_TIME_CODE, re.compile(rf"\b{_ONE_TIME}{_LINK}{_CODE}", re.I)),
    (
        SecretKind.ONE_TIME_CODE,
        re.compile(rf"{_CODE}\s{{1,3}}is your (?:[^\s.]{{1,30}} ){{0,4}}?{_ONE_TIME}\b", re.I),
    ),
)


def secrets_in(text: str) -> tuple[SecretFound, ...]:
    """Return every secret in `text`, in order of appearance."""
    found: dict[tuple[int, int], SecretFound] = {}
    for reader in (_cards, _ibans, _ssns, _identities, _named, _passwords):
        for secret in reader(text):
            found.setdefault((secret.start, secret.end), secret)
    return tuple(found[place] for place in sorted(found))


def _cards(text: str) -> Iterator[SecretFound]:
    for run in _DIGIT_RUN.finditer(text):
        groups = [group.span() for group in re.finditer(r"\d+", run.group())]
        for first in range(len(groups)):
            sizes = [end - start for start, end in groups[first : first + max(_CARD_DIGITS)]]
            for count, total in enumerate(accumulate(sizes), start=1):
                if total > max(_CARD_DIGITS):
                    break
                if total not in _CARD_DIGITS:
                    continue
                start = run.start() + groups[first][0]
                end = run.start() + groups[first + count - 1][1]
                shape = " ".join(map(str, sizes[:count]))
                grouped_like_one = count in {1, len(groups)} or _CARD_SHAPE.fullmatch(shape)
                if grouped_like_one and _is_card(text, start, end):
                    yield SecretFound(kind=SecretKind.CARD, start=start, end=end)


def _is_card(text: str, start: int, end: int) -> bool:
    from stdnum import luhn

    digits = _digits(text[start:end])
    before = text[max(0, start - 30) : start]
    known = _CARD_ISSUERS.fullmatch(digits) or _SAYS_CARD.search(before)
    return bool(known) and bool(luhn.is_valid(digits))


def _ibans(text: str) -> Iterator[SecretFound]:
    for match in _IBAN.finditer(text):
        from stdnum import iban

        whole = match.group(1)
        for length in range(len(whole), _SHORTEST_IBAN - 1, -1):
            after = text[match.start() + length : match.start() + length + 1]
            if not (after.isalnum() and after.isascii()) and iban.is_valid(
                _alphanumeric(whole[:length]), check_country=False
            ):
                end = match.start() + length
                yield SecretFound(kind=SecretKind.IBAN, start=match.start(), end=end)
                break


def _ssns(text: str) -> Iterator[SecretFound]:
    for pattern in (_SSN, _SSN_NAMED):
        for match in pattern.finditer(text):
            from stdnum.us import itin, ssn

            number = "-".join(map(_digits, match.groups()))
            if ssn.is_valid(number) or itin.is_valid(number) or pattern is _SSN_NAMED:
                yield SecretFound(kind=SecretKind.SSN, start=match.start(1), end=match.end(3))


def _identities(text: str) -> Iterator[SecretFound]:
    for start, end in identity_numbers(text):
        yield SecretFound(kind=SecretKind.IDENTITY, start=start, end=end)
    for start, end in birth_dates(text):
        yield SecretFound(kind=SecretKind.BIRTH_DATE, start=start, end=end)


def _passwords(text: str) -> Iterator[SecretFound]:
    for match in _PASSWORD.finditer(text):
        value = match["value"].rstrip(".,;!?)").casefold()
        told = match["link"].strip() and value not in _NO_VALUES
        if len(value) > 1 and (told or any(map(str.isdigit, value))):
            yield SecretFound(
                kind=SecretKind.PASSWORD, start=match.start("value"), end=match.end("value")
            )


def _named(text: str) -> Iterator[SecretFound]:
    for kind, pattern in _NAMED:
        for match in pattern.finditer(text):
            yield SecretFound(kind=kind, start=match.start(1), end=match.end(1))


def _digits(text: str) -> str:
    return "".join(str(unicodedata.decimal(c)) for c in text if c.isdecimal())


def _alphanumeric(text: str) -> str:
    return "".join(filter(str.isalnum, text))
