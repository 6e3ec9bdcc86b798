"""Rules about the number, the place and the time zone: what is not known is held, never guessed."""

# ruff: noqa: ARG001 - every rule takes the same three arguments

from __future__ import annotations

from datetime import datetime

from shopbell.domain.decision import Code, Layer, Reason, Verdict
from shopbell.domain.facts import Facts
from shopbell.domain.jurisdictions import Jurisdiction
from shopbell.domain.rulebook import Rulebook
from shopbell.domain.whereabouts import whereabouts
from shopbell.domain.zones import zone_named


def law_rows(facts: Facts, rules: Rulebook, now: datetime) -> tuple[Jurisdiction, ...]:
    """Return every row of law that binds, of all the places the person may be in."""
    places = whereabouts(facts).places
    rows = (row for place in places for row in rules.rows_for(place, now.date()))
    return tuple({row.id: row for row in rows}.values())


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


def unknown_place(facts: Facts, rules: Rulebook, now: datetime) -> list[Reason]:
    """Hold texts bound by hours to a place whose rules are not known."""
    if not rules.policy.purposes[facts.draft.purpose].quiet_hours:
        return []
    places = whereabouts(facts).places
    if not places:
        return [
            _held(
                Code.JURISDICTION_UNKNOWN,
                "policy.place",
                "It is not known in which country this person is. Note it on the contact.",
            )
        ]
    return [
        _held(
            Code.JURISDICTION_UNKNOWN,
            "policy.place",
            f"The rules for texting to {place} are not known here, so the text waits. "
            "Call, or write by mail.",
        )
        for place in places
        if not rules.rows_for(place, now.date())
    ]


def unknown_zone(facts: Facts, rules: Rulebook, now: datetime) -> list[Reason]:
    """Hold texts bound by hours when nobody can say what time it is there, or at the shop."""
    if not rules.policy.purposes[facts.draft.purpose].quiet_hours:
        return []
    known = whereabouts(facts)
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
    return [_held(Code.TIMEZONE_UNKNOWN, "policy.zone", sentence) for sentence in found]


def _held(code: Code, rule: str, sentence: str) -> Reason:
    return Reason(
        code=code,
        verdict=Verdict.HOLD,
        layer=Layer.POLICY,
        rule=rule,
        citation="",
        sentence=sentence,
    )
