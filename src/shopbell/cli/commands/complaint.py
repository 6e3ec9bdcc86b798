"""Complaints: taking one, seeing what is due, closing it."""

from __future__ import annotations

import click

from shopbell.cli.complaining import complaint_json, complaint_lines
from shopbell.cli.exits import Exit
from shopbell.cli.fields import HOW, WORDS, OneOf
from shopbell.cli.output import Json
from shopbell.cli.session import Session, with_shop
from shopbell.cli.settings import Group
from shopbell.domain.complaints import Complaint, ComplaintDraft, ComplaintKind, what_to_do
from shopbell.domain.consent import How
from shopbell.domain.ids import ComplaintId
from shopbell.domain.telling import counted

_ID = click.argument("complaint_id", type=int)
_WHO = click.option("--who", default="", metavar="NAME", type=WORDS, help="Who at the shop.")
_REVEAL = click.option("--reveal", is_flag=True, help="Show whole numbers.")


@click.group(cls=Group)
def complaint() -> None:
    """Take a complaint, see what is due, close it."""


@complaint.command("open")
@click.argument("number", type=WORDS)
@click.option(
    "--kind",
    type=OneOf(ComplaintKind),
    default=ComplaintKind.ORDER,
    help="What it is about: an order, our texts, what is on file, something else.",
)
@click.option("--words", default="", type=WORDS, help="What they said.")
@click.option("--how", type=HOW, default=How.IN_PERSON, help="By which way they said it.")
@click.option("--at", metavar="ISO8601", help="When they said it; now if not given.")
@_WHO
@with_shop()
async def open_(
    session: Session,
    number: str,
    kind: ComplaintKind,
    words: str,
    how: How,
    at: str | None,
    who: str,
) -> Exit:
    """Take a complaint; marketing to this person stops at once."""
    shop = session.shop
    now = shop.clock.now()
    draft = ComplaintDraft(
        number=session.number(number),
        kind=kind,
        words=words,
        how=how,
        at=session.moment(at, "--at") or now,
        who=who,
    )
    taken = await shop.complaints.open(draft)
    lines = [
        f"Complaint {taken.complaint.id} is open. No marketing goes to this person meanwhile.",
        what_to_do(taken.complaint, shop.profile, now),
    ]
    if taken.canceled:
        lines.append(f"{counted(taken.canceled, 'waiting text')} taken back.")
    if taken.persists:
        lines.append("They have complained before in the last 30 days: call, whatever it is about.")
    session.out.result(
        {
            **complaint_json(taken.complaint, now),
            "canceled": taken.canceled,
            "persists": taken.persists,
        },
        lines,
    )
    return Exit.DONE


@complaint.command("list")
@click.option("--all", "every", is_flag=True, help="Closed ones, too.")
@click.option("--number", type=WORDS, help="Only of this number.")
@_REVEAL
@with_shop()
async def list_(session: Session, every: bool, number: str | None, reveal: bool) -> Exit:
    """List complaints: the open ones first, the most urgent of them first."""
    who = None if number is None else session.number(number)
    found = await session.shop.complaints.find(open_only=not every, number=who)
    lines = [line for one in found for line in _lines(session, one, reveal=reveal)]
    session.out.result(
        {"complaints": [_json(session, one) for one in found], "total": len(found)},
        lines or ["No complaints." if every else "No open complaints."],
    )
    return Exit.DONE


@complaint.command("show")
@_ID
@_REVEAL
@with_shop()
async def show(session: Session, complaint_id: int, reveal: bool) -> Exit:
    """Show one complaint with its clock."""
    found = await session.shop.complaints.get(ComplaintId(complaint_id))
    session.out.result(_json(session, found), _lines(session, found, reveal=reveal))
    return Exit.DONE


@complaint.command("close")
@_ID
@click.option("--outcome", required=True, type=WORDS, help="How it ended, in a few words.")
@_WHO
@with_shop()
async def close(session: Session, complaint_id: int, outcome: str, who: str) -> Exit:
    """Close a complaint with how it ended."""
    closed = await session.shop.complaints.close(ComplaintId(complaint_id), outcome, who)
    session.out.result(_json(session, closed), [f"Complaint {closed.id} is closed."])
    return Exit.DONE


def _json(session: Session, one: Complaint) -> dict[str, Json]:
    return complaint_json(one, session.shop.clock.now())


def _lines(session: Session, one: Complaint, *, reveal: bool) -> list[str]:
    shop = session.shop
    return complaint_lines(one, shop.profile, shop.clock.now(), reveal=reveal)
