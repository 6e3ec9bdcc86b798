"""Other words in place of a text that waits; adds to the group `messages`."""

from __future__ import annotations

import click

from shopbell.cli.exits import Exit
from shopbell.cli.fields import BODY, PURPOSE, WORDS
from shopbell.cli.session import Session, with_shop
from shopbell.cli.settings import Command
from shopbell.cli.submitting import REALLY_SERVICE, STRAIGHTEN, as_asked, tell
from shopbell.domain.consent import Purpose
from shopbell.domain.facts import TextDraft
from shopbell.domain.ids import TextId


@click.command("replace", cls=Command)
@click.argument("message_id", type=int)
@click.argument("text", type=BODY)
@click.option("--purpose", type=PURPOSE, help="Why it is sent; as before if not given.")
@click.option("--topic", type=WORDS, help="What it is about; as before if not given.")
@STRAIGHTEN
@REALLY_SERVICE
@click.option("--at", metavar="ISO8601", help="Not before this moment; as before if not given.")
@with_shop()
async def replace_text(
    session: Session,
    message_id: int,
    text: str,
    purpose: Purpose | None,
    topic: str | None,
    straighten: bool,
    reason: str,
    at: str | None,
) -> Exit:
    """Take back a text that has not left, and send other words in its place.

    Both happen at once: the old text cannot leave any more. Words that are refused change nothing.
    """
    old = await session.shop.outbox.get(TextId(message_id))
    draft = TextDraft(
        number=old.number,
        body=text,
        purpose=purpose or old.purpose,
        topic=topic or old.topic if purpose in {None, old.purpose} else topic,
    )
    draft = as_asked(session, draft, straighten=straighten, reason=reason)
    submitted = await session.shop.replacing.text(
        old.id, draft, not_before=session.moment(at, "--at")
    )
    if submitted.text is None:
        session.out.say(f"Text {old.id} stays as it was.")
    return await tell(session, submitted, wait_seconds=None)
