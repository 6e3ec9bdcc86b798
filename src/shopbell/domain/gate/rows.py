"""Which rows of the rulebook bind a text. Must not decide."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

from shopbell.domain.facts import Facts
from shopbell.domain.jurisdictions import Jurisdiction
from shopbell.domain.rulebook import Rulebook
from shopbell.domain.telling import local
from shopbell.domain.whereabouts import Whereabouts, whereabouts


@lru_cache(maxsize=8)
def law_rows(facts: Facts, rules: Rulebook, now: datetime) -> tuple[Jurisdiction, ...]:
    """Return every row that binds now, of all the places the person may be in.

    A row comes into force when the day begins where the person is: on any clock that may be theirs.
    """
    known = whereabouts(facts, rules)
    rows, always = rows_of(known, rules)
    if always:
        return rows
    days = {local(now, zone).date() for zone in known.zones} or {now.date()}
    return tuple(row for row in rows if any(map(row.in_force, days)))


@lru_cache(maxsize=4096)
def rows_of(known: Whereabouts, rules: Rulebook) -> tuple[tuple[Jurisdiction, ...], bool]:
    """Return every row of those places, of every time, and whether all are in force for ever.

    Each comes once, in the order of the places.
    """
    rows = tuple(dict.fromkeys(row for place in known.places for row in rules.rows_of(place)))
    return rows, all(row.effective_from is None and row.effective_to is None for row in rows)
