"""Takes a complaint: what it is about, how it was said, and what to do next. Must not judge it."""

from __future__ import annotations

from datetime import datetime

from shopbell.cli.complaining import complaint_lines
from shopbell.cli.moments import spoken
from shopbell.domain.complaints import Complaint, ComplaintDraft, ComplaintKind, what_to_do
from shopbell.domain.consent import How
from shopbell.domain.ids import E164
from shopbell.lines import said
from shopbell.lines.given import NO_BY
from shopbell.lines.rows import rows_of
from shopbell.lines.talk import Talk
from shopbell.lines.visit import WHO, Visit

ABOUT = (
    ("Their order or how they were served", ComplaintKind.ORDER),
    ("Our texts", ComplaintKind.TEXTS),
    ("What is on file about them", ComplaintKind.DATA),
    ("Something else", ComplaintKind.OTHER),
)
"""What a complaint is about, in words."""


async def at_the_counter(talk: Talk, visit: Visit, number: E164) -> None:
    """Take a complaint that was said and not texted."""
    by = await talk.choose("How did they say it?", [words for words, _ in NO_BY])
    if by is None:
        return
    words = await talk.optional("What did they say?")
    await take_complaint(
        talk, visit, number, words=words, how=NO_BY[by][1], at=visit.shop.clock.now()
    )


async def take_complaint(
    talk: Talk, visit: Visit, number: E164, *, words: str, how: How, at: datetime
) -> None:
    """Ask what it is about, write it down and say what to do by when."""
    about = await talk.choose("What is it about?", [words for words, _ in ABOUT])
    if about is None:
        return
    taken = await visit.shop.complaints.open(
        ComplaintDraft(number=number, kind=ABOUT[about][1], words=words, how=how, at=at, who=WHO)
    )
    talk.say("Written down. No offers go to them while it is open.")
    talk.say(what_to_do(taken.complaint, visit.shop.profile, visit.shop.clock.now()))


async def all_complaints(talk: Talk, visit: Visit) -> None:
    """List complaints, the open ones first; say one and close it."""
    shop = visit.shop
    while found := await shop.complaints.find(open_only=False):
        one = await talk.pick("Complaints:", rows_of(found), lambda row: _row(row, visit))
        if one is None:
            return
        now = shop.clock.now()
        talk.say(*complaint_lines(one, shop.profile, now, reveal=visit.reveal))
        if one.is_open:
            await talk.tried(close_complaint(talk, visit, one))
    talk.say("Nobody has complained.")


async def close_complaint(talk: Talk, visit: Visit, one: Complaint) -> None:
    """Ask how it ended, and close it."""
    outcome = await talk.line("How did it end? It is kept with the complaint.")
    if outcome:
        await visit.shop.complaints.close(one.id, outcome, WHO)
        talk.say("The complaint is closed.")


def _row(one: Complaint, visit: Visit) -> str:
    who = "somebody forgotten" if one.number is None else said.who("", one.number)
    stands = f"open, by {spoken(one.due_at, visit.zone)}" if one.is_open else "closed"
    return f"{who}, {spoken(one.at, visit.zone)}, {stands}: {said.flat(one.words) or 'no words'}"
