"""Reads a promised frequency as it is typed: 4/30. Must not say whether it is kept."""

from __future__ import annotations

from shopbell.errors import BadInput


def read_promise(text: str) -> tuple[int, int]:
    """Return how many texts in how many days.

    Raises:
        BadInput: it is not written as N/DAYS.
    """
    times, _, days = text.partition("/")
    if not (_is_count(times) and _is_count(days)):
        raise BadInput(
            f"--promised: “{text[:20]}” is not a frequency.",
            "Write 4/30 for at most four texts in 30 days.",
            code="bad_promise",
        )
    return int(times), int(days)


def _is_count(text: str) -> bool:
    return text.isascii() and text.isdigit() and int(text[:5]) > 0 and len(text) < 5
