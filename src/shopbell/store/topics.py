"""What people can choose to hear about, as the owner keeps it. Must not say who chose what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopbell.domain.consent import Purpose
from shopbell.domain.promises import Frequency
from shopbell.domain.topics import TOPICS, Topic

if TYPE_CHECKING:
    from sqlite_utils import Database


def every(db: Database) -> tuple[Topic, ...]:
    """Return all topics, those of a new shop first, then the owner's own in the order they came."""
    rows = db.execute(
        "SELECT id, words, purpose, promised_n, promised_days, confirm, offered, keyword"
        " FROM topic ORDER BY position, id"
    )
    kept = {
        id_: Topic(
            id=id_,
            words=words,
            purpose=Purpose(purpose),
            often=None if n is None else Frequency(n=n, days=days),
            confirm=bool(confirm),
            offered=bool(offered),
            keyword=keyword,
        )
        for id_, words, purpose, n, days, confirm, offered, keyword in rows
    }
    usual = tuple(kept.pop(topic.id, topic) for topic in TOPICS)
    return (*usual, *kept.values())


def keep(db: Database, topic: Topic) -> None:
    """Write a topic over the one with its id, or after all others."""
    db.execute(
        "INSERT INTO topic (id, words, purpose, promised_n, promised_days, confirm, offered,"
        " keyword, position) VALUES (?, ?, ?, ?, ?, ?, ?, ?, (SELECT count(*) FROM topic))"
        " ON CONFLICT (id) DO UPDATE SET words = excluded.words, purpose = excluded.purpose,"
        " promised_n = excluded.promised_n, promised_days = excluded.promised_days,"
        " confirm = excluded.confirm, offered = excluded.offered,"
        " keyword = excluded.keyword",
        (
            topic.id,
            topic.words,
            topic.purpose,
            None if topic.often is None else topic.often.n,
            None if topic.often is None else topic.often.days,
            int(topic.confirm),
            int(topic.offered),
            topic.keyword,
        ),
    )
