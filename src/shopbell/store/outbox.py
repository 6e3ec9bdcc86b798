"""The outbox: accepting, claiming and settling texts, each in the caller's one transaction.

Must not decide (the judge is handed in) and must not send.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from shopbell.domain.consent import Purpose
from shopbell.domain.decision import Decision, Verdict
from shopbell.domain.draft_words import dated
from shopbell.domain.facts import Judged, PersonFacts, ShopFacts, TextDraft
from shopbell.domain.ids import E164, DecisionId, Ref, TextId
from shopbell.domain.pricing import rate_of
from shopbell.domain.texts import FinalText, OutboundText, State
from shopbell.store import late_texts, occasions, reminders
from shopbell.store.budgets import Purse
from shopbell.store.decisions import record
from shopbell.store.gathering import gather
from shopbell.store.shop_row import load_facts
from shopbell.store.text_moves import keep_event, move
from shopbell.store.text_rows import COLUMNS, FROM, must_get, text_of_row
from shopbell.store.times import to_text

if TYPE_CHECKING:
    from sqlite_utils import Database

_REPLACED = "Other words go in its place."
_OVER = "Its campaign is over; nothing of it leaves any more."

Judge = Callable[[TextDraft, PersonFacts, ShopFacts, datetime], Judged]


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """Through which gateway a text goes and what a part costs there."""

    gateway: str
    price_micros: int | None
    currency: str | None

    @property
    def per_part(self) -> tuple[int | None, str | None]:
        """The price of a part and its currency, where the owner set no rate for the number."""
        return (self.price_micros, self.currency)


def submit(
    db: Database,
    draft: TextDraft,
    judge: Judge,
    route: Route,
    ref: Ref,
    now: datetime,
    not_before: datetime | None = None,
    instead_of: TextId | None = None,
) -> tuple[Judged, OutboundText | None]:
    """Decide and write. A refused text is recorded as a decision only and returned as None.

    The text it goes `instead_of` does not count against it, and is canceled unless it is refused.
    """
    person = gather(db, draft.number, now, except_text=instead_of or 0)
    here = load_facts(db)
    meant_for = max(now, not_before or now)
    judged = judge(dated(draft, meant_for), person, here, meant_for)
    decision_id = record(db, judged)
    if judged.decision.verdict is Verdict.REFUSE:
        return judged, None
    if instead_of is not None:
        cancel(db, instead_of, now, _REPLACED)
    earliest = _earliest(judged.decision, not_before)
    text = write(db, draft, judged, decision_id, route, ref, now, here, not_before=earliest)
    if instead_of is None:
        return judged, text
    db.execute("UPDATE text SET replaces = ? WHERE id = ?", (instead_of, text.id))
    return judged, must_get(db, text.id)


def write(
    db: Database,
    draft: TextDraft,
    judged: Judged,
    decision_id: DecisionId,
    route: Route,
    ref: Ref,
    now: datetime,
    here: ShopFacts,
    *,
    not_before: datetime | None = None,
) -> OutboundText:
    """Write a text that was decided, in the transaction of its decision: allowed, or held."""
    person = judged.facts.person
    state = State.WAITING if judged.decision.verdict is Verdict.ALLOW else State.HELD
    final, counts_as, stamp = judged.final, judged.facts.draft, to_text(now)
    per_part, currency = rate_of(draft.number, here.rules.prices(), route.per_part)
    row = db.execute(
        "INSERT INTO text VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL,"
        " ?, NULL, 0, NULL, ?, ?, ?, ?, ?, ?, NULL) RETURNING id",
        (
            ref,
            draft.number,
            None if person.contact is None else person.contact.id,
            counts_as.purpose,
            counts_as.topic,
            draft.body,
            final.text,
            final.encoding,
            final.units,
            final.segments,
            int(final.name_added),
            final.footer_added,
            _price(per_part, final),
            currency,
            state,
            decision_id,
            route.gateway,
            to_text(not_before),
            _why(judged.decision),
            stamp,
            stamp,
            counts_as.really_service,
            to_text(counts_as.meant_for),
            draft.filled_from,
        ),
    ).fetchone()
    text_id = TextId(row[0])
    if draft.occasion is not None:
        occasions.answer(db, draft.occasion, text_id, now)
    keep_event(db, text_id, now, state, "[written]", _why(judged.decision))
    return must_get(db, text_id)


def claim(
    db: Database,
    judge: Judge,
    now: datetime,
    only: TextId | None = None,
    purse: Purse | None = None,
) -> OutboundText | None:
    """Take the next due text for sending, decided again at this moment.

    Texts that may not leave now are held or canceled on the way. Returns None when nothing is due,
    or the next one does not fit into the `purse` any more; it waits.
    """
    stamp = to_text(now)
    while True:
        row = db.execute(
            f"SELECT {COLUMNS} {FROM} WHERE t.state IN ('waiting', 'held')"
            " AND (t.not_before IS NULL OR t.not_before <= ?)"
            " AND (t.state = 'waiting' OR t.not_before IS NOT NULL) AND a.text_id IS NULL"
            " AND (? IS NULL OR t.id = ?) AND NOT EXISTS (SELECT 1 FROM campaign_row r JOIN"
            " campaign k ON k.id = r.campaign_id WHERE r.text_id = t.id"
            " AND k.state NOT IN ('running', 'done', 'aborted')) ORDER BY t.id LIMIT 1",
            (stamp, only, only),
        ).fetchone()
        if row is None:
            return None
        text = text_of_row(row)
        if _campaign_is_over(db, text.id, now):
            move(db, text.id, text.state, State.CANCELED, now, "[over]", _OVER)
            continue
        judged = _judged_again(db, text, judge, now)
        # Who is asked could only say no to a text that may not go at all.
        if judged.decision.verdict is not Verdict.REFUSE and late_texts.is_late(db, text, now):
            continue
        if judged.decision.verdict is Verdict.ALLOW:
            if purse is not None and not purse.takes(_price_now(text, judged), text.currency):
                return None
            return start(db, text, judged, record(db, judged), now)
        _put_back(db, text, judged, now)


def rejudge_held(db: Database, judge: Judge, now: datetime) -> int:
    """Judge again the texts that are held without a date; return how many may go now.

    A fact that somebody added (a place, a yes) may have freed them. Those that can never go any
    more, for their words have become wrong, are canceled.
    """
    rows = db.execute(
        f"SELECT {COLUMNS} {FROM} WHERE t.state = 'held' AND t.not_before IS NULL"
        " AND a.text_id IS NULL"
    ).fetchall()
    freed = 0
    for text in map(text_of_row, rows):
        judged = _judged_again(db, text, judge, now)
        refused = judged.decision.verdict is Verdict.REFUSE
        if judged.decision.verdict is Verdict.ALLOW:
            decision_id = record(db, judged)
            move(db, text.id, text.state, State.WAITING, now, "[freed]", "", decision_id)
            freed += 1
        elif judged.decision.next_allowed_at is not None or refused:
            _put_back(db, text, judged, now)
    return freed


def cancel(db: Database, text_id: TextId, now: datetime, why: str) -> bool:
    """Cancel a text that has not left; False when it is too late."""
    text = must_get(db, text_id)
    if text.state not in (State.WAITING, State.HELD, State.DRAFT):
        return False
    move(db, text_id, text.state, State.CANCELED, now, "[canceled]", why)
    return True


def cancel_all(db: Database, now: datetime, why: str) -> int:
    """Cancel everything that has not left; return how many texts that were."""
    rows = db.execute("SELECT id FROM text WHERE state IN ('waiting', 'held', 'draft')").fetchall()
    return sum(cancel(db, TextId(text_id), now, why) for (text_id,) in rows)


def cancel_for_number(db: Database, number: E164, now: datetime, why: str) -> int:
    """Cancel everything that waits for a number; return how many texts that were."""
    rows = db.execute(
        "SELECT id FROM text WHERE number = ? AND state IN ('waiting', 'held', 'draft')", (number,)
    ).fetchall()
    return sum(cancel(db, TextId(text_id), now, why) for (text_id,) in rows)


def cancel_for_purpose(
    db: Database,
    number: E164,
    purpose: Purpose,
    topics: Sequence[str],
    now: datetime,
    why: str,
) -> int:
    """Cancel what waits for a number and a purpose, or only for some topics of it; return how many.

    A text without a topic is about the purpose as a whole: it stays while a topic only is given up.
    """
    marks = ", ".join("?" * len(topics))
    rows = db.execute(
        "SELECT id FROM text WHERE number = ? AND purpose = ?"
        f" AND state IN ('waiting', 'held', 'draft'){f' AND topic IN ({marks})' if topics else ''}",
        [number, purpose, *topics],
    ).fetchall()
    return sum(cancel(db, TextId(text_id), now, why) for (text_id,) in rows)


def start(
    db: Database, text: OutboundText, judged: Judged, decision_id: DecisionId, now: datetime
) -> OutboundText:
    """Move a text that was just allowed to `sending`, worded as it leaves."""
    final, counts_as = judged.final, judged.facts.draft
    ends = (judged.decision.window_ends_at, reminders.begins(db, text.id))
    db.execute(
        "UPDATE text SET started_at = ?, attempts = attempts + 1, expires_at = ?,"
        " final_text = ?, encoding = ?, units = ?, segments = ?, name_added = ?, footer = ?,"
        " purpose = ?, topic = ?, price_micros = price_micros / segments * ? WHERE id = ?",
        (
            to_text(now),
            to_text(min((at for at in ends if at is not None), default=None)),
            final.text,
            final.encoding,
            final.units,
            final.segments,
            int(final.name_added),
            final.footer_added,
            counts_as.purpose,
            counts_as.topic,
            final.segments,
            text.id,
        ),
    )
    if text.state is State.HELD:
        move(db, text.id, State.HELD, State.WAITING, now, "[freed]", "", decision_id)
    move(db, text.id, State.WAITING, State.SENDING, now, "[claimed]", "", decision_id)
    return must_get(db, text.id)


def _put_back(db: Database, text: OutboundText, judged: Judged, now: datetime) -> None:
    decision_id = record(db, judged)
    why = _why(judged.decision)
    if judged.decision.verdict is Verdict.REFUSE:
        move(db, text.id, text.state, State.CANCELED, now, "[refused]", why, decision_id)
        return
    db.execute(
        "UPDATE text SET not_before = ?, decision_id = ?, detail = ? WHERE id = ?",
        (to_text(_later(judged.decision.next_allowed_at, now)), decision_id, why, text.id),
    )
    if text.state is State.WAITING:
        move(db, text.id, State.WAITING, State.HELD, now, "[held]", why, decision_id)


def _campaign_is_over(db: Database, text_id: TextId, now: datetime) -> bool:
    """Whether a text is of a campaign of which nothing may leave any more.

    Such a text waits again when its try failed, or nobody knew of it, while the campaign ended.
    """
    row = db.execute(
        "SELECT EXISTS (SELECT 1 FROM campaign_row r JOIN campaign k ON k.id = r.campaign_id"
        " WHERE r.text_id = ? AND (k.state = 'aborted' OR k.last_at < ?))",
        (text_id, to_text(now)),
    ).fetchone()
    return bool(row[0])


def _judged_again(db: Database, text: OutboundText, judge: Judge, now: datetime) -> Judged:
    draft = TextDraft(
        number=text.number,
        body=text.body,
        purpose=text.purpose,
        topic=text.topic,
        meant_for=text.meant_for or text.created_at,
        filled_from=text.filled_from,
        really_service=text.really_service,
        occasion=text.occasion,
    )
    person = gather(db, text.number, now, except_text=text.id)
    return judge(draft, person, load_facts(db), now)


def _earliest(decision: Decision, not_before: datetime | None) -> datetime | None:
    if decision.verdict is Verdict.HOLD:
        return decision.next_allowed_at
    return not_before


def _why(decision: Decision) -> str:
    return " ".join(reason.sentence for reason in decision.reasons)


def _price_now(text: OutboundText, judged: Judged) -> int | None:
    if text.price_micros is None:
        return None
    return text.price_micros // max(text.final.segments, 1) * judged.final.segments


def _price(per_part: int | None, final: FinalText) -> int | None:
    return None if per_part is None else per_part * final.segments


def _later(moment: datetime | None, now: datetime) -> datetime | None:
    """A held text must never be due at once again, or claiming would go round in circles."""
    return None if moment is None else max(moment, now + timedelta(minutes=1))
