"""Whose yes runs out, why, and when: found by asking the gate's own rules about later days.

Must not decide about one text, and must not know any term itself: the rules of the gate do.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from shopbell.domain.consent import Purpose
from shopbell.domain.decision import Reason
from shopbell.domain.facts import Facts
from shopbell.domain.gate.expiry import expired, silent
from shopbell.domain.ids import E164
from shopbell.domain.rulebook import Rulebook

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconfirm:
    """One yes that has run out, or soon will."""

    number: E164
    name: str
    purpose: Purpose
    reason: Reason
    """What the gate says about it then, with the rule and its source."""
    until: datetime
    """The day, to the day, on which it runs out or ran out (aware, UTC)."""
    over: bool
    """It has run out: no such text may go until they have said yes again."""


def reconfirm_due(
    facts: Facts, rules: Rulebook, now: datetime, within: timedelta
) -> Reconfirm | None:
    """Return when the yes behind a draft runs out, if that is before `now + within`.

    Whoever has no standing yes has nothing to confirm.
    """
    reasons = _run_out(facts, rules, now + within)
    if not reasons:
        return None
    over = bool(_run_out(facts, rules, now))
    grants = [event.at for event in facts.person.consents if event.purpose is facts.draft.purpose]
    first, last = (min(grants, default=now), now) if over else (now, now + within)
    until = _first_day(facts, rules, first, last)
    contact = facts.person.contact
    return Reconfirm(
        number=facts.number.e164,
        name="" if contact is None else contact.name,
        purpose=facts.draft.purpose,
        reason=reasons[0],
        until=until,
        over=over,
    )


def _run_out(facts: Facts, rules: Rulebook, at: datetime) -> list[Reason]:
    return [*expired(facts, rules, at), *silent(facts, rules, at)]


def _first_day(facts: Facts, rules: Rulebook, first: datetime, last: datetime) -> datetime:
    """Return the first day it has run out on, by halving: once run out, it stays so."""
    while last - first > _DAY:
        middle = first + (last - first) / 2
        if _run_out(facts, rules, middle):
            last = middle
        else:
            first = middle
    return last
