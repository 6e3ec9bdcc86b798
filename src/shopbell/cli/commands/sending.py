"""Checking and sending one text."""

from __future__ import annotations

import click

from shopbell.cli.decisions import decision_json, decision_lines
from shopbell.cli.exits import EXIT_OF_VERDICT, Exit
from shopbell.cli.fields import BODY, PURPOSE, WORDS
from shopbell.cli.money import amount, part_price, spoken_bill
from shopbell.cli.noted import notes_json, notes_lines
from shopbell.cli.session import Session, with_shop
from shopbell.cli.settings import Command
from shopbell.cli.submitting import REALLY_SERVICE, STRAIGHTEN, as_asked, tell
from shopbell.domain.consent import Purpose
from shopbell.domain.facts import TextDraft
from shopbell.domain.ids import E164
from shopbell.domain.scripts import SCRIPTS, filled, script
from shopbell.errors import BadInput

_PURPOSE = click.option(
    "--purpose",
    default=Purpose.SERVICE.value,
    show_default=True,
    type=PURPOSE,
    help="Why it is sent.",
)
_TOPIC = click.option("--topic", type=WORDS, help="What it is about, as the person chose it.")


@click.command(cls=Command)
@click.argument("number", type=WORDS)
@click.argument("text", type=BODY)
@_PURPOSE
@_TOPIC
@STRAIGHTEN
@REALLY_SERVICE
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
    draft = as_asked(
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
@STRAIGHTEN
@REALLY_SERVICE
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
    draft = as_asked(session, draft, straighten=straighten, reason=reason)
    submitted = await session.shop.outbox.submit(draft, not_before=session.moment(at, "--at"))
    return await tell(session, submitted, wait_seconds=timeout if wait else None)


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
