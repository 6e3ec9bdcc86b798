"""How many texts a person was promised, or the shop sends at most. Must not enforce it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from shopbell.domain.consent import ConsentEvent, Purpose
from shopbell.domain.ids import E164
from shopbell.domain.occasions import together
from shopbell.domain.policy import Cap
from shopbell.domain.promises import Frequency
from shopbell.domain.rulebook import Rulebook
from shopbell.store import consents, shop_row, welcomes

if TYPE_CHECKING:
    from sqlite_utils import Database


def stated_in(grants: Iterable[ConsentEvent]) -> Frequency | None:
    """Return what some yeses promise, all together; None if none of them states a number."""
    stated = [
        Frequency(n=grant.promised_n, days=grant.promised_days)
        for grant in grants
        if grant.promised_n and grant.promised_days
    ]
    return together(tuple(stated))


def promise_of(db: Database, number: E164) -> Frequency | None:
    """Return what a person was promised, all standing yeses together, by words or by welcome."""
    standing = consents.standing_grants(db, number)
    told = welcomes.promises_of(db, [number], {number: standing}).get(number, ())
    newer = {consent: one.often for one in told for consent in one.consents}
    return stated_in(
        replace(grant, promised_n=newer[grant.id].n, promised_days=newer[grant.id].days)
        if grant.id in newer
        else grant
        for grant in standing
    )


def shops_most(rules: Rulebook, db: Database) -> Frequency:
    """Return the most marketing texts the shop sends anybody, over its longest stretch."""
    own = [
        Cap(n=cap.n, per=timedelta(days=cap.days))
        for cap in shop_row.load_facts(db).rules.caps
        if cap.purpose is Purpose.MARKETING
    ]
    longest = max(own or rules.policy.purposes[Purpose.MARKETING].caps, key=lambda cap: cap.per)
    return Frequency(n=longest.n, days=longest.per.days)
