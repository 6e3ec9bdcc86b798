"""Judges an audience: those who differ in nothing that a rule looks at are decided about together.

Most people of an audience have nothing of their own that could make a rule object: no stop, no
wish, no limit reached, a yes that is not old. The gate is asked about the first of each kind (the
same spot, the same acts of permission, words alike), and its answer is that of the others.
Whoever differs is judged alone. Must not decide anything itself.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from shopbell.domain.consent import Act
from shopbell.domain.decide import RULES
from shopbell.domain.decision import Code, Decision, Reason, Verdict
from shopbell.domain.draft_words import as_it_counts
from shopbell.domain.facts import PersonFacts, ShopFacts, TextDraft
from shopbell.domain.gate.expiry import SHORTEST_MONTH
from shopbell.domain.ids import E164
from shopbell.domain.judge import reworded
from shopbell.domain.judging_many import OF_WORDS, Judging
from shopbell.domain.outlines import Outline
from shopbell.domain.policy import FooterWhen, Need
from shopbell.domain.promises import Frequency
from shopbell.domain.rulebook import Rulebook
from shopbell.domain.spots import Limits, Spot, Spots, Voice
from shopbell.domain.texts import FinalText
from shopbell.domain.windows import SEARCH_DAYS

Key = TypeVar("Key")
Answer = TypeVar("Answer")

_WORD_RULES = tuple(rule for rule in RULES if rule in OF_WORDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What the gate says of one person, and the text they would get."""

    final: FinalText
    decision: Decision


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    """What some words become, and what the rules about words say of it."""

    final: FinalText
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    """What is decided about one kind of people."""

    decision: Decision
    until: datetime
    """The last moment the gate looked at: until then nothing of a person's own may come up."""
    promised: Limits
    """What all of them were promised."""


class Crowd:
    """The gate at one moment, for one draft to many people. What is remembered is bounded."""

    def __init__(
        self,
        draft: TextDraft,
        here: ShopFacts,
        rules: Rulebook,
        now: datetime,
        past_since: datetime,
        *,
        most_remembered: int = 10_000,
    ) -> None:
        """Begin.

        Args:
            draft: to anybody; with `filled_from`, or everybody is judged alone.
            here: the shop and its rules.
            rules: the rulebook.
            now: when they are judged; aware.
            past_since: how far back the outlines tell of all texts (`spots.looks_back`); aware.
            most_remembered: answers kept before beginning anew.
        """
        self.past_since = past_since
        self._judging = Judging(here.profile, rules, now, here.rules)
        self._rules = rules
        self._now = now.astimezone(UTC)
        self._most = most_remembered
        self._spots = Spots(draft, here, rules, self._now, most_remembered)
        self.purpose = as_it_counts(draft, here.profile, rules, self._now).purpose
        row = rules.policy.purposes[self.purpose]
        self._may_share = (
            bool(draft.filled_from)
            and draft.occasion is None
            and row.need in {Need.CONSENT, Need.NOTHING}
        )
        is_asked_anew = row.need is Need.CONSENT and row.silent_months is not None
        self._silence = SHORTEST_MONTH * (row.silent_months or 0) if is_asked_anew else None
        is_monthly = row.footer is FooterWhen.FIRST_AND_MONTHLY
        self._footer_since = self._now - rules.policy.footers.monthly if is_monthly else None
        self._words: dict[tuple[Voice, str, bool], _Words] = {}
        self._answers: dict[Hashable, _Answer] = {}

    def where(self, number: E164, outline: Outline) -> Spot | None:
        """Return where somebody is who may be like others; None of those who are judged alone."""
        if outline.stands_out or outline.contact_id is None or not self._may_share:
            return None
        return self._spots.spot_of(number, outline)

    def kind_to_meet(self, spot: Spot | None, outline: Outline) -> Hashable | None:
        """Return the kind of somebody who is worth meeting before others like them are asked about.

        None where that would help nobody: they differ, or one like them was met.
        """
        if spot is None or (spot, outline.acts, ()) in self._answers:
            return None
        if not self._is_plain(outline, spot, self._promised(outline)):
            return None
        if any(act.act is Act.REVOKED or act.basis in spot.terms for act in outline.acts):
            return None
        return (spot, outline.acts)

    def has_met(self, spot: Spot | None, outline: Outline) -> bool:
        """Return whether, as far as the words go, somebody like this one was met at `spot`."""
        answer = None if spot is None else self._answers.get((spot, outline.acts, ()))
        return spot is not None and answer is not None and self._is_like(outline, spot, answer)

    def ask(self, spot: Spot | None, body: str, outline: Outline) -> Said | None:
        """Return what is said of people like this one; None: nobody like them was met."""
        if spot is None:
            return None
        words = self._worded(spot.voice, body, outline)
        answer = self._answers.get((spot, outline.acts, words.reasons))
        if answer is None or not self._is_like(outline, spot, answer):
            return None
        return Said(final=words.final, decision=answer.decision)

    def meet(
        self, spot: Spot | None, draft: TextDraft, outline: Outline, person: PersonFacts
    ) -> Said:
        """Return what is said of one person, judged alone, and remember it for others like them."""
        judged = self._judging.judge(draft, person)
        if spot is not None and not any(
            act.act is Act.REVOKED or act.basis in spot.terms for act in outline.acts
        ):
            answer = _Answer(
                decision=judged.decision,
                until=_looked_until(judged.decision, self._now),
                promised=self._promised(outline),
            )
            if self._is_like(outline, spot, answer):
                words = self._worded(spot.voice, draft.body, outline)
                self._keep(self._answers, (spot, outline.acts, words.reasons), answer)
        return Said(final=judged.final, decision=judged.decision)

    def _worded(self, voice: Voice, body: str, outline: Outline) -> _Words:
        last, since = outline.last_footer_at, self._footer_since
        due = since is not None and (last is None or last <= since)
        words = self._words.get((voice, body, due))
        if words is None:
            final = reworded(voice.facts, body, self._rules, self._now, footer_due=due)
            draft = replace(voice.facts.draft, body=body)
            facts = replace(voice.facts, draft=draft, final=final)
            reasons = [
                reason for rule in _WORD_RULES for reason in rule(facts, self._rules, self._now)
            ]
            words = _Words(final=final, reasons=tuple(reasons))
            self._keep(self._words, (voice, body, due), words)
        return words

    def _is_like(self, outline: Outline, spot: Spot, answer: _Answer) -> bool:
        """Return whether no rule objects to anything of their own, now or until it looked."""
        if not self._is_plain(outline, spot, answer.promised):
            return False
        if self._silence is None or outline.first_act_at is None:
            return True
        heard, said = outline.last_heard_at, outline.first_act_at
        last = said if heard is None or heard < said else heard
        return last + self._silence > answer.until

    def _is_plain(self, outline: Outline, spot: Spot, promised: Limits) -> bool:
        """Return whether every act counts by now and no limit is reached, nor ever will be."""
        if outline.last_act_at is not None and outline.last_act_at > self._now:
            return False
        past, limits = outline.past, spot.limits + promised
        if outline.welcomed:
            limits += self._limits(outline.welcomed)
        for since, n in limits:
            if since < self.past_since:
                return False
            if n <= len(past) and sum([at > since for at in past]) >= n:
                return False
        return True

    def _promised(self, outline: Outline) -> Limits:
        return self._limits(act.promised for act in outline.acts)

    def _limits(self, promised: Iterable[Frequency | None]) -> Limits:
        return tuple(
            (self._now - timedelta(days=often.days), often.n)
            for often in promised
            if often is not None
        )

    def _keep(self, kept: dict[Key, Answer], key: Key, answer: Answer) -> None:
        if len(kept) >= self._most:
            kept.clear()
        kept[key] = answer


def _looked_until(decision: Decision, now: datetime) -> datetime:
    """Return the last moment that such a decision may rest on."""
    at_once = any(
        reason.verdict is Verdict.REFUSE and reason.code is not Code.STALE_WORDS
        for reason in decision.reasons
    )
    if decision.verdict is Verdict.ALLOW or at_once:
        return now
    # Held, or held until a moment at which the words are wrong.
    return decision.next_allowed_at or now + timedelta(days=SEARCH_DAYS)
