"""Keeps a row that could not be used, for the owner to fix. Must not keep without bound."""

from __future__ import annotations

import re
from collections.abc import Sequence

from shopbell.domain.importing import ParkedRow

MOST_COLUMNS_KEPT = 200
MOST_CHARS_KEPT = 8000
"""Of one parked row; where there is more, the longest cells are cut."""

_LEAST_CELL = 20
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def storable(text: str) -> str:
    """Return `text` without NUL and lone surrogates, which no database keeps as text."""
    return _UNSTORABLE.sub("", text)


def parked(row: int, reason: str, cells: Sequence[str]) -> ParkedRow:
    """Return the row with its reason and as much of its cells as is worth keeping."""
    kept = [storable(cell) for cell in cells[:MOST_COLUMNS_KEPT]]
    if sum(map(len, kept)) > MOST_CHARS_KEPT:
        most = max(_LEAST_CELL, MOST_CHARS_KEPT // len(kept))
        kept = [cell[:most] for cell in kept]
    return ParkedRow(row=row, reason=reason, cells=tuple(kept))
