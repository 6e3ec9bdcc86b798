"""The consent ledger and the stop list. Must not judge what a consent is worth."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from shopbell.domain.consent import (
    Act,
    Basis,
    ConsentDraft,
    ConsentEvent,
    How,
    Purpose,
    Suppression,
    standing,
)
from shopbell.domain.frozen import from_json, to_json
from shopbell.domain.ids import E164, ConsentId
from shopbell.domain.ledger import GENESIS, Entry, link
from shopbell.domain.web_form import WebForm
from shopbell.store.shop_row import blind_index, blind_key, hashed
from shopbell.store.times import from_text, to_text

if TYPE_CHECKING:
    from sqlite_utils import Database

_EVENT = (
    "SELECT c.id, c.number, c.act, c.purpose, c.topics, w.text, c.how, c.at, c.recorded_at,"
    " c.witness, c.evidence_sha256, c.promised_n, c.promised_days, c.place, c.basis,"
    " c.form"
    " FROM consent c JOIN wording w ON w.id = c.wording_id"
)

_PROOF = "witness, evidence_sha256, promised_n, promised_days, place, basis, form"


def append(db: Database, draft: ConsentDraft, now: datetime) -> ConsentEvent:
    """Append one act to the ledger."""
    (consent_id,) = append_many(db, [draft], now)
    row = db.execute(f"{_EVENT} WHERE c.id = ?", (consent_id,)).fetchone()
    return _event(row)


def append_many(
    db: Database, drafts: Iterable[ConsentDraft], now: datetime
) -> tuple[ConsentId, ...]:
    """Append acts to the ledger, in this order; return their ids."""
    key = blind_key(db)
    wordings: dict[str, tuple[int, str]] = {}
    last = db.execute("SELECT id, hash FROM consent ORDER BY id DESC LIMIT 1").fetchone()
    first_id, previous = (1, GENESIS) if last is None else (last[0] + 1, last[1])
    recorded_at = to_text(now)
    rows: list[tuple[object, ...]] = []
    for consent_id, draft in enumerate(drafts, start=first_id):
        if draft.wording not in wordings:
            wordings[draft.wording] = _wording(db, draft.wording)
        wording_id, wording_sha = wordings[draft.wording]
        bidx = hashed(key, draft.number)
        topics, at = json.dumps(draft.topics), to_text(draft.at)
        digest = link(
            previous,
            _entry(
                bidx,
                draft.act,
                draft.purpose,
                topics,
                wording_sha,
                draft.how,
                at,
                recorded_at,
                *_proof(draft),
            ),
        )
        rows.append(
            (
                consent_id,
                draft.number,
                bidx,
                draft.act,
                draft.purpose,
                topics,
                wording_id,
                draft.how,
                at,
                recorded_at,
                *_proof(draft),
                previous,
                digest,
            )
        )
        previous = digest
    db.conn.executemany(
        "INSERT INTO consent (id, number, bidx, act, purpose, topics, wording_id, how, at,"
        f" recorded_at, {_PROOF}, prev_hash, hash)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        rows,
    )
    return tuple(ConsentId(first_id + index) for index in range(len(rows)))


def head(db: Database) -> str:
    """Return the hash of the newest entry, or the genesis hash of an empty ledger."""
    row = db.execute("SELECT hash FROM consent ORDER BY id DESC LIMIT 1").fetchone()
    return GENESIS if row is None else str(row[0])


def chain(db: Database) -> Iterator[tuple[int, str, str, Entry]]:
    """Yield every entry as `domain.ledger.first_break` wants it."""
    rows = db.execute(
        # Words of somebody who was forgotten are gone; their hash was kept.
        "SELECT c.id, c.prev_hash, c.hash, c.bidx, c.act, c.purpose, c.topics,"
        " CASE WHEN w.forgotten THEN NULL ELSE w.text END, w.sha256, c.how,"
        f" c.at, c.recorded_at, {', '.join(f'c.{name}' for name in _PROOF.split(', '))}"
        " FROM consent c JOIN wording w ON w.id = c.wording_id ORDER BY c.id"
    )
    for consent_id, prev_hash, digest, bidx, act, purpose, topics, words, kept, *values in rows:
        # The words themselves are hashed again: an edited wording must show.
        yield (
            consent_id,
            prev_hash,
            digest,
            _entry(bidx, act, purpose, topics, kept if words is None else _sha256(words), *values),
        )


def wording_text(db: Database, wording_id: int) -> str | None:
    """Return a stored wording that somebody can agree to; the words of a no or a stop are none."""
    row = db.execute(
        "SELECT text FROM wording w WHERE id = :id AND NOT forgotten AND (EXISTS"
        " (SELECT 1 FROM consent WHERE wording_id = w.id AND act = :yes)"
        " OR NOT EXISTS (SELECT 1 FROM consent WHERE wording_id = w.id))",
        {"id": wording_id, "yes": Act.GRANTED},
    ).fetchone()
    return None if row is None else str(row[0])


def keep_wording(db: Database, text: str) -> int:
    """Store a wording that was printed, once, and return its id for later sign-ups."""
    return _wording(db, text)[0]


def numbers(db: Database) -> tuple[E164, ...]:
    """Return every number there is an act of, in order."""
    rows = db.execute("SELECT DISTINCT number FROM consent WHERE number IS NOT NULL ORDER BY 1")
    return tuple(E164(row[0]) for row in rows)


def with_evidence(db: Database, sha256: str) -> tuple[ConsentId, ...]:
    """Return the entries that name this file as their evidence, oldest first."""
    rows = db.execute("SELECT id FROM consent WHERE evidence_sha256 = ? ORDER BY id", (sha256,))
    return tuple(ConsentId(row[0]) for row in rows)


def events_of(db: Database, number: E164) -> tuple[ConsentEvent, ...]:
    """Return every act of one number, oldest first."""
    return events_of_many(db, [number]).get(number, ())


def events_of_many(db: Database, numbers: Sequence[E164]) -> dict[E164, tuple[ConsentEvent, ...]]:
    """Return every act of each number that has any, oldest first."""
    marks = ", ".join("?" * len(numbers))
    rows = db.execute(f"{_EVENT} WHERE c.number IN ({marks}) ORDER BY c.id", list(numbers))
    found: dict[E164, list[ConsentEvent]] = {}
    for row in rows:
        event = _event(row)
        found.setdefault(event.number, []).append(event)
    return {number: tuple(events) for number, events in found.items()}


def standing_grants(db: Database, number: E164) -> tuple[ConsentEvent, ...]:
    """Return the yeses of a number that no later no undid, for every purpose."""
    events = events_of(db, number)
    return tuple(grant for purpose in Purpose for grant in standing(events, purpose))


def suppression_of(db: Database, number: E164) -> Suppression | None:
    """Return the standing "no" of a number, if there is one."""
    row = db.execute(
        "SELECT at, how, note FROM suppression WHERE bidx = ?", (blind_index(db, number),)
    ).fetchone()
    if row is None:
        return None
    return Suppression(at=from_text(row[0]), how=How(row[1]), note=row[2])


def is_suppressed(db: Database, number: E164) -> bool:
    """Return whether a number is on the stop list."""
    return suppression_of(db, number) is not None


def suppress(db: Database, number: E164, how: How, note: str, at: datetime, now: datetime) -> bool:
    """Put a number on the stop list and revoke what stood, in one go.

    Returns False when it was there already; then nothing changes.
    """
    # A YES after a stop confirms nothing that was asked before it.
    db.execute(
        "UPDATE open_yes SET closed_at = ? WHERE number = ? AND closed_at IS NULL",
        (to_text(now), number),
    )
    fresh = db.execute(
        "INSERT INTO suppression VALUES (?, ?, ?, ?) ON CONFLICT (bidx) DO NOTHING RETURNING 1",
        (blind_index(db, number), to_text(at), how, note),
    ).fetchone()
    if fresh is None:
        return False
    events = events_of(db, number)
    for purpose in Purpose:
        grants = standing(events, purpose)
        if grants:
            revocation = ConsentDraft(
                number=number,
                act=Act.REVOKED,
                purpose=purpose,
                topics=(),
                wording=note or "STOP",
                how=how,
                # Gateways stamp whole seconds: a stop must never sort before the yes it ends.
                at=max(at, *(grant.at for grant in grants)),
            )
            append(db, revocation, now)
    return True


def lift_suppression(db: Database, number: E164) -> bool:
    """Take a number off the stop list; only a new sign-up by the person may lead here."""
    gone = db.execute(
        "DELETE FROM suppression WHERE bidx = ? RETURNING 1", (blind_index(db, number),)
    ).fetchone()
    return gone is not None


def _wording(db: Database, text: str) -> tuple[int, str]:
    digest = _sha256(text)
    row = db.execute("SELECT id FROM wording WHERE sha256 = ?", (digest,)).fetchone()
    if row is None:
        row = db.execute(
            "INSERT INTO wording (sha256, text) VALUES (?, ?) RETURNING id", (digest, text)
        ).fetchone()
    return int(row[0]), digest


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _proof(
    draft: ConsentDraft,
) -> tuple[str | None, str | None, int | None, int | None, str | None, str | None, str | None]:
    """Return the values of the columns `_PROOF`; a plain yes has no basis written down."""
    return (
        draft.witness,
        draft.evidence_sha256,
        draft.promised_n,
        draft.promised_days,
        draft.place,
        None if draft.basis is Basis.EXPRESS else draft.basis,
        None if draft.form is None else to_json(draft.form),
    )


def _entry(
    bidx: bytes,
    act: str,
    purpose: str,
    topics: str,
    wording_sha: str,
    how: str,
    at: str,
    recorded_at: str,
    witness: str | None,
    evidence_sha256: str | None,
    promised_n: int | None,
    promised_days: int | None,
    place: str | None,
    basis: str | None,
    form: str | None,
) -> Entry:
    entry: dict[str, str | int | None] = {
        "person": bidx.hex(),
        "act": act,
        "purpose": purpose,
        "topics": topics,
        "wording": wording_sha,
        "how": how,
        "at": at,
        "recorded_at": recorded_at,
        "witness": witness,
        "evidence": evidence_sha256,
        "promised_n": promised_n,
        "promised_days": promised_days,
    }
    # Entries from before these were kept must keep their links.
    later = {"place": place, "basis": basis, "form": form}
    return entry | {name: value for name, value in later.items() if value is not None}


def _event(row: Sequence[Any]) -> ConsentEvent:
    return ConsentEvent(
        id=ConsentId(row[0]),
        number=E164(row[1]),
        act=Act(row[2]),
        purpose=Purpose(row[3]),
        topics=tuple(json.loads(row[4])),
        wording=row[5],
        how=How(row[6]),
        at=from_text(row[7]),
        recorded_at=from_text(row[8]),
        witness=row[9],
        evidence_sha256=row[10],
        promised_n=row[11],
        promised_days=row[12],
        place=row[13],
        basis=Basis.EXPRESS if row[14] is None else Basis(row[14]),
        form=None if row[15] is None else from_json(WebForm, row[15]),
    )
