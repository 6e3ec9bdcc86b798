"""Rules about what a person wished: another channel, or quiet for a while.

An answer to their own text is not bound by either, nor is what the law or safety asks us to send.
"""

# ruff: noqa: ARG001 - every rule takes the same three arguments

from __future__ import annotations

from datetime import datetime

from shopbell.domain.consent import Purpose
from shopbell.domain.decision import Code, Layer, Reason, Verdict
from shopbell.domain.facts import Facts
from shopbell.domain.rulebook import Rulebook
from shopbell.domain.telling import calendar_day
from shopbell.domain.wishes import WISHES_BIND, Channel

_INSTEAD = {
    Channel.CALL: "This person asked to be called instead. Call them.",
    Channel.EMAIL: "This person asked for e-mail instead. Write them an e-mail.",
    Channel.NONE: "This person asked not to be contacted. Tell them when they come by.",
}


def channel_wish(facts: Facts, rules: Rulebook, now: datetime) -> list[Reason]:
    """Refuse marketing and service texts to somebody who wished for another channel, or none."""
    wish = facts.person.wishes.channel
    if wish is None or wish is Channel.TEXT or facts.draft.purpose not in WISHES_BIND:
        return []
    return [
        Reason(
            code=Code.CHANNEL_PREFERENCE,
            verdict=Verdict.REFUSE,
            layer=Layer.POLICY,
            rule="policy.wish.channel",
            citation="",
            sentence=_INSTEAD[wish],
        )
    ]


def pause(facts: Facts, rules: Rulebook, now: datetime) -> list[Reason]:
    """Hold marketing until the day the person asked to be left in peace to.

    News about their own order is not held: it would come too late to be of use.
    """
    until = facts.person.wishes.paused_until
    if until is None or now >= until or facts.draft.purpose is not Purpose.MARKETING:
        return []
    day = calendar_day(until, facts.shop.zone)
    return [
        Reason(
            code=Code.CHANNEL_PREFERENCE,
            verdict=Verdict.HOLD,
            layer=Layer.POLICY,
            rule="policy.wish.pause",
            citation="",
            sentence=f"This person asked for a pause until {day}. Send it after that.",
            next_allowed_at=until,
        )
    ]
