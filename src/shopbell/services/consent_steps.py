"""A yes, a no, a stop: written down in the caller's transaction. Must not say what one is worth."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from shopbell.domain.consent import Act, ConsentDraft, ConsentEvent, How, standing
from shopbell.domain.decision import Reason
from shopbell.domain.ids import E164
from shopbell.domain.people import ContactDraft
from shopbell.domain.signup import refusal, with_stated_promise
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


def revoke_in(db: Database, draft: ConsentDraft, now: datetime) -> TakenBack:
    """Do what `Consents.revoke` does, in the caller's transaction."""
    grants = standing(consents.events_of(db, draft.number), draft.purpose)
    # A no must never sort before the yes it ends, whatever was typed.
    at = max([draft.at, *(grant.at for grant in grants)])
    recorded = _append(db, replace(draft, act=Act.REVOKED, at=at), now)
    canceled = outbox.cancel_for_purpose(
        db, draft.number, draft.purpose, draft.topics, now, "They no longer want such texts."
    )
    return TakenBack(event=recorded.event, ledger_head=recorded.ledger_head, canceled=canceled)


def opt_out_in(db: Database, number: E164, how: How, note: str, now: datetime) -> OptedOut:
    """Do what `Consents.opt_out` does, in the caller's transaction."""
    fresh = consents.suppress(db, number, how, note, now, now)
    canceled = outbox.cancel_for_number(db, number, now, "They said stop.")
    return OptedOut(fresh=fresh, canceled=canceled)
