"""The owner's word on the texts the shop sends by itself. Must not write or send one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Welcoming(StrEnum):
    """What becomes of a welcome once a yes is written down."""

    ASK = "ask"
    """It is shown, and goes by one key."""
    ALWAYS = "always"
    """It goes by itself."""
    NEVER = "never"


class AnswerTo(StrEnum):
    """What Shopbell can answer by itself; the owner may switch each off."""

    STOP = "stop"
    """A stop is confirmed, once."""
    WRONG_NUMBER = "wrong-number"
    HELP = "help"
    START = "start"
    """Somebody who had said stop wants texts again."""
    JOIN = "join"
    """Somebody joined by text, or confirmed a sign-up: the welcome."""
    WISH = "wish"
    """A wish by text (PAUSE 30, LESS, CALL) was noted."""
    CLOSED = "closed"
    """Somebody wrote while the shop is closed."""


OFF_AT_FIRST = frozenset({AnswerTo.CLOSED})
"""What a new shop does not answer until the owner says so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnTexts:
    """What the owner chose; without a choice, what a new shop does."""

    welcoming: Welcoming = Welcoming.ASK
    off: frozenset[AnswerTo] = OFF_AT_FIRST
    """What is not answered by itself."""
    asks_choice: bool = False
    """Whether the welcome asks which topics and which way they want."""

    def answers(self, what: AnswerTo) -> bool:
        """Return whether this is answered by itself."""
        return what not in self.off
