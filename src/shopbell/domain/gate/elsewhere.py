"""Rules about what the same person said from another number. Must not let anything go.

A yes belongs to the number it was given for; a no belongs to the person.
"""

from __future__ import annotations

from datetime import datetime

from shopbell.domain.consent import Act, ConsentEvent
from shopbell.domain.decision import Code, Layer, Reason, Verdict
from shopbell.domain.facts import Facts
from shopbell.domain.gate.yes import Yes, known_by, yes_on_file, yes_to
from shopbell.domain.policy import Need
from shopbell.domain.rulebook import Rulebook
from shopbell.domain.telling import calendar_day


def no_elsewhere(facts: Facts, rules: Rulebook, now: datetime) -> list[Reason]:
    """Refuse a text that another number of the same person said no to after the yes for this one.

    A yes given for this number after that no stands: the person has said so anew.
    """
    if not facts.person.linked or _needs_no_yes(facts, rules):
        return []
    draft = facts.draft
    noes = [
        event
        for other in facts.person.linked
        for event in other.consents
        if event.act is Act.REVOKED and event.purpose is draft.purpose
    ]
    own = yes_on_file(facts, now)
    if not noes or not _covers(own, draft.topic):
        return []
    both = yes_to((*known_by(facts.person.consents, now), *noes), draft.purpose)
    if _covers(both, draft.topic):
        return []
    return [_reason(max(noes, key=lambda event: event.at), facts)]


def _needs_no_yes(facts: Facts, rules: Rulebook) -> bool:
    return rules.policy.purposes[facts.draft.purpose].need is not Need.CONSENT


def _covers(yes: Yes, topic: str | None) -> bool:
    return yes.stands if topic is None else topic in yes.topics


def _reason(no: ConsentEvent, facts: Facts) -> Reason:
    day = calendar_day(no.at, facts.shop.zone)
    return Reason(
        code=Code.NO_CONSENT,
        verdict=Verdict.REFUSE,
        layer=Layer.POLICY,
        rule="policy.linked.no",
        citation="",
        sentence=f"This person said no from another of their numbers on {day}. Ask anew, then "
        "record the yes for this number.",
    )
