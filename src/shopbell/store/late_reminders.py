"""Keeps reminders that are too late from leaving by themselves. Must not judge anything else."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from shopbell.domain.texts import OutboundText, State
from shopbell.store import missed, reminders
from shopbell.store.text_moves import move

if TYPE_CHECKING:
    from sqlite_utils import Database

GRACE = timedelta(hours=1)
"""A reminder that is later than this is asked about, never sent by itself."""

_BEGUN = "The appointment it reminds of has begun."
_NOBODY_THERE = "Nobody was there to send this reminder in time. Should it still go?"


def is_late(db: Database, text: OutboundText, now: datetime) -> bool:
    """Whether a text reminds of an appointment and must not go any more; then that is noted.

    Once the appointment has begun it is canceled; an hour late its shop is asked.
    """
    begins = reminders.begins(db, text.id)
    if begins is None:
        return False
    if begins <= now:
        move(db, text.id, text.state, State.CANCELED, now, "[over]", _BEGUN)
        return True
    if (text.not_before or text.created_at) + GRACE < now:
        missed.ask_about(db, text.id, _NOBODY_THERE, now)
        return True
    return False
