"""From a draft and what the file knows about a person to a decision, in one call.

Gathers the facts, writes the final text and asks the gate; must not decide anything itself.
"""

from __future__ import annotations

from datetime import datetime

from shopbell.domain.caps import counted
from shopbell.domain.decide import decide
from shopbell.domain.facts import Facts, Judged, PersonFacts, TextDraft
from shopbell.domain.numbers import number_of
from shopbell.domain.rulebook import Rulebook
from shopbell.domain.shop import ShopProfile
from shopbell.domain.wording import final_text


def judge(
    draft: TextDraft, person: PersonFacts, shop: ShopProfile, rules: Rulebook, now: datetime
) -> Judged:
    """Return `draft` with its final text, the facts and the decision at `now` (aware).

    The same arguments always give the same answer. `person.past` must not hold the draft itself.
    """
    facts = facts_of(draft, person, shop, rules, now)
    return Judged(facts=facts, decision=decide(facts, rules, now))


def facts_of(
    draft: TextDraft, person: PersonFacts, shop: ShopProfile, rules: Rulebook, now: datetime
) -> Facts:
    """Return all that the gate looks at, for keeping with the decision."""
    number = number_of(draft.number)
    final = final_text(
        draft.body,
        shop,
        draft.purpose,
        number.country,
        is_footer_due(person, rules, now),
        rules,
    )
    return Facts(number=number, draft=draft, final=final, person=person, shop=shop)


def is_footer_due(person: PersonFacts, rules: Rulebook, now: datetime) -> bool:
    """Return whether no text of the last month told this person how to stop."""
    since = now - rules.policy.footers.monthly
    return not any(text.had_footer and text.at > since for text in counted(person.past))
