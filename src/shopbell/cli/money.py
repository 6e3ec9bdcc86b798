"""Prices between millionths, scripts and people. Must not add tax or guess a currency."""

from __future__ import annotations

import re
from decimal import Decimal

from shopbell.domain.pricing import price_words
from shopbell.errors import BadInput

_MICROS = 1_000_000
_PRICE = re.compile(r"[0-9]{1,6}(\.[0-9]{1,6})?")
_CURRENCY = re.compile(r"[A-Z]{3}")


def read_price(text: str) -> int:
    """Read the price of one part, in millionths.

    Raises:
        BadInput: it is not a plain amount with at most six decimals.
    """
    if not _PRICE.fullmatch(text):
        raise BadInput(
            f"“{text[:20]}” is not a price.",
            "Write the price of one part like 0.0079.",
            code="bad_price",
        )
    return int(Decimal(text) * _MICROS)


def read_currency(text: str) -> str:
    """Read an ISO 4217 code.

    Raises:
        BadInput: it is not three letters.
    """
    if not _CURRENCY.fullmatch(text.upper()):
        raise BadInput(
            f"“{text[:20]}” is not a currency.", "Use three letters, like USD.", code="bad_currency"
        )
    return text.upper()


def amount(micros: int | None) -> float | None:
    """Return millionths in units of the currency, for scripts."""
    return None if micros is None else micros / _MICROS


def part_price(micros: int | None, segments: int) -> int | None:
    """Return the price of one part of a text."""
    return None if micros is None else micros // max(segments, 1)


def spoken_bill(segments: int, micros: int | None, currency: str | None) -> str:
    """Return parts times the price of one: `2 x 0.0079 = 0.0158 USD`."""
    whole = spoken_price(micros, currency)
    if micros is None or segments < 2:
        return whole
    return f"{segments} x {spoken_price(part_price(micros, segments), None)} = {whole}"


def spoken_price(micros: int | None, currency: str | None) -> str:
    """Return a price in words: `0.0158 USD`."""
    if micros is None:
        return "no price set"
    return price_words(micros, currency)
