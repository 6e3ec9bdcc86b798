"""How many parts a text is billed as, in GSM-7 or UCS-2 (3GPP TS 23.038). Must not alter it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from shopbell.domain.texts import Encoding

GSM_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
"""Characters of one septet. ESC has a code too, but is no character."""

GSM_EXTENSION = frozenset("\f^{}\\[~]|€")
"""Characters of two septets: an escape and a code, which must stay in one part."""

_ALL_BASIC = re.compile(f"[{re.escape(''.join(sorted(GSM_BASIC)))}]*")

_SINGLE = {Encoding.GSM7: 160, Encoding.UCS2: 70}
_IN_A_CHAIN = {Encoding.GSM7: 153, Encoding.UCS2: 67}
"""A part of several carries a header of six octets."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """What a text costs on the way."""

    encoding: Encoding
    units: int
    """Septets for GSM-7, UTF-16 code units for UCS-2."""
    segments: int
    """Billed parts; none for an empty text."""
    costly: tuple[str, ...]
    """The characters that force UCS-2, in order of appearance, without repeats."""


def measure(text: str) -> Measure:
    """Return encoding, units and parts of `text`; half a surrogate pair is one code unit."""
    if _ALL_BASIC.fullmatch(text):
        return _even(len(text), Encoding.GSM7)
    costly = tuple(dict.fromkeys(c for c in text if c not in GSM_BASIC and c not in GSM_EXTENSION))
    encoding = Encoding.UCS2 if costly else Encoding.GSM7
    sizes = [_units(character, encoding) for character in text]
    units = sum(sizes)
    segments = min(1, units) if units <= _SINGLE[encoding] else _packed(sizes, encoding)
    return Measure(encoding=encoding, units=units, segments=segments, costly=costly)


def _even(units: int, encoding: Encoding) -> Measure:
    """Return the measure of a text whose characters are all one unit: any cut will do."""
    parts = 1 if units <= _SINGLE[encoding] else -(-units // _IN_A_CHAIN[encoding])
    return Measure(encoding=encoding, units=units, segments=min(parts, units), costly=())


def _units(character: str, encoding: Encoding) -> int:
    if encoding is Encoding.GSM7:
        return 2 if character in GSM_EXTENSION else 1
    return 2 if ord(character) > 0xFFFF else 1


def _packed(sizes: list[int], encoding: Encoding) -> int:
    """Return how many parts the characters fill when none of them may be split."""
    parts, filled = 1, 0
    for size in sizes:
        if filled + size > _IN_A_CHAIN[encoding]:
            parts, filled = parts + 1, 0
        filled += size
    return parts
