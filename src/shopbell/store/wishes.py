"""What contacts wished about being reached. Must not judge a text."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from shopbell.domain.ids import E164, ContactId
from shopbell.domain.wishes import NO_WISHES, Channel, Wishes
from shopbell.store.times import maybe_from_text, to_text

if TYPE_CHECKING:
    from sqlite_utils import Database


def of_number(db: Database, number: E164) -> Wishes:
    """Return the wishes of whoever has this number; the defaults if there are none."""
    row = db.execute(
        "SELECT w.channel, w.paused_until, w.language FROM wish w"
        " JOIN contact c ON c.id = w.contact_id WHERE c.number = ?",
        (number,),
    ).fetchone()
    if row is None:
        return NO_WISHES
    return Wishes(
        channel=None if row[0] is None else Channel(row[0]),
        paused_until=maybe_from_text(row[1]),
        language=row[2],
    )


def keep(db: Database, contact_id: ContactId, wishes: Wishes, now: datetime) -> None:
    """Write a contact's wishes over those on file; the contact counts as changed with them."""
    db.execute(
        "INSERT OR REPLACE INTO wish VALUES (?, ?, ?, ?)",
        (contact_id, wishes.channel, to_text(wishes.paused_until), wishes.language),
    )
    db.execute("UPDATE contact SET updated_at = ? WHERE id = ?", (to_text(now), contact_id))
