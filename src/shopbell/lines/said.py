"""How people, texts and outcomes are put into words in line mode. Must not decide or look up."""

from __future__ import annotations

from datetime import datetime

from shopbell.cli.moments import spoken
from shopbell.domain.answers import Answer
from shopbell.domain.consent import Purpose
from shopbell.domain.people import ContactRow, masked
from shopbell.domain.replies import Reply
from shopbell.domain.telling import counted
from shopbell.domain.texts import Encoding, FinalText, OutboundText, State
from shopbell.domain.threads import Said, Thread

STATES = {
    State.DRAFT: "draft",
    State.WAITING: "waiting",
    State.HELD: "held",
    State.SENDING: "sending",
    State.ACCEPTED: "on its way",
    State.SENT: "on its way",
    State.DELIVERED: "arrived",
    State.UNKNOWN: "nobody knows yet whether it was sent",
    State.FAILED: "failed",
    State.UNDELIVERABLE: "did not arrive",
    State.EXPIRED: "too late, not sent",
    State.CANCELED: "taken back",
}
"""The state of a text, as people say it."""

PURPOSES = {
    Purpose.SERVICE: "orders and appointments",
    Purpose.MARKETING: "offers and events",
    Purpose.CONVERSATION: "an answer to them",
    Purpose.SAFETY: "a safety warning",
    Purpose.COMPLIANCE: "an answer to STOP or HELP",
}
"""What a text is for."""


def who(name: str, number: str, *, reveal: bool = False) -> str:
    """Return a person as one hears them first: the name, then the number or its end."""
    tidy = " ".join(name.split())
    digits = number if reveal else masked(number)
    return f"{tidy}, {digits}" if tidy else digits


def person(row: ContactRow, *, reveal: bool = False) -> str:
    """Return one row of the people: who, and what they answered."""
    return f"{who(row.name, row.number, reveal=reveal)}: {_answered(row)}"


def text_row(text: OutboundText, zone: str, *, reveal: bool = False) -> str:
    """Return one row of the outbox: who, how it stands, since when, the words."""
    to = who(text.name, text.number, reveal=reveal)
    return f"{to}: {STATES[text.state]}, {spoken(text.updated_at, zone)}: {flat(text.body)}"


def reply_row(reply: Reply, zone: str, *, reveal: bool = False) -> str:
    """Return one reply: who, when, what it needs, the words."""
    wrote = who(reply.name, reply.number or reply.sender, reveal=reveal)
    marks = [
        *(["may be a stop"] if reply.is_unclear else []),
        *([] if reply.read_at else ["unread"]),
        *(["complaint open"] if reply.complained else []),
    ]
    marked = f" ({', '.join(marks)})" if marks else ""
    return f"{wrote}, {spoken(reply.at, zone)}{marked}: {flat(reply.veiled)}"


def thread_row(thread: Thread, zone: str, *, reveal: bool = False) -> str:
    """Return one row of the inbox."""
    count = f" [{thread.unread} of {thread.replies} unread]" if thread.replies > 1 else ""
    return f"{reply_row(thread.reply, zone, reveal=reveal)}{count}"


def said_line(one: Said, zone: str) -> str:
    """Return one text of a thread, theirs or ours."""
    words, at = " ".join(one.words.split()), spoken(one.at, zone)
    if one.text is not None:
        return f"You, {at} ({STATES[one.text.state]}): {words}"
    done = f" ({one.reply.done})" if one.reply is not None and one.reply.done else ""
    return f"They, {at}: {words}{done}"


def measured(final: FinalText) -> str:
    """Return what a text takes: "1 part, plain letters, 82 of 160"."""
    if final.encoding is Encoding.GSM7:
        letters, one, many = "plain letters", 160, 153
    else:
        letters, one, many = "special letters", 70, 67
    room = one if final.segments <= 1 else many * final.segments
    return f"{counted(final.segments, 'part')}, {letters}, {final.units} of {room}"


def outcome(text: OutboundText, zone: str, now: datetime) -> list[str]:
    """Return how a text stands, and what helps if anything does."""
    match text.state:
        case State.DELIVERED:
            return ["It arrived."]
        case State.ACCEPTED | State.SENT:
            return ["Sent: the gateway has taken it. Outbox says when it arrives."]
        case State.WAITING | State.HELD if text.not_before is not None and text.not_before > now:
            return [f"It waits. It may go from {spoken(text.not_before, zone)}.", *_detail(text)]
        case State.WAITING | State.SENDING | State.DRAFT:
            return ["It waits for its turn. Outbox says what becomes of it.", *_detail(text)]
        case State.HELD:
            return ["It is held until what is missing is there.", *_detail(text)]
        case State.UNKNOWN:
            known = "Nobody knows yet whether it was sent. It is not sent again by guessing."
            return [known, "Outbox, “What became of them?” asks the gateway.", *_detail(text)]
        case _:
            return [f"It was not sent: {STATES[text.state]}.", *_detail(text)]


def flat(text: str, most: int = 80) -> str:
    """Return the beginning of a text in one line."""
    tidy = " ".join(text.split())
    return tidy if len(tidy) <= most else f"{tidy[: most - 1]}…"


def _detail(text: OutboundText) -> list[str]:
    return [text.detail] if text.detail else []


def _answered(row: ContactRow) -> str:
    if row.suppressed:
        return "said stop"
    said = [
        f"{answer.value} to {what}"
        for what, answer in (("orders", row.service_answer), ("offers", row.marketing_answer))
        if answer is not Answer.NOT_ASKED
    ]
    return ", ".join(said) or "not asked yet"
