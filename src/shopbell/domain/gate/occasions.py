"""Rules about the shop's own texts: each answers one thing that happened, in time and in full."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from shopbell.domain.consent import Purpose
from shopbell.domain.decision import Code, Layer, Reason, Verdict
from shopbell.domain.facts import Facts
from shopbell.domain.gate.hours import (
    closed_days,
    emergency,
    holidays,
    quiet_hours,
    window_ends_at,
    wished_hours,
)
from shopbell.domain.gate.place import unknown_place, unknown_zone
from shopbell.domain.occasions import (
    ENDINGS,
    Occasion,
    answered_until,
    is_at_once,
    is_one_too_many,
    promises_more,
)
from shopbell.domain.promises import promised_frequency
from shopbell.domain.rulebook import Rulebook
from shopbell.domain.telling import counted, day_and_clock
from shopbell.domain.template_checks import Flaw, flaws_in
from shopbell.domain.template_rules import Element
from shopbell.domain.templates import Details

_CODES = {Element.BRAND: Code.NO_SENDER_NAME, Element.STOP_WORD: Code.NO_OPT_OUT_FOOTER}
_HOURS = (
    unknown_place,
    unknown_zone,
    emergency,
    quiet_hours,
    wished_hours,
    closed_days,
    holidays,
)


def occasion_of(facts: Facts) -> Occasion | None:
    """Return what the text answers, if that happened and nothing else has answered it."""
    wanted = facts.draft.occasion
    return next((one for one in facts.person.occasions if one.id == wanted), None)


def ends_the_texts(facts: Facts) -> bool:
    """Return whether the text is the one that may follow a stop."""
    occasion = occasion_of(facts)
    return (
        facts.draft.purpose is Purpose.COMPLIANCE
        and occasion is not None
        and occasion.kind in ENDINGS
    )


def uncalled(facts: Facts, rules: Rulebook, now: datetime) -> list[Reason]:
    """Refuse one of the shop's own texts when nothing calls for it, or no longer."""
    occasion = occasion_of(facts)
    if occasion is None:
        return [_refused(Code.NOT_CALLED_FOR, "policy.answers", _NOTHING)]
    if is_one_too_many(occasion, facts.person.answered, rules.policy.answers, now):
        return [_refused(Code.NOT_CALLED_FOR, "policy.answers.one", _ONE_A_DAY)]
    until = answered_until(occasion, rules.policy.answers)
    if now < until:
        return []
    what = "This stop" if occasion.kind in ENDINGS else "This"
    since = day_and_clock(occasion.at, facts.shop.zone)
    sentence = f"{what} is of {since}: too long ago to be answered by itself. Call, or let it be."
    return [_refused(Code.NOT_CALLED_FOR, "policy.answers", sentence)]


def decent_hours(facts: Facts, rules: Rulebook, now: datetime) -> list[Reason]:
    """Hold one of the shop's own texts outside the hours, unless the person waits for it."""
    if not _is_bound_by_hours(facts, rules, now):
        return []
    return [reason for rule in _HOURS for reason in rule(_as_marketing(facts), rules, now)]


def incomplete(facts: Facts, rules: Rulebook, now: datetime) -> list[Reason]:
    """Refuse one of the shop's own texts that lacks what it must say, or says too much."""
    del now
    occasion = occasion_of(facts)
    if facts.draft.purpose is not Purpose.COMPLIANCE or occasion is None or not facts.final.text:
        return []
    details = Details(
        shop=facts.shop,
        country=facts.number.country,
        contact=facts.shop_rules.contact or None,
        topics=occasion.topics,
    )
    texts = rules.texts
    flaws = flaws_in(occasion.kind, facts.final.text, details, texts.templates, texts.lint)
    carriers = facts.number.country in texts.templates.rates_in
    return [
        *(_flawed(flaw, of_carriers=carriers and "CTIA" in flaw.citation) for flaw in flaws),
        *_too_generous(occasion, facts.final.text),
    ]


def arrives_by(facts: Facts, rules: Rulebook, now: datetime) -> datetime | None:
    """Return when the text must have arrived: an own text in time, any other within its hours."""
    occasion = occasion_of(facts)
    if facts.draft.purpose is not Purpose.COMPLIANCE or occasion is None:
        return window_ends_at(facts, rules, now)
    until = answered_until(occasion, rules.policy.answers)
    if not _is_bound_by_hours(facts, rules, now):
        return until
    end = window_ends_at(_as_marketing(facts), rules, now)
    return until if end is None else min(until, end)


def _is_bound_by_hours(facts: Facts, rules: Rulebook, now: datetime) -> bool:
    occasion = occasion_of(facts)
    return (
        facts.draft.purpose is Purpose.COMPLIANCE
        and occasion is not None
        and not is_at_once(occasion, rules.policy.answers, now)
    )


def _as_marketing(facts: Facts) -> Facts:
    """Return the facts as if the text were marketing: the hours of those are the strictest."""
    return replace(facts, draft=replace(facts.draft, purpose=Purpose.MARKETING))


def _flawed(flaw: Flaw, *, of_carriers: bool) -> Reason:
    otherwise = Code.WORDS_MISSING if flaw.missing else Code.WORDS_UNWANTED
    return Reason(
        code=_CODES.get(flaw.element, otherwise) if flaw.missing else otherwise,
        verdict=Verdict.REFUSE,
        layer=Layer.CARRIER if of_carriers else Layer.POLICY,
        rule=f"policy.words.{flaw.element}",
        citation=flaw.citation if of_carriers else "",
        sentence=flaw.sentence,
        confidence=flaw.confidence if of_carriers else "",
    )


def _too_generous(occasion: Occasion, text: str) -> list[Reason]:
    said, limit = promised_frequency(text), occasion.limit
    if said is None or limit is None or not promises_more(said, limit):
        return []
    sentence = (
        f"They agreed to {counted(limit.n, 'text')} in {counted(limit.days, 'day')} at most; this "
        "text speaks of more. Put that number, or a smaller one."
    )
    return [_refused(Code.CAP_PROMISED, "policy.promise", sentence)]


_NOTHING = (
    "Nothing calls for this text: the shop's own texts answer a stop, a HELP or a yes, each once. "
    "Send it for a purpose they said yes to."
)

_ONE_A_DAY = (
    "They have had an automatic answer in the last day, and one is enough. Answer them yourself."
)


def _refused(code: Code, rule: str, sentence: str) -> Reason:
    return Reason(
        code=code,
        verdict=Verdict.REFUSE,
        layer=Layer.POLICY,
        rule=rule,
        citation="",
        sentence=sentence,
    )
