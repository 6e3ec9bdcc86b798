"""In which hours of the week law and networks of a country let offers arrive. Must not decide.

Only the rows of the whole country: a part of it may be stricter, and the gate asks that too.
"""

from __future__ import annotations

from datetime import date

from shopbell.domain.consent import Purpose
from shopbell.domain.rule_ids import hours_id
from shopbell.domain.rulebook import Rulebook
from shopbell.domain.shop import Week
from shopbell.domain.shop_rules import ShopRules
from shopbell.domain.week_cells import allowed


def law_for_offers(rules: Rulebook, country: str, own: ShopRules, day: date) -> Week | None:
    """Return what all rows leave open that the owner has not set aside; None without hours."""
    aside = {one.rule for one in own.set_aside}
    return allowed(
        hours.week
        for row in rules.rows_for(country, day)
        for hours in row.hours
        if Purpose.MARKETING in hours.applies_to and hours_id(row, hours) not in aside
    )
