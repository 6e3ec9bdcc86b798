"""Text as word lists see it: lower case, no accents, straight quotes, one kind of blank and dash.

Every letter knows where it came from, so that a finding can point at what was typed. Must not be
sent, stored or shown: it is for looking things up only.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from shopbell.domain.rule_table import RuleTable

Span = tuple[int, int]
"""Where something stands: `text[start:end]`."""

HIDDEN = "\x00"
"""Stands for letters that a pattern must not see; it is no part of any word."""

_BLANKS = str.maketrans({"\t": " ", "\r": " ", "`": "'", "\x00": " "})
_ALIKE = {
    **dict.fromkeys("\u2018\u2019\u201a\u201b\u02bc\u00b4\u02bb\u2032", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033", '"'),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
    "\u2028": "\n",
    "\u2029": "\n",
}
_LONGEST_LETTER = 4
"""Signs that stand for whole sentences (U+FDFA is eighteen letters) stay as they are."""
_UNSEEN = frozenset({"Mn", "Cf", "Cc", "Cs"})
"""Accents, joiners, controls and half surrogate pairs are skipped."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Folded:
    """A text made plain, and the way back."""

    text: str
    places: tuple[int, ...] | None
    """The place in the original of each character; None while they are the same."""
    length: int
    """How long the original is."""

    def span(self, start: int, end: int) -> Span:
        """Return where `text[start:end]`, which is not empty, stands in the original."""
        if self.places is None:
            return start, end
        following = self.places[end] if end < len(self.places) else self.length
        return self.places[start], max(self.places[end - 1] + 1, following)


def fold(text: str) -> Folded:
    """Return the text as word lists see it. Takes its time once, however long the text is."""
    if text.isascii():
        return Folded(text=text.lower().translate(_BLANKS), places=None, length=len(text))
    letters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        for letter in _plain(character):
            letters.append(letter)
            places.append(place)
    return Folded(text="".join(letters), places=tuple(places), length=len(text))


def hidden(text: str, patterns: Iterable[re.Pattern[str]]) -> str:
    """Return the text, as long as before, without what the patterns match."""
    for pattern in patterns:
        text = pattern.sub(lambda found: HIDDEN * len(found.group()), text)
    return text


@lru_cache(maxsize=64)
def name_pattern(name: str) -> re.Pattern[str]:
    """Return a pattern for a name in a folded text; an empty name is never found."""
    words = fold(name).text.split()
    between = r"\s{1,3}"
    return re.compile(rf"(?<!\w){between.join(map(re.escape, words))}(?!\w)" if words else r"(?!)")


def whole_words(words: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern that finds any of the folded `words` or phrases, whole, in a folded text."""
    longest_first = sorted(words, key=len, reverse=True)
    if not longest_first:
        return re.compile(r"(?!)")
    choices = "|".join(re.escape(word).replace(r"\ ", r"\s{1,3}") for word in longest_first)
    return re.compile(rf"(?<!\w)(?:{choices})(?!\w)")


def read_words(table: RuleTable, key: str) -> frozenset[str]:
    """Return the words under a key of a rule file, which must be folded already.

    Raises:
        BadInput: one is not; names file, key and word.
    """
    words = table.texts(key)
    for word in words:
        if not word.strip() or fold(word).text != word:
            raise table.error(key, f'has "{word}", which must be lower case without accents')
    return frozenset(words)


@lru_cache(maxsize=4096)
def _plain(character: str) -> str:
    alike = _ALIKE.get(character)
    if alike is not None:
        return alike
    if character.isascii():
        return character.lower().translate(_BLANKS)
    letters = unicodedata.normalize("NFKD", character)
    if len(letters) > _LONGEST_LETTER:
        return character
    return "".join(letter for letter in letters if not _is_unseen(letter)).casefold()


def _is_unseen(character: str) -> bool:
    return unicodedata.category(character) in _UNSEEN
