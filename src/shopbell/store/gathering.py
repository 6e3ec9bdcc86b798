"""Everything the file knows about people that may bear on a decision. Must not judge anybody.

One person or hundreds: the same few queries.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from shopbell.domain.consent import How, Purpose, Suppression
from shopbell.domain.facts import PastText, PersonFacts
from shopbell.domain.ids import E164
from shopbell.domain.linked import bound_by
from shopbell.domain.texts import COUNTS_FOR_CAPS, State
from shopbell.domain.wishes import NO_WISHES
from shopbell.store import complaints, links, occasions, open_yeses, welcomes
from shopbell.store.consents import events_of_many
from shopbell.store.contacts import by_numbers
from shopbell.store.shop_row import blind_key, hashed
from shopbell.store.times import from_text, maybe_from_text, to_text
from shopbell.store.wishes import of_numbers

if TYPE_CHECKING:
    from sqlite_utils import Database


# A campaign of many reads a million rows: a look into a table is quicker than asking the enum.
_PURPOSES = {purpose.value: purpose for purpose in Purpose}
_STATES = {state.value: state for state in State}

LOOK_BACK = timedelta(days=400)
"""How far back texts are counted."""


def gather(db: Database, number: E164, now: datetime, *, except_text: int = 0) -> PersonFacts:
    """Return everything the file knows about `number` that may bear on a decision.

    `except_text` is the text being judged again: it must not count against itself.
    """
    return gather_many(db, [number], now, except_text=except_text)[0]


def gather_many(
    db: Database, numbers: Sequence[E164], now: datetime, *, except_text: int = 0
) -> tuple[PersonFacts, ...]:
    """Return the same for each of `numbers`, in their order.

    Whoever has several numbers is bound by what is on file for all of them. Ask for some hundreds
    at a time: every number becomes a bound value.
    """
    if not numbers:
        return ()
    found = _each_alone(db, numbers, now, except_text)
    linked = links.others_of(db, numbers)
    if not linked:
        return found
    others = tuple(dict.fromkeys(other for each in linked.values() for other in each))
    facts = dict(zip(others, _each_alone(db, others, now, except_text), strict=True))
    return tuple(
        bound_by(person, [(other, facts[other]) for other in linked.get(number, ())])
        for number, person in zip(numbers, found, strict=True)
    )


def _each_alone(
    db: Database, numbers: Sequence[E164], now: datetime, except_text: int
) -> tuple[PersonFacts, ...]:
    people = by_numbers(db, numbers)
    consents = events_of_many(db, numbers)
    suppressions = _suppressions(db, numbers)
    past = _past(db, numbers, now, except_text)
    inbound = _inbound(db, numbers)
    wishes = of_numbers(db, numbers)
    complained = complaints.open_since(db, numbers)
    called = occasions.open_for(db, numbers, except_text)
    promised = welcomes.promises_of(db, numbers, consents)
    answered = occasions.answered(db, numbers, now, except_text)
    unconfirmed = open_yeses.of_numbers(db, numbers)
    return tuple(
        PersonFacts(
            contact=people.get(number),
            suppression=suppressions.get(number),
            consents=consents.get(number, ()),
            past=tuple(past.get(number, ())),
            last_inbound_at=inbound.get(number, (None, None))[0],
            unclear_stop_at=inbound.get(number, (None, None))[1],
            wishes=wishes.get(number, NO_WISHES),
            occasions=called.get(number, ()),
            complained_at=complained.get(number),
            welcomes=promised.get(number, ()),
            answered=answered.get(number, ()),
            open_yeses=unconfirmed.get(number, ()),
        )
        for number in numbers
    )


def _suppressions(db: Database, numbers: Sequence[E164]) -> dict[E164, Suppression]:
    key = blind_key(db)
    by_hash = {hashed(key, number): number for number in numbers}
    rows = db.execute(
        f"SELECT bidx, at, how, note FROM suppression WHERE bidx IN ({_marks(by_hash)})",
        list(by_hash),
    )
    return {
        by_hash[bytes(bidx)]: Suppression(at=from_text(at), how=How(how), note=note)
        for bidx, at, how, note in rows
    }


def _past(
    db: Database, numbers: Sequence[E164], now: datetime, except_text: int
) -> dict[E164, list[PastText]]:
    states = ", ".join(f"'{state}'" for state in sorted(COUNTS_FOR_CAPS))
    rows = db.execute(
        "SELECT number, coalesce(started_at, not_before, created_at) AS at, purpose, topic, state,"
        f" footer <> '' FROM text INDEXED BY text_past WHERE number IN ({_marks(numbers)})"
        f" AND state IN ({states}) AND id <> ? AND created_at >= ? ORDER BY number, at DESC",
        [*numbers, except_text, to_text(now - LOOK_BACK)],
    )
    found: dict[E164, list[PastText]] = {}
    for number, at, purpose, topic, state, footer in rows:
        found.setdefault(E164(number), []).append(
            PastText(
                at=from_text(at),
                purpose=_PURPOSES[purpose],
                topic=topic,
                state=_STATES[state],
                had_footer=bool(footer),
            )
        )
    return found


def _inbound(
    db: Database, numbers: Sequence[E164]
) -> dict[E164, tuple[datetime | None, datetime | None]]:
    """Return when each last wrote, and since when a reply of theirs may be a stop."""
    rows = db.execute(
        "SELECT number, max(at), min(CASE WHEN band = 'hold' AND judged_at IS NULL THEN at END)"
        f" FROM reply WHERE number IN ({_marks(numbers)}) GROUP BY number",
        list(numbers),
    )
    return {
        E164(number): (maybe_from_text(last), maybe_from_text(unclear))
        for number, last, unclear in rows
    }


def _marks(values: Collection[object]) -> str:
    return ", ".join("?" * len(values))
