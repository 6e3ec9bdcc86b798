"""Inbound texts: stored before they are acted on; a stop takes effect in the same transaction.

Must not read meaning into a text: the reader is handed in.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from shopbell.domain.consent import How
from shopbell.domain.ids import E164, ContactId, ReplyId
from shopbell.domain.replies import Band, InboundText, Intent, Reading, Reply
from shopbell.domain.reply_evidence import fingerprint, without_secrets
from shopbell.domain.stop_question import UNCLEAR_FOR
from shopbell.domain.telling import counted
from shopbell.domain.wishes import NO_WISHES
from shopbell.store.asked import asked_at, is_question_open
from shopbell.store.consents import is_suppressed, suppress
from shopbell.store.known_replies import came_before
from shopbell.store.open_yeses import answerable
from shopbell.store.outbox import cancel_for_number
from shopbell.store.times import from_text, maybe_from_text, to_text
from shopbell.store.wishes import of_number

if TYPE_CHECKING:
    from sqlite_utils import Database

Reader = Callable[[str, str, bool], Reading]
"""Reads a text by somebody who writes a language ("en" unless they told another).

The flag says whether our question to them is open.
"""

_LANGUAGE = "en"
_NO_NUMBER = "The sender has no number that could be texted."

COLUMNS = (
    "r.id, r.number, r.sender, r.contact_id, c.name, r.text, r.at, r.received_at, r.gateway,"
    " r.band, r.intent, r.why, r.done, r.read_at, r.judged_at,"
    f" CASE WHEN r.band = 'hold' THEN {asked_at('r.number')} END,"
    " EXISTS (SELECT 1 FROM complaint k WHERE k.number = r.number AND k.closed_at IS NULL),"
    " r.redacted_at"
)
FROM = "FROM reply r LEFT JOIN contact c ON c.id = r.contact_id"


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """An inbound text that is new, and what it meant for the stop list."""

    reply: Reply
    stopped: bool = False
    """It put the number on the stop list, on which it was not before."""
    confirmed: bool = False
    """It said yes to an open question of ours."""


def receive(
    db: Database,
    gateway: str,
    inbound: InboundText,
    number: E164 | None,
    reader: Reader,
    now: datetime,
    question_open: timedelta,
) -> Received | None:
    """Store one inbound text and, if it is a stop, stop: all in the caller's transaction.

    `question_open` is how long a sign-up question waits for its YES. Returns None when the same
    text was stored before.
    """
    if came_before(db, gateway, inbound, number, now):
        return None
    wished = NO_WISHES if number is None else of_number(db, number)
    is_unclear = number is not None and is_question_open(db, number)
    at = min(inbound.at, now)
    is_asked = is_unclear or (
        number is not None and answerable(db, number, at, question_open) is not None
    )
    reading = reader(inbound.text, wished.language or _LANGUAGE, is_asked)
    contact = db.execute("SELECT id FROM contact WHERE number = ?", (number,)).fetchone()
    row = db.execute(
        "INSERT INTO reply (number, sender, contact_id, text, at, received_at, gateway,"
        " gateway_id, band, intent, why, done) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '')"
        " ON CONFLICT (gateway, gateway_id, sender, at, text) DO NOTHING RETURNING id",
        (
            number,
            inbound.sender,
            None if contact is None else contact[0],
            inbound.text,
            to_text(inbound.at if inbound.is_dated else now),
            to_text(now),
            gateway,
            inbound.gateway_id,
            reading.band,
            reading.intent,
            reading.why,
        ),
    ).fetchone()
    if row is None:
        return None
    reply_id = ReplyId(row[0])
    stood = number is not None and is_suppressed(db, number)
    _mark(db, reply_id, _act(db, reading, inbound, number, now, is_asked=is_unclear))
    reply = must_get(db, reply_id)
    return Received(
        reply=reply,
        stopped=reply.number is not None and reading.band is Band.OPT_OUT and not stood,
        confirmed=is_asked and reading.intent is Intent.YES,
    )


def redact(db: Database, reply_id: ReplyId, now: datetime) -> Reply:
    """Take every secret out of a text for good; what it was is known by its SHA-256 only."""
    reply = must_get(db, reply_id)
    db.execute(
        "UPDATE reply SET text = ?, redacted_at = ?, text_sha256 = coalesce(text_sha256, ?)"
        " WHERE id = ?",
        (reply.veiled, to_text(now), fingerprint(reply.text), reply_id),
    )
    return must_get(db, reply_id)


def add_done(db: Database, reply_id: ReplyId, said: str) -> Reply:
    """Add to what was done with a reply, and return it."""
    reply = must_get(db, reply_id)
    _mark(db, reply_id, f"{reply.done} {said}".strip())
    return must_get(db, reply_id)


def say_done(db: Database, reply_id: ReplyId, said: str) -> Reply:
    """Write what was done with a reply over what was said of it, and return it."""
    _mark(db, reply_id, said)
    return must_get(db, reply_id)


def judge_unclear(db: Database, reply_id: ReplyId, is_stop: bool, now: datetime) -> Reply:
    """Write down what a person says an unclear reply means."""
    reply = must_get(db, reply_id)
    done = "Somebody at the shop read it: not a stop."
    if is_stop and reply.number is not None:
        done = _stop(db, reply.number, reply.text, reply.at, now)
    _judged(db, reply_id, done, now)
    return must_get(db, reply_id)


def overdue(db: Database, now: datetime) -> tuple[ReplyId, ...]:
    """Return the unclear replies that nobody judged in time, oldest first."""
    last = to_text(now - UNCLEAR_FOR)
    rows = db.execute(
        "SELECT r.id FROM reply r WHERE r.band = 'hold' AND r.judged_at IS NULL"
        f" AND r.received_at <= ? AND coalesce({asked_at('r.number')}, '') <= ? ORDER BY r.id",
        (last, last),
    )
    return tuple(ReplyId(row[0]) for row in rows)


def let_time_judge(db: Database, now: datetime) -> int:
    """Take unclear replies for stops that nobody judged in time; return how many."""
    found = overdue(db, now)
    for reply_id in found:
        reply = must_get(db, reply_id)
        done = _NO_NUMBER
        if reply.number is not None:
            stopped = _stop(db, reply.number, reply.text, reply.at, now)
            done = f"Nobody judged it in a day, so it is a stop. {stopped}"
        _judged(db, reply_id, done, now)
    return len(found)


def mark_read(db: Database, reply_id: ReplyId, now: datetime) -> None:
    """Remember that somebody at the counter saw it."""
    db.execute(
        "UPDATE reply SET read_at = ? WHERE id = ? AND read_at IS NULL", (to_text(now), reply_id)
    )


def get(db: Database, reply_id: ReplyId) -> Reply | None:
    """Return one reply."""
    row = db.execute(f"SELECT {COLUMNS} {FROM} WHERE r.id = ?", (reply_id,)).fetchone()
    return None if row is None else reply_of_row(row)


def must_get(db: Database, reply_id: ReplyId) -> Reply:
    """Return one reply that is known to exist."""
    reply = get(db, reply_id)
    if reply is None:
        raise LookupError(f"reply {reply_id} is gone")
    return reply


def find(
    db: Database, number: E164 | None, first: int, count: int
) -> tuple[tuple[Reply, ...], int]:
    """Return replies and how many there are: unclear stops first, then unread, then newest."""
    where, values = ("WHERE r.number = ?", [number]) if number is not None else ("", [])
    total = db.execute(f"SELECT count(*) FROM reply r {where}", values).fetchone()[0]
    rows = db.execute(
        f"SELECT {COLUMNS} {FROM} {where}"
        " ORDER BY (r.band = 'hold' AND r.judged_at IS NULL) DESC, r.read_at IS NULL DESC,"
        " r.at DESC, r.id DESC LIMIT ? OFFSET ?",
        (*values, count, first),
    )
    return tuple(reply_of_row(row) for row in rows), int(total)


def waiting(db: Database, count: int) -> tuple[tuple[Reply, ...], int]:
    """Return the replies that wait for a person, in the same order, and how many there are.

    A clear stop was acted on already: it waits for nobody.
    """
    where = (
        "WHERE (r.band = 'hold' AND r.judged_at IS NULL)"
        " OR (r.read_at IS NULL AND r.band <> 'opt_out')"
    )
    total = db.execute(f"SELECT count(*) FROM reply r {where}").fetchone()[0]
    rows = db.execute(
        f"SELECT {COLUMNS} {FROM} {where} ORDER BY"
        " (r.band = 'hold' AND r.judged_at IS NULL) DESC, r.at DESC, r.id DESC LIMIT ?",
        (count,),
    )
    return tuple(reply_of_row(row) for row in rows), int(total)


def unread(db: Database) -> int:
    """Return how many replies nobody has seen."""
    return int(db.execute("SELECT count(*) FROM reply WHERE read_at IS NULL").fetchone()[0])


def unclear(db: Database) -> int:
    """Return how many replies may be a stop and wait for somebody to say so."""
    return int(
        db.execute(
            "SELECT count(*) FROM reply WHERE band = 'hold' AND judged_at IS NULL"
        ).fetchone()[0]
    )


def _act(
    db: Database,
    reading: Reading,
    inbound: InboundText,
    number: E164 | None,
    now: datetime,
    *,
    is_asked: bool,
) -> str:
    if number is None:
        return _NO_NUMBER
    match reading.band:
        case Band.OPT_OUT:
            return _stop(db, number, inbound.text, inbound.at, now)
        case Band.HOLD:
            return "It may be a stop: nothing is sent to this number until somebody decides."
        case Band.NONE if reading.intent is Intent.YES and is_asked:
            _settle_others(db, number, "They were asked and said yes: not a stop.", now)
            return "They want to keep getting texts."
        case Band.NONE if reading.intent is Intent.START:
            return "Wants texts again: record a new sign-up to allow them."
        case _:
            return ""


def _stop(db: Database, number: E164, words: str, at: datetime, now: datetime) -> str:
    # What is written into the ledger stays for ever: no secret may get there.
    fresh = suppress(db, number, How.TEXT, without_secrets(words), at, now)
    canceled = cancel_for_number(db, number, now, "They said stop.")
    _settle_others(db, number, "It counts as a stop.", now)
    done = "Put on the stop list." if fresh else "Was on the stop list already."
    return f"{done} {counted(canceled, 'waiting text')} canceled." if canceled else done


def _settle_others(db: Database, number: E164, done: str, now: datetime) -> None:
    """Close what was unclear from a number of which it is clear now."""
    db.execute(
        "UPDATE reply SET judged_at = ?, done = ?"
        " WHERE number = ? AND band = 'hold' AND judged_at IS NULL",
        (to_text(now), done, number),
    )


def _judged(db: Database, reply_id: ReplyId, done: str, now: datetime) -> None:
    db.execute("UPDATE reply SET judged_at = ? WHERE id = ?", (to_text(now), reply_id))
    _mark(db, reply_id, done)


def _mark(db: Database, reply_id: ReplyId, done: str) -> None:
    db.execute("UPDATE reply SET done = ? WHERE id = ?", (done, reply_id))


def reply_of_row(row: Sequence[Any]) -> Reply:
    """Return one row of COLUMNS as a record."""
    return Reply(
        id=ReplyId(row[0]),
        number=None if row[1] is None else E164(row[1]),
        sender=row[2],
        contact_id=None if row[3] is None else ContactId(row[3]),
        name=row[4] or "",
        text=row[5],
        at=from_text(row[6]),
        received_at=from_text(row[7]),
        gateway=row[8],
        reading=Reading(
            band=Band(row[9]), intent=None if row[10] is None else Intent(row[10]), why=row[11]
        ),
        done=row[12],
        read_at=maybe_from_text(row[13]),
        judged_at=maybe_from_text(row[14]),
        asked_at=maybe_from_text(row[15]),
        complained=bool(row[16]),
        redacted_at=maybe_from_text(row[17]),
    )
