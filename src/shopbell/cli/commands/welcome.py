"""The welcome after a yes, and the owner's word on texts the shop sends by itself."""

from __future__ import annotations

from dataclasses import replace

import click

from shopbell.cli.exits import Exit
from shopbell.cli.fields import BODY, WORDS, OneOf
from shopbell.cli.session import Session, with_shop
from shopbell.cli.settings import Command
from shopbell.cli.welcoming import drafted, sent
from shopbell.domain.own_texts import Welcoming


@click.command(cls=Command)
@click.argument("number", type=WORDS)
@click.option("--topic", type=WORDS, help="Only what was said yes to about this topic.")
@click.option("--text", type=BODY, help="Your own words; refused if something is missing.")
@click.option("--send", "sending", is_flag=True, help="Send it; without, it is only shown.")
@with_shop()
async def welcome(
    session: Session, number: str, topic: str | None, text: str | None, sending: bool
) -> Exit:
    """Show or send the welcome to somebody who said yes; each yes is welcomed once."""
    to = session.number(number)
    if sending:
        told = await sent(session, to, topic, text)
    else:
        told = drafted(session, await session.shop.welcomes.draft(to, topic=topic, body=text))
    session.out.result(told.record, told.lines)
    return told.code


@click.command("own-texts", cls=Command)
@click.option("--welcome", "welcoming", type=OneOf(Welcoming), help="After a yes is recorded.")
@with_shop()
async def own_texts(session: Session, welcoming: Welcoming | None) -> Exit:
    """Show or change what the shop sends by itself."""
    chosen = await session.shop.welcomes.settings()
    if welcoming is not None:
        chosen = replace(chosen, welcoming=welcoming)
        await session.shop.welcomes.choose(chosen)
    session.out.result(
        {"welcome": chosen.welcoming.value}, [f"Welcome: {_WELCOMING[chosen.welcoming]}"]
    )
    return Exit.DONE


_WELCOMING = {
    Welcoming.ASK: "shown after each yes, and sent when you say so.",
    Welcoming.ALWAYS: "sent by itself after each yes.",
    Welcoming.NEVER: "not sent after a yes, unless you ask for it.",
}
