"""Makes CSV files of invented people on reserved numbers, the same every time."""

from __future__ import annotations

import csv
import random
from pathlib import Path

FIRST = "Ana Bo Cy Dana Eli Faye Gus Hana Ivo June Kofi Lena Milo Nora Omar Priya Quinn".split()
LAST = "Reyes Lind Moss Cole Okafor Shah Ruiz Hart Nguyen Vale Stone Marsh Pike Frost".split()


def write_people(path: Path, count: int) -> Path:
    """Write `count` rows, each with a number of its own, as a till would export them.

    There are 80,000 numbers of the form 555-01xx in 800 area codes; beyond those the rows go on
    with the other 555 lines, which no customer has either.
    """
    dice = random.Random(count)
    with path.open("w", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        table.writerow(["First Name", "Last Name", "Phone Number", "Email Address", "Memo"])
        for index in range(count):
            area = 201 + (index * 7) % 780
            line = index // 780
            table.writerow(
                [
                    dice.choice(FIRST),
                    f"{dice.choice(LAST)}-{index}",
                    f"({area}) 555-{line:04d}",
                    f"p{index}@example.com",
                    "likes peonies" if index % 5 == 0 else "",
                ]
            )
    return path
