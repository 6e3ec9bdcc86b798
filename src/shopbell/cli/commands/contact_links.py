"""Who is on file twice, and who lives together; adds to the group `contacts`."""

from __future__ import annotations

import click

from shopbell.cli.exits import Exit
from shopbell.cli.fields import WORDS
from shopbell.cli.output import Json
from shopbell.cli.people import contact_json, row_json, row_line
from shopbell.cli.session import Session, with_shop
from shopbell.cli.settings import Command
from shopbell.cli.texts import number_shown
from shopbell.domain.doubles import Alike
from shopbell.domain.people import Contact
from shopbell.domain.telling import counted
from shopbell.errors import BadInput
from shopbell.services.linking import MergePreview

_SHARED = {Alike.EMAIL: "e-mail", Alike.NAME: "name"}
_REVEAL = click.option("--reveal", is_flag=True, help="Show whole numbers.")


@click.command("duplicates", cls=Command)
@_REVEAL
@with_shop()
async def duplicates(session: Session, reveal: bool) -> Exit:
    """List contacts that are likely one person on several numbers."""
    groups = await session.shop.people.doubles()
    zone = session.shop.profile.zone
    lines: list[str] = []
    for alike, rows in groups:
        lines.append(f"The same {_SHARED[alike]}:")
        lines += [f"  {row_line(row, zone, reveal=reveal)}" for row in rows]
    if groups:
        lines.append("Make one person of two with: shopbell contacts merge NUMBER NUMBER.")
    session.out.result(
        {
            "groups": [
                {"alike": alike.value, "contacts": [row_json(row) for row in rows]}
                for alike, rows in groups
            ],
            "total": len(groups),
        },
        lines or ["Nobody seems to be on file twice."],
    )
    return Exit.DONE


@click.command("merge", cls=Command)
@click.argument("kept", metavar="NUMBER", type=WORDS)
@click.argument("other", metavar="OTHER", type=WORDS)
@click.option("--yes", "sure", is_flag=True, help="Do it; without, it is only shown.")
@_REVEAL
@with_shop()
async def merge(session: Session, kept: str, other: str, sure: bool, reveal: bool) -> Exit:
    """Make OTHER a further number of the person at NUMBER; take it back with split.

    Each number keeps its own yes. A stop, a no, a wish, a promise and past texts of one number
    count for all of them.
    """
    linking, first, second = session.shop.linking, session.number(kept), session.number(other)
    if sure:
        done = await linking.merge(first, second)
    else:
        done = await linking.preview(first, second)
    session.out.result(
        {"merged": sure, **_merge_json(done)}, _merge_lines(done, sure=sure, reveal=reveal)
    )
    return Exit.DONE


@click.command("split", cls=Command)
@click.argument("number", type=WORDS)
@with_shop()
async def split(session: Session, number: str) -> Exit:
    """Take a merge back: the one that brought this number in, or the last one into it."""
    done = await session.shop.linking.split(session.number(number))
    kept, joined = _who(done.kept, reveal=False), _who(done.joined, reveal=False)
    lines = [f"Two people again: {kept} and {joined}."]
    if not done.restored:
        lines.append(f"{kept} was changed since the merge: look at name, notes and tags.")
    session.out.result(
        {
            "kept": contact_json(done.kept),
            "joined": contact_json(done.joined),
            "restored": done.restored,
        },
        lines,
    )
    return Exit.DONE


@click.command("household", cls=Command)
@click.argument("numbers", nargs=-1, required=True, type=WORDS)
@click.option("--leave", is_flag=True, help="Take this person out of their household.")
@with_shop()
async def household(session: Session, numbers: tuple[str, ...], leave: bool) -> Exit:
    """Note that people live together, so that a campaign can text one of each household."""
    people = [session.number(number) for number in numbers]
    if leave:
        if len(people) != 1:
            raise BadInput("One person leaves at a time.", "Give one number.", code="one_person")
        gone = await session.shop.linking.move_out(people[0])
        record: dict[str, Json] = {"left": gone.number}
        lines = [f"{_who(gone, reveal=False)} is in no household now."]
    else:
        home = await session.shop.linking.live_together(people)
        record = {"household": [one.number for one in home]}
        lines = ["One household: " + ", ".join(_who(one, reveal=False) for one in home) + "."]
    session.out.result(record, lines)
    return Exit.DONE


def _merge_json(done: MergePreview) -> dict[str, Json]:
    becomes = done.becomes
    return {
        "kept": done.kept.number,
        "joined": [one.number for one in done.joined],
        "becomes": {
            "name": becomes.name,
            "note": becomes.note,
            "email": becomes.email,
            "tags": list(becomes.tags),
            "birthday": becomes.birthday or None,
        },
        "stopped": list(done.stopped),
    }


def merge_facts(done: MergePreview, *, sure: bool, reveal: bool) -> list[str]:
    """Return what a merge would do, or has done, in sentences."""
    kept, becomes = _who(done.kept, reveal=reveal), done.becomes
    others = " and ".join(_who(one, reveal=reveal) for one in done.joined)
    word = "is" if sure else "would be"
    lines = [
        f"{others} {word} a further number of {kept}.",
        f"Name: {becomes.name or 'none'}.",
    ]
    lines += [f"Tags: {', '.join(becomes.tags)}."] if becomes.tags else []
    lines += [f"Note: {becomes.note}"] if becomes.note else []
    if done.stopped:
        numbers = counted(len(done.stopped), "number")
        lines.append(f"{numbers} of this person said stop: none of them is texted.")
    lines.append("Each number keeps its own yes; a no of one counts for all.")
    return lines


def _merge_lines(done: MergePreview, *, sure: bool, reveal: bool) -> list[str]:
    lines = merge_facts(done, sure=sure, reveal=reveal)
    if sure:
        lines.append("Take it back with: shopbell contacts split, and the further number.")
    else:
        lines.append("Nothing is changed yet. Add --yes to do it.")
    return lines


def _who(contact: Contact, *, reveal: bool) -> str:
    number = number_shown(contact.number, reveal=reveal)
    return f"{contact.name} {number}" if contact.name else number


COMMANDS = (duplicates, merge, split, household)
