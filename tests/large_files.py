"""Writes large files for tests: a clean one, and one in which every fifth row is odd.

All numbers are reserved for fiction in the United States, Canada, France and the United Kingdom,
and all are different. Nothing is random.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from itertools import chain, product
from pathlib import Path

from make_files import FULL_WIDTH
from shopbell.domain.importing import RowFate
from shopbell.domain.numbers import Number, read_number

ROWS = 100_000 if os.environ.get("SHOPBELL_NIGHTLY") else 20_000
HEADER = "First Name,Last Name,Phone Number,Email,Note,SMS\n"

_FRENCH = ("199 00", "261 91", "353 01", "465 71", "536 49")
_BRITISH = ("7700 900", "20 7946 0", "161 496 0", "113 496 0", "114 496 0")


def numbers() -> Iterator[str]:
    """Yield more than 100,000 different numbers that nobody has, as people write them."""
    areas = [
        area
        for area in range(201, 990)
        if isinstance(read_number(f"({area}) 555-0142", "US"), Number)
    ]
    american = (f"({area}) 555-{line:04d}" for line, area in product(range(100, 200), areas))
    french = (f"+33 {prefix} {line:04d}" for prefix, line in product(_FRENCH, range(10_000)))
    british = (f"+44 {prefix}{line:03d}" for prefix, line in product(_BRITISH, range(1000)))
    return chain(american, french, british)


ODD_CELLS = (
    ("'{}", RowFate.NEW),
    ('"=""{}"""', RowFate.NEW),
    ("tel: {}", RowFate.NEW),
    ("full-width", RowFate.NEW),
    ("again", RowFate.DUPLICATE),
    ("1.55512E+10", RowFate.PARKED),
    ("N/A", RowFate.PARKED),
    ("555-0105", RowFate.PARKED),
    ("=A1", RowFate.PARKED),
    ("broken quotes", RowFate.PARKED),
)
"""Phone cells with something wrong, and what must become of their rows; `{}` is a number."""


def write_large(path: Path, *, odd: bool) -> Counter[RowFate]:
    """Write the file; return how many of its rows must meet which fate."""
    fates: Counter[RowFate] = Counter()
    number = numbers()
    last = ""
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(HEADER)
        for index in range(ROWS):
            is_odd = odd and index % 5 == 4
            cell, fate = ODD_CELLS[index // 5 % len(ODD_CELLS)] if is_odd else ("{}", RowFate.NEW)
            name = f"Ana-{index}"
            if fate is RowFate.NEW:
                last = next(number)
            if cell == "broken quotes":
                name, cell = f'"Ana "the" {index}"', last
            elif cell == "full-width":
                cell = last.translate(FULL_WIDTH)
            elif cell == "again":
                cell = f" {last} "
            file.write(f"{name},Reyes,{cell.format(last)},p{index}@example.com,note {index},yes\n")
            fates[fate] += 1
    return fates


def resident_mb() -> float:
    """Return the memory this process holds, in MB (Linux; elsewhere 0)."""
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    except OSError:
        return 0.0
    return pages * 4096 / 1e6
