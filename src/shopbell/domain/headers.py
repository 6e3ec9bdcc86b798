"""Compares and names columns. Must not decide which column means what."""

from __future__ import annotations

import re
import unicodedata

_LETTERS = 26
_LETTERS_ONLY = re.compile(r"[A-Z]{1,3}")


def header_key(name: str) -> str:
    """Return what is left of a header when spelling habits are taken away.

    Case, accents, spaces, hyphens and underscores make no difference: "E-mail 1 - Value" is
    "email1value", "Prénom" is "prenom".
    """
    spread = unicodedata.normalize("NFKD", name.casefold())
    return "".join(filter(str.isalnum, spread))


def column_letter(index: int) -> str:
    """Return what a spreadsheet calls the column at `index` (from 0): A, B, ..., Z, AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, _LETTERS)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_index(letters: str) -> int | None:
    """Return the index (from 0) of the column a spreadsheet calls `letters`, or None."""
    if not _LETTERS_ONLY.fullmatch(letters.upper()):
        return None
    index = 0
    for letter in letters.upper():
        index = index * _LETTERS + ord(letter) - ord("A") + 1
    return index - 1
