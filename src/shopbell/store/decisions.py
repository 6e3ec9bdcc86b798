"""Every decision with the facts it was made from.

Must not decide: the judge is handed in.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from shopbell.domain.decision import Code, Decision, Layer, Reason, Verdict
from shopbell.domain.facts import Judged
from shopbell.domain.frozen import to_json
from shopbell.domain.ids import E164, DecisionId
from shopbell.store.times import from_text, maybe_from_text, to_text

if TYPE_CHECKING:
    from sqlite_utils import Database


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
            reasons_to_json(decision.reasons),
            to_json(judged.facts),
            decision.rules_version,
            reasons_to_json(decision.set_aside),
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


def reasons_to_json(reasons: Iterable[Reason]) -> str:
    """Return reasons as they are stored."""
    return json.dumps([_reason_values(reason) for reason in reasons])


def reasons_from_json(text: str) -> tuple[Reason, ...]:
    """Return the reasons that `reasons_to_json` wrote."""
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
        reasons=reasons_from_json(row[4]),
        rules_version=row[5],
        set_aside=reasons_from_json(row[6]),
    )
