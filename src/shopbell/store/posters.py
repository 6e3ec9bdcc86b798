"""The posters that were printed: what the word on each says yes to. Must not record a yes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from shopbell.domain.consent import Purpose
from shopbell.domain.joining import Poster
from shopbell.domain.promises import Frequency
from shopbell.store.consents import keep_wording
from shopbell.store.times import from_text, to_text

if TYPE_CHECKING:
    from sqlite_utils import Database


def keep(db: Database, poster: Poster) -> None:
    """Note a poster; the newest with its word counts from now on."""
    db.execute(
        "INSERT INTO poster (keyword, wording_id, purpose, topics, promised_n, promised_days,"
        " printed_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            poster.keyword,
            keep_wording(db, poster.wording),
            poster.purpose,
            json.dumps(poster.topics),
            None if poster.often is None else poster.often.n,
            None if poster.often is None else poster.often.days,
            to_text(poster.printed_at),
        ),
    )


def newest(db: Database, keyword: str) -> Poster | None:
    """Return the newest poster with this word; None if none was printed."""
    row = db.execute(
        "SELECT w.text, p.purpose, p.topics, p.promised_n, p.promised_days, p.printed_at"
        " FROM poster p JOIN wording w ON w.id = p.wording_id WHERE p.keyword = ?"
        " ORDER BY p.id DESC LIMIT 1",
        (keyword,),
    ).fetchone()
    if row is None:
        return None
    wording, purpose, topics, n, days, printed_at = row
    return Poster(
        keyword=keyword,
        wording=wording,
        purpose=Purpose(purpose),
        topics=tuple(json.loads(topics)),
        often=None if n is None else Frequency(n=n, days=days),
        printed_at=from_text(printed_at),
    )
