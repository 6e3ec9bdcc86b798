"""Rules about what the words say: forbidden things, promotion, days that pass."""

# ruff: noqa: ARG001 - every rule takes the same three arguments

from __future__ import annotations

from datetime import datetime

from shopbell.domain.decision import Code, Layer, Reason, Verdict
from shopbell.domain.draft_words import promotion_in, stopped_by, true_until
from shopbell.domain.facts import Facts
from shopbell.domain.findings import refusals
from shopbell.domain.gate.yes import yes_on_file
from shopbell.domain.rulebook import Rulebook
from shopbell.domain.telling import day_and_clock


def promotion(facts: Facts, rules: Rulebook, now: datetime) -> list[Reason]:
    """Refuse a service text that its words make marketing, to somebody without a yes to that.

    To somebody with a yes it goes as marketing, bound by all that binds marketing.
    """
    found = promotion_in(facts.draft, facts.shop, rules) if facts.draft.asked_as else None
    if found is None or yes_on_file(facts, now).is_general:
        return []
    return [
        Reason(
            code=Code.PROMOTION_IN_SERVICE,
            verdict=Verdict.REFUSE,
            layer=Layer.CARRIER,
            rule="promotional",
            citation=found.citation,
            sentence=f"{found.sentence} If it only serves their order, say so with a reason.",
            confidence=found.confidence,
        )
    ]


def forbidden(facts: Facts, rules: Rulebook, now: datetime) -> list[Reason]:
    """Refuse a text about what carriers block, or with a link that hides where it leads."""
    return list(refusals(stopped_by(facts, rules)))


def stale(facts: Facts, rules: Rulebook, now: datetime) -> list[Reason]:
    """Refuse a text whose "today" or "until 5" would be wrong by now.

    It never waits for a day on which the words are true again.
    """
    pin = true_until(facts, rules)
    if pin is None or now <= pin.last:
        return []
    meant_for = facts.draft.meant_for
    if meant_for is not None and pin.last < meant_for:
        sentence = pin.sentence
    else:
        until = day_and_clock(pin.last, facts.shop.zone)
        sentence = (
            f"\u201c{pin.words}\u201d is true until {until}, and this text would leave later. "
            "Change the words, or call."
        )
    return [
        Reason(
            code=Code.STALE_WORDS,
            verdict=Verdict.REFUSE,
            layer=Layer.POLICY,
            rule="policy.stale",
            citation="",
            sentence=sentence,
        )
    ]
