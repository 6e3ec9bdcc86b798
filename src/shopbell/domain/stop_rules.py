"""The words and phrases by which replies are read, as read from a rule file.

Must not read replies: see `domain.stops`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from shopbell.domain.rule_table import RuleTable
from shopbell.domain.stop_notation import PatternError, Reader, fragments
from shopbell.domain.stop_phrases import Phrases, Step
from shopbell.domain.stop_quotes import QuoteRules
from shopbell.domain.stop_spelling import Spelling
from shopbell.domain.stop_text import folded


@dataclass(frozen=True, slots=True, kw_only=True)
class StopRules:
    """Words are matched with a whole message, phrases with any part of it."""

    version: str
    checked: date
    review_by: date
    confidence: str
    stop: frozenset[str]
    stop_in_sentence: frozenset[str]
    """Stop words without another sense, so that one sentence of it is enough."""
    stop_if_theirs: Mapping[str, frozenset[str]]
    """Words by language that mean stop only from a person who writes it."""
    hold: frozenset[str]
    help: frozenset[str]
    start: frozenset[str]
    yes: frozenset[str]
    no: frozenset[str]
    declines: frozenset[str]
    """A polite no: unclear by itself, clear as an answer to our question."""
    fillers: frozenset[str]
    fuzzy_least_length: int
    signs: frozenset[str]
    signs_alone: frozenset[str]
    spelling: Spelling
    quotes: QuoteRules
    guards: Phrases
    """Cut out before anything is judged: "stop by", "bus stop"."""
    wrong_person: Phrases
    limits: Phrases
    """A stop of some texts or for some time."""
    phrases: Phrases
    signed: Phrases
    """A stop and the name or number of who says it."""
    holds: Phrases


def read_stop_rules(table: RuleTable) -> StopRules:
    """Return the words and phrases a rule file holds.

    Raises:
        BadInput: names file and key.
    """
    exact, signs = table.table("exact"), table.table("signs")
    by_code = table.table("language")
    languages = [_Language(code, by_code.table(code)) for code in by_code.names()]
    fillers = _all(languages, "fillers")
    stop = _all(languages, "stop")
    stop_in_sentence = _words(exact, "stop_in_sentence")

    def phrases(key: str) -> Phrases:
        found = [language.phrases(key) for language in languages]
        steps = [step for of_language, _ in found for step in of_language]
        return Phrases(steps, fillers, [part for _, parts in found for part in parts])

    rules = StopRules(
        version=table.text("version"),
        checked=table.day("checked"),
        review_by=table.day("review_by"),
        confidence=table.text("confidence"),
        stop=stop,
        stop_in_sentence=stop_in_sentence,
        stop_if_theirs={language.code: language.words("stop_if_theirs") for language in languages},
        hold=_all(languages, "hold"),
        help=_all(languages, "help"),
        start=_all(languages, "start"),
        yes=_all(languages, "yes"),
        no=_all(languages, "no"),
        declines=_all(languages, "declines"),
        fillers=fillers - stop,
        fuzzy_least_length=exact.number("fuzzy_least_length", least=5),
        signs=_signs(signs, "anywhere"),
        signs_alone=_signs(signs, "alone"),
        quotes=_quotes(table.table("quotes")),
        guards=phrases("guards"),
        wrong_person=phrases("wrong_person"),
        limits=phrases("limits"),
        phrases=phrases("phrases"),
        signed=phrases("signed"),
        holds=phrases("holds"),
        # Last, because every word that was read is a known one.
        spelling=_spelling(
            table.table("spelling"),
            known=frozenset(word for language in languages for word in language.vocabulary),
            disguised=stop_in_sentence,
        ),
    )
    for language in languages:
        language.end()
    for part in (table, exact, signs):
        part.end()
    return rules


class _Language:
    """One language of the rule file."""

    def __init__(self, code: str, table: RuleTable) -> None:
        self.code = code
        self._table = table
        self._writes_blanks = not (table.has("no_blanks") and table.flag("no_blanks"))
        sets = table.table("sets") if table.has("sets") else RuleTable(table.file, {})
        self._reader = Reader({name: sets.texts(name) for name in sets.names()})

    @property
    def vocabulary(self) -> set[str]:
        """Every word that was read so far."""
        return self._reader.words

    def words(self, key: str) -> frozenset[str]:
        """Return words or short phrases that are matched as a whole."""
        words = _words(self._table, key) if self._table.has(key) else frozenset()
        self._reader.words.update(part for word in words for part in word.split())
        return words

    def phrases(self, key: str) -> tuple[list[Step], list[str]]:
        """Return the first steps of the phrases, or the fragments they stand for."""
        steps: list[Step] = []
        parts: list[str] = []
        for pattern in self._table.texts(key, ()):
            try:
                if self._writes_blanks:
                    steps += self._reader.steps(pattern)
                else:
                    parts += fragments(pattern)
            except PatternError as error:
                what = f'has the phrase "{" ".join(pattern.split())}", which {error}'
                raise self._table.error(key, what) from error
        return steps, parts

    def end(self) -> None:
        """Refuse keys that nobody asked for."""
        self._table.end()


def _all(languages: Iterable[_Language], key: str) -> frozenset[str]:
    return frozenset(word for language in languages for word in language.words(key))


def _spelling(table: RuleTable, known: frozenset[str], disguised: frozenset[str]) -> Spelling:
    corrections, letters = table.table("words"), table.table("letters")
    mistyped = table.table("mistyped")
    spelling = Spelling(
        known=known,
        corrections={
            folded(wrong): right
            for right in corrections.names()
            for wrong in corrections.texts(right)
        },
        disguised=disguised,
        lookalikes={ord(look): plain for plain in letters.names() for look in letters.text(plain)},
        mistyped={word: mistyped.number(word, least=1) for word in mistyped.names()},
        never_mistyped=_words(table, "never_mistyped"),
        never_names=_words(table, "never_names"),
    )
    table.end()
    return spelling


def _quotes(table: RuleTable) -> QuoteRules:
    def one_of(key: str) -> str:
        return "|".join(f"(?:{pattern.pattern})" for pattern in table.patterns(key))

    def any_of(key: str, then: str = "") -> re.Pattern[str]:
        return re.compile(f"(?:{one_of(key)}){then}", re.IGNORECASE | re.MULTILINE)

    quotes = QuoteRules(
        messages=any_of("messages"),
        lines=any_of("lines"),
        signatures=any_of("signatures"),
        reactions=any_of("reactions"),
        footers=any_of("footers", then=f"(?: (?:{one_of('contacts')}))?"),
    )
    table.end()
    return quotes


def _words(table: RuleTable, key: str) -> frozenset[str]:
    words = table.texts(key)
    for word in words:
        if word != word.casefold().strip() or not word:
            raise table.error(key, f'has "{word}", which must be in lower case')
    return frozenset(map(folded, words))


def _signs(table: RuleTable, key: str) -> frozenset[str]:
    signs = table.texts(key)
    for sign in signs:
        if len(sign) != 1:
            raise table.error(key, f'has "{sign}", which must be one character')
    return frozenset(signs)
