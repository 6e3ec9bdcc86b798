"""The yeses that wait for a confirmation by text. Must not judge any, and must not ask."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from shopbell.domain.consent import ConsentDraft
from shopbell.domain.frozen import from_json, to_json
from shopbell.domain.ids import E164, ConsentId, OccasionId
from shopbell.domain.open_yes import OpenYes
from shopbell.store.times import from_text, maybe_from_text, to_text

if TYPE_CHECKING:
    from sqlite_utils import Database

_WENT = "t.started_at IS NOT NULL AND t.state NOT IN ('canceled', 'failed', 'undeliverable',"
_LEFT = f"{_WENT} 'expired')"
_SELECT = (
    "SELECT y.number, y.id, y.act, y.recorded_at,"
    f" CASE WHEN {_LEFT} THEN t.started_at END FROM open_yes y"
    " LEFT JOIN occasion o ON o.id = y.occasion_id LEFT JOIN text t ON t.id = o.text_id"
)


def keep(db: Database, act: ConsentDraft, now: datetime) -> int:
    """Write down a yes that waits; it takes the place of one that waited before."""
    db.execute(
        "UPDATE open_yes SET closed_at = ? WHERE number = ? AND closed_at IS NULL",
        (to_text(now), act.number),
    )
    row = db.execute(
        "INSERT INTO open_yes (number, act, recorded_at) VALUES (?, ?, ?) RETURNING id",
        (act.number, to_json(act), to_text(now)),
    ).fetchone()
    return int(row[0])


def asked(db: Database, open_id: int, occasion: OccasionId) -> None:
    """Note which occasion asks for the confirmation."""
    db.execute("UPDATE open_yes SET occasion_id = ? WHERE id = ?", (occasion, open_id))


def confirmed(db: Database, open_id: int, consent: ConsentId, now: datetime) -> None:
    """Note the entry of the ledger that a yes became."""
    db.execute(
        "UPDATE open_yes SET consent_id = ?, closed_at = ? WHERE id = ?",
        (consent, to_text(now), open_id),
    )


def of_numbers(db: Database, numbers: Sequence[E164]) -> dict[E164, tuple[OpenYes, ...]]:
    """Return what waits of each number that has any, oldest first."""
    marks = ", ".join("?" * len(numbers))
    rows = db.execute(
        f"{_SELECT} WHERE y.number IN ({marks}) AND y.closed_at IS NULL ORDER BY y.id",
        list(numbers),
    )
    found: dict[E164, tuple[OpenYes, ...]] = {}
    for number, *row in rows:
        found[E164(number)] = (*found.get(E164(number), ()), _open_yes(row))
    return found


def answerable(db: Database, number: E164, at: datetime, within: timedelta) -> OpenYes | None:
    """Return the yes that a YES written at `at` confirms; None if none is asked about.

    Only while the question is the last text that left for the number, and is not too old: a YES
    after another text is an answer to that.
    """
    # Gateways stamp whole seconds.
    latest = to_text(at + timedelta(seconds=1))
    row = db.execute(
        f"{_SELECT} WHERE y.number = ? AND y.closed_at IS NULL AND {_LEFT}"
        " AND t.started_at <= ? AND t.started_at > ? AND NOT EXISTS (SELECT 1 FROM text n"
        " WHERE n.number = y.number AND n.id <> t.id AND n.started_at > t.started_at"
        " AND n.started_at <= ? AND n.state NOT IN ('canceled', 'failed', 'undeliverable',"
        " 'expired')) ORDER BY y.id DESC LIMIT 1",
        (number, latest, to_text(at - within), latest),
    ).fetchone()
    return None if row is None else _open_yes(row[1:])


def _open_yes(row: Sequence[Any]) -> OpenYes:
    return OpenYes(
        id=row[0],
        act=from_json(ConsentDraft, row[1]),
        recorded_at=from_text(row[2]),
        asked_at=maybe_from_text(row[3]),
    )
