"""Recording a yes and recording a no. Must not say what a yes is worth: the gate does."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from shopbell.domain.consent import Act, ConsentDraft, ConsentEvent, How, standing
from shopbell.domain.decision import Reason
from shopbell.domain.ids import E164
from shopbell.domain.ledger import first_break
from shopbell.domain.people import ContactDraft
from shopbell.domain.signup import refusal, with_stated_promise
from shopbell.services.desk import Changed, Desk
from shopbell.store import consents, contacts, outbox

if TYPE_CHECKING:
    from sqlite_utils import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """A yes that is on file now."""

    event: ConsentEvent
    ledger_head: str
    """Hash of the newest ledger entry: note it elsewhere and the ledger cannot be cut short."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenBack(Recorded):
    """A no to a purpose, or to some of its topics, that is on file now."""

    canceled: int
    """Waiting texts of that kind that will not leave any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OptedOut:
    """A no that is on file now."""

    fresh: bool
    """False when this number was on the stop list already."""
    canceled: int
    """Waiting texts that will not leave any more."""


class Consents:
    """The consent ledger and the stop list of one shop file."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def grant(self, draft: ConsentDraft) -> Recorded | Reason:
        """Record a yes, or return why it cannot be recorded as it is.

        A new sign-up by a person who had said stop also takes the number off the stop list. The
        number becomes a contact if it is none yet.
        """
        now = self._desk.clock.now()
        outcome = await self._desk.store.write(grant_in, draft, now)
        if isinstance(outcome, Recorded):
            self._desk.tell(Changed.CONSENT, Changed.PEOPLE)
        return outcome

    async def revoke(self, draft: ConsentDraft) -> TakenBack:
        """Record that a person does not want a purpose, or (with topics) some topics of it.

        Nobody needs to have agreed before: a no to a question is kept as well, so that it is not
        asked again. What waits of that kind is canceled; the number is not put on the stop list.
        """
        now = self._desk.clock.now()
        taken_back = await self._desk.store.write(_revoke, draft, now)
        self._desk.tell(Changed.CONSENT, Changed.TEXTS)
        return taken_back

    async def opt_out(self, number: E164, how: How, note: str = "") -> OptedOut:
        """Record a stop from any channel; what waits for the number is canceled with it."""
        now = self._desk.clock.now()
        done = await self._desk.store.write(_opt_out, number, how, note, now)
        self._desk.tell(Changed.CONSENT, Changed.TEXTS)
        return done

    async def wording(self, wording_id: int) -> str | None:
        """Return a wording that was stored before."""
        return await self._desk.store.read(consents.wording_text, wording_id)

    async def check_ledger(self) -> tuple[int | None, str]:
        """Walk the chain; return the first bad entry (None = sound) and the present head."""

        def step(db: Database) -> tuple[int | None, str]:
            return first_break(consents.chain(db)), consents.head(db)

        return await self._desk.store.read(step)


def grant_in(db: Database, draft: ConsentDraft, now: datetime) -> Recorded | Reason:
    """Do what `Consents.grant` does, in the caller's transaction."""
    draft = with_stated_promise(draft)
    suppression = consents.suppression_of(db, draft.number)
    reason = refusal(draft, suppression, now)
    if reason is not None:
        return reason
    if suppression is not None and draft.act is Act.GRANTED:
        consents.lift_suppression(db, draft.number)
    if contacts.by_number(db, draft.number) is None:
        contacts.add(db, ContactDraft(number=draft.number, source="sign-up"), now)
    return _append(db, draft, now)


def _append(db: Database, draft: ConsentDraft, now: datetime) -> Recorded:
    event = consents.append(db, draft, now)
    return Recorded(event=event, ledger_head=consents.head(db))


def _revoke(db: Database, draft: ConsentDraft, now: datetime) -> TakenBack:
    grants = standing(consents.events_of(db, draft.number), draft.purpose)
    # A no must never sort before the yes it ends, whatever was typed.
    at = max([draft.at, *(grant.at for grant in grants)])
    recorded = _append(db, replace(draft, act=Act.REVOKED, at=at), now)
    canceled = outbox.cancel_for_purpose(
        db, draft.number, draft.purpose, draft.topics, now, "They no longer want such texts."
    )
    return TakenBack(event=recorded.event, ledger_head=recorded.ledger_head, canceled=canceled)


def _opt_out(db: Database, number: E164, how: How, note: str, now: datetime) -> OptedOut:
    fresh = consents.suppress(db, number, how, note, now, now)
    canceled = outbox.cancel_for_number(db, number, now, "They said stop.")
    return OptedOut(fresh=fresh, canceled=canceled)
