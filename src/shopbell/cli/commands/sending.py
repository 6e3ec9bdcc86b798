"""Checking and sending one text."""

from __future__ import annotations

from dataclasses import replace

import click

from shopbell.cli.decisions import decision_json, decision_lines
from shopbell.cli.delivery import Sent, deliver_one
from shopbell.cli.exits import EXIT_OF_STATE, EXIT_OF_VERDICT, Exit
from shopbell.cli.fields import BODY, PURPOSE, WORDS
from shopbell.cli.moments import spoken
from shopbell.cli.money import amount, part_price, spoken_bill
from shopbell.cli.noted import notes_json, notes_lines
from shopbell.cli.session import Session, with_shop
from shopbell.cli.settings import Command
from shopbell.domain.consent import Purpose
from shopbell.domain.facts import TextDraft
from shopbell.domain.ids import E164
from shopbell.domain.scripts import SCRIPTS, filled, script
from shopbell.domain.texts import State
from shopbell.errors import BadInput

_PURPOSE = click.option(
    "--purpose",
    default=Purpose.SERVICE.value,
    show_default=True,
    type=PURPOSE,
    help="Why it is sent.",
)
_STRAIGHTEN = click.option(
    "--straighten", is_flag=True, help="Change curly quotes and the like to plain ones."
)
_REALLY_SERVICE = click.option(
    "--really-service",
    "reason",
    metavar="REASON",
    default="",
    type=WORDS,
    help="Why promotional words are no offer; kept with the text.",
)
_TOPIC = click.option("--topic", type=WORDS, help="What it is about, as the person chose it.")


@click.command(cls=Command)
@click.argument("number", type=WORDS)
@click.argument("text", type=BODY)
@_PURPOSE
@_TOPIC
@_STRAIGHTEN
@_REALLY_SERVICE
@click.option("--at", metavar="ISO8601", help="Decide for this moment instead of now.")
@with_shop()
async def check(
    session: Session,
    number: str,
    text: str,
    purpose: Purpose,
    topic: str | None,
    straighten: bool,
    reason: str,
    at: str | None,
) -> Exit:
    """Say whether a text may go, what it would cost and how it would read; sends nothing.

    TEXT is the words without shop name and footer; "-" reads them from standard input.
    """
    draft = _as_asked(
        session,
        TextDraft(number=session.number(number), body=text, purpose=purpose, topic=topic),
        straighten=straighten,
        reason=reason,
    )
    checked = await session.shop.outbox.check(draft, session.moment(at, "--at"))
    decision, final = checked.judged.decision, checked.judged.final
    price = spoken_bill(final.segments, checked.price_micros, checked.currency)
    counts_as = checked.judged.facts.draft
    session.out.result(
        {
            **decision_json(decision),
            "segments": final.segments,
            "encoding": final.encoding.value,
            "units": final.units,
            "price": amount(checked.price_micros),
            "price_per_part": amount(part_price(checked.price_micros, final.segments)),
            "currency": checked.currency,
            "final_text": final.text,
            **notes_json(checked.notes, counts_as),
        },
        [
            *decision_lines(decision, session.shop.profile.zone),
            f"Text: {final.text}",
            f"Parts: {final.segments} ({final.encoding}, {final.units} units), {price}.",
            *notes_lines(checked.notes, counts_as, decision),
        ],
    )
    return EXIT_OF_VERDICT[decision.verdict]


@click.command(cls=Command)
@click.argument("number", type=WORDS)
@click.argument("text", type=BODY, required=False)
@click.option("--script", "script_id", metavar="ID", help="Send a ready-made text instead of TEXT.")
@click.option("--purpose", type=PURPOSE, help="Why it is sent: the script's, or service.")
@_TOPIC
@_STRAIGHTEN
@_REALLY_SERVICE
@click.option("--at", metavar="ISO8601", help="Not before this moment.")
@click.option("--wait", is_flag=True, help="Wait until it is known what became of it.")
@click.option(
    "--timeout",
    default=60.0,
    show_default=True,
    type=click.FloatRange(0, 86_400),
    help="Wait at most so many seconds.",
)
@with_shop()
async def send(
    session: Session,
    number: str,
    text: str | None,
    script_id: str | None,
    purpose: Purpose | None,
    topic: str | None,
    straighten: bool,
    reason: str,
    at: str | None,
    wait: bool,
    timeout: float,  # noqa: ASYNC109 - the person's own limit, kept by the waiting loop
) -> Exit:
    """Decide, write and deliver one text.

    TEXT is the words without shop name and footer; "-" reads them from standard input.
    """
    if (text is None) == (script_id is None):
        raise click.UsageError("Give either TEXT or --script: the words to send.")
    to = session.number(number)
    if script_id is None:
        draft = TextDraft(
            number=to, body=text or "", purpose=purpose or Purpose.SERVICE, topic=topic
        )
    else:
        draft = await _from_script(session, script_id, to, purpose, topic)
    draft = _as_asked(session, draft, straighten=straighten, reason=reason)
    submitted = await session.shop.outbox.submit(draft, not_before=session.moment(at, "--at"))
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
    sent = await deliver_one(session.shop, submitted.text, wait_seconds=timeout if wait else None)
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


def _as_asked(session: Session, draft: TextDraft, *, straighten: bool, reason: str) -> TextDraft:
    body = session.shop.outbox.straightened(draft.body) if straighten else draft.body
    return replace(draft, body=body, really_service=reason)


async def _from_script(
    session: Session, script_id: str, to: E164, purpose: Purpose | None, topic: str | None
) -> TextDraft:
    ready = script(script_id)
    if ready is None:
        raise BadInput(
            f"There is no script “{script_id[:40]}”.",
            f"There are: {', '.join(one.id for one in SCRIPTS)}.",
            code="no_script",
        )
    contact = await session.shop.people.by_number(to)
    return TextDraft(
        number=to,
        body=filled(ready.text, "" if contact is None else contact.name),
        purpose=purpose or ready.purpose,
        topic=topic or ready.topic,
    )


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
