"""A welcome for scripts and for people: the draft, and the sending. Must not write its words."""

from __future__ import annotations

from dataclasses import dataclass

from shopbell.cli.decisions import decision_json, decision_lines, reason_line, refused_json
from shopbell.cli.delivery import deliver_one
from shopbell.cli.exits import EXIT_OF_STATE, EXIT_OF_VERDICT, Exit
from shopbell.cli.money import amount, spoken_price
from shopbell.cli.output import Json
from shopbell.cli.session import Session
from shopbell.domain.decision import Reason
from shopbell.domain.ids import E164
from shopbell.domain.promises import Frequency, promised_frequency
from shopbell.services.outbox import Submitted
from shopbell.services.welcomes import WelcomeDraft

_PERIODS = {1: "day", 7: "week", 14: "fortnight", 30: "month", 365: "year"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What one step with a welcome came to, for both kinds of readers."""

    record: dict[str, Json]
    lines: list[str]
    code: Exit


def drafted(session: Session, draft: WelcomeDraft | Reason) -> Told:
    """Tell a draft; a refusal is one of the reasons."""
    if isinstance(draft, Reason):
        lines = ["There is no welcome to send.", reason_line(draft)]
        return Told(record=refused_json(draft), lines=lines, code=Exit.REFUSED)
    checked = draft.checked
    decision, final = checked.judged.decision, checked.judged.final
    price = spoken_price(checked.price_micros, checked.currency)
    return Told(
        record={
            **decision_json(decision),
            "text": final.text,
            "segments": final.segments,
            "encoding": final.encoding.value,
            "units": final.units,
            "price": amount(checked.price_micros),
            "currency": checked.currency,
            "topics": list(draft.due.topics),
            "promised": promised_json(draft.promised),
        },
        lines=[
            *decision_lines(decision, session.shop.profile.zone),
            f"Text: {final.text}",
            f"Parts: {final.segments} ({final.encoding}, {final.units} units), {price}.",
            _promise_line(draft.promised),
        ],
        code=EXIT_OF_VERDICT[decision.verdict],
    )


async def sent(session: Session, number: E164, topic: str | None, body: str | None) -> Told:
    """Send the welcome that is due and tell what became of it."""
    outcome = await session.shop.welcomes.send(number, topic=topic, body=body)
    if isinstance(outcome, Reason):
        return drafted(session, outcome)
    return await delivered(session, outcome)


async def delivered(session: Session, submitted: Submitted) -> Told:
    """Deliver one of the shop's own texts and tell what became of it."""
    judged, zone = submitted.judged, session.shop.profile.zone
    said = promised_frequency(judged.final.text)
    record: dict[str, Json] = {
        **decision_json(judged.decision),
        "text": judged.final.text,
        "segments": judged.final.segments,
        "promised": promised_json(None if said is None else Frequency(n=said[0], days=said[1])),
        "message_id": None,
        "state": None,
    }
    lines = decision_lines(judged.decision, zone)
    if submitted.text is None:
        return Told(record=record, lines=lines, code=Exit.REFUSED)
    one = await deliver_one(session.shop, submitted.text, wait_seconds=None)
    record |= {"message_id": one.text.id, "state": one.text.state.value}
    lines.append(f"Text {one.text.id} is {one.text.state}: {one.text.final.text}")
    if one.holder is not None:
        lines.append(f"It is left to {one.holder}.")
    return Told(
        record=record,
        lines=lines,
        code=Exit.GATEWAY if one.troubled else EXIT_OF_STATE[one.text.state],
    )


def promised_json(often: Frequency | None) -> Json:
    """Return a promise as docs/cli.md has it."""
    if often is None:
        return None
    per = _PERIODS.get(often.days, f"{often.days} days")
    return {"n": often.n, "per": per, "days": often.days}


def _promise_line(often: Frequency | None) -> str:
    if often is None:
        return "It promises no number of texts."
    texts = "1 text" if often.n == 1 else f"{often.n} texts"
    return f"It promises at most {texts} per {_PERIODS.get(often.days, f'{often.days} days')}."
