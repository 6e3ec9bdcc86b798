"""Keeps texts that are too late from leaving by themselves. Must not judge anything else."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from shopbell.domain.texts import OutboundText, State
from shopbell.store import missed, reminders
from shopbell.store.text_moves import move

if TYPE_CHECKING:
    from sqlite_utils import Database

GRACE = timedelta(hours=1)
"""A text that is later than this is asked about, never sent by itself."""

_BEGUN = "The appointment it reminds of has begun."
_NO_REMINDER = "Nobody was there to send this reminder in time. Should it still go?"
_NOT_SENT = "Nobody was there to send this text at its time. Should it still go?"


def is_late(db: Database, text: OutboundText, now: datetime) -> bool:
    """Whether a due text must not go by itself any more; then that is noted.

    An hour late its shop is asked. A reminder is canceled once its appointment has begun. A text
    that was held has no time of its own: it goes whenever it may.
    """
    begins = reminders.begins(db, text.id)
    if begins is not None and begins <= now:
        move(db, text.id, text.state, State.CANCELED, now, "[over]", _BEGUN)
        return True
    due, why = _scheduled_for(text), _NOT_SENT
    if begins is not None:
        due, why = text.not_before or text.created_at, _NO_REMINDER
    if due is None or due + GRACE >= now:
        return False
    missed.ask_about(db, text.id, why, now)
    return True


def _scheduled_for(text: OutboundText) -> datetime | None:
    """Return when somebody wanted it to go; None for what goes as soon as it may."""
    is_untried = text.state is State.WAITING and text.attempts == 0
    return text.not_before if is_untried else None
