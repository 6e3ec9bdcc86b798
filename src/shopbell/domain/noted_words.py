"""How a wish by text is said back: "noted, no offers until 24 Dec". Must not record it."""

from __future__ import annotations

from datetime import datetime
from typing import assert_never

from shopbell.domain.promises import Frequency
from shopbell.domain.telling import local
from shopbell.domain.template_rules import LanguageWords
from shopbell.domain.text_wishes import WishKind
from shopbell.domain.wishes import Wishes


def day_in(words: LanguageWords, at: datetime, zone: str) -> str:
    """Return a day as a language writes it in a text: "24 Dec"."""
    day = local(at, zone).date()
    return f"{day.day} {words.months[day.month - 1]}"


def moment_in(words: LanguageWords, at: datetime, zone: str) -> str:
    """Return a day and a time as a language writes them in a text: "Tue 24 Nov, 10:00"."""
    there = local(at, zone)
    name = words.hours.days[there.weekday()]
    return f"{name} {day_in(words, at, zone)}, {there.hour}:{there.minute:02d}"


def noted_in(
    words: LanguageWords, kind: WishKind, wishes: Wishes, zone: str, about: tuple[str, ...] = ()
) -> str:
    """Return what was noted.

    Args:
        words: of the person's language.
        kind: what they wished for.
        wishes: what is on file now.
        zone: the shop's.
        about: the topics they chose, as texts name them.
    """
    noted = words.noted
    match kind:
        case WishKind.PAUSE:
            day = "" if wishes.paused_until is None else day_in(words, wishes.paused_until, zone)
            return noted.paused.replace("{date}", day)
        case WishKind.LESS:
            return "" if wishes.most is None else _fewer(words, wishes.most)
        case WishKind.CALL:
            return noted.call
        case WishKind.EMAIL:
            return noted.email
        case WishKind.TEXT:
            return noted.text
        case WishKind.ONLY_ORDERS:
            return noted.only_orders
        case WishKind.TOPICS:
            said = words.joined_by.join(words.topics.get(topic, topic) for topic in about)
            return noted.topics.replace("{topics}", said)
        case unexpected:
            assert_never(unexpected)


def _fewer(words: LanguageWords, most: Frequency) -> str:
    said = words.noted.fewer.replace("{n}", str(most.n))
    said = said.replace("{a_per}", words.a_per.of(most.days))
    return said.replace("{texts}", words.texts[0 if most.n == 1 else 1])
