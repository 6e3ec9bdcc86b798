"""What a person has answered: yes, no, or not asked yet. Must not decide about one text.

A stop is no answer to a question: it stands above all of them and is shown instead.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from shopbell.domain.consent import Act, ConsentEvent, Purpose, standing, standing_topics

_OLD = timedelta(days=365)


class Answer(StrEnum):
    """The three states of every question about texts."""

    YES = "yes"
    NO = "no"
    NOT_ASKED = "not-asked"


def is_old(event: ConsentEvent, now: datetime) -> bool:
    """Return whether an act is so old that its age should be said beside it."""
    return now - event.at >= _OLD


def answer_to(events: tuple[ConsentEvent, ...], purpose: Purpose) -> Answer:
    """Return what somebody with these acts has answered to `purpose` as a whole."""
    if standing(events, purpose):
        return Answer.YES
    asked = any(event.purpose is purpose for event in events)
    return Answer.NO if asked else Answer.NOT_ASKED


def answer_about(events: tuple[ConsentEvent, ...], purpose: Purpose, topic: str) -> Answer:
    """Return what somebody has answered about one topic of `purpose`.

    Whoever took back the whole purpose has said no to each of its topics; whoever agreed to one
    topic was not asked about the others.
    """
    if topic in standing_topics(events, purpose):
        return Answer.YES
    asked = any(
        event.purpose is purpose
        and (topic in event.topics or (event.act is Act.REVOKED and not event.topics))
        for event in events
    )
    return Answer.NO if asked else Answer.NOT_ASKED
