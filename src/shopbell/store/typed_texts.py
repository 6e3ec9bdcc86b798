"""Texts that were typed and not sent when the file was closed. Must not send any."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from shopbell.domain.consent import Purpose
from shopbell.domain.ids import E164
from shopbell.domain.typed_text import TypedText
from shopbell.store.times import maybe_from_text, to_text

if TYPE_CHECKING:
    from sqlite_utils import Database


def load(db: Database) -> tuple[TypedText, ...]:
    """Return all that is kept, by number."""
    rows = db.execute(
        "SELECT number, body, purpose, topic, really_service, at FROM typed_text ORDER BY number"
    )
    return tuple(
        TypedText(
            number=E164(number),
            body=body,
            purpose=Purpose(purpose),
            topic=topic,
            really_service=really_service,
            at=maybe_from_text(at),
        )
        for number, body, purpose, topic, really_service, at in rows
    )


def to(db: Database, number: E164) -> TypedText | None:
    """Return what was typed to one person, if anything is kept."""
    return next((one for one in load(db) if one.number == number), None)


def keep(db: Database, texts: Iterable[TypedText]) -> None:
    """Keep texts, each in place of what was typed to that person before."""
    db.conn.executemany(
        "INSERT OR REPLACE INTO typed_text (number, body, purpose, topic, really_service, at)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (
            (one.number, one.body, one.purpose, one.topic, one.really_service, to_text(one.at))
            for one in texts
        ),
    )


def forget(db: Database, numbers: Iterable[E164]) -> None:
    """Drop what was typed to these people."""
    db.conn.executemany("DELETE FROM typed_text WHERE number = ?", ((one,) for one in numbers))
