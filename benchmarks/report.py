"""One table for all measurements."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One measured thing, its ratio to what it is compared with, and the aim."""

    what: str
    measured: str
    ratio: str
    aim: str

    def __str__(self) -> str:
        return f"{self.what:<44}{self.measured:>12}{self.ratio:>22}{self.aim:>12}"


HEAD = str(Row("what", "measured", "ratio", "aim"))
