"""Whether a reply is known already, however often and by whichever way it is delivered.

Must not store anything. What is equal in every value the table itself keeps out.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from shopbell.domain.ids import E164
from shopbell.domain.replies import InboundText
from shopbell.domain.reply_evidence import fingerprint
from shopbell.store.erasure import was_forgotten_since
from shopbell.store.times import to_text

if TYPE_CHECKING:
    from sqlite_utils import Database

_SAME_FOR = timedelta(hours=1)
"""How long the same words without a time and an id are the same text."""


def came_before(
    db: Database, gateway: str, inbound: InboundText, number: E164 | None, now: datetime
) -> bool:
    """Return whether this text came before; `number` is whom its sender stands for.

    Of a person who was forgotten every earlier text came before: none of them comes back.
    """
    if number is not None and inbound.is_dated and was_forgotten_since(db, number, inbound.at):
        return True
    return _was_redacted(db, gateway, inbound) or _came_undated(db, gateway, inbound, number, now)


def _was_redacted(db: Database, gateway: str, inbound: InboundText) -> bool:
    """Return whether this text is on file without its secret: it must not come back."""
    row = db.execute(
        "SELECT 1 FROM reply WHERE gateway = ? AND gateway_id = ? AND sender = ? AND at = ?"
        " AND text_sha256 = ?",
        (
            gateway,
            inbound.gateway_id,
            inbound.sender,
            to_text(inbound.at),
            fingerprint(inbound.text),
        ),
    ).fetchone()
    return row is not None


def _came_undated(
    db: Database, gateway: str, inbound: InboundText, number: E164 | None, now: datetime
) -> bool:
    """Return whether this text is on file already, from a delivery that did not say its time.

    Without a time each delivery of one text would look like another text. It is known by the
    gateway's id then; without one, by coming again within the hour.
    """
    row = db.execute(
        "SELECT 1 FROM reply WHERE gateway = :gateway AND gateway_id = :id"
        " AND (sender = :sender OR number = :number) AND (text = :text OR text_sha256 = :hash)"
        " AND (:undated OR (at = received_at AND :id != '')) AND (:id != '' OR at > :since)",
        {
            "gateway": gateway,
            "id": inbound.gateway_id,
            "sender": inbound.sender,
            "number": number,
            "text": inbound.text,
            "hash": fingerprint(inbound.text),
            "undated": not inbound.is_dated,
            "since": to_text(now - _SAME_FOR),
        },
    ).fetchone()
    return row is not None
