"""The number of a wording as people copy it from the foot of a page. Must not look it up."""

from __future__ import annotations

import re

_PRINTED = re.compile(
    r"(?:[^\W\d_]+\s*)?(?:#|no\.?|nr\.?|n°)?\s*([0-9]{1,9})(?:\s*·.*)?", re.IGNORECASE
)


def wording_number(typed: str) -> int | None:
    """Return the number in "12", "Wording 12" or "Wording 12 · 9f86d081"; None if it is none."""
    found = _PRINTED.fullmatch(" ".join(typed.split()))
    return None if found is None else int(found[1])
