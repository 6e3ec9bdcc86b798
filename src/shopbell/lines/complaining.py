"""Takes a complaint: what it is about, how it was said, and what to do next. Must not judge it."""

from __future__ import annotations

from datetime import datetime

from shopbell.domain.complaints import ComplaintDraft, ComplaintKind, what_to_do
from shopbell.domain.consent import How
from shopbell.domain.ids import E164
from shopbell.lines.given import NO_BY
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
