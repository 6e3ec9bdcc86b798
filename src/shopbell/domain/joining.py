"""Joining by text: which word somebody sent, and which words may join. Must not record a yes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from shopbell.domain.consent import Purpose
from shopbell.domain.paper_words import JOIN
from shopbell.domain.promises import Frequency
from shopbell.domain.replies import Band, Intent
from shopbell.domain.stop_rules import StopRules
from shopbell.domain.stop_text import visible
from shopbell.domain.stops import read_reply
from shopbell.domain.text_wishes import WISH_WORDS
from shopbell.domain.topics import Topic

_WORD = re.compile(r"[\W_]*([^\W_]{2,12})[\W_]*", re.UNICODE)
_LONGEST = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Poster:
    """What a printed poster offers: its word says yes to these topics in these words."""

    keyword: str
    wording: str
    purpose: Purpose
    topics: tuple[str, ...]
    often: Frequency | None
    """What it promises; None = what its words say."""
    printed_at: datetime


def joining_word(typed: str) -> str:
    """Return a word to join as it is kept."""
    return "".join(typed.split()).upper()


def word_of(topics: Iterable[Topic]) -> str:
    """Return the word that joins some topics: their own if they share one, else the usual one."""
    words = {topic.keyword for topic in topics}
    (only, *others) = words or {""}
    return JOIN if others or not only else only


def word_in(text: str) -> str:
    """Return the one word that a text is, in capitals; empty if it is anything else."""
    if len(text) > _LONGEST:
        return ""
    found = _WORD.fullmatch(visible(text).strip())
    return joining_word(found[1]) if found else ""


def taken_word(keyword: str, rules: StopRules) -> str | None:
    """Return why a word cannot be used to join, as a sentence; None if it can."""
    if not keyword:
        return None
    reading = read_reply(keyword, question_open=True, rules=rules)
    is_free = reading.band is Band.NONE and reading.intent is None
    joins = reading.intent is Intent.START and keyword == JOIN
    if (is_free or joins) and keyword not in WISH_WORDS:
        return None
    return f"“{keyword}” means something else when a customer texts it. Choose another word."
