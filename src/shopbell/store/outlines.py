"""Reads people in outline for a plan: a few columns of each, and no words. Must not judge anybody.

What an outline says is what `gathering` would say of the same person (a test compares them).
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from shopbell.domain.consent import Act, Basis, Purpose
from shopbell.domain.ids import E164, ContactId
from shopbell.domain.outlines import Outline, SaidAct
from shopbell.domain.promises import Frequency
from shopbell.domain.texts import COUNTS_FOR_CAPS
from shopbell.store import complaints, links, open_yeses
from shopbell.store.gathering import LOOK_BACK
from shopbell.store.shop_row import blind_key, hashed
from shopbell.store.times import from_text, to_text

if TYPE_CHECKING:
    from sqlite_utils import Database

_AT = "coalesce(started_at, not_before, created_at)"
_COUNT = ", ".join(f"'{state}'" for state in sorted(COUNTS_FOR_CAPS))

Past = tuple[datetime | None, datetime | None, tuple[datetime, ...]]
Acts = tuple[tuple[SaidAct, ...], datetime, datetime]

_NO_PAST: Past = (None, None, ())


def longest_promise(db: Database) -> timedelta:
    """Return the longest stretch for which anybody was promised anything."""
    row = db.execute(
        "SELECT max(coalesce((SELECT max(promised_days) FROM consent), 0),"
        " coalesce((SELECT max(promised_days) FROM welcomed), 0))"
    ).fetchone()
    return timedelta(days=row[0])


def outlines(
    db: Database, numbers: Sequence[E164], purpose: Purpose, now: datetime, past_since: datetime
) -> tuple[Outline, ...]:
    """Return each of `numbers` in outline, in their order; texts of `purpose` since `past_since`.

    Ask for some hundreds at a time: every number becomes a bound value.
    """
    people = _contacts(db, numbers)
    ids = [row[0] for row in people.values()]
    out = _stopped(db, numbers) | _unclear(db, numbers) | links.others_of(db, numbers).keys()
    out |= complaints.open_since(db, numbers).keys() | open_yeses.of_numbers(db, numbers).keys()
    wishing, acts = _wishing(db, ids), _acts(db, numbers)
    past = _past(db, numbers, purpose, now, past_since)
    inbound, welcomed = _inbound(db, numbers), _welcomed(db, numbers)
    found: list[Outline] = []
    for number in numbers:
        contact_id, name, region, zone = people.get(number, _NOBODY)
        said, first, last = acts.get(number, _NO_ACTS)
        sent_at, footer_at, times = past.get(number, _NO_PAST)
        wrote_at = inbound.get(number)
        heard = [at for at in (sent_at, wrote_at) if at is not None]
        found.append(
            Outline(
                contact_id=contact_id,
                name=name,
                region=region,
                zone=zone,
                stands_out=number in out or contact_id in wishing,
                acts=said,
                first_act_at=first,
                last_act_at=last,
                welcomed=tuple(welcomed.get(number, ())),
                last_heard_at=max(heard, default=None),
                last_footer_at=footer_at,
                past=times,
            )
        )
    return tuple(found)


_NOBODY: tuple[ContactId | None, str, str | None, str | None] = (None, "", None, None)
_NO_ACTS: tuple[tuple[SaidAct, ...], datetime | None, datetime | None] = ((), None, None)


def _contacts(
    db: Database, numbers: Sequence[E164]
) -> dict[E164, tuple[ContactId, str, str | None, str | None]]:
    rows = db.execute(
        f"SELECT number, id, name, region, zone FROM contact WHERE number IN ({_marks(numbers)})",
        list(numbers),
    )
    return {
        number: (contact_id, name, region, zone) for number, contact_id, name, region, zone in rows
    }


def _stopped(db: Database, numbers: Sequence[E164]) -> set[E164]:
    if db.execute("SELECT 1 FROM suppression LIMIT 1").fetchone() is None:
        return set()
    key = blind_key(db)
    by_hash = {hashed(key, number): number for number in numbers}
    rows = db.execute(
        f"SELECT bidx FROM suppression WHERE bidx IN ({_marks(by_hash)})", list(by_hash)
    )
    return {by_hash[bytes(bidx)] for (bidx,) in rows}


def _unclear(db: Database, numbers: Sequence[E164]) -> set[E164]:
    rows = db.execute(
        "SELECT DISTINCT number FROM reply WHERE band = 'hold' AND judged_at IS NULL"
        f" AND number IN ({_marks(numbers)})",
        list(numbers),
    )
    return {number for (number,) in rows}


def _wishing(db: Database, ids: Sequence[ContactId]) -> set[ContactId | None]:
    """Return those with any wish but a language, which binds no text."""
    rows = db.execute(
        f"SELECT contact_id FROM wish WHERE contact_id IN ({_marks(ids)})"
        " AND (channel IS NOT NULL OR paused_until IS NOT NULL OR hours <> ''"
        " OR most_n IS NOT NULL)",
        list(ids),
    )
    return {contact_id for (contact_id,) in rows}


def _acts(db: Database, numbers: Sequence[E164]) -> dict[E164, Acts]:
    rows = db.execute(
        "SELECT number, at, act, purpose, topics, basis, promised_n, promised_days FROM consent"
        f" WHERE number IN ({_marks(numbers)}) ORDER BY number, id",
        list(numbers),
    )
    found: dict[E164, list[tuple[datetime, SaidAct]]] = defaultdict(list)
    for number, at, *rest in rows:
        found[number].append((from_text(at), _act(*rest)))
    answer: dict[E164, Acts] = {}
    for number, acts in found.items():
        if len(acts) > 1:
            acts.sort(key=_when)
        answer[number] = (tuple([act for _, act in acts]), acts[0][0], acts[-1][0])
    return answer


def _when(said: tuple[datetime, SaidAct]) -> datetime:
    return said[0]


@lru_cache(maxsize=4096)
def _act(
    act: str, purpose: str, topics: str, basis: str | None, n: int | None, days: int | None
) -> SaidAct:
    return SaidAct(
        act=Act(act),
        purpose=Purpose(purpose),
        topics=tuple(json.loads(topics)),
        basis=Basis.EXPRESS if basis is None else Basis(basis),
        promised=None if n is None or days is None else Frequency(n=n, days=days),
    )


def _past(
    db: Database, numbers: Sequence[E164], purpose: Purpose, now: datetime, since: datetime
) -> dict[E164, Past]:
    """Return when texts were: all since `since`, else only the last one of before."""
    rows = db.execute(
        f"SELECT number, {_AT}, purpose, footer <> '' FROM text INDEXED BY text_past"
        f" WHERE number IN ({_marks(numbers)}) AND {_AT} > ? AND state IN ({_COUNT})"
        " AND created_at >= ?",
        [*numbers, to_text(since), to_text(now - LOOK_BACK)],
    ).fetchall()
    found: dict[E164, Past] = {}
    # Of one number in the order of the index: the latest comes last.
    for number, at, what, had_footer in rows:
        moment = from_text(at)
        _, footer, times = found.get(number, _NO_PAST)
        found[number] = (
            moment,
            moment if had_footer else footer,
            (*times, moment) if what == purpose else times,
        )
    silent = [number for number in numbers if number not in found]
    last = db.execute(
        f"SELECT number, max({_AT}) FROM text INDEXED BY text_past"
        f" WHERE number IN ({_marks(silent)}) AND state IN ({_COUNT}) AND created_at >= ?"
        " GROUP BY number",
        [*silent, to_text(now - LOOK_BACK)],
    )
    return found | {number: (from_text(at), None, ()) for number, at in last}


def _inbound(db: Database, numbers: Sequence[E164]) -> dict[E164, datetime]:
    rows = db.execute(
        f"SELECT number, max(at) FROM reply WHERE number IN ({_marks(numbers)}) GROUP BY number",
        list(numbers),
    )
    return {number: from_text(at) for number, at in rows}


def _welcomed(db: Database, numbers: Sequence[E164]) -> dict[E164, list[Frequency]]:
    rows = db.execute(
        "SELECT DISTINCT number, promised_n, promised_days FROM welcomed"
        f" WHERE promised_n IS NOT NULL AND number IN ({_marks(numbers)})",
        list(numbers),
    )
    found: dict[E164, list[Frequency]] = defaultdict(list)
    for number, n, days in rows:
        found[number].append(Frequency(n=n, days=days))
    return found


def _marks(values: Collection[Any]) -> str:
    return ", ".join("?" * len(values))
