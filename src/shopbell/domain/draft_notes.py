"""Everything worth telling the writer of a draft about its words. Must not decide: that is done.

Looked for when somebody asks about one text, not when thousands are judged.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from shopbell.domain.draft_words import promotion_in, true_until
from shopbell.domain.facts import Facts
from shopbell.domain.findings import Finding, Severity, in_order
from shopbell.domain.judge import reworded
from shopbell.domain.lint import lint
from shopbell.domain.long_exchange import long_exchange
from shopbell.domain.promotional import Promotion
from shopbell.domain.rulebook import Rulebook
from shopbell.domain.smart import Costliest, Offer, costliest, smart_offer
from shopbell.domain.stale import Pin


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftNotes:
    """What was noticed. Sentences repeat the writer's words: show them with `shown`."""

    findings: tuple[Finding, ...]
    """What stops the text first, then what only warns."""
    promotion: Promotion | None
    """The promotional words of what was written as a service text."""
    counts_as_marketing: bool
    """Whether they make it marketing: the owner has given no reason why not."""
    pin: Pin | None
    """The words that run out first."""
    costliest: Costliest | None
    """The character that makes it cost more parts."""
    offer: Offer | None
    """A change of characters that saves parts; nobody has made it."""

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """The findings that stop nothing."""
        return tuple(one for one in self.findings if one.severity is Severity.WARN)


def notes_on(facts: Facts, rules: Rulebook, now: datetime) -> DraftNotes:
    """Return what is worth telling about the draft in `facts`, judged at `now` (aware)."""
    draft = facts.draft
    offer = smart_offer(
        draft.body, rules.texts.smart, lambda body: reworded(facts, body, rules, now).text
    )
    found = lint(
        draft.filled_from or draft.body,
        facts.final,
        facts.shop,
        draft.purpose,
        rules,
        country=facts.number.country,
        sites=_sites(facts.shop_rules.contact),
        first_text=not facts.person.past,
        language=facts.person.wishes.language.partition("-")[0] or "en",
    )
    longer = long_exchange(facts, rules.policy.exchange, now)
    return DraftNotes(
        findings=found if longer is None else in_order((*found, longer)),
        promotion=promotion_in(draft, facts.shop, rules),
        counts_as_marketing=draft.asked_as is not None,
        pin=true_until(facts, rules),
        costliest=costliest(facts.final.text, rules.texts.smart),
        offer=offer if offer is not None and offer.saved > 0 else None,
    )


def _sites(contact: str) -> tuple[str, ...]:
    """Return the shop's own site, if its contact is one."""
    if not contact or "@" in contact:
        return ()
    return (contact.rpartition("//")[2].partition("/")[0].casefold(),)
