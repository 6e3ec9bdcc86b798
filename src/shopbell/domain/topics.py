"""What people can say yes to, and the words they are shown when they do. Must not record anything.

The words follow the sample wording of rules.md section 9: what, from whom, how often, that buying
does not depend on it, what it costs, and how it ends.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from shopbell.domain.consent import Purpose


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """One kind of texts a person can choose."""

    id: str
    words: str
    """As it reads in "Text me about ...": "offers"."""
    purpose: Purpose


TOPICS = (
    Topic(id="orders", words="my orders", purpose=Purpose.SERVICE),
    Topic(id="offers", words="offers", purpose=Purpose.MARKETING),
    Topic(id="events", words="events", purpose=Purpose.MARKETING),
)

PROMISED_N, PROMISED_DAYS = 4, 30
"""How many marketing texts the words promise at most, and in how many days."""


def topic(id_: str) -> Topic:
    """Return the topic with this id.

    Raises:
        KeyError: there is none.
    """
    return {one.id: one for one in TOPICS}[id_]


def sign_up_words(shop: str, chosen: Iterable[Topic]) -> str:
    """Return the words a person is shown who says yes to the `chosen` topics of one purpose."""
    topics = tuple(chosen)
    often = (
        f"Up to {PROMISED_N} texts a month."
        if any(one.purpose is Purpose.MARKETING for one in topics)
        else "Only when there is news about an order."
    )
    return (
        f"Text me about {_listed([one.words for one in topics])} from {shop}. {often} "
        "Not a condition of purchase. Msg & data rates may apply. "
        "Reply STOP to end, HELP for help."
    )


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
