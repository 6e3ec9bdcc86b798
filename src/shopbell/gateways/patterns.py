"""Whether a preset's regular expression stays cheap whatever it is held against. Pure.

A preset is data somebody may have sent; what a gateway answers is a stranger's too. An expression
that can be matched in very many ways would keep the program busy for hours, so it is refused
before it is used. Must not match anything itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

PATTERN_CHARS = 2_000
"""Expressions of presets see only so much of a text: a bound on their work."""

MOST_CHARS = 200
MOST_WAYS = 10_000
"""In how many ways an expression may fit from one place: one repetition without end, not two."""

_MOST_DEEP = 5
_REPEATED = re.compile(r"(?:([*+?])|\{(?!\})(\d*)(?:(,)(\d*))?\})[?+]?")


class PatternError(ValueError):
    """An expression that is not taken; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Piece:
    """A stretch of an expression."""

    ways: int
    single: bool
    """True for one character or one set of them."""


def check_pattern(source: str) -> None:
    """Refuse an expression that could take long.

    Raises:
        PatternError: says what it must not hold.
    """
    if len(source) > MOST_CHARS:
        raise PatternError(f"is longer than {MOST_CHARS} characters")
    ways, end = _alternatives(_without_flags(source), 0, 0)
    if end < len(_without_flags(source)):
        raise PatternError("is not a regular expression")
    if ways > MOST_WAYS:
        raise PatternError("repeats too much at once: a gateway could keep Shopbell busy with it")


def _without_flags(source: str) -> str:
    return source.removeprefix("(?i)")


def _alternatives(source: str, at: int, deep: int) -> tuple[int, int]:
    """Return in how many ways the alternatives from `at` may fit, and where they end."""
    if deep > _MOST_DEEP:
        raise PatternError(f"nests brackets more than {_MOST_DEEP} deep")
    total, ways = 0, 1
    while at < len(source) and source[at] != ")":
        if source[at] == "|":
            total, ways, at = total + ways, 1, at + 1
            continue
        piece, at = _piece(source, at, deep)
        repeated = _REPEATED.match(source, at)
        if repeated is not None:
            piece, at = _many(piece, repeated), repeated.end()
        # Bounded, so that the number itself stays small.
        ways = min(ways * piece.ways, MOST_WAYS + 1)
    return min(total + ways, MOST_WAYS + 1), at


def _piece(source: str, at: int, deep: int) -> tuple[_Piece, int]:
    match source[at]:
        case "\\":
            if source[at + 1 : at + 2].isdigit():
                raise PatternError("must not refer back to a group")
            return _Piece(ways=1, single=True), at + 2
        case "[":
            return _Piece(ways=1, single=True), _set_end(source, at)
        case "(":
            inner = at + 3 if source.startswith("(?:", at) else at + 1
            if source.startswith("(?", at) and inner == at + 1:
                raise PatternError("may begin with (?i) and hold (?:...), no other (?...)")
            ways, end = _alternatives(source, inner, deep + 1)
            return _Piece(ways=ways, single=False), end + 1
        case _:
            return _Piece(ways=1, single=True), at + 1


def _set_end(source: str, at: int) -> int:
    """Return where a set like `[^]a-z]` ends."""
    at += 2 if source.startswith("[^", at) else 1
    at += 1 if source.startswith("]", at) else 0
    while at < len(source) and source[at] != "]":
        at += 2 if source[at] == "\\" else 1
    return at + 1


def _many(piece: _Piece, repeated: re.Match[str]) -> _Piece:
    """Return a piece repeated as written: `*`, `+`, `?`, `{2}`, `{2,}` or `{2,5}`."""
    sign, least, comma, most = repeated.groups()
    bounds = {"*": (0, PATTERN_CHARS), "+": (1, PATTERN_CHARS), "?": (0, 1)}
    low = int(least or 0)
    high = int(most) if most else (PATTERN_CHARS if comma else low)
    low, high = bounds.get(sign or "", (low, high))
    if high > 1 and not piece.single and piece.ways > 1:
        raise PatternError("must not repeat a group that itself repeats or chooses")
    return _Piece(ways=piece.ways + max(0, min(high, PATTERN_CHARS) - low), single=False)
