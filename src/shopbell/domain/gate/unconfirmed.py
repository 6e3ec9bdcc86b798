"""What waits for a confirmation by text, as the rules about permission look at it.

Must not decide: a yes that waits permits nothing.
"""

from __future__ import annotations

from datetime import datetime

from shopbell.domain.facts import Facts
from shopbell.domain.open_yes import OpenYes
from shopbell.domain.rulebook import Rulebook
from shopbell.domain.telling import calendar_day


def waiting_yes(facts: Facts, rules: Rulebook, now: datetime) -> OpenYes | None:
    """Return the yes that would cover this text if it were confirmed, and still can be."""
    wanted, purpose = facts.draft.topic, facts.draft.purpose
    within = rules.policy.answers.question_open
    return next(
        (
            one
            for one in facts.person.open_yeses
            if one.act.purpose is purpose
            and (wanted is None or wanted in one.act.topics)
            and one.is_waiting(now, within)
        ),
        None,
    )


def waiting_sentence(waiting: OpenYes, facts: Facts, rules: Rulebook) -> str:
    """Return what is waited for, and until when."""
    if waiting.asked_at is None:
        return (
            "Their yes counts once they have confirmed it by text, and the question has not left "
            "yet. It goes as soon as it may."
        )
    asked = calendar_day(waiting.asked_at, facts.shop.zone)
    until = calendar_day(waiting.asked_at + rules.policy.answers.question_open, facts.shop.zone)
    return (
        f"They were asked by text on {asked} to confirm their yes, and have not answered YES. "
        f"Wait for it: the question ends on {until}."
    )
