"""What the file can prove about one number: ledger entries with their links. Must not judge."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopbell.domain.dossier import ChainVerdict, LedgerEntry, TextStory
from shopbell.domain.ids import E164
from shopbell.domain.ledger import first_break
from shopbell.store import consents, text_rows

if TYPE_CHECKING:
    from sqlite_utils import Database

EVERYTHING = 2**31
"""More rows than one person can have."""


def entries(db: Database, number: E164) -> tuple[LedgerEntry, ...]:
    """Return every act of a number with its wording and its links, oldest first."""
    links = {
        row[0]: row[1:]
        for row in db.execute(
            "SELECT c.id, w.id, w.sha256, c.prev_hash, c.hash"
            " FROM consent c JOIN wording w ON w.id = c.wording_id WHERE c.number = ?",
            (number,),
        )
    }
    found = []
    for event in consents.events_of(db, number):
        wording_id, wording_sha256, previous_hash, digest = links[event.id]
        found.append(
            LedgerEntry(
                event=event,
                wording_id=wording_id,
                wording_sha256=wording_sha256,
                previous_hash=previous_hash,
                hash=digest,
            )
        )
    return tuple(found)


def stories(db: Database, number: E164) -> tuple[TextStory, ...]:
    """Return every text to a number with its history, oldest first."""
    texts, _ = text_rows.find(db, (), number, 0, EVERYTHING)
    return tuple(
        TextStory(text=text, events=text_rows.events(db, text.id)) for text in reversed(texts)
    )


def chain_verdict(db: Database) -> ChainVerdict:
    """Walk the whole ledger."""
    return ChainVerdict(
        entries=int(db.execute("SELECT count(*) FROM consent").fetchone()[0]),
        first_bad=first_break(consents.chain(db)),
        head=consents.head(db),
    )
