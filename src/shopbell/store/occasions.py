"""What calls for one of the shop's own texts, and which text answered. Must not write the text."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from shopbell.domain.ids import E164, OccasionId, ReplyId, TextId
from shopbell.domain.occasions import Answered, Occasion
from shopbell.domain.promises import Frequency
from shopbell.domain.template_rules import TemplateKind
from shopbell.domain.texts import COUNTS_FOR_CAPS
from shopbell.store.times import from_text, maybe_from_text, to_text

if TYPE_CHECKING:
    from sqlite_utils import Database

LOOK_BACK = timedelta(days=7)
"""How far back automatic answers are looked for."""

_MAY_STAND = ", ".join(f"'{state}'" for state in sorted((*COUNTS_FOR_CAPS, "held", "draft")))
_COLUMNS = "id, kind, at, by_text, topics, limit_n, limit_days"


def arise(
    db: Database,
    number: E164,
    kind: TemplateKind,
    at: datetime,
    *,
    by_text: bool = False,
    topics: Sequence[str] = (),
    limit: Frequency | None = None,
    reply: ReplyId | None = None,
    until: datetime | None = None,
) -> Occasion:
    """Write down that something calls for a text of this kind."""
    row = db.execute(
        "INSERT INTO occasion (number, kind, at, by_text, topics, limit_n, limit_days, reply_id,"
        f" until) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING {_COLUMNS}",
        (
            number,
            kind,
            to_text(at),
            int(by_text),
            json.dumps(list(topics)),
            None if limit is None else limit.n,
            None if limit is None else limit.days,
            reply,
            to_text(until),
        ),
    ).fetchone()
    return _occasion(row)


def open_for(
    db: Database, numbers: Sequence[E164], text_id: int = 0
) -> dict[E164, tuple[Occasion, ...]]:
    """Return what was not answered yet, and what one text answers, by number, oldest first."""
    marks = ", ".join("?" * len(numbers))
    rows = db.execute(
        f"SELECT {_COLUMNS}, number FROM occasion WHERE number IN ({marks})"
        f" AND answered_at IS NULL UNION ALL SELECT {_COLUMNS}, number FROM occasion"
        " WHERE text_id = ? ORDER BY 1",
        [*numbers, text_id],
    )
    found: dict[E164, tuple[Occasion, ...]] = {}
    for row in rows:
        number = E164(row[-1])
        found[number] = (*found.get(number, ()), _occasion(row))
    return found


def answered(
    db: Database, numbers: Sequence[E164], now: datetime, except_text: int = 0
) -> dict[E164, tuple[Answered, ...]]:
    """Return the automatic answers of the last days that may have reached somebody, by number."""
    marks = ", ".join("?" * len(numbers))
    rows = db.execute(
        "SELECT o.number, o.kind, o.answered_at FROM occasion o JOIN text t ON t.id = o.text_id"
        f" WHERE o.number IN ({marks}) AND o.by_text = 1 AND o.answered_at >= ?"
        f" AND t.state IN ({_MAY_STAND}) AND t.id <> ? ORDER BY o.id",
        [*numbers, to_text(now - LOOK_BACK), except_text],
    )
    found: dict[E164, tuple[Answered, ...]] = {}
    for number, kind, at in rows:
        one = Answered(kind=TemplateKind(kind), at=from_text(at))
        found[E164(number)] = (*found.get(E164(number), ()), one)
    return found


def spoken_of(db: Database, number: E164, kind: TemplateKind) -> datetime | None:
    """Return the latest moment an answer of this kind spoke of; None if none did."""
    row = db.execute(
        "SELECT max(until) FROM occasion WHERE number = ? AND kind = ? AND answered_at IS NOT NULL",
        (number, kind),
    ).fetchone()
    return maybe_from_text(row[0])


def answer(db: Database, occasion: OccasionId, text_id: TextId, now: datetime) -> None:
    """Note the one text that answers.

    Raises:
        LookupError: another one has; nothing of this transaction may stay.
    """
    row = db.execute(
        "UPDATE occasion SET text_id = ?, answered_at = ? WHERE id = ? AND answered_at IS NULL"
        " RETURNING 1",
        (text_id, to_text(now), occasion),
    ).fetchone()
    if row is None:
        raise LookupError(f"occasion {occasion} has been answered")


def forget(db: Database, occasion: OccasionId) -> None:
    """Take back an occasion that no text answers: the gate refused the text."""
    db.execute("DELETE FROM occasion WHERE id = ? AND answered_at IS NULL", (occasion,))


def _occasion(row: Sequence[Any]) -> Occasion:
    return Occasion(
        id=OccasionId(row[0]),
        kind=TemplateKind(row[1]),
        at=from_text(row[2]),
        by_text=bool(row[3]),
        topics=tuple(json.loads(row[4])),
        limit=None if row[5] is None else Frequency(n=row[5], days=row[6]),
    )
