"""The ids by which decisions name the rules of a row, and which of them an owner may set aside.

Must not decide.
"""

from __future__ import annotations

from collections.abc import Iterator

from shopbell.domain.jurisdictions import Jurisdiction, RowHours
from shopbell.domain.rulebook import Rulebook


def hours_id(row: Jurisdiction, hours: RowHours) -> str:
    """Return the id of a row's hours: "US-KY.hours", or "FR.hours.carrier" of several."""
    return f"{row.id}.hours" if len(row.hours) == 1 else f"{row.id}.hours.{hours.layer}"


def holidays_id(row: Jurisdiction) -> str:
    """Return the id of a row's holidays: "US-AL.holidays"."""
    return f"{row.id}.holidays"


def cap_id(row: Jurisdiction) -> str:
    """Return the id of a row's cap: "US-FL.cap"."""
    return f"{row.id}.cap"


def may_be_set_aside(rules: Rulebook) -> tuple[str, ...]:
    """Return the ids of all rules an owner may set aside with a typed reason, sorted.

    Hours, holidays and caps of rows. A stop, a missing yes, a secret or an unknown place is
    nobody's to set aside; the shop's own manners are changed, not set aside.
    """
    return tuple(sorted({rule for row in rules.jurisdictions for rule in _of(row)}))


def _of(row: Jurisdiction) -> Iterator[str]:
    for hours in row.hours:
        yield hours_id(row, hours)
    if row.holidays is not None:
        yield holidays_id(row)
    if row.caps:
        yield cap_id(row)
