"""Judges many drafts at one moment, for campaigns: the answers of `judge`, with the work shared.

What depends on the place only (hours, holidays, emergencies, the window's end) is found out once
for all who are there; equal words are worded and searched once. Must not decide anything itself:
the gate is that of `decide`, each rule merely remembered.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from datetime import UTC, datetime
from itertools import groupby
from typing import TypeVar

from shopbell.domain.consent import Purpose
from shopbell.domain.decide import RULES, Rule, decide
from shopbell.domain.decision import Reason
from shopbell.domain.facts import Facts, Judged, PersonFacts, TextDraft
from shopbell.domain.gate.content import forbidden
from shopbell.domain.gate.hours import (
    closed_days,
    emergency,
    holidays,
    quiet_hours,
    window_ends_at,
)
from shopbell.domain.gate.occasions import arrives_by
from shopbell.domain.gate.place import not_textable, unknown_place, unknown_zone
from shopbell.domain.gate.rows import law_rows
from shopbell.domain.gate.words import empty, reachable, secrets, signed, stoppable, too_long
from shopbell.domain.judge import facts_of
from shopbell.domain.ordinary_numbers import OrdinaryNumbers
from shopbell.domain.rulebook import Rulebook
from shopbell.domain.shop import ShopProfile
from shopbell.domain.shop_rules import NOTHING_CHANGED, ShopRules
from shopbell.domain.texts import FinalText
from shopbell.domain.whereabouts import whereabouts
from shopbell.domain.wording import final_text

Key = TypeVar("Key")
Answer = TypeVar("Answer")
Group = frozenset[Rule]

OF_PLACE: Group = frozenset(
    {unknown_place, unknown_zone, emergency, quiet_hours, closed_days, holidays}
)
"""Rules that look at nothing but where the person may be, the hours they wished for, the purpose
and the moment."""

OF_WORDS: Group = frozenset(
    {not_textable, secrets, forbidden, empty, too_long, signed, reachable, stoppable}
)
"""Rules that look at nothing but the words, the kind of number, its country, the purpose and the
rows."""

_MOST_REMEMBERED = 10_000
"""Answers kept before beginning anew, so that a huge plan stays small."""


class Judging:
    """The gate at one moment, for many people one after another.

    Nothing is kept of a person; what is kept about places and words is bounded.
    """

    def __init__(
        self,
        shop: ShopProfile,
        rules: Rulebook,
        now: datetime,
        shop_rules: ShopRules = NOTHING_CHANGED,
    ) -> None:
        """Begin; `now` is aware."""
        self._shop = shop
        self._rules = rules
        self._now = now.astimezone(UTC)
        self._shop_rules = shop_rules.for_deciding()
        self._numbers = OrdinaryNumbers(rules.area_codes)
        self._shared = _Shared()
        self._gate = tuple(self._shared.gate())

    def judge(self, draft: TextDraft, person: PersonFacts) -> Judged:
        """Return what `judge.judge` says of one draft."""
        shared = self._shared
        facts = facts_of(
            draft,
            person,
            self._shop,
            self._rules,
            self._now,
            self._shop_rules,
            read=self._numbers.number,
            worded=shared.worded,
        )
        decision = decide(facts, self._rules, self._now, self._gate, shared.window_end)
        return Judged(facts=facts, decision=decision)


class _Shared:
    """What was found out so far, for people still to come."""

    def __init__(self) -> None:
        self._ends: dict[Hashable, datetime | None] = {}
        self._texts: dict[Hashable, FinalText] = {}

    def gate(self) -> Iterator[Rule]:
        """Yield the rules in their order, neighbours with answers in common as one."""
        for group, run in groupby(RULES, _group_of):
            if group is None:
                yield from run
            else:
                yield _remembering(tuple(run), _LOOKS_AT[group])

    def window_end(self, facts: Facts, rules: Rulebook, now: datetime) -> datetime | None:
        """Return when the window ends in which a text to such a place may arrive."""
        if facts.draft.purpose is Purpose.COMPLIANCE:
            # One of the shop's own texts ends with what calls for it: that is each person's own.
            return arrives_by(facts, rules, now)
        key = _place_key(facts, rules, now)
        if key not in self._ends:
            _keep(self._ends, key, window_ends_at(facts, rules, now))
        return self._ends[key]

    def worded(
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
        """Return the final text, as `wording.final_text` does."""
        key = (body, purpose, place, footer_due, also)
        if key not in self._texts:
            text = final_text(
                body, shop, purpose, place, footer_due, rules, shop_rules=shop_rules, also=also
            )
            _keep(self._texts, key, text)
        return self._texts[key]


def _group_of(rule: Rule) -> Group | None:
    return next((group for group in (OF_PLACE, OF_WORDS) if rule in group), None)


def _place_key(facts: Facts, rules: Rulebook, now: datetime) -> Hashable:
    wished = facts.person.wishes.hours
    return (whereabouts(facts, rules), facts.draft.purpose, wished, now)


def _words_key(facts: Facts, rules: Rulebook, now: datetime) -> Hashable:
    return (
        facts.draft.body,
        facts.draft.purpose,
        facts.final,
        facts.number.kind,
        facts.number.country,
        law_rows(facts, rules, now),
    )


_LOOKS_AT = {OF_PLACE: _place_key, OF_WORDS: _words_key}


def _remembering(
    run: tuple[Rule, ...], key_of: Callable[[Facts, Rulebook, datetime], Hashable]
) -> Rule:
    """Return a rule that gives the reasons of all of `run`, found out once for each key."""
    known: dict[Hashable, list[Reason]] = {}

    def rule(facts: Facts, rules: Rulebook, now: datetime) -> list[Reason]:
        key = key_of(facts, rules, now)
        reasons = known.get(key)
        if reasons is None:
            reasons = [reason for each in run for reason in each(facts, rules, now)]
            _keep(known, key, reasons)
        return reasons

    return rule


def _keep(kept: dict[Key, Answer], key: Key, answer: Answer) -> None:
    if len(kept) >= _MOST_REMEMBERED:
        kept.clear()
    kept[key] = answer
