"""Rules about how often: the shop's own limits and the promise made to the person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from shopbell.domain.caps import counted, free_again_at, per_text, within
from shopbell.domain.consent import ConsentEvent, standing, standing_topics
from shopbell.domain.decision import Code, Layer, Reason, Verdict
from shopbell.domain.facts import Facts, PastText
from shopbell.domain.gate.permission import known_by
from shopbell.domain.policy import Cap
from shopbell.domain.rulebook import Rulebook
from shopbell.domain.telling import counted as number_of
from shopbell.domain.telling import next_step


def shop_caps(facts: Facts, rules: Rulebook, now: datetime) -> list[Reason]:
    """Hold a text that would be one too many under the shop's limits for its purpose."""
    purpose = facts.draft.purpose
    past = [text for text in counted(facts.person.past) if text.purpose is purpose]
    return [
        _reason(Code.CAP_SHOP, f"policy.cap.{purpose}", "the shop's limit", cap, past, facts, now)
        for cap in rules.policy.purposes[purpose].caps
        if len(within(past, cap.per, now)) >= cap.n
    ]


def promised(facts: Facts, rules: Rulebook, now: datetime) -> list[Reason]:
    """Hold a text that would break the frequency this person was promised."""
    if not rules.policy.purposes[facts.draft.purpose].caps:
        return []
    return [
        _reason(Code.CAP_PROMISED, "policy.promise", "the promise made", cap, past, facts, now)
        for cap, past in _promises(facts, now)
        if len(within(past, cap.per, now)) >= cap.n
    ]


def _promises(facts: Facts, now: datetime) -> Iterator[tuple[Cap, list[PastText]]]:
    """Yield each promise that binds this text, with the past texts that count against it.

    The latest promise about the same topics replaces the earlier ones.
    """
    purpose, topic = facts.draft.purpose, facts.draft.topic
    events = known_by(facts.person.consents, now)
    alive = standing_topics(events, purpose)
    latest: dict[tuple[str, ...], ConsentEvent] = {}
    for grant in standing(events, purpose):
        if grant.promised_n is not None and grant.promised_days is not None:
            latest[tuple(sorted(grant.topics))] = grant
    for topics, grant in latest.items():
        if topics and (not alive & set(topics) or (topic is not None and topic not in topics)):
            continue
        yield (
            Cap(n=grant.promised_n or 0, per=timedelta(days=grant.promised_days or 0)),
            [
                text
                for text in counted(facts.person.past)
                if text.purpose is purpose
                and (not topics or text.topic is None or text.topic in topics)
            ],
        )


def _reason(
    code: Code, rule: str, whose: str, cap: Cap, past: list[PastText], facts: Facts, now: datetime
) -> Reason:
    had = len(within(past, cap.per, now))
    free = free_again_at(cap, past, now)
    step = next_step(free, facts.shop, "Ask the person before you write again.")
    return Reason(
        code=code,
        verdict=Verdict.HOLD,
        layer=Layer.POLICY,
        rule=rule,
        citation="",
        sentence=f"This person has had {number_of(had, f'{facts.draft.purpose} text')} in "
        f"{per_text(cap.per)}; {whose} is {cap.n}. {step}",
        next_allowed_at=free,
    )
