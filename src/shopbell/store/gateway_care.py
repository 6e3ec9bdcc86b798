"""How a gateway does: the last STOP through it, a promise instead, since when it is lost.

Must not connect to one, and must not judge (see `domain.stop_path` and `domain.gateway_alarms`).
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from shopbell.domain.gateway_alarms import Heard
from shopbell.store.times import maybe_from_text, to_text

if TYPE_CHECKING:
    from sqlite_utils import Database


def account_changed(db: Database, name: str, at: datetime) -> None:
    """Begin anew: what was proved with another account proves nothing."""
    db.execute(
        "UPDATE gateway SET account_since = ?, stops_instead = '', stops_instead_at = NULL,"
        " unreachable_since = NULL WHERE name = ?",
        (to_text(at), name),
    )


def last_stop(db: Database, name: str) -> datetime | None:
    """Return when the last certain STOP from a number came in with the present account."""
    (at,) = db.execute(
        "SELECT max(r.received_at) FROM reply r JOIN gateway g ON g.name = r.gateway"
        " WHERE g.name = ? AND r.band = 'opt_out' AND r.number IS NOT NULL"
        " AND r.received_at >= g.account_since AND r.at >= g.account_since",
        (name,),
    ).fetchone()
    return maybe_from_text(at)


def promise_of(db: Database, name: str) -> tuple[str, datetime | None]:
    """Return how stops reach the list instead, and when that was said."""
    row = db.execute(
        "SELECT stops_instead, stops_instead_at FROM gateway WHERE name = ?", (name,)
    ).fetchone()
    return ("", None) if row is None else (row[0], maybe_from_text(row[1]))


def promised(db: Database, name: str, words: str, at: datetime) -> None:
    """Keep how stops reach the list instead."""
    db.execute(
        "UPDATE gateway SET stops_instead = ?, stops_instead_at = ? WHERE name = ?",
        (words, to_text(at), name),
    )


def lost(db: Database, name: str, at: datetime) -> None:
    """Remember since when it has not been reached; the first of several times counts."""
    db.execute(
        "UPDATE gateway SET unreachable_since = coalesce(unreachable_since, ?) WHERE name = ?",
        (to_text(at), name),
    )


def reached(db: Database, name: str) -> None:
    """Forget that it was not reached."""
    db.execute(
        "UPDATE gateway SET unreachable_since = NULL"
        " WHERE name = ? AND unreachable_since IS NOT NULL",
        (name,),
    )


def heard(db: Database, name: str) -> Heard:
    """Return what has come in through a gateway with the present account, and gone out since."""
    lost_since, account_since = db.execute(
        "SELECT unreachable_since, account_since FROM gateway WHERE name = ?", (name,)
    ).fetchone() or (None, "")
    (last,) = db.execute(
        "SELECT max(received_at) FROM reply WHERE gateway = ? AND received_at >= ?",
        (name, account_since),
    ).fetchone()
    first, texts = db.execute(
        "SELECT min(updated_at), count(*) FROM text WHERE gateway = ? AND updated_at >= ?"
        " AND state IN ('accepted', 'sent', 'delivered')",
        (name, last or account_since),
    ).fetchone()
    return Heard(
        unreachable_since=maybe_from_text(lost_since),
        last_reply=maybe_from_text(last),
        first_text=maybe_from_text(first),
        texts_since=texts,
    )
