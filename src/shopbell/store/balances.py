"""Adds up what must come out: texts, parts, decisions, stops, imports, the search index.

Must not change anything. A new kind of thing that is counted gets one function here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from shopbell.domain.balances import Balance, balance, history_fault, parts_fault
from shopbell.domain.texts import Encoding, State
from shopbell.store.shop_row import blind_key, hashed

if TYPE_CHECKING:
    from sqlite_utils import Database

_LEFT = (State.SENDING, State.ACCEPTED, State.SENT, State.DELIVERED, State.UNKNOWN)
"""States of a text that left, or may have left, the shop."""


def all_balances(db: Database) -> tuple[Balance, ...]:
    """Return every balance, in the order in which a person would ask."""
    return tuple(add_up(db) for add_up in _BALANCES)


def _texts(db: Database) -> Balance:
    history: dict[int, list[State]] = {}
    events = db.execute("SELECT text_id, state FROM text_event ORDER BY text_id, id")
    for text_id, rows in groupby(events, key=lambda row: row[0]):
        history[text_id] = [State(state) for _, state in rows]
    texts = db.execute("SELECT id, state FROM text ORDER BY id").fetchall()
    return balance(
        "texts",
        "each is where its history says",
        len(texts),
        _found(history_fault(id_, State(state), history.get(id_, ())) for id_, state in texts),
    )


def _parts(db: Database) -> Balance:
    texts = db.execute("SELECT id, final_text, encoding, units, segments FROM text ORDER BY id")
    rows = texts.fetchall()
    return balance(
        "parts",
        f"{sum(row[4] for row in rows):,} parts, as counted anew",
        len(rows),
        _found(
            parts_fault(id_, final, Encoding(encoding), units, segments)
            for id_, final, encoding, units, segments in rows
        ),
    )


def _decisions(db: Database) -> Balance:
    marks = ", ".join(f"'{state}'" for state in _LEFT)
    left = _count(db, f"text WHERE state IN ({marks})")
    wrong = db.execute(
        "SELECT t.id FROM text t JOIN decision d ON d.id = t.decision_id"
        f" WHERE t.state IN ({marks}) AND (d.verdict <> 'allow' OR d.number <> t.number)"
        " ORDER BY t.id"
    )
    faults = (f"Text {id_} left though its decision did not allow it." for (id_,) in wrong)
    return balance("decisions", "each that left was allowed to", left, faults)


def _stops(db: Database) -> Balance:
    stopped = {bytes(row[0]) for row in db.execute("SELECT bidx FROM suppression")}
    key = blind_key(db)
    # The one text that confirms a stop may follow it.
    waiting = db.execute(
        "SELECT id, number FROM text WHERE state IN ('draft', 'waiting', 'held')"
        " AND purpose <> 'compliance' ORDER BY id"
    ).fetchall()
    faults = (
        f"Text {id_} waits for a number on the stop list."
        for id_, number in waiting
        if hashed(key, number) in stopped
    )
    return balance("stops", "nothing waits for any of them", len(stopped), faults)


def _imports(db: Database) -> Balance:
    rows = db.execute(
        "SELECT b.id, b.granted, (SELECT count(*) FROM import_grant g WHERE g.batch_id = b.id),"
        " b.new, (SELECT count(*) FROM contact c WHERE c.batch_id = b.id)"
        " FROM import_batch b ORDER BY b.id"
    ).fetchall()

    def faults() -> Iterator[str]:
        for id_, granted, in_ledger, new, here in rows:
            if granted != in_ledger:
                yield f"Import {id_} says {granted} yeses, and the ledger has {in_ledger} of it."
            if here > new:
                yield f"Import {id_} says {new} new people, and {here} are on file."

    return balance("imports", "their counts are those of the file", len(rows), faults())


def _search(db: Database) -> Balance:
    missing = db.execute(
        "SELECT id FROM contact WHERE id NOT IN (SELECT rowid FROM contact_fts) ORDER BY id"
    ).fetchall()
    strangers = db.execute(
        "SELECT rowid FROM contact_fts WHERE rowid NOT IN (SELECT id FROM contact) ORDER BY rowid"
    ).fetchall()
    faults = [f"Contact {id_} cannot be found by searching." for (id_,) in missing]
    faults += [f"The search still knows contact {id_}, who is gone." for (id_,) in strangers]
    return balance("search", "each can be found", _count(db, "contact"), faults)


def _count(db: Database, what: str) -> int:
    return int(db.execute(f"SELECT count(*) FROM {what}").fetchone()[0])


def _found(faults: Iterator[str | None]) -> Iterator[str]:
    return (fault for fault in faults if fault is not None)


_BALANCES: tuple[Callable[[Database], Balance], ...]
_BALANCES = (_texts, _parts, _decisions, _stops, _imports, _search)
