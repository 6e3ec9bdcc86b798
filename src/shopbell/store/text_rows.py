"""Reading the outbox: rows as records, lists and counts. Must not change anything."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from shopbell.domain.consent import Purpose
from shopbell.domain.ids import E164, ContactId, DecisionId, OccasionId, Ref, TextId
from shopbell.domain.template_rules import TemplateKind
from shopbell.domain.texts import Encoding, FinalText, OutboundText, State, TextEvent
from shopbell.store.times import from_text, maybe_from_text, to_text

if TYPE_CHECKING:
    from sqlite_utils import Database

COLUMNS = (
    "t.id, t.ref, t.number, t.contact_id, c.name, t.purpose, t.topic, t.body, t.final_text,"
    " t.encoding, t.units, t.segments, t.name_added, t.footer, t.price_micros, t.currency,"
    " t.state, t.decision_id, t.gateway, t.gateway_id, t.not_before, t.expires_at, t.attempts,"
    " t.detail, t.created_at, t.updated_at, t.started_at, t.really_service,"
    " t.meant_for, o.id, o.kind, a.why, t.filled_from, t.replaces"
)
FROM = (
    "FROM text t LEFT JOIN contact c ON c.id = t.contact_id"
    " LEFT JOIN occasion o ON o.text_id = t.id"
    " LEFT JOIN missed_text a ON a.text_id = t.id"
)


def next_due(db: Database) -> datetime | None:
    """Return when the next waiting or dated held text may leave; None when there is none."""
    row = db.execute(
        "SELECT min(coalesce(not_before, created_at)) FROM text"
        " WHERE (state = 'waiting' OR (state = 'held' AND not_before IS NOT NULL))"
        " AND id NOT IN (SELECT text_id FROM missed_text)"
    ).fetchone()
    return maybe_from_text(row[0])


def get(db: Database, text_id: TextId) -> OutboundText | None:
    """Return one text."""
    row = db.execute(f"SELECT {COLUMNS} {FROM} WHERE t.id = ?", (text_id,)).fetchone()
    return None if row is None else text_of_row(row)


def must_get(db: Database, text_id: TextId) -> OutboundText:
    """Return one text that is known to exist."""
    text = get(db, text_id)
    if text is None:
        raise LookupError(f"text {text_id} is gone")
    return text


def find(
    db: Database,
    states: Sequence[State],
    number: E164 | None,
    first: int,
    count: int,
) -> tuple[tuple[OutboundText, ...], int]:
    """Return texts, newest first, and how many there are; no states means all states."""
    where, values = _filter(states, number)
    total = db.execute(f"SELECT count(*) FROM text t {where}", values).fetchone()[0]
    rows = db.execute(
        f"SELECT {COLUMNS} {FROM} {where} ORDER BY t.id DESC LIMIT ? OFFSET ?",
        (*values, count, first),
    )
    return tuple(text_of_row(row) for row in rows), int(total)


def events(db: Database, text_id: TextId) -> tuple[TextEvent, ...]:
    """Return everything that happened to a text, oldest first."""
    rows = db.execute(
        "SELECT at, state, word, detail FROM text_event WHERE text_id = ? ORDER BY id", (text_id,)
    )
    return tuple(
        TextEvent(at=from_text(at), state=State(state), word=word, detail=detail)
        for at, state, word, detail in rows
    )


def counts(db: Database, since: datetime) -> dict[State, int]:
    """Return how many texts written since `since` are in which state."""
    rows = db.execute(
        "SELECT state, count(*) FROM text WHERE created_at >= ? GROUP BY state", (to_text(since),)
    )
    return {State(state): n for state, n in rows}


def open_at(db: Database, gateway: str, since: datetime) -> tuple[OutboundText, ...]:
    """Return texts a gateway has taken since `since` and may still say something about."""
    rows = db.execute(
        f"SELECT {COLUMNS} {FROM} WHERE t.gateway = ? AND t.state IN ('accepted', 'sent')"
        " AND t.updated_at >= ? ORDER BY t.id LIMIT 500",
        (gateway, to_text(since)),
    )
    return tuple(text_of_row(row) for row in rows)


def known_gateway_ids(db: Database, gateway: str, except_text: TextId) -> frozenset[str]:
    """Return the gateway ids that already belong to other texts."""
    rows = db.execute(
        "SELECT gateway_id FROM text WHERE gateway = ? AND gateway_id IS NOT NULL AND id <> ?",
        (gateway, except_text),
    )
    return frozenset(row[0] for row in rows)


def _filter(states: Sequence[State], number: E164 | None) -> tuple[str, list[str]]:
    parts: list[str] = []
    values: list[str] = []
    if states:
        parts.append(f"t.state IN ({', '.join('?' * len(states))})")
        values.extend(states)
    if number is not None:
        parts.append("t.number = ?")
        values.append(number)
    return (f"WHERE {' AND '.join(parts)}" if parts else ""), values


def text_of_row(row: Sequence[Any]) -> OutboundText:
    """Return one row of COLUMNS as a record."""
    return OutboundText(
        id=TextId(row[0]),
        ref=Ref(row[1]),
        number=E164(row[2]),
        contact_id=None if row[3] is None else ContactId(row[3]),
        name=row[4] or "",
        purpose=Purpose(row[5]),
        topic=row[6],
        body=row[7],
        final=FinalText(
            text=row[8],
            encoding=Encoding(row[9]),
            units=row[10],
            segments=row[11],
            name_added=bool(row[12]),
            footer_added=row[13],
        ),
        price_micros=row[14],
        currency=row[15],
        state=State(row[16]),
        decision_id=DecisionId(row[17]),
        gateway=row[18],
        gateway_id=row[19],
        not_before=maybe_from_text(row[20]),
        expires_at=maybe_from_text(row[21]),
        attempts=row[22],
        detail=row[23],
        created_at=from_text(row[24]),
        updated_at=from_text(row[25]),
        started_at=maybe_from_text(row[26]),
        really_service=row[27],
        meant_for=maybe_from_text(row[28]),
        occasion=None if row[29] is None else OccasionId(row[29]),
        own=None if row[30] is None else TemplateKind(row[30]),
        missed=row[31] or "",
        filled_from=row[32],
        replaces=None if row[33] is None else TextId(row[33]),
    )
