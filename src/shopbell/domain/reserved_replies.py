"""Finds drafts that ask customers to answer with a word that means something else.

"Reply CANCEL to cancel your appointment" ends all texts to whoever obeys: gateways and our own
reply reader take the word as a stop. Must not judge replies: see `domain.stops`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from shopbell.domain.consent import Purpose
from shopbell.domain.findings import Finding
from shopbell.domain.folding import Folded, fold, whole_words
from shopbell.domain.lint_rules import Check, LintRules
from shopbell.domain.lint_style import quoted
from shopbell.domain.stop_rules import StopRules

_MOST_LISTED = 6
_LOOK_BEFORE = 8
_OPENING_QUOTE = re.compile(r"""["'(]?""")
_CLOSING_QUOTE = re.compile(r"""["')]{0,2}""")
_ANY_WORD = re.compile(r"[^\W_][\w-]{0,20}")
_CONNECTOR = re.compile(
    r"\s?[,/]\s?(?:(?:or|and|o|ou|u|y|et|oder|und)\s)?|\s(?:or|and|o|ou|u|y|et|oder|und)\s"
)
_ALONE = re.compile(
    r"\s?(?:[^\w\s]|$|\n|(?:to|2|for|if|when|or|and|by|before|pour|si|para|zum|um|wenn|fur|o|ou|y|et"
    r"|oder|und|please|pls|bitte)\b)"
)
"""What may follow a word that is the answer itself: "reply no if", but not "reply no later"."""
_CONDITION = re.compile(r"\s?(?:=|(?:to|for|if|when|pour|si|para|zum|um|wenn|fur)\b)")
_LISTING = re.compile(r"(?:^|[^\w\s]\s?|(?<!\w)(?:or|and|o|ou|u|y|et|oder|und)\s)$")
"""What a further answer follows: "1 to come, 2 to cancel"."""
_LETTER = re.compile(
    r"""(?<!\w)(\w{1,2})["')]?\s(?:to|2|for|pour|para|zum|fur)\s(\w{3,20})(?!\w)"""
)


def reserved_replies(
    body: str, purpose: Purpose, rules: LintRules, stops: StopRules, language: str
) -> tuple[Finding, ...]:
    """Return one warning for each reserved word that `body` asks people to answer.

    Args:
        body: what was typed.
        purpose: our own sign-up questions rightly ask for YES and START.
        rules: cues, proper uses and better words.
        stops: the words our own reply reader takes.
        language: of the person; some words mean stop in one language only.
    """
    folded = fold(body)
    taken = rules.reserved.gateway_words
    effects = _effects(
        stops.stop | taken.stop | stops.stop_if_theirs.get(language, frozenset()),
        stops.help | taken.help,
        stops.start | taken.start,
        taken.yes,
    )
    found: dict[str, Finding] = {}
    for start, end in sorted(_asked_for(body, folded, rules, effects)):
        word = folded.text[start:end]
        row = rules.checks[effects[word]]
        if word in found or purpose not in row.warns_for:
            continue
        if _is_proper(folded.text, word, end, effects[word], rules):
            continue
        span = folded.span(start, end)
        instead = rules.reserved.instead.get(word, rules.reserved.instead_otherwise)
        found[word] = row.finding(span, words=quoted(body, span), instead=instead)
    return (*found.values(), *_letters(body, folded, purpose, rules))


@lru_cache(maxsize=32)
def _effects(
    stop: frozenset[str], help_: frozenset[str], start: frozenset[str], yes: frozenset[str]
) -> Mapping[str, Check]:
    """Return what each reserved word, folded, is taken for; a stop wins."""
    ranked = (
        (yes, Check.RESERVED_YES),
        (start, Check.RESERVED_START),
        (help_, Check.RESERVED_HELP),
        (stop, Check.RESERVED_STOP),
    )
    return {fold(word).text: check for words, check in ranked for word in words}


@lru_cache(maxsize=32)
def _any_of(words: frozenset[str]) -> re.Pattern[str]:
    return whole_words(words)


def _asked_for(
    body: str, folded: Folded, rules: LintRules, effects: Mapping[str, Check]
) -> Iterator[tuple[int, int]]:
    """Return where in the folded text a reserved word is asked for."""
    words = _any_of(frozenset(effects))
    for cues, any_letters in ((rules.reserved.asks, True), (rules.reserved.asks_capitals, False)):
        for cue in cues:
            for asking in cue.finditer(folded.text):
                for start, end in _listed(folded.text, asking.end(), words):
                    shouted = _is_marked(body, folded, start, end)
                    if shouted or (any_letters and _ALONE.match(folded.text, end)):
                        yield start, end
    for match in words.finditer(folded.text):
        start, end = match.span()
        if _CONDITION.match(folded.text, end) and body[slice(*folded.span(start, end))].isupper():
            yield start, end


def _listed(text: str, start: int, words: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Return the reserved ones among the answers listed from `start` on: "1, 2 or CANCEL"."""
    for _ in range(_MOST_LISTED):
        start = _end(_OPENING_QUOTE, text, start)
        reserved = words.match(text, start)
        match = reserved or _ANY_WORD.match(text, start)
        if match is None:
            return
        if reserved:
            yield reserved.span()
        connector = _CONNECTOR.match(text, _end(_CLOSING_QUOTE, text, match.end()))
        if connector is None:
            return
        start = connector.end()


def _end(pattern: re.Pattern[str], text: str, start: int) -> int:
    match = pattern.match(text, start)
    return match.end() if match else start


def _is_marked(body: str, folded: Folded, start: int, end: int) -> bool:
    """Return whether the word stands in capitals or quotes."""
    in_quotes = start > 0 and folded.text[start - 1] in "\"'"
    return in_quotes or body[slice(*folded.span(start, end))].isupper()


def _is_proper(text: str, word: str, end: int, effect: Check, rules: LintRules) -> bool:
    """Return whether the word is used for what it is for: "STOP to end", "HELP for help"."""
    after = _end(_CLOSING_QUOTE, text, end)
    told = word in rules.reserved.ways_out or word in rules.reserved.ways_to_help
    if told and not _CONDITION.match(text, after):
        return True
    spaces = len(text[after : after + 3]) - len(text[after : after + 3].lstrip(" "))
    proper = rules.reserved.proper.get(effect.value.removeprefix("reserved_"), ())
    if word in rules.reserved.ways_out:
        proper += rules.reserved.proper["told"]
    return any(pattern.match(text, after + spaces) for pattern in proper)


def _letters(body: str, folded: Folded, purpose: Purpose, rules: LintRules) -> Iterator[Finding]:
    """Return the first "C to cancel" of a text that asks for answers."""
    row = rules.checks[Check.RESERVED_LETTER]
    cues = (*rules.reserved.asks, *rules.reserved.asks_capitals)
    asked = {
        _end(_OPENING_QUOTE, folded.text, found.end())
        for cue in cues
        for found in cue.finditer(folded.text)
    }
    if purpose not in row.warns_for or not asked:
        return
    for match in _LETTER.finditer(folded.text):
        better = rules.reserved.letter_for.get(match[2])
        letter = body[slice(*folded.span(*match.span(1)))]
        if better is None or not (letter.isupper() or letter.isdigit()):
            continue
        before = folded.text[max(0, match.start() - _LOOK_BEFORE) : match.start()]
        if match.start() not in asked and not _LISTING.search(before):
            continue
        if any(pattern.search(folded.text) for pattern in rules.ways_out):
            continue
        span = folded.span(*match.span())
        yield row.finding(span, words=quoted(body, span), instead=f"{letter} {better}")
        return
