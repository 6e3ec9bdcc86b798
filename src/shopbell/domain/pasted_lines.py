"""Reads lines that people type or paste: a name and a number, in any order. Drops no line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from shopbell.domain.cells import PhoneRead, read_phone
from shopbell.domain.importing import TableRow
from shopbell.domain.parking import parked
from shopbell.domain.text_lines import LongLine

PASTED_HEADER = ("Name", "Phone")

LONGEST = 2000
"""Characters of one line."""

_TOO_LONG = "This line is far too long for one contact. Put each contact on a line of its own."
_BETWEEN = re.compile(r"\s*[,;\t|]\s*")
_LIST_MARK = re.compile(r"^\s*(?:[-*\u2022\u2013]|\d{1,3}[.)])\s+")
_RUN_OF_DIGITS = re.compile(
    r"[+\uff0b(]?\d(?:[\s().\-/\u00a0\u2010-\u2015]{0,3}\d){4,19}(?:\s?(?:x|ext\.?)\s?\d{1,6})?",
    re.I,
)
_AROUND_A_NAME = " \t:;,.-\u2013<>()\"'"


def pasted_rows(lines: Iterable[str], country: str) -> Iterator[TableRow]:
    """Yield every line that isn't blank as a name and a number, numbered by line.

    Args:
        lines: as pasted or typed.
        country: ISO alpha-2 of the shop.
    """
    for number, line in enumerate(lines, start=1):
        text = line.strip().lstrip("\ufeff")
        if isinstance(line, LongLine) or len(text) > LONGEST:
            yield parked(number, _TOO_LONG, (text,))
        elif text:
            yield number, _name_and_number(_LIST_MARK.sub("", text, count=1), country)


def _name_and_number(text: str, country: str) -> tuple[str, str]:
    pieces = [piece for piece in _BETWEEN.split(text) if piece]
    phones = [piece for piece in pieces if isinstance(read_phone(piece, country), PhoneRead)]
    if phones:
        names = [piece for piece in pieces if piece not in phones]
        return " ".join(names).strip(_AROUND_A_NAME), " / ".join(phones)
    runs = [found.group() for found in _RUN_OF_DIGITS.finditer(text)]
    if not runs:
        return (text, "") if any(map(str.isalpha, text)) else ("", text)
    name = text
    for run in runs:
        name = name.replace(run, " ", 1)
    return " ".join(name.split()).strip(_AROUND_A_NAME), " / ".join(runs)
