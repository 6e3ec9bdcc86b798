"""What contacts wished about being reached. Must not judge a text."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from shopbell.domain.ids import E164, ContactId
from shopbell.domain.promises import Frequency
from shopbell.domain.weeks import read_week, week_text
from shopbell.domain.wishes import NO_WISHES, Channel, Wishes
from shopbell.store.times import maybe_from_text, to_text

if TYPE_CHECKING:
    from sqlite_utils import Database


def of_number(db: Database, number: E164) -> Wishes:
    """Return the wishes of whoever has this number; the defaults if there are none."""
    return of_numbers(db, [number]).get(number, NO_WISHES)


def of_numbers(db: Database, numbers: Sequence[E164]) -> dict[E164, Wishes]:
    """Return the wishes of those who have any."""
    marks = ", ".join("?" * len(numbers))
    rows = db.execute(
        "SELECT c.number, w.channel, w.paused_until, w.language, w.hours, w.most_n, w.most_days"
        f" FROM wish w JOIN contact c ON c.id = w.contact_id WHERE c.number IN ({marks})",
        list(numbers),
    )
    return {
        E164(number): Wishes(
            channel=None if channel is None else Channel(channel),
            paused_until=maybe_from_text(paused_until),
            language=language,
            hours=read_week(hours) if hours else None,
            most=None if most_n is None else Frequency(n=most_n, days=most_days),
        )
        for number, channel, paused_until, language, hours, most_n, most_days in rows
    }


def keep(db: Database, contact_id: ContactId, wishes: Wishes, now: datetime) -> None:
    """Write a contact's wishes over those on file; the contact counts as changed with them."""
    db.execute(
        "INSERT OR REPLACE INTO wish (contact_id, channel, paused_until, language, hours,"
        " most_n, most_days) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            contact_id,
            wishes.channel,
            to_text(wishes.paused_until),
            wishes.language,
            "" if wishes.hours is None else week_text(wishes.hours),
            None if wishes.most is None else wishes.most.n,
            None if wishes.most is None else wishes.most.days,
        ),
    )
    db.execute("UPDATE contact SET updated_at = ? WHERE id = ?", (to_text(now), contact_id))
