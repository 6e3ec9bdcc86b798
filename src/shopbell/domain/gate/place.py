"""Rules about the number, the place and the time zone: what is not known is held, never guessed."""

# ruff: noqa: ARG001 - every rule takes the same three arguments

from __future__ import annotations

from datetime import datetime

from shopbell.domain.decision import Code, Layer, Reason, Verdict
from shopbell.domain.facts import Facts
from shopbell.domain.rulebook import Rulebook
from shopbell.domain.whereabouts import whereabouts
from shopbell.domain.zones import zone_named


def not_textable(facts: Facts, rules: Rulebook, now: datetime) -> list[Reason]:
    """Refuse numbers that no text can reach: landlines, toll-free and the like."""
    if facts.number.kind.is_textable:
        return []
    return [
        Reason(
            code=Code.NOT_TEXTABLE,
            verdict=Verdict.REFUSE,
            layer=Layer.POLICY,
            rule="policy.number",
            citation="",
            sentence=f"Texts do not reach this number (kind of number: {facts.number.kind}). "
            "Call it, or ask for a mobile number.",
        )
    ]


def unregistered(facts: Facts, rules: Rulebook, now: datetime) -> list[Reason]:
    """Refuse texts to numbers of countries that let only registered templates through."""
    country = facts.number.country or ""
    return [
        Reason(
            code=Code.SENDER_UNREGISTERED,
            verdict=Verdict.REFUSE,
            layer=Layer.LAW,
            rule=f"{row.id}.templates",
            citation=row.templates_only,
            sentence=f"{row.name.partition(' (')[0]} lets only texts through whose sender and "
            "template are registered with its phone companies; this text is neither, and Shopbell "
            "cannot register it. Call, or write by mail.",
            confidence=row.confidence,
        )
        for row in rules.rows_of(country)
        if row.templates_only and row.in_force(now.date())
    ]


def unknown_place(facts: Facts, rules: Rulebook, now: datetime) -> list[Reason]:
    """Stop texts bound by hours to a place whose rules are not known.

    Held where the country is not known, for somebody can note it; refused where the country is
    known and has no row.
    """
    if not rules.policy.purposes[facts.draft.purpose].quiet_hours:
        return []
    places = whereabouts(facts, rules).places
    if not places:
        return [
            _stopped(
                Verdict.HOLD,
                Code.JURISDICTION_UNKNOWN,
                "policy.place",
                "It is not known in which country this person is. Note it on the contact, for "
                "example US-NY or GB.",
            )
        ]
    return [
        _stopped(
            Verdict.REFUSE,
            Code.JURISDICTION_UNKNOWN,
            "policy.place",
            f"Shopbell has no rules for texting to {place}, so nothing goes there. Call, or "
            "write by mail; if this person is elsewhere, ask for a number there.",
        )
        for place in places
        if not rules.rows_for(place, now.date())
    ]


def unknown_zone(facts: Facts, rules: Rulebook, now: datetime) -> list[Reason]:
    """Hold texts bound by hours when nobody can say what time it is there, or at the shop."""
    if not rules.policy.purposes[facts.draft.purpose].quiet_hours:
        return []
    known = whereabouts(facts, rules)
    found: list[str] = []
    if known.unknown_zone is not None:
        found.append(
            f'This computer does not know the time zone "{known.unknown_zone}" of this person. '
            "Correct it on the contact, for example America/New_York."
        )
    elif not known.zones:
        found.append(
            "The number does not tell what time it is where this person is. "
            "Note the time zone on the contact, for example America/New_York."
        )
    if zone_named(facts.shop.zone) is None:
        found.append(
            f'This computer does not know the time zone "{facts.shop.zone}" of the shop. '
            "Correct it in the shop's settings."
        )
    return [
        _stopped(Verdict.HOLD, Code.TIMEZONE_UNKNOWN, "policy.zone", sentence) for sentence in found
    ]


def _stopped(verdict: Verdict, code: Code, rule: str, sentence: str) -> Reason:
    return Reason(
        code=code,
        verdict=verdict,
        layer=Layer.POLICY,
        rule=rule,
        citation="",
        sentence=sentence,
    )
