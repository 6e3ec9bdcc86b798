"""Rules about how often: the shop's own limits, the promise made to the person, the rows' caps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from functools import lru_cache

from shopbell.domain.caps import counted, free_again_at, per_text, within
from shopbell.domain.consent import ConsentEvent, Purpose
from shopbell.domain.decision import Code, Layer, Reason, Verdict
from shopbell.domain.facts import Facts, PastText, Welcomed
from shopbell.domain.gate.rows import law_rows
from shopbell.domain.gate.yes import Yes, known_by, yes_on_file, yes_to
from shopbell.domain.jurisdictions import UNKNOWN_PART
from shopbell.domain.policy import Cap
from shopbell.domain.promises import Frequency
from shopbell.domain.purpose_words import text_for, texts_for
from shopbell.domain.rule_ids import cap_id
from shopbell.domain.rulebook import Rulebook
from shopbell.domain.telling import counted as number_of
from shopbell.domain.telling import next_step


def shop_caps(facts: Facts, rules: Rulebook, now: datetime) -> list[Reason]:
    """Hold a text that would be one too many under the shop's limits for its purpose."""
    purpose = facts.draft.purpose
    caps = caps_of(facts, rules)
    past = _of_purpose(facts) if caps else ()
    return [
        _reason(Code.CAP_SHOP, f"policy.cap.{purpose}", "the shop's limit", cap, past, facts, now)
        for cap in caps
        if len(within(past, cap.per, now)) >= cap.n
    ]


def gap(facts: Facts, rules: Rulebook, now: datetime) -> list[Reason]:
    """Hold a text that would come too soon after the last one of its purpose."""
    purpose, least = facts.draft.purpose, gap_of(facts, rules)
    if not least:
        return []
    cap, past = Cap(n=1, per=least), _of_purpose(facts)
    free = free_again_at(cap, past, now)
    if free is None:
        return []
    step = next_step(free, facts.shop, "Wait before you write again.")
    return [
        Reason(
            code=Code.CAP_SHOP,
            verdict=Verdict.HOLD,
            layer=Layer.POLICY,
            rule="policy.gap",
            citation="",
            sentence=f"The last {text_for(purpose)} to this person was less than {per_text(least)} "
            f"ago. {step}",
            next_allowed_at=free,
        )
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


def wished_most(facts: Facts, rules: Rulebook, now: datetime) -> list[Reason]:
    """Hold a marketing text that would be more than this person asked for."""
    del rules
    if facts.draft.purpose is not Purpose.MARKETING:
        return []
    person = facts.person
    asked_for = dict.fromkeys([person.wishes.most, *(other.most for other in person.linked)])
    past, whose = _of_purpose(facts), "what they asked for"
    caps = [Cap(n=most.n, per=timedelta(days=most.days)) for most in asked_for if most is not None]
    return [
        _reason(Code.CAP_PERSON, "policy.wish.most", whose, cap, past, facts, now)
        for cap in caps
        if len(within(past, cap.per, now)) >= cap.n
    ]


def row_caps(facts: Facts, rules: Rulebook, now: datetime) -> list[Reason]:
    """Hold a text that would be one too many on the same subject where a row limits that.

    Texts of the same topic are on the same subject; one without a topic may be on any.
    """
    purpose, topic = facts.draft.purpose, facts.draft.topic
    reasons: list[Reason] = []
    for row in law_rows(facts, rules, now):
        for cap in row.caps:
            if purpose not in cap.applies_to:
                continue
            past = [
                text
                for text in _of_purpose(facts)
                if topic is None or text.topic is None or text.topic == topic
            ]
            if len(within(past, cap.per, now)) < cap.n:
                continue
            where = row.name.partition(" (")[0]
            whose = f"the most on one subject by the law of {where}"
            if row.id.endswith(UNKNOWN_PART):
                whose = "the most on one subject in the strictest of the states"
            reasons.append(
                _reason(
                    Code.CAP_JURISDICTION,
                    cap_id(row),
                    whose,
                    Cap(n=cap.n, per=cap.per),
                    past,
                    facts,
                    now,
                    source=(cap.layer, cap.citation, row.confidence),
                )
            )
    return reasons


def caps_of(facts: Facts, rules: Rulebook) -> tuple[Cap, ...]:
    """Return the shop's caps for the purpose of the text: the owner's own, or the policy's."""
    purpose = facts.draft.purpose
    own = tuple(
        Cap(n=cap.n, per=timedelta(days=cap.days))
        for cap in facts.shop_rules.caps
        if cap.purpose is purpose
    )
    return own or rules.policy.purposes[purpose].caps


def gap_of(facts: Facts, rules: Rulebook) -> timedelta | None:
    """Return the least time between two texts of that purpose; None where there is none."""
    own = facts.shop_rules.gap_hours
    if own is not None and facts.draft.purpose is Purpose.MARKETING:
        return timedelta(hours=own)
    return rules.policy.purposes[facts.draft.purpose].gap


@lru_cache(maxsize=8)
def _of_purpose(facts: Facts) -> tuple[PastText, ...]:
    purpose, person = facts.draft.purpose, facts.person
    past = person.past
    for other in person.linked:
        past += other.past
    return tuple([text for text in counted(past) if text.purpose is purpose])


def _promises(facts: Facts, now: datetime) -> Iterator[tuple[Cap, Sequence[PastText]]]:
    """Yield each promise that binds this text, with the past texts that count against it.

    The latest promise about the same topics replaces the earlier ones, number by number: what was
    promised to another number of the same person binds as well.
    """
    yield from _promises_to(facts, yes_on_file(facts, now), facts.person.welcomes)
    for other in facts.person.linked:
        yes = yes_to(known_by(other.consents, now), facts.draft.purpose)
        yield from _promises_to(facts, yes, other.welcomes)


def _promises_to(
    facts: Facts, yes: Yes, welcomes: Sequence[Welcomed]
) -> Iterator[tuple[Cap, Sequence[PastText]]]:
    topic = facts.draft.topic
    for topics, often in _latest_promises(yes.grants, welcomes).items():
        if topics and (not yes.topics & set(topics) or (topic is not None and topic not in topics)):
            continue
        yield (
            Cap(n=often.n, per=timedelta(days=often.days)),
            [
                text
                for text in _of_purpose(facts)
                if not topics or text.topic is None or text.topic in topics
            ],
        )


def _latest_promises(
    grants: Sequence[ConsentEvent], welcomes: Sequence[Welcomed]
) -> dict[tuple[str, ...], Frequency]:
    """Return the newest promise about each set of topics: of the words agreed to, of a welcome."""
    stated = [
        (grant.at, grant.topics, Frequency(n=grant.promised_n, days=grant.promised_days))
        for grant in grants
        if grant.promised_n is not None and grant.promised_days is not None
    ]
    standing = {grant.id for grant in grants}
    stated += [
        (welcome.at, welcome.topics, welcome.often)
        for welcome in welcomes
        if standing & set(welcome.consents)
    ]
    stated.sort(key=lambda promise: promise[0])
    return {tuple(sorted(topics)): often for _, topics, often in stated}


def _reason(
    code: Code,
    rule: str,
    whose: str,
    cap: Cap,
    past: Sequence[PastText],
    facts: Facts,
    now: datetime,
    source: tuple[Layer, str, str] = (Layer.POLICY, "", ""),
) -> Reason:
    had, kind = len(within(past, cap.per, now)), facts.draft.purpose
    free = free_again_at(cap, past, now)
    step = next_step(free, facts.shop, "Ask the person before you write again.")
    layer, citation, confidence = source
    return Reason(
        code=code,
        verdict=Verdict.HOLD,
        layer=layer,
        rule=rule,
        citation=citation,
        sentence=f"This person has had {number_of(had, text_for(kind), texts_for(kind))} in "
        f"{per_text(cap.per)}; {whose} is {cap.n}. {step}",
        next_allowed_at=free,
        confidence=confidence,
    )
