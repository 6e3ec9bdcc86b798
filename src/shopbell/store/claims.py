"""Yeses that lists claim without proof. Must not be asked by anything that decides about a text."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from shopbell.domain.consent import Purpose
from shopbell.domain.ids import E164, BatchId
from shopbell.domain.row_yes import Claim, RowYes
from shopbell.store.times import from_text, maybe_from_text, to_text

if TYPE_CHECKING:
    from sqlite_utils import Database

_COLUMNS = "number, purpose, topics, said, at, missing, source, recorded_at"


Key = tuple[E164, str, tuple[str, ...]]
"""A number, a purpose and topics: claimed once only."""


def keys(db: Database) -> frozenset[Key]:
    """Return what is on file as claimed."""
    rows = db.execute("SELECT number, purpose, topics FROM claimed_consent")
    return frozenset(
        (E164(number), str(purpose), tuple(json.loads(topics))) for number, purpose, topics in rows
    )


def add_many(
    db: Database,
    yeses: Iterable[tuple[E164, RowYes]],
    source: str,
    batch_id: BatchId,
    now: datetime,
) -> None:
    """Keep yeses as claimed; nothing happens where one is on file."""
    stamp = to_text(now)
    db.conn.executemany(
        f"INSERT INTO claimed_consent (batch_id, {_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (number, purpose, topics) DO NOTHING",
        (
            (
                batch_id,
                number,
                yes.purpose,
                json.dumps(yes.topics),
                yes.said,
                to_text(yes.at),
                yes.missing,
                source,
                stamp,
            )
            for number, yes in yeses
        ),
    )


def of(db: Database, number: E164) -> tuple[Claim, ...]:
    """Return what lists claim about a number, oldest first."""
    rows = db.execute(
        f"SELECT {_COLUMNS} FROM claimed_consent WHERE number = ? ORDER BY id", (number,)
    )
    return tuple(_claim(row) for row in rows)


def forget(db: Database, batch_id: BatchId) -> None:
    """Drop what one import claimed."""
    db.execute("DELETE FROM claimed_consent WHERE batch_id = ?", (batch_id,))


def _claim(row: Sequence[Any]) -> Claim:
    return Claim(
        number=E164(row[0]),
        purpose=Purpose(row[1]),
        topics=tuple(json.loads(row[2])),
        said=row[3],
        at=maybe_from_text(row[4]),
        missing=row[5],
        source=row[6],
        recorded_at=from_text(row[7]),
    )
