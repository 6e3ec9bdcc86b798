"""Which yeses were welcomed, and what each welcome promised. Must not write the welcome itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from shopbell.domain.consent import ConsentEvent
from shopbell.domain.facts import Welcomed
from shopbell.domain.ids import E164, ConsentId, OccasionId
from shopbell.domain.promises import Frequency
from shopbell.domain.texts import COUNTS_FOR_CAPS
from shopbell.store.times import from_text, to_text

if TYPE_CHECKING:
    from sqlite_utils import Database

_MAY_STAND = ", ".join(f"'{state}'" for state in sorted((*COUNTS_FOR_CAPS, "held", "draft")))


def welcomed(db: Database, number: E164) -> dict[ConsentId, datetime]:
    """Return the yeses whose welcome waits, left or may have arrived, and when it was written.

    One that certainly did not arrive leaves its yes unwelcomed.
    """
    rows = db.execute(
        "SELECT w.consent_id, w.at FROM welcomed w JOIN occasion o ON o.id = w.occasion_id"
        " LEFT JOIN text t ON t.id = o.text_id"
        f" WHERE w.number = ? AND (t.id IS NULL OR t.state IN ({_MAY_STAND}))",
        (number,),
    )
    return {ConsentId(consent_id): from_text(at) for consent_id, at in rows}


def from_lists(db: Database, number: E164) -> frozenset[ConsentId]:
    """Return the yeses of a number that an import brought."""
    rows = db.execute(
        "SELECT g.consent_id FROM import_grant g JOIN consent c ON c.id = g.consent_id"
        " WHERE c.number = ?",
        (number,),
    )
    return frozenset(ConsentId(consent_id) for (consent_id,) in rows)


def keep(
    db: Database,
    yeses: Iterable[ConsentEvent],
    occasion: OccasionId,
    often: Frequency | None,
    now: datetime,
) -> None:
    """Note that these yeses are welcomed by the text of an occasion, and what it promises."""
    for yes in yeses:
        db.execute(
            "INSERT OR REPLACE INTO welcomed VALUES (?, ?, ?, ?, ?, ?)",
            (
                yes.id,
                yes.number,
                occasion,
                None if often is None else often.n,
                None if often is None else often.days,
                to_text(now),
            ),
        )


def promises_of(
    db: Database, numbers: Sequence[E164], consents: Mapping[E164, tuple[ConsentEvent, ...]]
) -> dict[E164, tuple[Welcomed, ...]]:
    """Return what the welcomes of each number promised, oldest first; `consents` are their acts."""
    marks = ", ".join("?" * len(numbers))
    rows = db.execute(
        "SELECT number, occasion_id, consent_id, promised_n, promised_days, at FROM welcomed"
        f" WHERE number IN ({marks}) AND promised_n IS NOT NULL"
        " ORDER BY at, occasion_id, consent_id",
        list(numbers),
    )
    found: dict[E164, dict[int, Welcomed]] = {}
    for number, occasion, consent_id, n, days, at in rows:
        of_number = found.setdefault(E164(number), {})
        before = of_number.get(occasion)
        acts = {event.id: event.topics for event in consents.get(E164(number), ())}
        topics = acts.get(ConsentId(consent_id), ())
        of_number[occasion] = Welcomed(
            consents=(*(before.consents if before else ()), ConsentId(consent_id)),
            topics=topics if before is None else _joined(before.topics, topics),
            often=Frequency(n=n, days=days),
            at=from_text(at),
        )
    return {number: tuple(welcomes.values()) for number, welcomes in found.items()}


def _joined(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    """Return all topics of two yeses; none at all if one of them is for any topic."""
    return tuple(dict.fromkeys((*one, *other))) if one and other else ()
