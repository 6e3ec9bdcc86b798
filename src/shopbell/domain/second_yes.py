"""When a campaign needs the yes of two people. Must not know their words, nor who is asking."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

SHORTEST_WORD = 6
"""Characters that a person's own word must have."""

LONGEST_WORD = 200
LONGEST_NAME = 40
MOST_NAMES = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondYes:
    """From how many people on two of the named ones must say yes."""

    from_count: int = 0
    """People a campaign goes to; 0 = one yes is enough for any number."""
    names: tuple[str, ...] = ()
    """Who has a word of their own, in alphabetical order."""

    @property
    def is_on(self) -> bool:
        """Whether it counts for any campaign at all."""
        return self.from_count > 0

    def counts_for(self, people: int) -> bool:
        """Return whether a campaign to so many people needs two."""
        return self.is_on and people >= self.from_count


def two_needed(rule: SecondYes) -> str:
    """Return when the yes of two is needed, as a sentence."""
    if rule.from_count == 1:
        return "Every campaign needs the yes of two."
    if rule.is_on:
        return f"A campaign to {rule.from_count:,} people or more needs the yes of two."
    return "One person's yes is enough, however many people a campaign goes to."


def same_name(one: str, other: str) -> bool:
    """Return whether two people are called alike: case, accents' spelling and blanks aside."""
    return _folded(one) == _folded(other)


def tidy_name(text: str) -> str | None:
    """Return a name as it is kept; None if it is no name."""
    name = " ".join(unicodedata.normalize("NFC", text).split())
    return name if name and len(name) <= LONGEST_NAME and name.isprintable() else None


def word_problem(text: str) -> str:
    """Return why this cannot be a person's own word, as a sentence; empty if it can."""
    normal = unicodedata.normalize("NFC", text)
    if normal != normal.strip():
        return "A word cannot begin or end with a blank: nobody sees it there."
    if any(unicodedata.category(c) in {"Cc", "Cs"} for c in normal):
        return "That word has a character that cannot be typed again."
    if not SHORTEST_WORD <= len(normal) <= LONGEST_WORD:
        return f"A word needs {SHORTEST_WORD} to {LONGEST_WORD} characters."
    return ""


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
