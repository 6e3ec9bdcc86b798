"""Why a text did not arrive, in plain words, and the one thing that helps. Must not decide.

The cause is told by the last word on the text's history: the gateway's own, or ours in brackets.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from shopbell.domain.gateway import Outcome
from shopbell.domain.texts import State

FAILED = frozenset({State.FAILED, State.UNDELIVERABLE, State.EXPIRED})
"""States of a text that left, or should have, and did not arrive."""


class Cause(StrEnum):
    """Why a text did not arrive. The words are those of docs/cli.md."""

    BAD_NUMBER = "bad_number"
    OPTED_OUT = "opted_out"
    REFUSED = "refused"
    NO_LOGIN = "no_login"
    NO_CREDIT = "no_credit"
    UNREACHABLE = "gateway_unreachable"
    NEVER_GOT = "never_got"
    NOT_SENT = "not_sent"
    UNDELIVERABLE = "undeliverable"
    TOO_LATE = "too_late"
    NO_REASON = "no_reason"


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """One cause in words."""

    cause: Cause
    sentence: str
    action: str
    """The one sensible thing to do."""


_BY_WORD: dict[str, Cause] = {
    Outcome.BAD_NUMBER: Cause.BAD_NUMBER,
    Outcome.OPTED_OUT: Cause.OPTED_OUT,
    Outcome.BAD_REQUEST: Cause.REFUSED,
    Outcome.BAD_LOGIN: Cause.NO_LOGIN,
    Outcome.NO_CREDIT: Cause.NO_CREDIT,
    Outcome.NOT_SENT_RETRY: Cause.UNREACHABLE,
    Outcome.TRY_LATER: Cause.UNREACHABLE,
    "[absent]": Cause.NEVER_GOT,
    "[owner]": Cause.NOT_SENT,
}

_BY_STATE = {
    State.UNDELIVERABLE: Cause.UNDELIVERABLE,
    State.EXPIRED: Cause.TOO_LATE,
    State.FAILED: Cause.NO_REASON,
}

_WORDS: dict[Cause, tuple[str, str]] = {
    Cause.BAD_NUMBER: (
        "The gateway says that no text can reach this number.",
        "Ask the person for their number and correct it.",
    ),
    Cause.OPTED_OUT: (
        "The phone company keeps a stop for this number.",
        "Don't text; call if it matters. They are on your stop list now.",
    ),
    Cause.REFUSED: (
        "The gateway would not take this text.",
        "Read what it said, change the words, and send it again.",
    ),
    Cause.NO_LOGIN: (
        "The gateway refused the login.",
        "Set up the gateway again, test it, then write the text again.",
    ),
    Cause.NO_CREDIT: (
        "There was no credit left at the gateway.",
        "Top up the account there, then write the text again.",
    ),
    Cause.UNREACHABLE: (
        "The gateway could not be used, five times over.",
        "Test the gateway; when it works, write the text again.",
    ),
    Cause.NEVER_GOT: (
        "The gateway never got this text.",
        "Write it again if it is still true.",
    ),
    Cause.NOT_SENT: (
        "You said that it was not sent.",
        "Write it again if it is still true.",
    ),
    Cause.UNDELIVERABLE: (
        "The phone company could not deliver it: a landline, or a number no longer in use.",
        "Call them, or ask for another number.",
    ),
    Cause.TOO_LATE: (
        "The phone was off until the hours for texts had ended.",
        "Call them, or text again tomorrow.",
    ),
    Cause.NO_REASON: (
        "The phone company did not deliver it and gave no clear reason.",
        "Try once more another day; then call.",
    ),
}


def cause_of(state: State, word: str) -> Cause | None:
    """Return why a text in `state`, with `word` as the last on its history, did not arrive.

    None: it has not failed.
    """
    if state not in FAILED:
        return None
    if state is State.FAILED and word in _BY_WORD:
        return _BY_WORD[word]
    return _BY_STATE[state]


def failure(cause: Cause) -> Failure:
    """Return a cause in words, with what helps."""
    sentence, action = _WORDS[cause]
    return Failure(cause=cause, sentence=sentence, action=action)
