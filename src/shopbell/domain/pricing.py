"""What a text costs: parts times the rate the owner set for the start of the number.

Money is whole millionths of the currency. Must not guess a rate, add tax or change a currency.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from shopbell.domain.ids import E164
from shopbell.errors import BadInput

_MICROS = 1_000_000
_LONGEST_PREFIX = 8
_PREFIX = re.compile(r"\+[1-9][0-9]{0,6}")
_AMOUNT = re.compile(r"[0-9]{1,6}(?:\.[0-9]{1,6})?")
_CURRENCY = re.compile(r"[A-Z]{3}")
_LINE = re.compile(r"([^\s:=]{1,40})[\s:=]{1,4}(\S{1,40})")
_ELSEWHERE = "*"
_HINT = 'Write one rate a line, the price of one part last: "+1 0.0079", and "* 0.05" for the rest.'


def price_words(micros: int, currency: str | None) -> str:
    """Return an amount with every decimal it has: `0.0158 USD`."""
    return f"{(Decimal(micros) / _MICROS).normalize():f} {currency or ''}".strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """What one part costs, by how a number begins."""

    currency: str
    """ISO 4217, for example "USD"."""
    by_prefix: Mapping[str, int]
    """Millionths of the currency by "+44"; the longest that fits counts."""
    elsewhere: int | None = None
    """Millionths for numbers that no prefix fits; None while the owner has set none."""

    def __post_init__(self) -> None:
        """Refuse what is no rate.

        Raises:
            BadInput: the currency is no code of three letters, a prefix is not "+" and one to seven
                digits, or a rate is below zero.
        """
        if not _CURRENCY.fullmatch(self.currency):
            raise BadInput(
                f"\u201c{self.currency[:20]}\u201d is not a currency.",
                "Use three letters, like USD.",
                code="bad_currency",
            )
        for prefix, micros in self.by_prefix.items():
            if not _PREFIX.fullmatch(prefix):
                raise BadInput(
                    f"\u201c{prefix[:20]}\u201d is not the start of a number.",
                    "Write it with its country code, like +44.",
                    code="bad_price",
                )
            _refuse_negative(micros)
        if self.elsewhere is not None:
            _refuse_negative(self.elsewhere)

    def per_part(self, number: E164) -> int | None:
        """Return the millionths of one part to `number`; None if no rate fits."""
        for length in range(min(len(number), _LONGEST_PREFIX), 1, -1):
            micros = self.by_prefix.get(number[:length])
            if micros is not None:
                return micros
        return self.elsewhere


@dataclass(frozen=True, slots=True, kw_only=True)
class Bill:
    """What many texts cost together."""

    texts: int
    parts: int
    micros: int
    """Of those that have a rate."""
    without_rate: int
    """How many texts have none: the sum is too low by them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """How the numbers of a country begin."""

    prefix: str
    """With its plus: "+44"."""
    shared_with: tuple[str, ...]
    """Other countries whose numbers begin so too, ISO 3166-1, in order."""


def beginning_of(country: str) -> Beginning | None:
    """Return how the numbers of a country (ISO 3166-1, any letters) begin; None if unknown."""
    from phonenumbers import COUNTRY_CODE_TO_REGION_CODE, country_code_for_region

    code = country_code_for_region(country.upper())
    if not code:
        return None
    others = sorted(set(COUNTRY_CODE_TO_REGION_CODE[code]) - {country.upper()})
    return Beginning(prefix=f"+{code}", shared_with=tuple(others))


def price(number: E164, segments: int, rates: Rates) -> int | None:
    """Return the millionths of `rates.currency` that `segments` parts to `number` cost.

    None if the owner has set no rate that fits.
    """
    per_part = rates.per_part(number)
    return None if per_part is None else per_part * segments


def rate_of(
    number: E164, rates: Rates | None, elsewhere: tuple[int | None, str | None]
) -> tuple[int | None, str | None]:
    """Return the millionths of one part to `number`, and their currency.

    The owner's rate for the start of the number comes first, then `elsewhere`, the price that was
    noted for the gateway.
    """
    per_part = None if rates is None else rates.per_part(number)
    if rates is None or per_part is None:
        return elsewhere
    return per_part, rates.currency


def bill(texts: Iterable[tuple[E164, int]], rates: Rates) -> Bill:
    """Return the sum over texts, each a number and its parts."""
    count = parts = micros = without = 0
    for number, segments in texts:
        cost = price(number, segments, rates)
        count += 1
        parts += segments
        if cost is None:
            without += 1
        else:
            micros += cost
    return Bill(texts=count, parts=parts, micros=micros, without_rate=without)


def read_rates(text: str, currency: str) -> Rates:
    """Return the rates an owner wrote, one a line: "+44 0.04", and "* 0.05" for all others.

    `rates_text` writes what this reads.

    Raises:
        BadInput: names the line that cannot be read, or the prefix that stands there twice.
    """
    found: dict[str, int] = {}
    for line in filter(None, map(str.strip, re.split(r"[\n;]", text))):
        match = _LINE.fullmatch(line)
        if match is None or not _AMOUNT.fullmatch(match[2]):
            raise BadInput(
                f"The rate \u201c{line[:40]}\u201d cannot be read.", _HINT, code="bad_price"
            )
        if match[1] in found:
            raise BadInput(
                f"The rate for {match[1]} is given twice.", "Keep one of them.", code="bad_price"
            )
        found[match[1]] = int(Decimal(match[2]) * _MICROS)
    elsewhere = found.pop(_ELSEWHERE, None)
    return Rates(currency=currency, by_prefix=found, elsewhere=elsewhere)


def rates_text(rates: Rates) -> str:
    """Return the rates as an owner would write them, by prefix, those for the rest last."""
    lines = [
        f"{prefix} {amount_text(rates.by_prefix[prefix])}" for prefix in sorted(rates.by_prefix)
    ]
    if rates.elsewhere is not None:
        lines.append(f"{_ELSEWHERE} {amount_text(rates.elsewhere)}")
    return "\n".join(lines)


def amount_text(micros: int) -> str:
    """Return millionths as a plain amount: "0.0079"."""
    return f"{(Decimal(micros) / _MICROS).normalize():f}"


def _refuse_negative(micros: int) -> None:
    if micros < 0:
        raise BadInput("A price cannot be below zero.", _HINT, code="bad_price")
