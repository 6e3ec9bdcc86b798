"""The welcome after a yes, and the owner's word on texts the shop sends by itself."""

from __future__ import annotations

import click

from shopbell.cli.exits import Exit
from shopbell.cli.fields import BODY, WORDS, OneOf
from shopbell.cli.session import Session, with_shop
from shopbell.cli.settings import Command
from shopbell.cli.welcoming import drafted, sent
from shopbell.domain.own_text_words import ASKS_WORDS, WELCOMING_WORDS, answer_words
from shopbell.domain.own_texts import AnswerTo, OwnTexts, Welcoming


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
@click.option("--choice/--no-choice", default=None, help="Have the welcome ask what they want.")
@click.option("--on", "wanted", multiple=True, type=OneOf(AnswerTo), help="Answer this by itself.")
@click.option("--off", "unwanted", multiple=True, type=OneOf(AnswerTo), help="Do not answer this.")
@with_shop()
async def own_texts(
    session: Session,
    welcoming: Welcoming | None,
    choice: bool | None,
    wanted: tuple[AnswerTo, ...],
    unwanted: tuple[AnswerTo, ...],
) -> Exit:
    """Show or change what the shop sends by itself."""
    if both := set(wanted) & set(unwanted):
        raise click.UsageError(f"--on and --off both name {min(both)}: choose one.")
    old = await session.shop.welcomes.settings()
    chosen = OwnTexts(
        welcoming=welcoming or old.welcoming,
        off=(old.off - set(wanted)) | set(unwanted),
        asks_choice=old.asks_choice if choice is None else choice,
    )
    if chosen != old:
        await session.shop.welcomes.choose(chosen)
    session.out.result(
        {
            "welcome": chosen.welcoming.value,
            "choice": chosen.asks_choice,
            "answers": {what.value: chosen.answers(what) for what in AnswerTo},
        },
        [
            f"Welcome: {WELCOMING_WORDS[chosen.welcoming]}.",
            f"The welcome {ASKS_WORDS[chosen.asks_choice]}.",
            *(f"{what}: {answer_words(what, on=chosen.answers(what))}." for what in AnswerTo),
        ],
    )
    return Exit.DONE
