"""When a person was asked whether they meant stop. Must not ask, nor judge the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopbell.domain.ids import E164
from shopbell.domain.stop_question import QUESTIONS

if TYPE_CHECKING:
    from sqlite_utils import Database

_BODIES = ", ".join("'" + question.replace("'", "''") + "'" for question in QUESTIONS)
_NEVER_WENT = "'canceled', 'failed', 'undeliverable', 'expired', 'draft'"


def asked_at(number: str) -> str:
    """Return the SQL for when the number in a column was asked last; NULL if it was not."""
    return (
        f"(SELECT max(t.created_at) FROM text t WHERE t.number = {number}"
        f" AND t.body IN ({_BODIES}) AND t.state NOT IN ({_NEVER_WENT}))"
    )


def is_question_open(db: Database, number: E164) -> bool:
    """Return whether they were asked about a reply that nobody has judged yet."""
    row = db.execute(
        "SELECT 1 FROM reply r WHERE r.number = ? AND r.band = 'hold' AND r.judged_at IS NULL"
        f" AND {asked_at('r.number')} >= r.received_at LIMIT 1",
        (number,),
    ).fetchone()
    return row is not None
