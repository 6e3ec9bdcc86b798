"""Complaints: taken, answered, closed. Must not text anybody about one: a person calls.

Taking one stops marketing to the person at once, and waiting marketing texts are taken back in the
same transaction.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from shopbell.domain.complaints import (
    Complaint,
    ComplaintDraft,
    ComplaintKind,
    due_at,
    persists,
)
from shopbell.domain.consent import Act, ConsentDraft, Purpose, standing
from shopbell.domain.ids import E164, ComplaintId
from shopbell.errors import BadInput
from shopbell.services.changed import Changed
from shopbell.services.desk import Desk
from shopbell.store import complaints, consents, links, outbox

if TYPE_CHECKING:
    from datetime import datetime

    from sqlite_utils import Database

_WORDS = "Complained about texts."


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A complaint that is on file now."""

    complaint: Complaint
    canceled: int
    """Waiting marketing texts that will not leave any more."""
    persists: bool
    """They have complained before, of late."""


class Complaints:
    """The complaints of one shop file."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def open(self, draft: ComplaintDraft) -> Taken:
        """Take a complaint. One about texts is a no to marketing too, in the ledger for good.

        Raises:
            BadInput: it is said to be from the future.
        """
        now = self._desk.clock.now()
        if draft.at > now:
            raise BadInput(
                "A complaint cannot be from the future.",
                "Give the day it was made, or leave the time out.",
                code="bad_time",
            )
        due = due_at(draft.kind, draft.at, self._desk.profile)
        taken = await self._desk.store.write(_open, draft, due, now)
        self._desk.tell(Changed.PEOPLE, Changed.CONSENT, Changed.TEXTS, Changed.REPLIES)
        return taken

    async def find(
        self, *, open_only: bool = True, number: E164 | None = None
    ) -> tuple[Complaint, ...]:
        """Return complaints: the open ones first, the most urgent of them first."""

        def step(db: Database) -> tuple[Complaint, ...]:
            return complaints.find(db, open_only=open_only, number=number)

        return await self._desk.store.read(step)

    async def get(self, complaint_id: ComplaintId) -> Complaint:
        """Return one.

        Raises:
            BadInput: there is none of that number.
        """
        complaint = await self._desk.store.read(complaints.get, complaint_id)
        if complaint is None:
            raise BadInput(
                f"There is no complaint number {complaint_id}.",
                "List them with: shopbell complaint list --all.",
                code="no_complaint",
            )
        return complaint

    async def close(self, complaint_id: ComplaintId, outcome: str, who: str = "") -> Complaint:
        """Write down how a complaint ended; marketing may go again if a yes stands.

        Raises:
            BadInput: nobody said how it ended, or there is no such open complaint.
        """
        if not outcome.strip():
            raise BadInput(
                "A complaint is closed with how it ended.",
                "Write it in a few words: new bouquet delivered.",
                code="no_outcome",
            )
        before = await self.get(complaint_id)
        closed = await self._desk.store.write(
            complaints.close, complaint_id, outcome.strip(), who, self._desk.clock.now()
        )
        if closed is None:
            raise BadInput(
                f"Complaint {before.id} was closed before.",
                f"It ended like this: {before.outcome}",
                code="closed_before",
            )
        self._desk.tell(Changed.PEOPLE, Changed.REPLIES)
        return closed


def _open(db: Database, draft: ComplaintDraft, due: datetime, now: datetime) -> Taken:
    complaint = complaints.add(db, draft, due, now)
    every = (draft.number, *links.others_of(db, [draft.number]).get(draft.number, ()))
    if draft.kind is ComplaintKind.TEXTS:
        _revoke(db, draft, now)
    canceled = sum(
        outbox.cancel_for_purpose(db, number, Purpose.MARKETING, (), now, "They complained.")
        for number in every
    )
    past = [one for n in every for one in complaints.find(db, open_only=False, number=n)]
    return Taken(complaint=complaint, canceled=canceled, persists=persists(past, now))


def _revoke(db: Database, draft: ComplaintDraft, now: datetime) -> None:
    grants = standing(consents.events_of(db, draft.number), Purpose.MARKETING)
    consents.append(
        db,
        ConsentDraft(
            number=draft.number,
            act=Act.REVOKED,
            purpose=Purpose.MARKETING,
            topics=(),
            wording=draft.words or _WORDS,
            how=draft.how,
            # A no must never sort before the yes it ends, whatever was typed.
            at=max([draft.at, *(grant.at for grant in grants)]),
            witness=draft.who or None,
        ),
        now,
    )
