"""What people can say yes to, and the words they are shown when they do. Must not record anything.

The words follow the sample wording of rules.md section 9: what, from whom, how often, that buying
does not depend on it, what it costs, and how it ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from shopbell.domain.consent import ConsentEvent, Purpose
from shopbell.domain.promises import Frequency
from shopbell.domain.showing import shown

PROMISED_N, PROMISED_DAYS = 4, 30
"""How many marketing texts a new shop promises at most, and in how many days."""

_KEYWORD = re.compile(r"[A-Z][A-Z0-9]{1,11}")
_ID = re.compile(r"[a-z][a-z0-9-]{0,23}")
_PLAIN = re.compile(r"(?:[^\W\d_]|[ &'-]){1,30}")
"""Letters: a number among them would be taken for the number of texts."""
_LONGEST_WORDS = 30
_MOST_TEXTS, _MOST_DAYS = 99, 366


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """One kind of texts a person can choose."""

    id: str
    words: str
    """As it reads in "Text me about ...": "offers"."""
    purpose: Purpose
    often: Frequency | None = None
    """What the words promise about it; None = only when there is news."""
    confirm: bool = False
    """A yes counts only once the person has confirmed it by text (double opt-in)."""
    keyword: str = ""
    """The word that joins it by text, in capitals; empty for none."""
    offered: bool = True
    """Whether people can still choose it; what was said yes to before stands."""


TOPICS = (
    Topic(id="orders", words="my orders", purpose=Purpose.SERVICE),
    Topic(
        id="offers",
        words="offers",
        purpose=Purpose.MARKETING,
        often=Frequency(n=PROMISED_N, days=PROMISED_DAYS),
    ),
    Topic(
        id="events",
        words="events",
        purpose=Purpose.MARKETING,
        often=Frequency(n=PROMISED_N, days=PROMISED_DAYS),
    ),
)
"""What a new shop offers, until the owner says otherwise."""


def topic(id_: str) -> Topic:
    """Return the topic of a new shop with this id.

    Raises:
        KeyError: there is none.
    """
    return {one.id: one for one in TOPICS}[id_]


def fault(one: Topic) -> str | None:
    """Return why a topic cannot be kept like this, as a sentence, or None when it can."""
    if not _ID.fullmatch(one.id):
        return "A topic's short name is small letters and digits, up to 24: workshops."
    if one.purpose not in (Purpose.MARKETING, Purpose.SERVICE):
        return "A topic is for marketing, or for orders and appointments: others need no yes."
    words = one.words
    if words != " ".join(words.split()) or not 0 < len(words) <= _LONGEST_WORDS:
        return f"A topic's words are 1 to {_LONGEST_WORDS} characters, as in “Text me about ...”."
    if shown(words, one_line=True) != words or not _PLAIN.fullmatch(words):
        return "A topic's words hold plain letters only."
    if one.keyword and not _KEYWORD.fullmatch(one.keyword):
        return "A word to join is 2 to 12 capital letters or digits, with a letter first: BLOOMS."
    if one.often is None:
        if one.confirm:
            return _NOTHING_TO_ASK
        return _NO_NUMBER if one.purpose is Purpose.MARKETING else None
    if not (1 <= one.often.n <= _MOST_TEXTS and 1 <= one.often.days <= _MOST_DAYS):
        return f"A promise is 1 to {_MOST_TEXTS} texts in 1 to {_MOST_DAYS} days."
    return None


_NOTHING_TO_ASK = "A topic people confirm by text needs a number for the question: like 4/30."
_NO_NUMBER = "People who say yes to marketing must be told how often: give a number, like 4/30."


def by_promise(chosen: Iterable[Topic]) -> tuple[tuple[Topic, ...], ...]:
    """Return the topics in groups of one purpose, one promise and one way of asking.

    Each group is one act of permission: topics that share a promise share its number.
    """
    groups: dict[tuple[Purpose, Frequency | None, bool], list[Topic]] = {}
    for one in chosen:
        groups.setdefault((one.purpose, one.often, one.confirm), []).append(one)
    return tuple(tuple(group) for group in groups.values())


def asked_about(
    own: Iterable[Topic], events: Iterable[ConsentEvent], purpose: Purpose
) -> tuple[str, ...]:
    """Return the topics of `purpose` there are answers to: the shop's own, others on file."""
    listed = [one.id for one in own if one.purpose is purpose]
    on_file = {topic for event in events if event.purpose is purpose for topic in event.topics}
    return (*listed, *sorted(on_file - set(listed)))


def sign_up_words(shop: str, chosen: Iterable[Topic]) -> str:
    """Return the words a person is shown who says yes to the `chosen` topics of one promise."""
    topics = tuple(chosen)
    often = next((one.often for one in topics if one.often is not None), None)
    said = "Only when there is news about an order." if often is None else f"{how_often(often)}."
    return (
        f"Text me about {_listed([one.words for one in topics])} from {shop}. {said} "
        "Not a condition of purchase. Msg & data rates may apply. "
        "Reply STOP to end, HELP for help."
    )


def how_often(often: Frequency) -> str:
    """Return a promise in words: "Up to 4 texts a month"."""
    texts = "text" if often.n == 1 else "texts"
    return f"Up to {often.n} {texts} {_PERIODS.get(often.days, f'in any {often.days} days')}"


_PERIODS = {1: "a day", 7: "a week", 14: "a fortnight", 30: "a month", 365: "a year"}


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
