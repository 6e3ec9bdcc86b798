"""Merge fields: `{first_name|there}` in a draft, filled in for one person.

A field without a part after the bar is required: where its value cannot be printed, the text is
held for that person, never sent with a hole. Must not look anybody up.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from shopbell.domain.scripts import first_name
from shopbell.errors import BadInput


class Field(StrEnum):
    """What can be put into a text; the value is the word between the braces."""

    NAME = "name"
    FIRST_NAME = "first_name"
    SHOP = "shop"
    COUPON = "coupon"
    DAY = "day"
    TIME = "time"
    WHAT = "what"
    WHERE = "where"


OF_A_CAMPAIGN = (Field.NAME, Field.FIRST_NAME, Field.SHOP, Field.COUPON)
"""The fields a text to many people may hold."""

OF_AN_APPOINTMENT = (
    *(Field.NAME, Field.FIRST_NAME, Field.SHOP),
    *(Field.DAY, Field.TIME, Field.WHAT, Field.WHERE),
)
"""The fields a reminder may hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hole:
    """One place of a draft that is filled in."""

    field: Field
    fallback: str | None
    """What stands in when the value cannot be printed; None if the field is required."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeText:
    """A draft taken apart."""

    pieces: tuple[str | Hole, ...]

    @property
    def fields(self) -> frozenset[Field]:
        """The fields it uses."""
        return frozenset(piece.field for piece in self.pieces if isinstance(piece, Hole))


@dataclass(frozen=True, slots=True, kw_only=True)
class Unprintable:
    """A required field that has no value fit to print."""

    field: Field
    why: str
    """Ends a sentence that begins with the person: "has no name"."""


_PIECE = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]")
_EMPTY_WORDS = frozenset(
    "null none nil n/a n.a. #n/a na nan unknown undefined test testing customer guest anonymous "
    "no-name noname first last firstname lastname name ? ?? - -- --- . xxx".split()
) | {"no name", "first name", "last name", "not provided", "not known", "walk in", "walk-in"}
_LINK = re.compile(r"://|\bwww\.|\.(?:com|net|org|info|biz|io|ru|top|xyz|link|site)\b|@", re.I)
_LONGEST = 60
_CAPS_FROM = 3
"""Two capitals are initials: JD, AJ."""


def read_merge_text(body: str, known: tuple[Field, ...] = OF_A_CAMPAIGN) -> MergeText:
    """Take a draft apart. `{{` and `}}` are the characters themselves.

    Args:
        body: the draft.
        known: the fields it may hold.

    Raises:
        BadInput: a brace has no partner, or nobody knows the field; names the place.
    """
    pieces: list[str | Hole] = []
    at = 0
    for match in _PIECE.finditer(body):
        pieces.append(body[at : match.start()])
        at = match.end()
        if match.group() in {"{{", "}}"}:
            pieces.append(match.group()[0])
        elif match.group(1) is None:
            raise BadInput(
                f"The “{match.group()}” at character {match.start() + 1} has no partner.",
                "Write a field like {first_name|there}, or the character itself twice: "
                f"{match.group() * 2}.",
                code="bad_merge",
            )
        else:
            pieces.append(_hole(match.group(1), known))
    pieces.append(body[at:])
    return MergeText(pieces=tuple(piece for piece in pieces if piece != ""))


def values_for(name: str, shop: str, coupon: str | None = None) -> dict[Field, str | Unprintable]:
    """Return what each field prints for somebody called `name`, or why it cannot be printed.

    The shop's own name and codes are printed as the owner wrote them.
    """
    plain, first = " ".join(name.split()), first_name(name)
    # A name that must not be printed has no part that may be: "BO" of "BO LIND" is shouted too.
    why = _why_unprintable(plain)
    why_first = why or ("" if first else "has no first name that can be told")
    why_first = why_first or _why_unprintable(first)
    return {
        Field.NAME: Unprintable(field=Field.NAME, why=why) if why else plain,
        Field.FIRST_NAME: (
            Unprintable(field=Field.FIRST_NAME, why=why_first) if why_first else first
        ),
        Field.SHOP: shop,
        Field.COUPON: coupon or Unprintable(field=Field.COUPON, why="gets no code: none is left"),
    }


def filled_in(text: MergeText, values: Mapping[Field, str | Unprintable]) -> str | Unprintable:
    """Return the words for one person, or the first required field that cannot be printed."""
    words: list[str] = []
    for piece in text.pieces:
        if isinstance(piece, str):
            words.append(piece)
            continue
        value = values[piece.field]
        if isinstance(value, str):
            words.append(value)
        elif piece.fallback is None:
            return value
        else:
            words.append(piece.fallback)
    return "".join(words)


_ORDINARY = re.compile(r"(?=[^a-z]*[a-z])[A-Za-z0-9' -]+")
"""Names with which nothing can be wrong but their length or being a word for no name."""


def _why_unprintable(plain: str) -> str:
    """Return why a name must not stand in a text, or "" when it may."""
    if not plain:
        return "has no name"
    if plain.casefold() in _EMPTY_WORDS:
        return f"is called “{plain}” in the file"
    if len(plain) <= _LONGEST and _ORDINARY.fullmatch(plain):
        return ""
    letters = [char for char in plain if unicodedata.category(char).startswith("L")]
    if not letters:
        return "has a name without letters"
    if len(plain) > _LONGEST:
        return f"has a name of {len(plain)} characters"
    if _LINK.search(plain):
        return "has an address in place of a name"
    cased = [char for char in letters if char.upper() != char.lower()]
    if len(cased) >= _CAPS_FROM and all(char == char.upper() for char in cased):
        return "has a name in CAPITALS"
    return ""


def _hole(inside: str, known: tuple[Field, ...]) -> Hole:
    word, bar, fallback = inside.partition("|")
    try:
        field: Field | None = Field(word.strip().casefold())
    except ValueError:
        field = None
    if field not in known:
        there_are = ", ".join(f"{{{one}}}" for one in known)
        raise BadInput(
            f"Nobody knows the field {{{word.strip()[:30]}}}.",
            f"There are: {there_are}. A word after a bar stands in: {{first_name|there}}.",
            code="bad_merge",
        )
    if bar and field is Field.COUPON:
        raise BadInput(
            "A coupon code has nothing that could stand in for it.",
            "Write {coupon}; who gets no code is left out.",
            code="bad_merge",
        )
    return Hole(field=field, fallback=fallback if bar else None)
