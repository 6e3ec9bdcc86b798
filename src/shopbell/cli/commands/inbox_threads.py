"""Threads of the inbox, and answering in one; adds to the group `inbox`."""

from __future__ import annotations

import click

from shopbell.cli.decisions import decision_json, decision_lines
from shopbell.cli.delivery import Sent, deliver_one
from shopbell.cli.exits import EXIT_OF_STATE, EXIT_OF_VERDICT, Exit
from shopbell.cli.fields import BODY, WORDS
from shopbell.cli.moments import iso, spoken
from shopbell.cli.output import Json
from shopbell.cli.session import Session, with_shop
from shopbell.cli.settings import Command
from shopbell.cli.texts import number_shown, reply_json, reply_line, text_json
from shopbell.domain.consent import Purpose
from shopbell.domain.facts import TextDraft
from shopbell.domain.ids import ReplyId
from shopbell.domain.showing import shown
from shopbell.domain.threads import Said, Thread
from shopbell.errors import BadInput
from shopbell.services.threads import MOST

_REVEAL = click.option("--reveal", is_flag=True, help="Show whole numbers.")


@click.command("threads", cls=Command)
@click.option("--find", "words", default="", type=WORDS, help="Only with these words or digits.")
@click.option("--limit", default=100, type=click.IntRange(1, 100_000), help="At most so many.")
@click.option("--from", "first", default=0, type=click.IntRange(0), help="Leave out so many first.")
@_REVEAL
@with_shop()
async def threads(session: Session, words: str, limit: int, first: int, reveal: bool) -> Exit:
    """List who wrote: unclear stops first, then unread, then the newest."""
    page = await session.shop.threads.find(words, first=first, count=limit)
    zone = session.shop.profile.zone
    nobody = "Nobody wrote that." if words.strip() else "No replies yet."
    session.out.result(
        {"threads": [_thread_json(one) for one in page.rows], "total": page.total},
        [_thread_line(one, zone, reveal=reveal) for one in page.rows] or [nobody],
    )
    return Exit.DONE


@click.command("thread", cls=Command)
@click.argument("who", type=WORDS)
@click.option("--limit", default=MOST, type=click.IntRange(1, 100_000), help="At most so many.")
@click.option("--mark-read", is_flag=True, help="Remember that somebody saw all of it.")
@_REVEAL
@with_shop()
async def thread(session: Session, who: str, limit: int, mark_read: bool, reveal: bool) -> Exit:
    """Show what was said by and to WHO, in turn: a number, or a sender without one."""
    sender = _sender(session, who)
    found = await session.shop.threads.read(sender, most=limit)
    if mark_read:
        await session.shop.threads.mark_read(found.sender)
    digits = number_shown(found.sender, reveal=reveal) if found.number else found.sender
    zone = session.shop.profile.zone
    earlier = [f"{found.earlier} earlier: shopbell inbox thread {who} --limit {limit * 2}"]
    session.out.result(
        {
            "sender": found.sender,
            "number": found.number,
            "name": found.name,
            "earlier": found.earlier,
            "said": [_said_json(one) for one in found.said],
        },
        [
            f"{found.name} ({digits})" if found.name else digits,
            *(earlier if found.earlier else []),
            *(_said_line(one, zone) for one in found.said),
        ],
    )
    return Exit.DONE


@click.command("reply", cls=Command)
@click.argument("reply_id", type=int)
@click.argument("text", type=BODY)
@with_shop()
async def answer(session: Session, reply_id: int, text: str) -> Exit:
    """Answer a reply: decide, write and deliver one text of the conversation.

    TEXT is the words without shop name and footer; "-" reads them from standard input.
    """
    shop = session.shop
    to = await shop.inbox.get(ReplyId(reply_id))
    if to.number is None:
        raise BadInput(
            "This sender has no number that can be answered.",
            "Look at it with shopbell inbox show.",
            code="no_number",
        )
    draft = TextDraft(number=to.number, body=text, purpose=Purpose.CONVERSATION)
    submitted = await shop.outbox.submit(draft)
    decision = submitted.judged.decision
    if submitted.text is None:
        session.out.result(
            decision_json(decision) | {"message_id": None, "state": None},
            decision_lines(decision, shop.profile.zone),
        )
        return EXIT_OF_VERDICT[decision.verdict]
    await shop.inbox.mark_read(to.id)
    sent = await deliver_one(shop, submitted.text, wait_seconds=None)
    latest = await shop.outbox.decision(sent.text.decision_id) or decision
    session.out.result(
        decision_json(latest) | {"message_id": sent.text.id, "state": sent.text.state.value},
        [*decision_lines(latest, shop.profile.zone), *_sent_lines(sent)],
    )
    return Exit.GATEWAY if sent.troubled else EXIT_OF_STATE[sent.text.state]


COMMANDS = (threads, thread, answer)


def _sender(session: Session, who: str) -> str:
    """Return a number as it is stored, or the sender as it was written."""
    try:
        return session.number(who)
    except BadInput:
        return who


def _thread_json(one: Thread) -> dict[str, Json]:
    reply = one.reply
    return {
        "number": reply.number,
        "sender": reply.number or reply.sender,
        "name": reply.name,
        "replies": one.replies,
        "unread": one.unread,
        "unclear": reply.is_unclear,
        "failed": one.failed,
        "last_at": iso(reply.at),
        "reply": reply_json(reply),
    }


def _thread_line(one: Thread, zone: str, *, reveal: bool) -> str:
    counted = f"  [{one.unread} of {one.replies} unread]" if one.replies > 1 else ""
    failed = f"  our text {one.failed} did not arrive" if one.failed is not None else ""
    return f"{reply_line(one.reply, zone, reveal=reveal)}{counted}{failed}"


def _said_json(one: Said) -> dict[str, Json]:
    if one.text is not None:
        return text_json(one.text) | {"from": "shop", "at": iso(one.at)}
    theirs = {} if one.reply is None else reply_json(one.reply)
    return theirs | {"from": "them", "at": iso(one.at)}


def _said_line(one: Said, zone: str) -> str:
    words = " ".join(shown(one.words, one_line=True).split())
    if one.text is not None:
        return f"{spoken(one.at, zone)}  shop ({one.text.id}, {one.text.state}): {words}"
    if one.reply is None:
        return words
    done = f"  ({one.reply.done})" if one.reply.done else ""
    unclear = "  is this a stop?" if one.reply.is_unclear else ""
    return f"{spoken(one.at, zone)}  they ({one.reply.id}): {words}{unclear}{done}"


def _sent_lines(sent: Sent) -> list[str]:
    said = [f"Text {sent.text.id} is {sent.text.state}: {sent.text.final.text}"]
    return [*said, *([sent.stopped] if sent.stopped else [])]
