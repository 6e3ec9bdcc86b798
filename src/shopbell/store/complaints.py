"""Complaints with their clocks. Must not say what follows from one: the gate does."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from shopbell.domain.complaints import Complaint, ComplaintDraft, ComplaintKind
from shopbell.domain.consent import How
from shopbell.domain.ids import E164, ComplaintId
from shopbell.store.times import from_text, maybe_from_text, to_text

if TYPE_CHECKING:
    from sqlite_utils import Database

_COLUMNS = (
    "id, number, kind, words, how, at, recorded_at, who, due_at, closed_at, closed_by, outcome"
)


def add(db: Database, draft: ComplaintDraft, due_at: datetime, now: datetime) -> Complaint:
    """Write one down."""
    row = db.execute(
        "INSERT INTO complaint (number, kind, words, how, at, recorded_at, who, due_at, closed_by,"
        f" outcome) VALUES (?, ?, ?, ?, ?, ?, ?, ?, '', '') RETURNING {_COLUMNS}",
        (
            draft.number,
            draft.kind,
            draft.words,
            draft.how,
            to_text(draft.at),
            to_text(now),
            draft.who,
            to_text(due_at),
        ),
    ).fetchone()
    return _complaint(row)


def get(db: Database, complaint_id: ComplaintId) -> Complaint | None:
    """Return one."""
    row = db.execute(f"SELECT {_COLUMNS} FROM complaint WHERE id = ?", (complaint_id,)).fetchone()
    return None if row is None else _complaint(row)


def find(db: Database, *, open_only: bool, number: E164 | None = None) -> tuple[Complaint, ...]:
    """Return complaints: the open ones first, the most urgent of them first, then the newest."""
    where = ["1"] + ["closed_at IS NULL"] * open_only + ["number = ?"] * (number is not None)
    rows = db.execute(
        f"SELECT {_COLUMNS} FROM complaint WHERE {' AND '.join(where)} ORDER BY"
        " closed_at IS NOT NULL, CASE WHEN closed_at IS NULL THEN due_at END, at DESC, id DESC",
        [number] if number is not None else [],
    )
    return tuple(_complaint(row) for row in rows)


def open_since(db: Database, numbers: Sequence[E164]) -> dict[E164, datetime]:
    """Return, for those of `numbers` with an open complaint, when the first of them was made."""
    marks = ", ".join("?" * len(numbers))
    rows = db.execute(
        f"SELECT number, min(at) FROM complaint WHERE number IN ({marks}) AND closed_at IS NULL"
        " GROUP BY number",
        list(numbers),
    )
    return {E164(number): from_text(at) for number, at in rows}


def close(
    db: Database, complaint_id: ComplaintId, outcome: str, who: str, now: datetime
) -> Complaint | None:
    """Write down how an open complaint ended; None if there is no such open one."""
    row = db.execute(
        "UPDATE complaint SET closed_at = ?, outcome = ?, closed_by = ?"
        f" WHERE id = ? AND closed_at IS NULL RETURNING {_COLUMNS}",
        (to_text(now), outcome, who, complaint_id),
    ).fetchone()
    return None if row is None else _complaint(row)


def _complaint(row: Sequence[Any]) -> Complaint:
    return Complaint(
        id=ComplaintId(row[0]),
        number=None if row[1] is None else E164(row[1]),
        kind=ComplaintKind(row[2]),
        words=row[3],
        how=How(row[4]),
        at=from_text(row[5]),
        recorded_at=from_text(row[6]),
        who=row[7],
        due_at=from_text(row[8]),
        closed_at=maybe_from_text(row[9]),
        closed_by=row[10],
        outcome=row[11],
    )
