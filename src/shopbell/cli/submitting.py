"""What becomes of one text a script has written: delivered, and told. Must not decide."""

from __future__ import annotations

from dataclasses import replace

import click

from shopbell.cli.decisions import decision_json, decision_lines
from shopbell.cli.delivery import Sent, deliver_one
from shopbell.cli.exits import EXIT_OF_STATE, EXIT_OF_VERDICT, Exit
from shopbell.cli.fields import WORDS
from shopbell.cli.moments import spoken
from shopbell.cli.noted import notes_json, notes_lines
from shopbell.cli.session import Session
from shopbell.domain.facts import TextDraft
from shopbell.domain.texts import State
from shopbell.services.outbox import Submitted

STRAIGHTEN = click.option(
    "--straighten", is_flag=True, help="Change curly quotes and the like to plain ones."
)
REALLY_SERVICE = click.option(
    "--really-service",
    "reason",
    metavar="REASON",
    default="",
    type=WORDS,
    help="Why promotional words are no offer; kept with the text.",
)


def as_asked(session: Session, draft: TextDraft, *, straighten: bool, reason: str) -> TextDraft:
    """Return a draft with what the options of a line ask for."""
    body = session.shop.outbox.straightened(draft.body) if straighten else draft.body
    return replace(draft, body=body, really_service=reason)


async def tell(session: Session, submitted: Submitted, *, wait_seconds: float | None) -> Exit:
    """Deliver what was just written, or leave it to whoever delivers, and say what became of it."""
    decision, counts_as = submitted.judged.decision, submitted.judged.facts.draft
    notes = await session.shop.outbox.notes(submitted.judged)
    if submitted.text is None:
        session.out.result(
            {
                **decision_json(decision),
                "message_id": None,
                "state": None,
                "gateway_id": None,
                **notes_json(notes, counts_as),
            },
            [
                *decision_lines(decision, session.shop.profile.zone),
                *notes_lines(notes, counts_as, decision),
            ],
        )
        return EXIT_OF_VERDICT[decision.verdict]
    sent = await deliver_one(session.shop, submitted.text, wait_seconds=wait_seconds)
    # Deciding again at the last moment may have changed the answer.
    latest = await session.shop.outbox.decision(sent.text.decision_id) or decision
    session.out.result(
        {
            **decision_json(latest),
            "message_id": sent.text.id,
            "state": sent.text.state.value,
            "gateway_id": sent.text.gateway_id,
            "detail": sent.text.detail,
            "holder": sent.holder,
            "stopped": sent.stopped or None,
            **notes_json(notes, counts_as),
        },
        [
            *decision_lines(latest, session.shop.profile.zone),
            *_state_lines(session, sent),
            *notes_lines(notes, counts_as, decision),
        ],
    )
    if sent.stopped and sent.text.state is State.WAITING:
        return Exit.HELD
    return Exit.GATEWAY if sent.troubled else EXIT_OF_STATE[sent.text.state]


def _state_lines(session: Session, sent: Sent) -> list[str]:
    text, zone = sent.text, session.shop.profile.zone
    lines = [f"Text {text.id} is {text.state}."]
    if sent.stopped and text.state in {State.WAITING, State.HELD}:
        lines.append(f"{sent.stopped} See: shopbell sending status, shopbell budget show")
    elif text.state is State.WAITING and sent.holder is not None:
        lines.append(f"It is left to {sent.holder}.")
    elif text.not_before is not None and text.state in (State.WAITING, State.HELD):
        lines.append(f"It may go {spoken(text.not_before, zone)}, by shopbell run.")
    if text.state is State.UNKNOWN:
        lines.append(f"Find out with: shopbell settle {text.id}")
    if text.detail and text.state is not State.HELD:
        lines.append(text.detail)
    return lines
