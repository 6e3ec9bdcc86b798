"""Listing, showing, canceling and settling texts."""

from __future__ import annotations

import click

from shopbell.cli.commands.replacing import replace_text
from shopbell.cli.decisions import decision_json, decision_lines
from shopbell.cli.exits import Exit
from shopbell.cli.fields import WORDS, OneOf
from shopbell.cli.money import spoken_bill
from shopbell.cli.reporting import failure_json
from shopbell.cli.session import Session, with_shop
from shopbell.cli.settings import Command, Group
from shopbell.cli.texts import event_json, event_line, text_json, text_line
from shopbell.domain.ids import E164, TextId
from shopbell.domain.texts import State
from shopbell.errors import BadInput
from shopbell.services.reports import failure_of

_REVEAL = click.option("--reveal", is_flag=True, help="Show whole numbers.")


@click.group(cls=Group)
def messages() -> None:
    """List texts with their states; cancel or release them."""


@messages.command("list")
@click.option("--state", "states", multiple=True, type=OneOf(State), help="Only in this state.")
@click.option("--number", type=WORDS, help="Only to this number.")
@click.option("--limit", default=100, type=click.IntRange(1, 100_000), help="At most so many.")
@click.option("--from", "first", default=0, type=click.IntRange(0), help="Leave out so many first.")
@click.option("--missed", is_flag=True, help="Only those that wait for your word.")
@_REVEAL
@with_shop()
async def list_(
    session: Session,
    states: tuple[State, ...],
    number: str | None,
    limit: int,
    first: int,
    missed: bool,
    reveal: bool,
) -> Exit:
    """List texts, newest first."""
    wanted = None if number is None else session.number(number)
    if missed:
        return await _list_missed(session, states, wanted, reveal=reveal)
    page = await session.shop.outbox.find(states, number=wanted, first=first, count=limit)
    zone = session.shop.profile.zone
    session.out.result(
        {"messages": [text_json(text) for text in page.rows], "total": page.total},
        [text_line(text, zone, reveal=reveal) for text in page.rows] or ["No texts."],
    )
    return Exit.DONE


async def _list_missed(
    session: Session, states: tuple[State, ...], number: E164 | None, *, reveal: bool
) -> Exit:
    texts = [
        text
        for text in await session.shop.missed.find()
        if (not states or text.state in states) and number in {None, text.number}
    ]
    zone = session.shop.profile.zone
    lines = [f"{text_line(text, zone, reveal=reveal)}  {text.missed}" for text in texts]
    next_step = ["Next: shopbell messages release ID, or cancel ID; --all for all of them."]
    session.out.result(
        {"messages": [text_json(text) for text in texts], "total": len(texts)},
        [*lines, *next_step] if lines else ["No text waits for your word."],
    )
    return Exit.DONE


@messages.command("release")
@click.argument("message_id", type=int, required=False)
@click.option("--all", "every", is_flag=True, help="Every text that waits for your word.")
@with_shop()
async def release(session: Session, message_id: int | None, every: bool) -> Exit:
    """Let a text go whose moment has passed; it is decided again as it leaves."""
    if (message_id is None) is not every:
        raise click.UsageError("Give either MESSAGE_ID or --all.")
    if message_id is None:
        released = await session.shop.missed.let_all_go()
    else:
        await session.shop.missed.let_go(TextId(message_id))
        released = 1
    texts = "1 text is" if released == 1 else f"{released} texts are"
    session.out.result(
        {"released": released}, [f"{texts} released. Delivered by shopbell run, or the screen."]
    )
    return Exit.DONE


@messages.command("show")
@click.argument("message_id", type=int)
@_REVEAL
@with_shop()
async def show(session: Session, message_id: int, reveal: bool) -> Exit:
    """Show one text with its decision and everything that happened to it."""
    shop = session.shop
    text = await shop.outbox.get(TextId(message_id))
    history = await shop.outbox.events(text.id)
    decision = await shop.outbox.decision(text.decision_id)
    failed = failure_of(text, history)
    zone, parts = shop.profile.zone, text.final.segments
    session.out.result(
        {
            **text_json(text),
            "history": [event_json(event) for event in history],
            "decision": None if decision is None else decision_json(decision),
            "failure": None if failed is None else failure_json(failed),
        },
        [
            text_line(text, zone, reveal=reveal),
            f"Text: {text.final.text}",
            f"Parts: {parts}, {spoken_bill(parts, text.price_micros, text.currency)}.",
            *(decision_lines(decision, zone) if decision is not None else ()),
            *(event_line(event, zone) for event in history),
            *(() if failed is None else (failed.sentence, failed.action)),
        ],
    )
    return Exit.DONE


messages.add_command(replace_text)


@messages.command("cancel")
@click.argument("message_id", type=int, required=False)
@click.option("--all", "every", is_flag=True, help="Everything that has not left yet.")
@with_shop()
async def cancel(session: Session, message_id: int | None, every: bool) -> Exit:
    """Cancel a text that has not left yet, or all of them."""
    if (message_id is None) is not every:
        raise click.UsageError("Give either MESSAGE_ID or --all.")
    if message_id is None:
        count = await session.shop.outbox.cancel_all()
        texts = "1 text is" if count == 1 else f"{count} texts are"
        session.out.result({"canceled": count}, [f"{texts} canceled."])
        return Exit.DONE
    text_id = TextId(message_id)
    canceled = await session.shop.outbox.cancel(text_id)
    text = await session.shop.outbox.get(text_id)
    if not canceled:
        raise BadInput(
            f"Text {text.id} is {text.state}; it can't be canceled any more.",
            f"See what became of it with: shopbell messages show {text.id}",
            code="too_late",
        )
    session.out.result(
        {"message_id": text.id, "state": text.state.value, "canceled": True},
        [f"Text {text.id} is canceled."],
    )
    return Exit.DONE


@click.command(cls=Command)
@click.argument("message_id", type=int)
@click.option(
    "--as",
    "word",
    type=click.Choice(["sent", "not-sent"]),
    help="Your own word for it, when the gateway can't tell.",
)
@with_shop()
async def settle(session: Session, message_id: int, word: str | None) -> Exit:
    """Ask the gateway what became of a text nobody knows about, or say it yourself."""
    shop = session.shop
    # A text that a dead process left on its way becomes unknown when the sending is taken over.
    await shop.delivery.take("shopbell settle")
    text = await shop.outbox.settle(TextId(message_id), None if word is None else word == "sent")
    unknown = text.state is State.UNKNOWN
    lines = [f"Text {text.id} is {text.state}.", text.detail]
    if unknown:
        lines.append(f"If you know better: shopbell settle {text.id} --as sent|not-sent")
    session.out.result(
        {
            "message_id": text.id,
            "state": text.state.value,
            "why": text.detail,
            "gateway_id": text.gateway_id,
        },
        filter(None, lines),
    )
    return Exit.UNKNOWN if unknown else Exit.DONE
