"""Which text of theirs an entry of the consent ledger rests on. Must not judge either."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopbell.domain.ids import E164, ConsentId, ReplyId

if TYPE_CHECKING:
    from sqlite_utils import Database


def keep(db: Database, consent: ConsentId, reply: ReplyId) -> None:
    """Note that an entry rests on a reply."""
    db.execute("INSERT INTO consent_reply VALUES (?, ?)", (consent, reply))


def of_consents(db: Database, number: E164) -> dict[ConsentId, ReplyId]:
    """Return the replies that the entries of a number rest on."""
    rows = db.execute(
        "SELECT e.consent_id, e.reply_id FROM consent_reply e JOIN consent c ON c.id = e.consent_id"
        " WHERE c.number = ? ORDER BY e.consent_id",
        (number,),
    )
    return {ConsentId(consent): ReplyId(reply) for consent, reply in rows}
