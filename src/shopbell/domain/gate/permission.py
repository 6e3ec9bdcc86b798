"""Rules about permission: what must be on file before a text of a purpose and topic may go."""

from __future__ import annotations

from datetime import datetime
from typing import assert_never

from shopbell.domain.consent import Act, Basis, Purpose
from shopbell.domain.decision import Code, Layer, Reason, Verdict
from shopbell.domain.facts import Facts
from shopbell.domain.gate.occasions import uncalled
from shopbell.domain.gate.rows import law_rows
from shopbell.domain.gate.unconfirmed import waiting_sentence, waiting_yes
from shopbell.domain.gate.yes import covering, known_by, yes_on_file, yes_to
from shopbell.domain.jurisdictions import Jurisdiction, RowConsent
from shopbell.domain.policy import Need
from shopbell.domain.purpose_words import texts_for
from shopbell.domain.rulebook import Rulebook
from shopbell.domain.telling import calendar_day


def permission(facts: Facts, rules: Rulebook, now: datetime) -> list[Reason]:
    """Refuse a text that lacks what its purpose needs: a yes, a text of theirs, an occasion."""
    match rules.policy.purposes[facts.draft.purpose].need:
        case Need.NOTHING:
            return []
        case Need.RECENT_INBOUND:
            return _recent_inbound(facts, rules, now)
        case Need.CONSENT:
            return _consent(facts, rules, now)
        case Need.OCCASION:
            return uncalled(facts, rules, now)
        case unexpected:
            assert_never(unexpected)


def topic(facts: Facts, rules: Rulebook, now: datetime) -> list[Reason]:
    """Refuse a text whose topic the person did not choose, where there is a yes at all."""
    purpose, wanted = facts.draft.purpose, facts.draft.topic
    if rules.policy.purposes[purpose].need is not Need.CONSENT:
        return []
    yes = yes_on_file(facts, now)
    if not yes.stands or (yes.is_general if wanted is None else wanted in yes.topics):
        return []
    if wanted is not None and (waiting := waiting_yes(facts, rules, now)) is not None:
        return [_unconfirmed(waiting_sentence(waiting, facts, rules))]
    names = ", ".join(sorted(yes.topics)) or "no topic in particular"
    if wanted is not None:
        sentence = (
            f'This person chose {names}, not "{wanted}". Ask for this topic first, '
            "or send what was chosen."
        )
    elif purpose is Purpose.MARKETING:
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
    yes = yes_on_file(facts, now)
    if yes.stands:
        return _not_enough(facts, rules, now)
    if (waiting := waiting_yes(facts, rules, now)) is not None:
        return [_unconfirmed(waiting_sentence(waiting, facts, rules))]
    events = known_by(facts.person.consents, now)
    others = [other for other in Purpose if other is not purpose and yes_to(events, other).stands]
    withdrawn = max(
        (e.at for e in events if e.purpose is purpose and e.act is Act.REVOKED), default=None
    )
    if withdrawn is not None:
        day = calendar_day(withdrawn, facts.shop.zone)
        sentence = (
            f"The yes to {texts_for(purpose)} was taken back on {day}. Ask anew, then record it."
        )
    elif others:
        sentence = (
            f"The yes on file is for {texts_for(*others)}, not for {texts_for(purpose)}. "
            f"Ask for {texts_for(purpose)}, then record it."
        )
    else:
        sentence = (
            f"No yes to {texts_for(purpose)} is on file for this number. Ask first, then record it."
        )
    code = Code.CONSENT_WRONG_CATEGORY if others else Code.NO_CONSENT
    laws = asked_for(facts, rules, now)
    return [
        _refused(code, purpose, sentence, *laws[0]) if laws else _habit(code, purpose, sentence)
    ]


def asked_for(
    facts: Facts, rules: Rulebook, now: datetime
) -> list[tuple[Jurisdiction, RowConsent]]:
    """Return what each binding row asks for before texts of this purpose, with its row."""
    return [
        (row, law)
        for row in law_rows(facts, rules, now)
        if (law := row.consent_for(facts.draft.purpose)) is not None
    ]


def _not_enough(facts: Facts, rules: Rulebook, now: datetime) -> list[Reason]:
    """Refuse where a yes stands, but rests on something that a row does not take."""
    purpose, found = facts.draft.purpose, {grant.basis for grant in covering(facts, now)}
    if Basis.EXPRESS in found:
        return []
    rests_on = " and ".join(_RESTS_ON[basis] for basis in sorted(found))
    return [
        _refused(
            Code.CONSENT_WRONG_CATEGORY,
            purpose,
            f"The yes on file rests on {rests_on}; {row.name.partition(' (')[0]} asks for "
            f"{law.kind}. Ask for a clear yes, then record it.",
            row,
            law,
        )
        for row, law in asked_for(facts, rules, now)
        if not found & set(law.accepts)
    ]


_RESTS_ON = {
    Basis.EXPRESS: "a clear yes",
    Basis.PURCHASE: "a purchase",
    Basis.INQUIRY: "an inquiry",
}


def _refused(
    code: Code, purpose: Purpose, sentence: str, row: Jurisdiction, law: RowConsent
) -> Reason:
    return Reason(
        code=code,
        verdict=Verdict.REFUSE,
        layer=Layer.LAW,
        rule=f"{row.id}.consent.{purpose}",
        citation=law.citation,
        sentence=sentence,
        confidence=row.confidence,
    )


def _unconfirmed(sentence: str) -> Reason:
    return Reason(
        code=Code.CONSENT_UNCONFIRMED,
        verdict=Verdict.REFUSE,
        layer=Layer.POLICY,
        rule="policy.confirm",
        citation="",
        sentence=sentence,
    )


def _habit(code: Code, purpose: Purpose, sentence: str) -> Reason:
    return Reason(
        code=code,
        verdict=Verdict.REFUSE,
        layer=Layer.POLICY,
        rule=f"policy.consent.{purpose}",
        citation="",
        sentence=sentence,
    )
