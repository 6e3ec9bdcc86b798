"""Makes CSV files of invented people on reserved numbers, the same every time."""

from __future__ import annotations

import csv
import random
from pathlib import Path

from shopbell.domain.numbers import Number, NumberKind, read_number

FIRST = "Ana Bo Cy Dana Eli Faye Gus Hana Ivo June Kofi Lena Milo Nora Omar Priya Quinn".split()
LAST = "Reyes Lind Moss Cole Okafor Shah Ruiz Hart Nguyen Vale Stone Marsh Pike Frost".split()


def write_people(path: Path, count: int, first: int = 0) -> Path:
    """Write `count` rows, each with a number of its own, as a till would export them.

    With `first` they are others than those of a file of so many rows.

    All are 555 lines, which no customer has; the 38,100 numbers reserved for fiction (555-0100 to
    555-0199) are too few for the largest file.
    """
    dice = random.Random(count)
    areas = _area_codes()
    with path.open("w", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        table.writerow(["First Name", "Last Name", "Phone Number", "Email Address", "Memo"])
        for index in range(first, first + count):
            line, area = divmod(index, len(areas))
            table.writerow(
                [
                    dice.choice(FIRST),
                    f"{dice.choice(LAST)}-{index}",
                    f"({areas[area]}) 555-{line + 100:04d}",
                    f"p{index}@example.com",
                    "likes peonies" if index % 5 == 0 else "",
                ]
            )
    return path


def _area_codes() -> list[int]:
    """Return the area codes of the United States that are in use, as shops meet them.

    None that is free to call, costs extra or follows a person: no customer writes down such a one.
    """
    return [
        area
        for area in range(201, 990)
        if isinstance(number := read_number(f"({area}) 555-0142", "US"), Number)
        and number.country == "US"
        and number.kind is NumberKind.LANDLINE_OR_MOBILE
    ]
