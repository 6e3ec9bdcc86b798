"""A gateway in memory that fails as it is told, dies in the middle, and keeps what it took.

It refuses a reference it has seen, as the practice gateway does.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from shopbell.domain.gateway import Found, Outcome, Outgoing, SendResult
from shopbell.services.clock import FixedClock
from shopbell.services.drill import DrillGateway


class Mood(StrEnum):
    """What becomes of the next text."""

    FINE = "fine"
    LOST_ANSWER = "it takes the text and its answer is lost"
    LOST_REQUEST = "the request is lost, and nobody can know"
    DIES_BEFORE = "Shopbell dies before the request leaves"
    DIES_AFTER = "Shopbell dies before it hears the answer"
    BAD_NUMBER = "bad number"
    REFUSES = "refuses the words"
    BUSY = "try later"
    AWAY = "cannot be reached"
    NO_LOGIN = "bad login"


ANSWERS = {
    Mood.BAD_NUMBER: Outcome.BAD_NUMBER,
    Mood.REFUSES: Outcome.BAD_REQUEST,
    Mood.BUSY: Outcome.TRY_LATER,
    Mood.AWAY: Outcome.NOT_SENT_RETRY,
    Mood.NO_LOGIN: Outcome.BAD_LOGIN,
}


class DiedError(BaseException):
    """The process ends here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """One text that the gateway took, and when."""

    ref: str
    to: str
    text: str
    at: datetime


class MoodyGateway(DrillGateway):
    """Takes, refuses, loses and dies."""

    def __init__(self, clock: FixedClock) -> None:
        super().__init__()
        self._clock = clock
        self.moods: deque[Mood] = deque()
        self.phones: list[Taken] = []
        """Everything that reached a phone."""

    async def send(self, outgoing: Outgoing) -> SendResult:
        """Take one text, or do what the mood says."""
        mood = self.moods.popleft() if self.moods else Mood.FINE
        if mood is Mood.DIES_BEFORE:
            raise DiedError
        if mood in ANSWERS:
            return SendResult(outcome=ANSWERS[mood], gateway_id=None, detail=f"told to: {mood}")
        if mood is Mood.LOST_REQUEST:
            return SendResult(outcome=Outcome.UNKNOWN, gateway_id=None, detail="no answer")
        known = any(text.ref == outgoing.ref for text in self.taken)
        if not known:
            self.taken.append(outgoing)
            self.phones.append(
                Taken(ref=outgoing.ref, to=outgoing.to, text=outgoing.text, at=self._clock.now())
            )
        if mood is Mood.DIES_AFTER:
            raise DiedError
        if mood is Mood.LOST_ANSWER:
            return SendResult(outcome=Outcome.UNKNOWN, gateway_id=None, detail="no answer")
        outcome = Outcome.ALREADY_ACCEPTED if known else Outcome.ACCEPTED
        return SendResult(outcome=outcome, gateway_id=f"drill-{outgoing.ref}", detail="")

    async def find(self, outgoing: Outgoing, taken_ids: frozenset[str]) -> Found:
        """Say truthfully whether a text was taken."""
        del taken_ids
        return await super().find(outgoing, frozenset())
