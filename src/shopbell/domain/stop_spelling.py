"""How words are brought to the spelling of the rules. Must not know what any word means.

Typing mistakes are corrected, stretched letters drawn together, look-alike letters seen through.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

LONGEST = 40
"""Letters; longer words are nobody's spelling of anything."""

_STRETCHED = re.compile(r"([^\W\d_])\1{2,}")
_DOUBLED = re.compile(r"(\D{3,13}?)\1{1,9}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Spelling:
    """What is read as what."""

    known: frozenset[str]
    """Words that are right as they are."""
    corrections: Mapping[str, str]
    """What a word, or two, are read as; may be several words."""
    disguised: frozenset[str]
    """Words that are found behind look-alike letters and doubled: "ST0P", "stopstop"."""
    lookalikes: Mapping[int, str]
    mistyped: Mapping[str, int]
    """Words that are found behind so many typing mistakes, wherever they stand."""
    never_mistyped: frozenset[str]
    """Words near a mistyped one that are words themselves: "shop", "step"."""
    never_names: frozenset[str]

    def right(self, form: str) -> str | None:
        """Return the known word or words that a folded word stands for, if it stands for any."""
        if len(form) > LONGEST:
            return None
        if form in self.corrections or form in self.known:
            return self.corrections.get(form, form)
        for short in (_STRETCHED.sub(r"\1", form), _STRETCHED.sub(r"\1\1", form)):
            if short in self.corrections or short in self.known:
                return self.corrections.get(short, short)
        plain = form.translate(self.lookalikes)
        doubled = _DOUBLED.fullmatch(plain)
        for word in (plain, doubled.group(1) if doubled else plain):
            if word in self.disguised:
                return word
        return self._meant(form)

    def pair(self, one: str, other: str) -> str | None:
        """Return the one word that two words are read as, if they are."""
        return self.corrections.get(f"{one} {other}")

    def is_name(self, written: str, form: str) -> bool:
        """Return whether a word is written like Dana, and is no word the rules know."""
        if not (len(written) > 1 and written[0].isupper() and written[1:].islower()):
            return False
        return form not in self.known and form not in self.never_names

    def _meant(self, form: str) -> str | None:
        if form in self.never_mistyped:
            return None
        near = (word for word, most in self.mistyped.items() if mistakes(form, word, most) <= most)
        return next(near, None)


def mistakes(one: str, other: str, most: int) -> int:
    """Return how many letters more, less, other or swapped turn `one` into `other`.

    Anything above `most` is as good as any other number above it.
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    above = list(range(len(other) + 1))
    for i, a in enumerate(one):
        row = [i + 1]
        for j, b in enumerate(other):
            least = min(above[j] + (a != b), above[j + 1] + 1, row[j] + 1)
            if i and j and a == other[j - 1] and one[i - 1] == b:
                least = min(least, before[j - 1] + 1)
            row.append(least)
        if min(row) > most:
            return most + 1
        before, above = above, row
    return above[-1]
