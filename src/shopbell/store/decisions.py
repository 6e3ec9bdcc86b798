"""Every decision with the facts it was made from, and the gathering of those facts.

Must not decide: the judge is handed in.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from shopbell.domain.consent import Purpose
from shopbell.domain.decision import Code, Decision, Layer, Reason, Verdict
from shopbell.domain.facts import Judged, PastText, PersonFacts
from shopbell.domain.frozen import to_json
from shopbell.domain.ids import E164, DecisionId
from shopbell.domain.texts import COUNTS_FOR_CAPS, State
from shopbell.store import wishes
from shopbell.store.consents import events_of, suppression_of
from shopbell.store.contacts import by_number
from shopbell.store.times import from_text, maybe_from_text, to_text

if TYPE_CHECKING:
    from sqlite_utils import Database

_LOOK_BACK = timedelta(days=400)


def gather(db: Database, number: E164, now: datetime, *, except_text: int = 0) -> PersonFacts:
    """Return everything the file knows about `number` that may bear on a decision.

    `except_text` is the text being judged again: it must not count against itself.
    """
    return PersonFacts(
        contact=by_number(db, number),
        suppression=suppression_of(db, number),
        consents=events_of(db, number),
        past=_past(db, number, now, except_text),
        last_inbound_at=_last_inbound(db, number),
        unclear_stop_at=_unclear_stop(db, number),
        wishes=wishes.of_number(db, number),
    )


def record(db: Database, judged: Judged) -> DecisionId:
    """Store a decision for ever, with its facts."""
    decision = judged.decision
    row = db.execute(
        "INSERT INTO decision VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
        (
            to_text(decision.decided_at),
            judged.facts.number.e164,
            decision.verdict,
            to_text(decision.next_allowed_at),
            to_text(decision.window_ends_at),
            _reasons_text(decision.reasons),
            to_json(judged.facts),
            decision.rules_version,
            _reasons_text(decision.set_aside),
        ),
    ).fetchone()
    return DecisionId(row[0])


def load(db: Database, decision_id: DecisionId) -> Decision | None:
    """Return a stored decision."""
    row = db.execute(
        "SELECT at, verdict, next_allowed_at, window_ends_at, reasons, rules_version, set_aside"
        " FROM decision WHERE id = ?",
        (decision_id,),
    ).fetchone()
    return None if row is None else _decision(row)


def load_facts(db: Database, decision_id: DecisionId) -> str | None:
    """Return the frozen facts of a decision as the JSON that was stored."""
    row = db.execute("SELECT facts FROM decision WHERE id = ?", (decision_id,)).fetchone()
    return None if row is None else str(row[0])


def latest_for(db: Database, number: E164, count: int) -> tuple[tuple[DecisionId, Decision], ...]:
    """Return the newest decisions about a number, newest first."""
    rows = db.execute(
        "SELECT id, at, verdict, next_allowed_at, window_ends_at, reasons, rules_version, set_aside"
        " FROM decision WHERE number = ? ORDER BY id DESC LIMIT ?",
        (number, count),
    )
    return tuple((DecisionId(row[0]), _decision(row[1:])) for row in rows)


def _past(db: Database, number: E164, now: datetime, except_text: int) -> tuple[PastText, ...]:
    states = ", ".join(f"'{state}'" for state in sorted(COUNTS_FOR_CAPS))
    rows = db.execute(
        "SELECT coalesce(started_at, not_before, created_at) AS at, purpose, topic, state,"
        f" footer <> '' FROM text WHERE number = ? AND state IN ({states})"
        " AND id <> ? AND created_at >= ? ORDER BY at DESC",
        (number, except_text, to_text(now - _LOOK_BACK)),
    )
    return tuple(
        PastText(
            at=from_text(at),
            purpose=Purpose(purpose),
            topic=topic,
            state=State(state),
            had_footer=bool(footer),
        )
        for at, purpose, topic, state, footer in rows
    )


def _last_inbound(db: Database, number: E164) -> datetime | None:
    row = db.execute("SELECT max(at) FROM reply WHERE number = ?", (number,)).fetchone()
    return maybe_from_text(row[0])


def _unclear_stop(db: Database, number: E164) -> datetime | None:
    row = db.execute(
        "SELECT min(at) FROM reply WHERE number = ? AND band = 'hold' AND judged_at IS NULL",
        (number,),
    ).fetchone()
    return maybe_from_text(row[0])


def _reasons_text(reasons: Sequence[Reason]) -> str:
    return json.dumps([_reason_values(reason) for reason in reasons])


def _reason_values(reason: Reason) -> dict[str, str | None]:
    return {
        "code": reason.code,
        "verdict": reason.verdict,
        "layer": reason.layer,
        "rule": reason.rule,
        "citation": reason.citation,
        "sentence": reason.sentence,
        "next_allowed_at": to_text(reason.next_allowed_at),
        "confidence": reason.confidence,
    }


def _decision(row: Sequence[Any]) -> Decision:
    return Decision(
        decided_at=from_text(row[0]),
        verdict=Verdict(row[1]),
        next_allowed_at=maybe_from_text(row[2]),
        window_ends_at=maybe_from_text(row[3]),
        reasons=_reasons(row[4]),
        rules_version=row[5],
        set_aside=_reasons(row[6]),
    )


def _reasons(text: str) -> tuple[Reason, ...]:
    return tuple(
        Reason(
            code=Code(values["code"]),
            verdict=Verdict(values["verdict"]),
            layer=Layer(values["layer"]),
            rule=values["rule"],
            citation=values["citation"],
            sentence=values["sentence"],
            next_allowed_at=maybe_from_text(values["next_allowed_at"]),
            # Decisions of the first versions do not say how well their source was known.
            confidence=values.get("confidence", ""),
        )
        for values in json.loads(text)
    )
