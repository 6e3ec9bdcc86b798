"""What a START brings back: what the last stop ended, and no more. Must not record it.

rules.md 5.4: at the frequency last promised, as a new act of the person.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from shopbell.domain.consent import (
    Act,
    Basis,
    ConsentDraft,
    ConsentEvent,
    How,
    Purpose,
    Suppression,
    standing,
    standing_topics,
)
from shopbell.domain.facts import Welcomed
from shopbell.domain.promises import Frequency

_RESTORED = (Purpose.MARKETING, Purpose.SERVICE)


def ended_by_stop(
    events: tuple[ConsentEvent, ...], stop: Suppression, purpose: Purpose
) -> tuple[ConsentEvent, ...]:
    """Return the grants for a purpose that stood when the stop came, without topics given up.

    Nothing if the purpose was taken back in another way since: that no is not the stop's.
    """
    ends = [
        event
        for event in events
        if event.purpose is purpose and event.act is Act.REVOKED and not event.topics
    ]
    if not ends or ends[-1].at < stop.at or ends[-1].how is not stop.how:
        return ()
    before = tuple(event for event in events if event.id < ends[-1].id)
    alive = standing_topics(before, purpose)
    stood = [
        replace(grant, topics=tuple(topic for topic in grant.topics if topic in alive))
        for grant in standing(before, purpose)
    ]
    return tuple(stood)


def brought_back(
    events: tuple[ConsentEvent, ...],
    stop: Suppression,
    welcomes: Iterable[Welcomed],
    *,
    at: datetime,
    evidence: str,
    purposes: tuple[Purpose, ...] = _RESTORED,
) -> tuple[ConsentDraft, ...]:
    """Return the acts that a START makes: one for each grant that the stop ended.

    Args:
        events: every act of the person, oldest first.
        stop: the stop they come back from.
        welcomes: what welcomes promised them.
        at: when they wrote (aware).
        evidence: SHA-256 of their text.
        purposes: what is brought back, if it was there.
    """
    told = {consent: one.often for one in welcomes for consent in one.consents}
    return tuple(
        _again(grant, told.get(grant.id), at, evidence)
        for purpose in purposes
        for grant in ended_by_stop(events, stop, purpose)
    )


def _again(
    grant: ConsentEvent, told: Frequency | None, at: datetime, evidence: str
) -> ConsentDraft:
    n, days = grant.promised_n, grant.promised_days
    if told is not None:
        n, days = told.n, told.days
    return ConsentDraft(
        number=grant.number,
        act=Act.GRANTED,
        purpose=grant.purpose,
        topics=grant.topics,
        wording=grant.wording,
        how=How.TEXT,
        at=at,
        evidence_sha256=evidence,
        promised_n=n,
        promised_days=days,
        basis=Basis.EXPRESS,
    )
