"""Choosing topics by number: what a welcome offers, and what a number means. Records nothing."""

from __future__ import annotations

from collections.abc import Iterable

from shopbell.domain.consent import Purpose
from shopbell.domain.topics import Topic

_MOST = 5
"""More numbers than this are no question for a text."""


def topics_to_choose(topics: Iterable[Topic]) -> tuple[Topic, ...]:
    """Return the topics a welcome lets people choose from; none if there is nothing to choose."""
    offered = tuple(
        topic for topic in topics if topic.offered and topic.purpose is Purpose.MARKETING
    )
    return offered if 2 <= len(offered) <= _MOST else ()


def choices_in(offered: tuple[Topic, ...]) -> str:
    """Return the choices as the welcome words them: "1 offers, 2 events, 3 both"."""
    said = [f"{n} {topic.words}" for n, topic in enumerate(offered, start=1)]
    everything = "both" if len(offered) == 2 else "all"
    return ", ".join([*said, f"{len(offered) + 1} {everything}"]) if offered else ""


def chosen_topics(
    asked: str, offered: tuple[Topic, ...], numbers: tuple[int, ...]
) -> tuple[Topic, ...] | None:
    """Return the topics that some numbers mean; None if they mean nothing.

    Args:
        asked: the text that asked, as it left: its numbers count, and if the shop has changed its
            topics since, a person must look.
        offered: what can be chosen now.
        numbers: as they were texted.
    """
    if not offered or choices_in(offered) not in asked:
        return None
    if any(not 1 <= n <= len(offered) + 1 for n in numbers):
        return None
    if len(offered) + 1 in numbers:
        return offered
    return tuple(topic for n, topic in enumerate(offered, start=1) if n in numbers)
