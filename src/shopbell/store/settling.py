"""What became of a text: the gateway's answer, receipts, and settling the unknown.

Must not send and must not decide.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from shopbell.domain.consent import How
from shopbell.domain.gateway import Outcome, Receipt, SendResult
from shopbell.domain.ids import E164, TextId
from shopbell.domain.texts import OutboundText, State, may_move
from shopbell.store.consents import suppress
from shopbell.store.outbox import cancel_for_number
from shopbell.store.text_moves import keep_event, move
from shopbell.store.text_rows import COLUMNS, FROM, must_get, text_of_row
from shopbell.store.times import from_text, to_text

if TYPE_CHECKING:
    from sqlite_utils import Database

_RETRIES = 5
_FIRST_WAIT = timedelta(seconds=30)

_NOT_SENT = frozenset(
    {Outcome.BAD_LOGIN, Outcome.NO_CREDIT, Outcome.NOT_SENT_RETRY, Outcome.TRY_LATER}
)
"""Certainly not sent, and worth another try once the cause is gone."""


def settle_send(db: Database, text_id: TextId, result: SendResult, now: datetime) -> OutboundText:
    """Write down what the gateway said to the request."""
    text = must_get(db, text_id)
    match result.outcome:
        case Outcome.ACCEPTED | Outcome.ALREADY_ACCEPTED:
            state = State.ACCEPTED
        case Outcome.UNKNOWN:
            state = State.UNKNOWN
        case outcome if outcome in _NOT_SENT and text.attempts < _RETRIES:
            state = State.WAITING
        case _:
            state = State.FAILED
    db.execute(
        "UPDATE text SET gateway_id = coalesce(?, gateway_id), not_before = ? WHERE id = ?",
        (
            result.gateway_id,
            to_text(now + _FIRST_WAIT * 2 ** (text.attempts - 1))
            if state is State.WAITING
            else to_text(text.not_before),
            text_id,
        ),
    )
    # A receipt pushed to us may have overtaken the answer to the request.
    if may_move(text.state, state):
        move(db, text_id, text.state, state, now, result.outcome, result.detail)
    if result.outcome is Outcome.OPTED_OUT:
        _opted_out(db, text.number, result.detail, now)
    return must_get(db, text_id)


def settle_unknown(
    db: Database,
    text_id: TextId,
    state: State,
    word: str,
    detail: str,
    gateway_id: str | None,
    now: datetime,
) -> OutboundText:
    """Move an unknown text to what the gateway or the owner says it is."""
    text = must_get(db, text_id)
    if text.state is State.UNKNOWN:
        db.execute(
            "UPDATE text SET gateway_id = coalesce(?, gateway_id) WHERE id = ?",
            (gateway_id, text_id),
        )
        move(db, text_id, text.state, state, now, word, detail)
    return must_get(db, text_id)


def note(db: Database, text_id: TextId, word: str, detail: str, now: datetime) -> OutboundText:
    """Keep something that was learned about a text without moving it."""
    text = must_get(db, text_id)
    keep_event(db, text_id, now, text.state, word, detail)
    return replace(text, detail=detail)


def unknown_since(
    db: Database, gateway: str, since: datetime
) -> tuple[tuple[OutboundText, int, datetime], ...]:
    """Return unknown texts, oldest first, how often the gateway was asked, and the last news."""
    rows = db.execute(
        f"SELECT {COLUMNS}, (SELECT count(*) FROM text_event e WHERE e.text_id = t.id"
        " AND e.word = '[asked]'), (SELECT max(e.at) FROM text_event e WHERE e.text_id = t.id)"
        f" {FROM} WHERE t.state = 'unknown' AND t.gateway = ? AND t.started_at >= ? ORDER BY t.id",
        (gateway, to_text(since)),
    )
    return tuple((text_of_row(row), row[-2], from_text(row[-1])) for row in rows)


def apply_receipt(db: Database, gateway: str, receipt: Receipt, now: datetime) -> TextId | None:
    """Keep a receipt's raw word, and move the text if that is a move forward.

    Returns the text's id when something new was learned, else None.
    """
    row = db.execute(
        f"SELECT {COLUMNS} {FROM} WHERE t.gateway = ?"
        " AND ((?2 IS NOT NULL AND t.ref = ?2) OR (?2 IS NULL AND t.gateway_id = ?3))",
        (gateway, receipt.ref, receipt.gateway_id),
    ).fetchone()
    if row is None:
        return None
    text = text_of_row(row)
    last = db.execute(
        "SELECT word FROM text_event WHERE text_id = ? ORDER BY id DESC LIMIT 1", (text.id,)
    ).fetchone()
    if last is not None and last[0] == receipt.word:
        return None
    if receipt.gateway_id is not None and text.gateway_id is None:
        db.execute("UPDATE text SET gateway_id = ? WHERE id = ?", (receipt.gateway_id, text.id))
    if receipt.state is not None and may_move(text.state, receipt.state):
        move(db, text.id, text.state, receipt.state, now, receipt.word, receipt.detail)
    else:
        keep_event(db, text.id, now, text.state, receipt.word, receipt.detail)
    if receipt.opted_out:
        _opted_out(db, text.number, receipt.detail or receipt.word, now)
    return text.id


def _opted_out(db: Database, number: E164, detail: str, now: datetime) -> None:
    suppress(db, number, How.GATEWAY, detail, now, now)
    cancel_for_number(db, number, now, "The gateway says this person opted out.")


def abandon_sending(db: Database, now: datetime) -> int:
    """Turn every text a dead process was sending into `unknown`. For the new lease holder only."""
    rows = db.execute("SELECT id FROM text WHERE state = 'sending'").fetchall()
    for (text_id,) in rows:
        move(
            db,
            TextId(text_id),
            State.SENDING,
            State.UNKNOWN,
            now,
            "[interrupted]",
            "Shopbell stopped while this text was on its way. Nobody knows yet whether it left.",
        )
    return len(rows)
