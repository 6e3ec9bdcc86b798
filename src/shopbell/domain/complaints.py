"""A complaint: what somebody was unhappy about, and by when the shop sees to it. Must not store.

An open complaint stops marketing to the person (see `domain.gate.stopped`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from shopbell.domain.consent import How
from shopbell.domain.gate.expiry import months_later
from shopbell.domain.ids import E164, ComplaintId
from shopbell.domain.shop import ShopProfile
from shopbell.domain.telling import day_and_clock
from shopbell.domain.windows import Hours, next_open, window_end

TIME_TO_CALL = timedelta(hours=2)
"""With less than this left of the day, the call may wait for the next day the shop is open."""

OFTEN, OFTEN_WITHIN = 2, timedelta(days=30)
"""So many complaints in this time are a complaint that persists (policy.escalate_to_call)."""


class ComplaintKind(StrEnum):
    """What it is about; it decides how long the shop may take."""

    ORDER = "order"
    """What they bought, or how they were served."""
    TEXTS = "texts"
    """The shop's texts: a no to marketing, whatever the words."""
    DATA = "data"
    """What is on file about them: to see it, or to have it erased."""
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintDraft:
    """A complaint as somebody at the shop writes it down."""

    number: E164
    kind: ComplaintKind
    words: str
    """What they said, as far as anybody wrote it down; may be empty."""
    how: How
    at: datetime
    """When they said it (aware)."""
    who: str = ""
    """Who at the shop took it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """A complaint on file, with its clock."""

    id: ComplaintId
    number: E164 | None
    """None once the person has been forgotten."""
    kind: ComplaintKind
    words: str
    how: How
    at: datetime
    recorded_at: datetime
    who: str
    due_at: datetime
    """By when somebody at the shop has answered."""
    closed_at: datetime | None
    closed_by: str
    outcome: str
    """How it ended; empty while it is open."""

    @property
    def is_open(self) -> bool:
        """Whether it still waits for an answer."""
        return self.closed_at is None


def due_at(kind: ComplaintKind, at: datetime, shop: ShopProfile) -> datetime:
    """Return by when the shop answers: closing time of today or of the next day it is open.

    Who asks about their data is answered within a month (GDPR art. 12(3); unverified).
    """
    if kind is ComplaintKind.DATA:
        return months_later(at, 1)
    hours = [Hours(week=shop.hours, zone=shop.zone)]
    opens = next_open(hours, at, TIME_TO_CALL)
    closes = None if opens is None else window_end(hours, opens)
    return closes or at + timedelta(days=1)


def is_overdue(complaint: Complaint, now: datetime) -> bool:
    """Return whether the shop has let the clock run out."""
    return complaint.is_open and complaint.due_at < now


def persists(complaints: Iterable[Complaint], now: datetime) -> bool:
    """Return whether this person has complained several times of late."""
    return sum(one.at > now - OFTEN_WITHIN for one in complaints) >= OFTEN


def what_to_do(complaint: Complaint, shop: ShopProfile, now: datetime) -> str:
    """Return the next step for an open complaint, as a sentence."""
    by = day_and_clock(complaint.due_at, shop.zone)
    late = "That time is over: do it now." if is_overdue(complaint, now) else ""
    match complaint.kind:
        case ComplaintKind.DATA:
            step = f"Answer by {by}: export or erase what is on file."
        case ComplaintKind.TEXTS:
            step = f"Call by {by}, and say that marketing has ended."
        case ComplaintKind.ORDER | ComplaintKind.OTHER:
            step = f"Call by {by}. Do not text about it."
    return f"{step} {late}".strip()


ABOUT = {
    ComplaintKind.ORDER: "an order or the service",
    ComplaintKind.TEXTS: "our texts",
    ComplaintKind.DATA: "what is on file",
    ComplaintKind.OTHER: "something else",
}
"""What each kind is about, for a list and a dossier."""
