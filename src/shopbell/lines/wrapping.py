"""Breaks a line where a terminal would, but between words. Must not change or drop a word."""

from __future__ import annotations

import unicodedata

NARROWEST = 20
"""Below this a line is left to the terminal: no word would fit."""


def wrapped(line: str, width: int | None) -> list[str]:
    """Return `line` in rows of at most `width` cells.

    A word that is wider than a row stands in a row of its own, whole.
    """
    if width is None or width < NARROWEST or cells(line) <= width:
        return [line]
    indent = " " * (len(line) - len(line.lstrip(" ")))
    rows: list[str] = []
    row = ""
    for word in line.strip(" ").split(" "):
        longer = f"{row} {word}" if row else f"{indent}{word}"
        if row.strip() and cells(longer) > width:
            rows.append(row)
            row = f"{indent}{word}"
        else:
            row = longer
    return [*rows, row]


def cells(text: str) -> int:
    """Return how many cells of a terminal a text takes: a wide character takes two."""
    if text.isascii():
        return len(text)
    return sum(_width(letter) for letter in text)


def _width(letter: str) -> int:
    if unicodedata.combining(letter) or unicodedata.category(letter) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(letter) in {"W", "F"} else 1
