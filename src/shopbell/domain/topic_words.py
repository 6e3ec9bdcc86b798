"""A topic in a few words for both doors, and its promise as an owner types it. Keeps nothing."""

from __future__ import annotations

import re

from shopbell.domain.promises import Frequency, promised_frequency
from shopbell.domain.purpose_words import texts_for
from shopbell.domain.topics import Topic, how_often

_TYPED = re.compile(r"([0-9]{1,4})\s*/\s*([0-9]{1,4})")


def topic_words(topic: Topic, *, brief: bool = False) -> str:
    """Return what a topic is: "“offers”, marketing texts, up to 4 texts a month".

    A `brief` one does not name the purpose.
    """
    said = [
        f"“{topic.words}”",
        *([] if brief else [texts_for(topic.purpose)]),
        "only when there is news" if topic.often is None else how_often(topic.often).lower(),
    ]
    said += ["confirmed by text"] if topic.confirm else []
    said += [f"joined by texting {topic.keyword}"] if topic.keyword else []
    said += [] if topic.offered else ["no longer offered"]
    return ", ".join(said)


def typed_frequency(typed: str) -> Frequency | None:
    """Return the promise in "4/30", "4 a month" or "2 in 10 days"; None if there is none in it."""
    short = _TYPED.fullmatch(typed.strip())
    found = (int(short[1]), int(short[2])) if short else promised_frequency(f"up to {typed}")
    if found is None or not all(found):
        return None
    return Frequency(n=found[0], days=found[1])


def frequency_to_type(often: Frequency | None) -> str:
    """Return a promise as an owner would type it; what is typed so is read as the same promise."""
    if often is None:
        return ""
    period = {1: "a day", 7: "a week", 30: "a month", 365: "a year"}.get(often.days)
    return f"{often.n} {period or f'in {often.days} days'}"
