"""What of a reply they wrote themselves, and what is quoted: our text, its footer, a reaction.

Works on text that `stop_text.visible` made. Must not judge what is left.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_SHORT = 3
"""A last line of at most this many words under a quoted message is theirs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteRules:
    """How phones quote, as patterns."""

    messages: re.Pattern[str]
    """Where a whole quoted message begins; it goes on to the end."""
    lines: re.Pattern[str]
    signatures: re.Pattern[str]
    reactions: re.Pattern[str]
    """The beginning of "Loved “...”", up to its first quote."""
    footers: re.Pattern[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """A reply taken apart."""

    own: str
    quoted: str
    has_footer: bool
    """Whether a way out was among their own words; it is in neither part."""
    begins_with_footer: bool


def parts_of(text: str, rules: QuoteRules) -> Parts:
    """Return what they wrote and what they quoted."""
    own, quoted = _above_message(text, rules)
    lines = own.split("\n")
    if rules.lines.search(own):
        quoted += "\n".join(line for line in lines if rules.lines.search(line))
        lines = [line for line in lines if not rules.lines.search(line)]
    own = rules.signatures.sub("", "\n".join(lines)).strip()
    own = _without_reaction(own, rules)
    footer = rules.footers.search(own)
    if not footer:
        return Parts(own=own, quoted=quoted, has_footer=False, begins_with_footer=False)
    return Parts(
        own=rules.footers.sub(" ", own),
        quoted=quoted,
        has_footer=True,
        begins_with_footer=not has_content(own[: footer.start()]),
    )


def has_content(text: str) -> bool:
    """Return whether there is a word or an emoji in it."""
    return any(c.isalnum() or unicodedata.category(c) == "So" for c in text)


def _above_message(text: str, rules: QuoteRules) -> tuple[str, str]:
    found = rules.messages.search(text)
    if not found:
        return text, ""
    own, quoted = text[: found.start()], text[found.end() :].rstrip()
    rest, _, last = quoted.rpartition("\n")
    if len(last.split()) <= _SHORT and not rules.lines.search(last):
        return f"{own}\n{last}", rest
    return own, quoted


def _without_reaction(own: str, rules: QuoteRules) -> str:
    found = rules.reactions.match(own)
    end = own.rfind('"')
    if not found or end < found.end():
        return own
    return f"{own[: found.end() - 1]} {own[end + 1 :]}"
