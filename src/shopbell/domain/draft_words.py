"""What the words of a draft give away to the gate, found out once for equal words.

Must not decide.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import lru_cache

from shopbell.domain.consent import Purpose
from shopbell.domain.facts import Facts, TextDraft
from shopbell.domain.findings import Finding
from shopbell.domain.lint import stopping
from shopbell.domain.promotional import Promotion, promotional
from shopbell.domain.rulebook import Rulebook
from shopbell.domain.shop import ShopProfile
from shopbell.domain.shop_rules import LEAST_REASON
from shopbell.domain.stale import Pin, last_true
from shopbell.domain.zones import zone_named

PLAIN_WORDS = "Your order is ready."
"""Words without anything in them: sheets ask about these when nobody has typed a text yet, and
must not read every rule about words for it."""


def as_it_counts(draft: TextDraft, shop: ShopProfile, rules: Rulebook, now: datetime) -> TextDraft:
    """Return the draft as the gate takes it: dated, and marketing where its words make it so.

    One promotional sentence makes a service text marketing, unless the owner has typed a reason why
    it is service all the same. Its topic was one of the service, and does not come along.
    """
    draft = dated(draft, now)
    if is_really_service(draft) or promotion_in(draft, shop, rules) is None:
        return draft
    return replace(draft, purpose=Purpose.MARKETING, topic=None, asked_as=draft.purpose)


def dated(draft: TextDraft, now: datetime) -> TextDraft:
    """Return the draft as one meant for `now`, unless it says what it is meant for."""
    return draft if draft.meant_for is not None else replace(draft, meant_for=now)


def is_really_service(draft: TextDraft) -> bool:
    """Return whether the owner has typed a real reason to call it a service text."""
    return len(draft.really_service.strip()) >= LEAST_REASON


def promotion_in(draft: TextDraft, shop: ShopProfile, rules: Rulebook) -> Promotion | None:
    """Return the promotional words of what was written as a service text; None for all others."""
    written_as = draft.asked_as or draft.purpose
    words = _words_of(draft)
    if written_as is not Purpose.SERVICE or words == PLAIN_WORDS:
        return None
    return _promotion(words, shop.name, rules)


def stopped_by(facts: Facts, rules: Rulebook) -> tuple[Finding, ...]:
    """Return what in the words stops the text."""
    words = _words_of(facts.draft)
    if words == PLAIN_WORDS:
        return ()
    return _stopping(words, facts.shop, facts.draft.purpose, facts.number.country, rules)


def true_until(facts: Facts, rules: Rulebook) -> Pin | None:
    """Return the words that run out first, by the shop's own clock; None if none ever do.

    Facts of before texts were dated have no such words.
    """
    words, meant_for = _words_of(facts.draft), facts.draft.meant_for
    if meant_for is None or words == PLAIN_WORDS:
        return None
    return _true_until(words, meant_for, facts.shop.zone, facts.shop.name, rules)


def _words_of(draft: TextDraft) -> str:
    return draft.filled_from or draft.body


@lru_cache(maxsize=256)
def _promotion(words: str, shop_name: str, rules: Rulebook) -> Promotion | None:
    return promotional(words, rules.texts.promotional, shop_name)


@lru_cache(maxsize=256)
def _stopping(
    words: str, shop: ShopProfile, purpose: Purpose, country: str | None, rules: Rulebook
) -> tuple[Finding, ...]:
    return stopping(words, shop, purpose, rules, country=country)


@lru_cache(maxsize=256)
def _true_until(
    words: str, meant_for: datetime, zone: str, shop_name: str, rules: Rulebook
) -> Pin | None:
    place = zone_named(zone)
    if place is None:
        return None
    return last_true(words, meant_for, place, rules.texts.stale, shop_name)
