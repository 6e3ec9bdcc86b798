"""Whether a text about an order also promotes something: one such sentence makes it marketing.

Must not decide: the owner may confirm otherwise, with a reason.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from shopbell.domain.folding import Span, fold, hidden, name_pattern, read_words, whole_words
from shopbell.domain.rule_table import RuleTable

_BOUNDARY = re.compile(r"[!?\n]|\.(?=\s|$)")
_LONGEST_SENTENCE = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class PromotionalRules:
    """The words of promotion, as read from a rule file."""

    version: str
    checked: date
    review_by: date
    citation: str
    confidence: str
    sentence: str
    found: tuple[re.Pattern[str], ...]
    guards: tuple[re.Pattern[str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Promotion:
    """The first promotional words of a text."""

    span: Span
    """The words, as typed."""
    sentence_span: Span
    """The sentence they stand in: what to leave out."""
    sentence: str
    """What was found and what to do next. Repeats the writer's words: show it with `shown`."""
    citation: str
    confidence: str


def read_promotional_rules(table: RuleTable) -> PromotionalRules:
    """Return the words a rule file holds.

    Raises:
        BadInput: names file and key.
    """
    rules = PromotionalRules(
        version=table.text("version"),
        checked=table.day("checked"),
        review_by=table.day("review_by"),
        citation=table.text("cite"),
        confidence=table.text("confidence"),
        sentence=table.text("sentence"),
        found=(whole_words(read_words(table, "words")), *table.patterns("patterns")),
        guards=table.patterns("guards"),
    )
    table.end()
    return rules


def promotional(body: str, rules: PromotionalRules, shop_name: str = "") -> Promotion | None:
    """Return the first words of `body` that promote something, or None.

    Args:
        body: what was typed.
        rules: the words.
        shop_name: no word to be judged: "The Bargain Shop" may say its name.
    """
    folded = fold(body)
    bare = hidden(folded.text, [name_pattern(shop_name), *rules.guards])
    places = [match.span() for pattern in rules.found if (match := pattern.search(bare))]
    if not places:
        return None
    span = folded.span(*min(places))
    words = " ".join(body[slice(*span)].split())
    return Promotion(
        span=span,
        sentence_span=_sentence_around(body, span),
        sentence=rules.sentence.replace("{words}", words),
        citation=rules.citation,
        confidence=rules.confidence,
    )


def _sentence_around(body: str, span: Span) -> Span:
    """Return the sentence around `span`, with its full stop, without blanks at its ends."""
    first = max(0, span[0] - _LONGEST_SENTENCE)
    ends = [match.end() for match in _BOUNDARY.finditer(body, first, span[0])]
    start = ends[-1] if ends else first
    closing = _BOUNDARY.search(body, span[1], span[1] + _LONGEST_SENTENCE)
    end = closing.end() if closing else min(len(body), span[1] + _LONGEST_SENTENCE)
    sentence = body[start:end]
    blanks = len(sentence) - len(sentence.lstrip())
    return start + blanks, start + len(sentence.rstrip())
