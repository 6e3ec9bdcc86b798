"""Wishes by text: PAUSE 30, LESS, CALL, EMAIL, ONLY ORDERS, topic numbers. Must not record them.

Only a text that is nothing but the wish counts: in a sentence these words mean anything. A bare
PAUSE may be a stop, so a person judges it first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from shopbell.domain.stop_text import visible

_LONGEST = 40
_PAUSE = re.compile(r"pause (\d{1,3})(?: days?)?")
_CHOICE = re.compile(r"\d{1,2}(?: \d{1,2}){0,5}")
_EDGES = re.compile(r"^[\W_]+|[\W_]+$")
_BETWEEN = re.compile(r"(?:\s|[,;+&/._-]|\band\b)+")

LONGEST_PAUSE = 365
"""Days."""


class WishKind(StrEnum):
    """What somebody can wish for by text."""

    PAUSE = "pause"
    LESS = "less"
    CALL = "call"
    EMAIL = "email"
    TEXT = "text"
    ONLY_ORDERS = "only-orders"
    TOPICS = "topics"


@dataclass(frozen=True, slots=True, kw_only=True)
class TextWish:
    """One wish as it was texted."""

    kind: WishKind
    days: int | None = None
    """Of a pause."""
    numbers: tuple[int, ...] = ()
    """Of topics, as our question numbered them."""


_PHRASES = {
    "less": WishKind.LESS,
    "fewer": WishKind.LESS,
    "call": WishKind.CALL,
    "call me": WishKind.CALL,
    "email": WishKind.EMAIL,
    "e mail": WishKind.EMAIL,
    "email me": WishKind.EMAIL,
    "text": WishKind.TEXT,
    "only orders": WishKind.ONLY_ORDERS,
    "orders only": WishKind.ONLY_ORDERS,
}

WISH_WORDS = frozenset({"PAUSE", *(word.upper() for phrase in _PHRASES for word in phrase.split())})
"""Words that cannot join a topic, because they are a wish."""


def wish_in(text: str) -> TextWish | None:
    """Return the wish that a text is, if it is nothing else."""
    if len(text) > _LONGEST:
        return None
    words = _BETWEEN.sub(" ", _EDGES.sub("", visible(text).casefold())).strip()
    words = words.removesuffix(" please").removesuffix(" pls").removesuffix(" thanks")
    if (pause := _PAUSE.fullmatch(words)) is not None:
        days = min(int(pause[1]), LONGEST_PAUSE)
        return TextWish(kind=WishKind.PAUSE, days=days) if days else None
    if words.isascii() and _CHOICE.fullmatch(words):
        return TextWish(kind=WishKind.TOPICS, numbers=tuple(map(int, words.split())))
    kind = _PHRASES.get(words)
    return None if kind is None else TextWish(kind=kind)
