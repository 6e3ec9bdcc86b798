"""The yeses that an import brings: with proof into the ledger, without proof kept as claimed.

Works on the stage after those who said stop were taken off it. Must not weigh a proof: what is
missing was written into each yes when its row was read, and `signup.refusal` has the last word.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from shopbell.domain.consent import Act, ConsentDraft, ConsentEvent, standing
from shopbell.domain.frozen import from_json
from shopbell.domain.ids import E164, BatchId
from shopbell.domain.importing import ConsentCounts
from shopbell.domain.open_yes import must_be_confirmed
from shopbell.domain.row_yes import UNCONFIRMED, RowYes
from shopbell.domain.signup import refusal
from shopbell.store import claims, consents, topics

if TYPE_CHECKING:
    from sqlite_utils import Database

_AT_ONCE = 500

_STAGED = (
    "SELECT y.number, y.yes FROM temp.staged_yes y"
    " WHERE EXISTS (SELECT 1 FROM temp.staged s WHERE s.number = y.number)"
)

Events = Sequence[ConsentEvent | ConsentDraft]


@dataclass(slots=True)
class _Tally:
    """How many yeses went which way so far."""

    granted: int = 0
    already: int = 0
    claimed: int = 0

    def counts(self) -> ConsentCounts:
        return ConsentCounts(granted=self.granted, already=self.already, claimed=self.claimed)


def count(db: Database, now: datetime) -> ConsentCounts:
    """Count what `write` would do; nothing is written."""
    tally = _Tally()
    for _ in _new_ones(db, now, tally):
        pass
    return tally.counts()


def write(db: Database, batch_id: BatchId, source: str, now: datetime) -> ConsentCounts:
    """Record every staged yes that is not on file."""
    tally = _Tally()
    drafts: list[ConsentDraft] = []
    claimed: list[tuple[E164, RowYes]] = []
    for number, found in _new_ones(db, now, tally):
        if isinstance(found, ConsentDraft):
            drafts.append(found)
        else:
            claimed.append((number, found))
    ids = consents.append_many(db, drafts, now)
    db.conn.executemany("INSERT INTO import_grant VALUES (?, ?)", ((one, batch_id) for one in ids))
    claims.add_many(db, claimed, source, batch_id, now)
    return tally.counts()


def _new_ones(
    db: Database, now: datetime, tally: _Tally
) -> Iterator[tuple[E164, ConsentDraft | RowYes]]:
    """Yield the staged yeses that are not on file: as an entry, or as a claim."""
    seen: dict[E164, list[ConsentDraft]] = {}
    claimed: set[claims.Key] = set()
    on_file = claims.keys(db)
    known = topics.every(db)
    for number, yes, events in _staged(db):
        draft = yes.draft(number)
        if draft is not None and (reason := refusal(draft, None, now)) is not None:
            yes, draft = replace(yes, missing=reason.sentence), None
        if draft is not None and must_be_confirmed(draft, known):
            yes, draft = replace(yes, missing=UNCONFIRMED), None
        if draft is not None:
            if _is_recorded(draft, (*events, *seen.get(number, ()))):
                tally.already += 1
                continue
            seen.setdefault(number, []).append(draft)
            tally.granted += 1
            yield number, draft
            continue
        claim = (number, yes.purpose, yes.topics)
        if claim in claimed or _has_better(yes, events) or claim in on_file:
            continue
        claimed.add(claim)
        tally.claimed += 1
        yield number, yes


def _staged(db: Database) -> Iterator[tuple[E164, RowYes, tuple[ConsentEvent, ...]]]:
    rows = db.execute(_STAGED)
    while chunk := rows.fetchmany(_AT_ONCE):
        events = consents.events_of_many(db, sorted({E164(number) for number, _ in chunk}))
        for number, yes in chunk:
            yield E164(number), _yes(yes), events.get(E164(number), ())


@lru_cache(maxsize=4096)
def _yes(text: str) -> RowYes:
    return from_json(RowYes, text)


def _is_recorded(draft: ConsentDraft, events: Events) -> bool:
    return any(
        event.act is Act.GRANTED
        and (event.purpose, event.topics, event.how) == (draft.purpose, draft.topics, draft.how)
        and (event.at, event.wording) == (draft.at, draft.wording)
        for event in events
    )


def _has_better(yes: RowYes, events: tuple[ConsentEvent, ...]) -> bool:
    """Return whether a yes with proof stands that says as much."""
    return any(
        not grant.topics or (yes.topics and set(yes.topics) <= set(grant.topics))
        for grant in standing(events, yes.purpose)
    )
