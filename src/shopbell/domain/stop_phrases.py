"""Finds phrases in words, all patterns at once, in time that grows with the words only.

Every pattern is a net of steps, each of which takes one word; all ways through all nets are
walked side by side, so no text can make it try again. Must not read patterns (`stop_notation`)
nor judge what is found.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

MARKS = frozenset(".?,/")
"""Beside the words of a text: the end of a sentence, of a question, a pause, the end of a line."""

_PHONE_DIGITS = 7
LEAST_START = 3
"""Letters by which words of which only the beginning is given are looked up."""
_MOST_FILLERS = 3
_MOST_MARKS = 3


class Kind(Enum):
    """Which words a step takes."""

    WORDS = "one of its words"
    ANY = "any word, or a pause"
    PREFIX = "a word that begins like one of its own"
    NUMBER = "a word that begins with a digit"
    PHONE = "a word of many digits"
    NAME = "a word written like a name"


_KEY = {kind: f" {kind.name} " for kind in Kind}
"""No word has a blank in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """What must hold beside the first or the last word of a phrase."""

    of_text: bool = False
    """The text begins or ends there."""
    of_sentence: bool = False
    """A sentence or clause begins or ends there, give or take fillers."""
    but: frozenset[str] = frozenset()
    """The next word outside is none of these."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Step:
    """One word of a pattern, and what may follow it."""

    kind: Kind
    words: frozenset[str] = frozenset()
    begin: Edge | None = None
    """What must hold before it, if it is the first word."""
    ends: tuple[Edge, ...]
    """The pattern ends here if one of them holds after it."""
    then: Fan


class Fan:
    """Steps of which any may come next, by what they take."""

    __slots__ = ("_by_key", "_steps")

    def __init__(self, steps: Iterable[Step] = ()) -> None:
        self._steps = steps
        self._by_key: dict[str, list[Step]] | None = None

    def by_key(self) -> dict[str, list[Step]]:
        """Return the steps by the words they take, or by a key for words of their kind.

        Sorted when first asked: most steps never are.
        """
        if self._by_key is None:
            by_key: dict[str, list[Step]] = {}
            for step in self._steps:
                for key in _keys_of_step(step):
                    by_key.setdefault(key, []).append(step)
            # Complete before another thread can see it.
            self._by_key = by_key
        return self._by_key


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """The first and the last word of what was found."""

    first: int
    last: int


class Phrases:
    """Patterns to be found in words.

    Args:
        steps: the first steps of every pattern.
        fillers: words that do not count at the edge of a sentence.
        fragments: parts of a text in a language that writes no blanks.
    """

    def __init__(
        self,
        steps: Iterable[Step],
        fillers: frozenset[str] = frozenset(),
        fragments: Iterable[str] = (),
    ) -> None:
        self._first = Fan(steps)
        self._fillers = fillers
        self._fragments = tuple(fragments)

    def find(self, words: Sequence[str], names: frozenset[int] = frozenset()) -> Span | None:
        """Return the first phrase that is found, if one is."""
        return next(self.spans(words, names), None)

    def fragment(self, text: str) -> str | None:
        """Return the first fragment that is part of the text, if one is."""
        return next((part for part in self._fragments if part in text), None)

    def spans(self, words: Sequence[str], names: frozenset[int] = frozenset()) -> Iterator[Span]:
        """Yield the longest phrase that ends at each word, in the order of the words.

        Args:
            words: words and marks.
            names: the positions of words that are written like names.
        """
        pending: dict[Fan, int] = {}
        for at, word in enumerate(words):
            keys = _keys_of_word(word, at in names)
            ways = [
                (step, first)
                for fan, first in pending.items()
                for key in keys
                for step in fan.by_key().get(key, ())
            ]
            ways += [
                (step, at)
                for key in keys
                for step in self._first.by_key().get(key, ())
                if step.begin is None or self._holds(step.begin, words, at, -1)
            ]
            pending = {}
            begun: list[int] = []
            for step, first in ways:
                if step.kind is Kind.PREFIX and not word.startswith(tuple(step.words)):
                    continue
                if any(self._holds(edge, words, at, 1) for edge in step.ends):
                    begun.append(first)
                pending[step.then] = min(first, pending.get(step.then, first))
            if begun:
                yield Span(first=min(begun), last=at)

    def _holds(self, edge: Edge, words: Sequence[str], at: int, ahead: int) -> bool:
        """Return whether the edge holds before (`ahead` is -1) or after (1) the word there."""
        outside = _word(words, at + ahead)
        if edge.of_text:
            return self._is_edge_of_text(words, at, ahead)
        if outside is not None and outside in edge.but:
            return False
        return not edge.of_sentence or self._is_edge(words, at, ahead)

    def _is_edge_of_text(self, words: Sequence[str], at: int, ahead: int) -> bool:
        for _ in range(_MOST_MARKS + 1):
            at += ahead
            if (word := _word(words, at)) is None:
                return True
            if word not in MARKS:
                return False
        return False

    def _is_edge(self, words: Sequence[str], at: int, ahead: int) -> bool:
        for _ in range(_MOST_FILLERS + 1):
            at += ahead
            word = _word(words, at)
            if word is None or word in MARKS:
                return True
            if word not in self._fillers:
                return False
        return False


def _word(words: Sequence[str], at: int) -> str | None:
    return words[at] if 0 <= at < len(words) else None


def _keys_of_step(step: Step) -> Iterable[str]:
    match step.kind:
        case Kind.WORDS:
            return step.words
        case Kind.PREFIX:
            return {_KEY[Kind.PREFIX] + word[:LEAST_START] for word in step.words}
        case _:
            return (_KEY[step.kind],)


def _keys_of_word(word: str, is_name: bool) -> list[str]:
    """Return the keys of all steps that may take a word."""
    if word in MARKS:
        return [word, _KEY[Kind.ANY]] if word == "," else [word]
    keys = [word, _KEY[Kind.ANY], _KEY[Kind.PREFIX] + word[:LEAST_START]]
    if word[:1].isdigit():
        keys.append(_KEY[Kind.NUMBER])
        if len(word) >= _PHONE_DIGITS and word.isdigit():
            keys.append(_KEY[Kind.PHONE])
    if is_name:
        keys.append(_KEY[Kind.NAME])
    return keys
