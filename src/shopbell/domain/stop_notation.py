"""The notation for phrases in the rule file, read into the steps of `stop_phrases`.

    (stop|quit) ~2 {texts}   "stop" or "quit", up to two words more, one of the set "texts"
    (ever)? text me?         a `?` makes a word or group optional
    <go away>                `<`: a sentence begins here, or after a comma, give or take fillers;
                             `>`: it ends here, likewise
    !(you|they) never stop   not after (or, at the end, not before) one of these words
    ^ stop $                 the beginning and the end of the whole message
    @                        a word written like a name, perhaps behind one of the set "title"
    interess*                any word that begins so
    {number} {phone}         a word of digits, such as 3pm; a telephone number in one word

Words are folded as replies are. Must not know what any phrase means.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from shopbell.domain.stop_phrases import LEAST_START, Edge, Fan, Kind, Step
from shopbell.domain.stop_text import folded

_SYMBOL = re.compile(r"!\(|[()|<>?^$]|~\d|\{\w+\}|[^\s()|<>?~{}!^$]+")
_GLUED = re.compile(r"[^\s()|<>?!](?=\()|\)(?=[^\s()|<>?])")
_BUILT_IN = {"{number}": Kind.NUMBER, "{phone}": Kind.PHONE, "{word}": Kind.ANY}
_ALTERNATIVES = re.compile(r"\(([^()]*)\)")


class PatternError(ValueError):
    """A pattern is not in the notation; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Word:
    kind: Kind
    words: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Edge:
    """What must hold where it stands, at the beginning or the end of a pattern."""

    edge: Edge
    begins: bool
    ends: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Choice:
    options: tuple[tuple[_Part, ...], ...]


_Part = _Word | _Edge | _Choice


@dataclass(frozen=True, slots=True, kw_only=True)
class _After:
    """What may come after a part: more steps, or the end of the pattern."""

    steps: tuple[Step, ...]
    ends: tuple[Edge, ...]


class Reader:
    """Reads the patterns of one language.

    Args:
        sets: words or phrases by the name of their set.
    """

    def __init__(self, sets: Mapping[str, Sequence[str]]) -> None:
        self.words: set[str] = set()
        """Every word of the sets and of the patterns that were read."""
        self._symbols: list[str] = []
        self._single: dict[str, _Word] = {}
        self._sets = {name: self._of_set(phrases) for name, phrases in sets.items()}
        self._name = _name(self._sets.get("title"))

    def steps(self, pattern: str) -> tuple[Step, ...]:
        """Return the first steps of a pattern.

        Raises:
            PatternError: it is not in the notation, or would match nothing at all.
        """
        if _GLUED.search(pattern):
            raise PatternError("has a group that is glued to a word")
        self._symbols = _symbols(pattern)[::-1]
        choice = self._choice()
        if self._symbols:
            raise PatternError(f"has a {self._symbols[-1]} too many")
        begun = _built(choice, _After(steps=(), ends=(Edge(),)))
        if begun.ends:
            raise PatternError("matches nothing at all")
        return begun.steps

    def _choice(self) -> _Choice:
        options = [self._sequence()]
        while self._next() == "|":
            self._symbols.pop()
            options.append(self._sequence())
        choice = _Choice(options=tuple(options))
        return _merged(choice) if len(options) > 1 else choice

    def _sequence(self) -> tuple[_Part, ...]:
        parts: list[_Part] = []
        while self._next() not in {"", "|", ")"}:
            part = self._part(self._symbols.pop())
            if self._next() == "?":
                self._symbols.pop()
                part = _Choice(options=((part,), ()))
            parts.append(part)
        return tuple(parts)

    def _part(self, symbol: str) -> _Part:
        if symbol in {"(", "!("}:
            inner = self._choice()
            if self._next() != ")":
                raise PatternError("has a group that is not closed")
            self._symbols.pop()
            return inner if symbol == "(" else self._but(inner)
        if symbol in _BUILT_IN:
            return _Word(kind=_BUILT_IN[symbol])
        match symbol[0]:
            case "<" | ">":
                edge = Edge(of_sentence=True)
                return _Edge(edge=edge, begins=symbol == "<", ends=symbol == ">")
            case "^" | "$":
                edge = Edge(of_text=True)
                return _Edge(edge=edge, begins=symbol == "^", ends=symbol == "$")
            case "~":
                gap = _Choice(options=((_Word(kind=Kind.ANY),), ()))
                return _Choice(options=((gap,) * int(symbol[1]),))
            case "{":
                if symbol[1:-1] not in self._sets:
                    raise PatternError(f"names the set {symbol[1:-1]}, which there is not")
                return self._sets[symbol[1:-1]]
            case "@":
                return self._name
            case "?":
                raise PatternError("has a ? too many")
            case _:
                return self._word(symbol)

    def _word(self, symbol: str) -> _Word:
        if symbol not in self._single:
            is_prefix = symbol.endswith("*")
            word = folded(symbol.removesuffix("*"))
            if is_prefix and len(word) < LEAST_START:
                raise PatternError(f"has a * after fewer than {LEAST_START} letters")
            kind = Kind.PREFIX if is_prefix else Kind.WORDS
            self._single[symbol] = _Word(kind=kind, words=frozenset({word}))
            if not is_prefix:
                self.words.add(word)
        return self._single[symbol]

    def _but(self, choice: _Choice) -> _Edge:
        match choice.options:
            case ((_Word(kind=Kind.WORDS, words=words),),):
                return _Edge(edge=Edge(but=words), begins=True, ends=True)
        raise PatternError("has more than single words in a !( )")

    def _of_set(self, phrases: Sequence[str]) -> _Choice:
        return _merged(
            _Choice(options=tuple(tuple(map(self._word, phrase.split())) for phrase in phrases))
        )

    def _next(self) -> str:
        return self._symbols[-1] if self._symbols else ""


def _name(titles: _Choice | None) -> _Choice:
    name = _Word(kind=Kind.NAME)
    if titles is None:
        return _Choice(options=((name,),))
    dot = _Word(kind=Kind.WORDS, words=frozenset("."))
    return _Choice(options=((name,), (titles, name), (titles, dot, name)))


def _symbols(pattern: str) -> list[str]:
    symbols = _SYMBOL.findall(pattern)
    if "".join(symbols) != "".join(pattern.split()):
        raise PatternError("has a sign in it that means nothing")
    return symbols


def _merged(choice: _Choice) -> _Choice:
    """Return the choice with all its single words as one part."""
    words: set[str] = set()
    others: list[tuple[_Part, ...]] = []
    for option in choice.options:
        if len(option) == 1 and isinstance(inner := option[0], _Choice):
            nested = inner.options
        else:
            nested = (option,)
        for one in nested:
            if len(one) == 1 and isinstance(word := one[0], _Word) and word.kind is Kind.WORDS:
                words |= word.words
            else:
                others.append(one)
    first = ((_Word(kind=Kind.WORDS, words=frozenset(words)),),) if words else ()
    return _Choice(options=(*first, *others))


def _built(part: _Part, after: _After) -> _After:
    """Return what a part begins with when `after` follows it."""
    match part:
        case _Word():
            step = Step(kind=part.kind, words=part.words, ends=after.ends, then=Fan(after.steps))
            return _After(steps=(step,), ends=())
        case _Edge():
            return _edged(part, after)
        case _Choice():
            begun = [_sequence(option, after) for option in part.options]
            if len(begun) == 1:
                return begun[0]
            return _After(
                steps=tuple(step for one in begun for step in one.steps),
                ends=tuple(dict.fromkeys(edge for one in begun for edge in one.ends)),
            )


def _sequence(parts: Sequence[_Part], after: _After) -> _After:
    for part in reversed(parts):
        after = _built(part, after)
    return after


def _edged(part: _Edge, after: _After) -> _After:
    if part.ends and not after.steps:
        return _After(steps=(), ends=(part.edge,))
    if not part.begins or after.ends:
        raise PatternError("has an edge in its middle")
    return _After(steps=tuple(replace(s, begin=part.edge) for s in after.steps), ends=())


def fragments(pattern: str) -> list[str]:
    """Return every text that a pattern of a language without blanks stands for.

    Raises:
        PatternError: it has more than (a|b) in it.
    """
    found = _ALTERNATIVES.search(pattern)
    if found:
        before, after = pattern[: found.start()], pattern[found.end() :]
        options = found.group(1).split("|")
        return [text for option in options for text in fragments(before + option + after)]
    if not pattern or set(pattern) & set("()|<>?~{}!@*^$ "):
        raise PatternError("has more in it than (a|b), all that a language without blanks can have")
    return [folded(pattern)]
