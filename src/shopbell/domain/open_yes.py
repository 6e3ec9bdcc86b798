"""A yes that counts only once its person has confirmed it by text. Must not store or ask.

The question goes to the number itself, so nobody can sign up somebody else (rules.md 5.4, 8).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from shopbell.domain.consent import Act, ConsentDraft, How
from shopbell.domain.topics import Topic


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenYes:
    """A yes as it was said, and when its person was asked to confirm it."""

    id: int
    act: ConsentDraft
    recorded_at: datetime
    asked_at: datetime | None = None
    """When the question left; None = it has not."""

    def is_waiting(self, now: datetime, within: timedelta) -> bool:
        """Return whether a YES can still come."""
        return now - (self.asked_at or self.recorded_at) < within


def must_be_confirmed(draft: ConsentDraft, topics: Iterable[Topic]) -> bool:
    """Return whether a yes waits for a confirmation by text: one of its topics asks for that."""
    if draft.act is not Act.GRANTED or draft.how is How.DOUBLE_OPT_IN:
        return False
    return any(topic.confirm and topic.id in draft.topics for topic in topics)
