"""The exit codes, in one table. Scripts depend on each: must not change without the changelog."""

from __future__ import annotations

from enum import IntEnum

from shopbell.domain.decision import Verdict
from shopbell.domain.texts import State
from shopbell.errors import BadInput, GatewayTrouble, OutcomeUnknown, ShopbellError, VaultError


class Exit(IntEnum):
    """How a command ended."""

    DONE = 0
    FAILED = 1
    """Unexpected, or stopped by the person."""
    USAGE = 2
    """Wrong usage or bad input."""
    REFUSED = 3
    """Refused by a rule."""
    HELD = 4
    """Held until later."""
    GATEWAY = 5
    """Gateway trouble; not sent."""
    VAULT = 6
    """Wrong passphrase, locked or damaged file."""
    UNKNOWN = 7
    """Nobody can say yet whether it was sent."""


def exit_of_error(error: ShopbellError) -> Exit:
    """Return the exit code for an error that was explained to the person."""
    match error:
        case BadInput():
            return Exit.USAGE
        case GatewayTrouble():
            return Exit.GATEWAY
        case OutcomeUnknown():
            return Exit.UNKNOWN
        case VaultError():
            return Exit.VAULT
        case _:
            return Exit.FAILED


EXIT_OF_VERDICT = {
    Verdict.ALLOW: Exit.DONE,
    Verdict.HOLD: Exit.HELD,
    Verdict.REFUSE: Exit.REFUSED,
}

EXIT_OF_STATE = {
    State.DRAFT: Exit.DONE,
    State.WAITING: Exit.DONE,
    State.HELD: Exit.HELD,
    State.SENDING: Exit.DONE,
    State.ACCEPTED: Exit.DONE,
    State.SENT: Exit.DONE,
    State.DELIVERED: Exit.DONE,
    State.FAILED: Exit.GATEWAY,
    State.UNDELIVERABLE: Exit.GATEWAY,
    State.EXPIRED: Exit.GATEWAY,
    State.CANCELED: Exit.REFUSED,
    State.UNKNOWN: Exit.UNKNOWN,
}
"""What a text's state means for the command that sent it."""
