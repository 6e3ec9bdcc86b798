"""A reply's text made comparable: what looks alike becomes alike. Must not know any language."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from html import unescape

_STRAIGHT = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u02bc\u00b4\u2032`", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb\u300c\u300d", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
    }
)
_TERMINAL_CODE = re.compile("\x1b\\[[0-9;]{0,20}[a-zA-Z]")
_INVISIBLE = frozenset({"Cf", "Cc", "Cs"})
_LETTER_AND_ACCENTS = re.compile(
    "([A-Za-z])[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+"
)
_VARIATIONS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]+")
_ARABIC_MARKS = re.compile("[\u0640\u064b-\u0655\u0670]+")
_NO_DECOMPOSITION = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe", "\N{LATIN SMALL LETTER DOTLESS I}": "i"}
)


def visible(text: str) -> str:
    """Return what a person would see, with plain quotes and dashes, single blanks, and its lines.

    Wide, round and bold letters become plain ones; what cannot be seen is dropped. Case stays.
    """
    plain = _TERMINAL_CODE.sub("", unescape(text))
    plain = unicodedata.normalize("NFKC", _VARIATIONS.sub("", plain)).translate(_STRAIGHT)
    return "\n".join(" ".join("".join(map(_seen, line)).split()) for line in plain.splitlines())


@lru_cache(maxsize=2048)
def _seen(character: str) -> str:
    if character.isspace():
        return " "
    return "" if unicodedata.category(character) in _INVISIBLE else character


def folded(words: str) -> str:
    """Return words as they are compared: lower case, no apostrophes, no accents on Latin letters.

    "Arrêt" is "arret", "don't" is "dont". Patterns of the rule file are folded likewise.
    """
    if not words.isascii():
        words = unicodedata.normalize("NFKD", words.casefold()).casefold()
        words = _ARABIC_MARKS.sub("", _LETTER_AND_ACCENTS.sub(r"\1", words))
        words = unicodedata.normalize("NFKC", words).translate(_NO_DECOMPOSITION)
    return words.casefold().replace("'", "")
