"""Rules about a stop, a possible stop and a complaint. Stop beats everything, for every purpose.

Only the one text that confirms the stop itself may follow it.
"""

# ruff: noqa: ARG001 - every rule takes the same three arguments

from __future__ import annotations

from datetime import datetime

from shopbell.domain.consent import ERASED, Purpose
from shopbell.domain.decision import Code, Layer, Reason, Verdict
from shopbell.domain.facts import Facts
from shopbell.domain.gate.occasions import ends_the_texts
from shopbell.domain.gate.rows import law_rows
from shopbell.domain.rulebook import Rulebook
from shopbell.domain.telling import calendar_day


def suppressed(facts: Facts, rules: Rulebook, now: datetime) -> list[Reason]:
    """Refuse every text to a number on the stop list, except the one that confirms the stop."""
    stop = facts.person.suppression
    if stop is None or ends_the_texts(facts):
        return []
    rows = law_rows(facts, rules, now)
    row, law = next(((row, row.stop) for row in rows if row.stop is not None), (None, None))
    day = calendar_day(stop.at, facts.shop.zone)
    what = "was erased" if stop.note == ERASED else "said stop"
    return [
        Reason(
            code=Code.OPTED_OUT,
            verdict=Verdict.REFUSE,
            layer=Layer.LAW if row else Layer.POLICY,
            rule=f"{row.id}.stop" if row else "policy.stop",
            citation=law.citation if law else "",
            confidence=row.confidence if row else "",
            sentence=f"This person {what} on {day}. Only their own new sign-up undoes that; "
            "call if it matters.",
        )
    ]


def unclear_stop(facts: Facts, rules: Rulebook, now: datetime) -> list[Reason]:
    """Hold every text until somebody has judged a reply that may be a stop.

    An answer that somebody at the shop writes may go: it is how they ask what was meant. One of the
    shop's own texts is refused: it would come too late to be an answer.
    """
    since = facts.person.unclear_stop_at
    draft = facts.draft
    is_answer_by_hand = draft.purpose is Purpose.CONVERSATION and draft.occasion is None
    if since is None or is_answer_by_hand or ends_the_texts(facts):
        return []
    return [
        Reason(
            code=Code.HELD_AMBIGUOUS_STOP,
            verdict=Verdict.REFUSE if draft.purpose is Purpose.COMPLIANCE else Verdict.HOLD,
            layer=Layer.POLICY,
            rule="policy.unclear_stop",
            citation="",
            sentence=f"A reply of {calendar_day(since, facts.shop.zone)} may be a stop. "
            "Open it and judge it first.",
        )
    ]


def complaint(facts: Facts, rules: Rulebook, now: datetime) -> list[Reason]:
    """Refuse marketing to somebody who has complained, until the complaint is closed."""
    since = facts.person.complained_at
    if since is None or facts.draft.purpose is not Purpose.MARKETING:
        return []
    return [
        Reason(
            code=Code.COMPLAINT_OPEN,
            verdict=Verdict.REFUSE,
            layer=Layer.POLICY,
            rule="policy.complaint",
            citation="",
            sentence=f"This person complained on {calendar_day(since, facts.shop.zone)} and waits "
            "for an answer. Call them, then close the complaint.",
        )
    ]
