"""Rules about permission: what must be on file before a text of a purpose and topic may go."""

from __future__ import annotations

from datetime import datetime
from typing import assert_never

from shopbell.domain.consent import Act, ConsentEvent, Purpose, standing, standing_topics
from shopbell.domain.decision import Code, Layer, Reason, Verdict
from shopbell.domain.facts import Facts
from shopbell.domain.gate.place import law_rows
from shopbell.domain.policy import Need
from shopbell.domain.rulebook import Rulebook
from shopbell.domain.telling import calendar_day


def permission(facts: Facts, rules: Rulebook, now: datetime) -> list[Reason]:
    """Refuse a text that lacks what its purpose needs: a standing yes, or a text of theirs."""
    match rules.policy.purposes[facts.draft.purpose].need:
        case Need.NOTHING:
            return []
        case Need.RECENT_INBOUND:
            return _recent_inbound(facts, rules, now)
        case Need.CONSENT:
            return _consent(facts, rules, now)
        case unexpected:
            assert_never(unexpected)


def topic(facts: Facts, rules: Rulebook, now: datetime) -> list[Reason]:
    """Refuse a text whose topic the person did not choose, where there is a yes at all."""
    purpose, wanted = facts.draft.purpose, facts.draft.topic
    if rules.policy.purposes[purpose].need is not Need.CONSENT:
        return []
    events = known_by(facts.person.consents, now)
    if not has_standing_yes(events, purpose):
        return []
    chosen = standing_topics(events, purpose)
    names = ", ".join(sorted(chosen)) or "no topic in particular"
    if wanted is not None and wanted not in chosen:
        sentence = (
            f'This person chose {names}, not "{wanted}". Ask for this topic first, '
            "or send what was chosen."
        )
    elif wanted is None and purpose is Purpose.MARKETING and not _is_general(events, purpose):
        sentence = f"This person said yes to certain topics only: {names}. Say which one this is."
    else:
        return []
    return [
        Reason(
            code=Code.TOPIC_NOT_CHOSEN,
            verdict=Verdict.REFUSE,
            layer=Layer.POLICY,
            rule="policy.topic",
            citation="",
            sentence=sentence,
        )
    ]


def known_by(events: tuple[ConsentEvent, ...], now: datetime) -> tuple[ConsentEvent, ...]:
    """Return the events without grants of the future: a yes counts from when it is said."""
    return tuple(event for event in events if event.act is Act.REVOKED or event.at <= now)


def has_standing_yes(events: tuple[ConsentEvent, ...], purpose: Purpose) -> bool:
    """Return whether any yes for `purpose` stands: a general one, or one topic at least."""
    return _is_general(events, purpose) or bool(standing_topics(events, purpose))


def _is_general(events: tuple[ConsentEvent, ...], purpose: Purpose) -> bool:
    return any(not grant.topics for grant in standing(events, purpose))


def _recent_inbound(facts: Facts, rules: Rulebook, now: datetime) -> list[Reason]:
    last, within = facts.person.last_inbound_at, rules.policy.inbound_within
    if last is not None and now - last < within:
        return []
    hours = int(within.total_seconds()) // 3600
    return [
        Reason(
            code=Code.NO_CONSENT,
            verdict=Verdict.REFUSE,
            layer=Layer.POLICY,
            rule="policy.conversation",
            citation="",
            sentence=f"This person has not texted in the last {hours} hours, so this is no answer. "
            "Call, or send it for a purpose they said yes to.",
        )
    ]


def _consent(facts: Facts, rules: Rulebook, now: datetime) -> list[Reason]:
    purpose = facts.draft.purpose
    events = known_by(facts.person.consents, now)
    if has_standing_yes(events, purpose):
        return []
    others = [
        other for other in Purpose if other is not purpose and has_standing_yes(events, other)
    ]
    withdrawn = max(
        (e.at for e in events if e.purpose is purpose and e.act is Act.REVOKED), default=None
    )
    if withdrawn is not None:
        day = calendar_day(withdrawn, facts.shop.zone)
        sentence = f"The yes to {purpose} texts was taken back on {day}. Ask anew, then record it."
    elif others:
        sentence = (
            f"The yes on file is for {' and '.join(others)} texts, not for {purpose}. "
            f"Ask for {purpose} texts, then record it."
        )
    else:
        sentence = (
            f"No yes to {purpose} texts is on file for this number. Ask first, then record it."
        )
    code = Code.CONSENT_WRONG_CATEGORY if others else Code.NO_CONSENT
    laws = [
        (row.id, law)
        for row in law_rows(facts, rules, now)
        if (law := row.consent_for(purpose)) is not None
    ]
    row_id, law = laws[0] if laws else ("policy", None)
    return [
        Reason(
            code=code,
            verdict=Verdict.REFUSE,
            layer=Layer.LAW if law else Layer.POLICY,
            rule=f"{row_id}.consent.{purpose}",
            citation=law.citation if law else "",
            sentence=sentence,
        )
    ]
