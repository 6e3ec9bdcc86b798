"""Notices a long exchange of texts, after which a call is offered. Must not refuse anything.

Texts that answer somebody are counted: each answers at least one of theirs.
"""

from __future__ import annotations

from datetime import datetime

from shopbell.domain.consent import Purpose
from shopbell.domain.decision import Code, Layer
from shopbell.domain.facts import Facts
from shopbell.domain.findings import Finding, Severity
from shopbell.domain.policy import Exchange
from shopbell.domain.telling import counted


def long_exchange(facts: Facts, exchange: Exchange, now: datetime) -> Finding | None:
    """Return the advice to call, if this answer makes it a long exchange; now is aware."""
    if facts.draft.purpose is not Purpose.CONVERSATION:
        return None
    since = now - exchange.within
    answers = [
        one.at
        for one in facts.person.past
        if one.purpose is Purpose.CONVERSATION and since < one.at <= now
    ]
    theirs = facts.person.last_inbound_at
    waits = theirs is not None and since < theirs <= now and all(at < theirs for at in answers)
    so_far = 2 * len(answers) + waits
    if so_far < exchange.texts:
        return None
    return Finding(
        code=Code.TOO_COMPLEX_USE_CALL,
        severity=Severity.WARN,
        layer=Layer.POLICY,
        rule="policy.exchange",
        citation=exchange.citation,
        confidence=exchange.confidence,
        span=None,
        sentence=f"{counted(so_far, 'text')} back and forth: offer a call.",
    )
