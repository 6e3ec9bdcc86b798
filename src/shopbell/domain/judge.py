"""From a draft and what the file knows about a person to a decision, in one call.

Gathers the facts, writes the final text and asks the gate; must not decide anything itself.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from shopbell.domain.caps import counted
from shopbell.domain.consent import Purpose
from shopbell.domain.decide import decide
from shopbell.domain.draft_words import as_it_counts
from shopbell.domain.facts import Facts, Judged, PersonFacts, TextDraft
from shopbell.domain.ids import E164
from shopbell.domain.numbers import Number, number_of
from shopbell.domain.rulebook import Rulebook
from shopbell.domain.shop import ShopProfile
from shopbell.domain.shop_rules import NOTHING_CHANGED, ShopRules
from shopbell.domain.texts import FinalText
from shopbell.domain.whereabouts import whereabouts_of
from shopbell.domain.wording import final_text


class Worded(Protocol):
    """Writes the final text: `wording.final_text`, or one that remembers."""

    def __call__(
        self,
        body: str,
        shop: ShopProfile,
        purpose: Purpose,
        place: str | None,
        footer_due: bool,
        rules: Rulebook,
        *,
        shop_rules: ShopRules,
        also: tuple[str, ...],
    ) -> FinalText:
        """Return what leaves when somebody types `body`."""
        ...


def judge(
    draft: TextDraft,
    person: PersonFacts,
    shop: ShopProfile,
    rules: Rulebook,
    now: datetime,
    shop_rules: ShopRules = NOTHING_CHANGED,
) -> Judged:
    """Return `draft` with its final text, the facts and the decision at `now` (aware).

    The same arguments always give the same answer. `person.past` must not hold the draft itself.
    """
    facts = facts_of(draft, person, shop, rules, now, shop_rules)
    return Judged(facts=facts, decision=decide(facts, rules, now))


def facts_of(
    draft: TextDraft,
    person: PersonFacts,
    shop: ShopProfile,
    rules: Rulebook,
    now: datetime,
    shop_rules: ShopRules = NOTHING_CHANGED,
    *,
    read: Callable[[E164], Number] = number_of,
    worded: Worded = final_text,
) -> Facts:
    """Return all that the gate looks at, for keeping with the decision.

    `read` and `worded` may remember what they found out before; nothing else.
    """
    draft = as_it_counts(draft, shop, rules, now)
    number = read(draft.number)
    place, *also = whereabouts_of(number, person.contact, rules).places or (None,)
    final = worded(
        draft.body,
        shop,
        draft.purpose,
        place,
        is_footer_due(person, rules, now),
        rules,
        shop_rules=shop_rules,
        also=tuple(filter(None, also)),
    )
    return Facts(
        number=number,
        draft=draft,
        final=final,
        person=person,
        shop=shop,
        shop_rules=shop_rules.for_deciding(),
    )


def reworded(
    facts: Facts, body: str, rules: Rulebook, now: datetime, *, footer_due: bool | None = None
) -> FinalText:
    """Return what would leave if somebody had typed `body` instead.

    `footer_due` tells whether the person's texts of before make a footer due; None looks at them.
    """
    place, *also = whereabouts_of(facts.number, facts.person.contact, rules).places or (None,)
    return final_text(
        body,
        facts.shop,
        facts.draft.purpose,
        place,
        is_footer_due(facts.person, rules, now) if footer_due is None else footer_due,
        rules,
        shop_rules=facts.shop_rules,
        also=tuple(filter(None, also)),
    )


def is_footer_due(person: PersonFacts, rules: Rulebook, now: datetime) -> bool:
    """Return whether no text of the last month told this person how to stop."""
    since = now - rules.policy.footers.monthly
    return not any(text.had_footer and text.at > since for text in counted(person.past))
