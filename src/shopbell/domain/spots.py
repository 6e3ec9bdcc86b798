"""Where people may be, as far as rules look: at one spot all have the same hours and the same law.

Found out once for numbers that begin alike and addresses that are the same. Must not decide.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from shopbell.domain.consent import Basis, Purpose
from shopbell.domain.facts import Facts, PersonFacts, ShopFacts, TextDraft
from shopbell.domain.gate.enough import caps_of, gap_of
from shopbell.domain.gate.rows import rows_of
from shopbell.domain.ids import E164, ContactId
from shopbell.domain.judge import facts_of
from shopbell.domain.jurisdictions import Jurisdiction
from shopbell.domain.ordinary_numbers import BEGINNING, OrdinaryNumbers
from shopbell.domain.outlines import Outline
from shopbell.domain.people import Contact
from shopbell.domain.rulebook import Rulebook
from shopbell.domain.shop_rules import ShopRules
from shopbell.domain.whereabouts import Whereabouts, whereabouts

Limits = tuple[tuple[datetime, int], ...]
"""Since when how many texts are too many."""


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Voice:
    """Numbers to which equal words become equal texts."""

    facts: Facts
    """Of a text to one of them, if nothing but the place were known of the person."""


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Spot:
    """One kind of place for one kind of text. Two are the same only if they are one."""

    voice: Voice
    limits: Limits
    """By the shop's rules or any row of the place."""
    terms: frozenset[Basis]
    """What a yes may rest on that a row of the place gives a term."""


class Spots:
    """The spots met so far, for one draft at one moment; bounded."""

    def __init__(
        self, draft: TextDraft, here: ShopFacts, rules: Rulebook, now: datetime, most: int
    ) -> None:
        self.numbers = OrdinaryNumbers(rules.area_codes)
        self._draft = draft
        self._here = ShopFacts(profile=here.profile, rules=here.rules.for_deciding())
        self._rules = rules
        self._now = now
        self._most = most
        self._known: dict[Hashable, Spot] = {}
        self._alike: dict[Hashable, Spot] = {}
        self._voices: dict[Hashable, Voice] = {}

    def spot_of(self, number: E164, outline: Outline) -> Spot | None:
        """Return where somebody is; None for a number that only the full reading knows."""
        kind = self.numbers.kind_of(number)
        if kind is None:
            return None
        key = (number[:BEGINNING], kind, outline.region, outline.zone)
        if key not in self._known:
            if len(self._known) >= self._most:
                for kept in (self._known, self._alike, self._voices):
                    kept.clear()
            self._known[key] = self._spot(self._facts(number, outline))
        return self._known[key]

    def _facts(self, number: E164, outline: Outline) -> Facts:
        nobody = Contact(
            id=ContactId(0),
            number=number,
            name="",
            note="",
            email="",
            tags=(),
            zone=outline.zone,
            region=outline.region,
            source="",
            batch_id=None,
            created_at=self._now,
            updated_at=self._now,
        )
        return facts_of(
            self._draft,
            PersonFacts(
                contact=nobody,
                suppression=None,
                consents=(),
                past=(),
                last_inbound_at=None,
                unclear_stop_at=None,
            ),
            self._here.profile,
            self._rules,
            self._now,
            self._here.rules,
            read=lambda _: self.numbers.number(number),
        )

    def _spot(self, facts: Facts) -> Spot:
        known = whereabouts(facts, self._rules)
        like = (known, facts.number.country, facts.number.kind)
        if like not in self._alike:
            rows, _ = rows_of(known, self._rules)
            purpose = facts.draft.purpose
            self._alike[like] = Spot(
                voice=self._voice(facts, known, rows),
                limits=tuple(
                    (self._now - per, n) for n, per in _limits_at(facts, self._rules, rows)
                ),
                terms=frozenset(_with_a_term(rows, purpose)),
            )
        return self._alike[like]

    def _voice(self, facts: Facts, known: Whereabouts, rows: tuple[Jurisdiction, ...]) -> Voice:
        footers = self._rules.policy.footers
        asking = tuple(row for row in rows if row.sender is not None and row.sender.contact)
        for_ever = all(row.effective_from is None and row.effective_to is None for row in asking)
        like = (
            facts.number.country,
            facts.number.kind,
            tuple(footers.for_place(place) for place in known.places or (None,)),
            asking,
            None if for_ever else known,
        )
        return self._voices.setdefault(like, Voice(facts=facts))


def _limits_at(
    facts: Facts, rules: Rulebook, rows: tuple[Jurisdiction, ...]
) -> Iterator[tuple[int, timedelta]]:
    for cap in caps_of(facts, rules):
        yield cap.n, cap.per
    gap = gap_of(facts, rules)
    if gap:
        yield 1, gap
    for row in rows:
        for of_row in row.caps:
            if facts.draft.purpose in of_row.applies_to:
                yield of_row.n, of_row.per


def _with_a_term(rows: Iterable[Jurisdiction], purpose: Purpose) -> Iterator[Basis]:
    for row in rows:
        law = row.consent_for(purpose)
        if law is not None:
            yield from (basis for basis in Basis if law.months_of(basis) is not None)


def looks_back(
    here: ShopRules, rules: Rulebook, longest_promise: timedelta = timedelta(0)
) -> timedelta:
    """Return how far back any limit on any text looks, and what tells whether a footer is due."""
    rows = rules.policy.purposes.values()
    stretches = [longest_promise, timedelta(hours=here.gap_hours or 0)]
    stretches.append(rules.policy.footers.monthly)
    stretches += [timedelta(days=cap.days) for cap in here.caps]
    stretches += [row.gap for row in rows if row.gap is not None]
    stretches += [cap.per for row in rows for cap in row.caps]
    stretches += [cap.per for row in rules.jurisdictions for cap in row.caps]
    return max(stretches)
