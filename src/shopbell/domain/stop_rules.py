"""The words and patterns by which replies are read, as read from a rule file.

Must not read replies: see `domain.stops`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from shopbell.domain.rule_table import RuleTable

Patterns = tuple[re.Pattern[str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StopRules:
    """Words match a whole message, patterns any part of it (rules.md section 5)."""

    version: str
    stop: frozenset[str]
    stop_if_language: Mapping[str, frozenset[str]]
    """Words that mean stop only from a person who writes that language."""
    help: frozenset[str]
    start: frozenset[str]
    yes: frozenset[str]
    no: frozenset[str]
    fillers: frozenset[str]
    fuzzy_least_length: int
    quoted: Patterns
    guards: Patterns
    phrases: Patterns
    wrong_person: Patterns
    holds: Patterns


def read_stop_rules(table: RuleTable) -> StopRules:
    """Return the words and patterns a rule file holds.

    Raises:
        BadInput: names file and key.
    """
    languages, words = table.table("stop_if_language"), table.table("words")
    exact, patterns = table.table("exact"), table.table("patterns")
    rules = StopRules(
        version=table.text("version"),
        stop=_words(table, "stop"),
        stop_if_language={language: _words(languages, language) for language in languages.names()},
        help=_words(words, "help"),
        start=_words(words, "start"),
        yes=_words(words, "yes"),
        no=_words(words, "no"),
        fillers=_words(exact, "fillers"),
        fuzzy_least_length=exact.number("fuzzy_least_length", least=5),
        quoted=patterns.patterns("quoted"),
        guards=patterns.patterns("guards"),
        phrases=patterns.patterns("phrases"),
        wrong_person=patterns.patterns("wrong_person"),
        holds=patterns.patterns("holds"),
    )
    for part in (table, languages, words, exact, patterns):
        part.end()
    return rules


def _words(table: RuleTable, key: str) -> frozenset[str]:
    words = table.texts(key)
    for word in words:
        if word != word.casefold().strip() or not word:
            raise table.error(key, f'has "{word}", which must be in lower case')
    return frozenset(words)
