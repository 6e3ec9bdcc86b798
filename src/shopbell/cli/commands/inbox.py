"""Fetching, listing, reading and judging replies."""

from __future__ import annotations

import click

from shopbell.cli.commands import inbox_threads
from shopbell.cli.decisions import decision_json, decision_lines
from shopbell.cli.delivery import deliver_one
from shopbell.cli.exits import EXIT_OF_STATE, EXIT_OF_VERDICT, Exit
from shopbell.cli.fields import WORDS
from shopbell.cli.moments import iso
from shopbell.cli.output import Json
from shopbell.cli.session import Session, with_shop
from shopbell.cli.settings import Group
from shopbell.cli.texts import reply_json, reply_line
from shopbell.domain.ids import ReplyId
from shopbell.domain.replies import Reply
from shopbell.errors import BadInput
from shopbell.services.events import Event

_REVEAL = click.option("--reveal", is_flag=True, help="Show whole numbers.")


@click.group(cls=Group)
def inbox() -> None:
    """Fetch, list and judge replies."""


@inbox.command("sync")
@with_shop()
async def sync(session: Session) -> Exit:
    """Fetch replies and receipts once."""
    shop, fresh = session.shop, []

    def keep(event: Event) -> None:
        if event.reply is not None:
            fresh.append(event.reply)

    holder = None
    receipts = replies = 0
    if await shop.delivery.take("shopbell inbox sync"):
        receipts, replies = await shop.delivery.sync(keep)
    else:
        holder = shop.delivery.holder or "another process"
    lines = [reply_line(reply, shop.profile.zone) for reply in fresh]
    session.out.result(
        {
            "receipts": receipts,
            "replies": replies,
            "messages": [reply_json(reply) for reply in fresh],
            "holder": holder,
        },
        [*lines, f"New receipts: {receipts}. New replies: {replies}."]
        if holder is None
        else [f"{holder} fetches them. See shopbell inbox list."],
    )
    return Exit.DONE


@inbox.command("list")
@click.option("--number", type=WORDS, help="Only from this number.")
@click.option("--limit", default=100, type=click.IntRange(1, 100_000), help="At most so many.")
@click.option("--from", "first", default=0, type=click.IntRange(0), help="Leave out so many first.")
@_REVEAL
@with_shop()
async def list_(session: Session, number: str | None, limit: int, first: int, reveal: bool) -> Exit:
    """List replies: unclear stops first, then unread, then the newest."""
    wanted = None if number is None else session.number(number)
    page = await session.shop.inbox.find(number=wanted, first=first, count=limit)
    unread, unclear = await session.shop.inbox.unread()
    zone = session.shop.profile.zone
    lines = [reply_line(reply, zone, reveal=reveal) for reply in page.rows]
    session.out.result(
        {
            "messages": [reply_json(reply) for reply in page.rows],
            "threads": _threads(page.rows),
            "total": page.total,
            "unread": unread,
            "unclear": unclear,
        },
        lines or ["No replies yet."],
    )
    return Exit.DONE


@inbox.command("show")
@click.argument("reply_id", type=int)
@click.option("--mark-read", is_flag=True, help="Remember that somebody saw it.")
@_REVEAL
@with_shop()
async def show(session: Session, reply_id: int, mark_read: bool, reveal: bool) -> Exit:
    """Show one reply, how it was read and what was done with it."""
    reply = await session.shop.inbox.get(ReplyId(reply_id))
    if mark_read:
        await session.shop.inbox.mark_read(reply.id)
        reply = await session.shop.inbox.get(reply.id)
    session.out.result(
        reply_json(reply, reveal=reveal),
        [
            reply_line(reply, session.shop.profile.zone, reveal=reveal),
            f"Text: {reply.text if reveal else reply.veiled}",
            *_secret_lines(reply),
            f"Read as {reply.reading.intent or reply.reading.band}: {reply.reading.why}",
            f"Done: {reply.done or 'nothing'}",
        ],
    )
    return Exit.DONE


def _secret_lines(reply: Reply) -> list[str]:
    if reply.redacted_at is not None:
        return ["A secret was taken out of it for good."]
    if not reply.secrets:
        return []
    what = " and ".join(reply.secrets)
    return [f"It holds {what}. Take it out for good: shopbell inbox redact {reply.id}."]


@inbox.command("redact")
@click.argument("reply_id", type=int)
@with_shop()
async def redact(session: Session, reply_id: int) -> Exit:
    """Take card numbers, passwords and the like out of a reply, for good."""
    reply = await session.shop.inbox.redact(ReplyId(reply_id))
    session.out.result(
        reply_json(reply),
        [f"Text: {reply.text}", "The secret is gone; a fingerprint of the text is kept."],
    )
    return Exit.DONE


@inbox.command("judge")
@click.argument("reply_id", type=int)
@click.option("--stop", "word", flag_value="stop", help="It is a stop.")
@click.option("--not-stop", "word", flag_value="not-stop", help="It is not a stop.")
@click.option("--ask", "word", flag_value="ask", help="Ask them by text.")
@with_shop()
async def judge(session: Session, reply_id: int, word: str | None) -> Exit:
    """Write down what an unclear reply means, or ask whoever wrote it."""
    if word is None:
        raise click.UsageError("Say --stop, --not-stop or --ask.")
    before = await session.shop.inbox.get(ReplyId(reply_id))
    if before.number is None:
        raise BadInput(
            "This reply has no number, so it can stop nothing.",
            "Look at it with shopbell inbox show.",
            code="no_number",
        )
    if word == "ask":
        return await _ask(session, before)
    reply = await session.shop.inbox.judge_unclear(before.id, is_stop=word == "stop")
    session.out.result(reply_json(reply), [f"Reply {reply.id}: {reply.done or 'judged'}."])
    return Exit.DONE


async def _ask(session: Session, reply: Reply) -> Exit:
    submitted = await session.shop.inbox.ask(reply.id)
    decision = submitted.judged.decision
    said = decision_lines(decision, session.shop.profile.zone)
    if submitted.text is None:
        session.out.result(decision_json(decision) | {"message_id": None, "state": None}, said)
        return EXIT_OF_VERDICT[decision.verdict]
    text = (await deliver_one(session.shop, submitted.text, wait_seconds=None)).text
    session.out.result(
        decision_json(decision) | {"message_id": text.id, "state": text.state.value},
        [*said, f"Text {text.id} is {text.state}: {text.body}"],
    )
    return EXIT_OF_STATE[text.state]


def _threads(replies: tuple[Reply, ...]) -> list[Json]:
    """Return the replies by sender, in the order in which the senders first come up."""
    by_sender: dict[str, list[Reply]] = {}
    for reply in replies:
        by_sender.setdefault(reply.number or reply.sender, []).append(reply)
    return [
        {
            "number": messages[0].number,
            "sender": sender,
            "name": messages[0].name,
            "messages": [reply.id for reply in messages],
            "unread": sum(reply.read_at is None for reply in messages),
            "last_at": iso(max(reply.at for reply in messages)),
        }
        for sender, messages in by_sender.items()
    ]


for _command in inbox_threads.COMMANDS:
    inbox.add_command(_command)
