"""Reminders of appointments: brought in as drafts, looked through, approved."""

from __future__ import annotations

from pathlib import Path

import click

from shopbell.cli.exits import Exit
from shopbell.cli.fields import BODY, WORDS, OneOf
from shopbell.cli.reminding import (
    brought_json,
    brought_lines,
    reminder_json,
    reminder_line,
    said_json,
    said_line,
)
from shopbell.cli.session import Session, with_shop
from shopbell.cli.settings import Group
from shopbell.domain.appointment_rows import read_parts
from shopbell.domain.appointments import Stage
from shopbell.domain.dates import DateOrder
from shopbell.domain.ids import ReminderId

_REVEAL = click.option("--reveal", is_flag=True, help="Show whole numbers.")


@click.group(cls=Group)
def reminders() -> None:
    """Remind people of appointments: drafts from a calendar, sent when you say so."""


@reminders.command("import")
@click.argument("source", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--text", type=BODY, help='The words: "Hi {first_name|there}, {day} at {time}."')
@click.option("--before", metavar="TIME", type=WORDS, help='How long before: "1 day", "3 hours".')
@click.option("--calendar", default="", metavar="NAME", type=WORDS, help="What you call this list.")
@click.option("--topic", type=WORDS, help="What it is about, as people chose it.")
@click.option("--map", "columns", multiple=True, metavar="PART=COLUMN", help="What a column holds.")
@click.option("--date-order", type=OneOf(DateOrder), help="How 3/9/2026 is meant.")
@click.option("--dry-run", is_flag=True, help="Only look; keep nothing.")
@with_shop()
async def import_(
    session: Session,
    source: Path,
    text: str | None,
    before: str | None,
    calendar: str,
    topic: str | None,
    columns: tuple[str, ...],
    date_order: DateOrder | None,
    dry_run: bool,
) -> Exit:
    """Draft a reminder for each appointment of a calendar (ICS), CSV or XLSX file.

    The same file again changes nothing. A moved appointment gets a new draft, a canceled one
    loses it. Nothing is sent before you approve it.
    """
    shop = session.shop
    brought = await shop.reminders.bring_in(
        source,
        calendar=calendar,
        body=text,
        lead=before,
        topic=topic,
        columns=read_parts(columns),
        order=date_order,
        dry_run=dry_run,
    )
    session.out.result(
        {**brought_json(brought, shop.clock.now()), "dry_run": dry_run},
        brought_lines(brought, shop.profile.zone, dry_run=dry_run),
    )
    return Exit.DONE


@reminders.command("list")
@click.option("--stage", "stages", multiple=True, type=OneOf(Stage), help="Only these.")
@click.option("--limit", default=100, type=click.IntRange(1, 10_000), help="At most so many.")
@click.option("--from", "first", default=0, type=click.IntRange(0), help="Leave out so many.")
@_REVEAL
@with_shop()
async def list_(
    session: Session, stages: tuple[Stage, ...], limit: int, first: int, reveal: bool
) -> Exit:
    """List the drafts of appointments ahead, or reminders in another stage."""
    shop, wanted = session.shop, stages or (Stage.DRAFT,)
    page, now = await shop.reminders.find(wanted, first=first, count=limit), shop.clock.now()
    zone = shop.profile.zone
    session.out.result(
        {"reminders": [reminder_json(one, now) for one in page.rows], "total": page.total},
        [reminder_line(one, now, zone, reveal=reveal) for one in page.rows]
        or ["No reminder waits for your word."],
    )
    return Exit.DONE


@reminders.command("approve")
@click.argument("ids", type=int, nargs=-1)
@click.option("--all", "every", is_flag=True, help="Every draft whose moment is still to come.")
@_REVEAL
@with_shop()
async def approve(session: Session, ids: tuple[int, ...], every: bool, reveal: bool) -> Exit:
    """Say yes: each is decided and written to the outbox, for its moment.

    One whose moment has passed is not among --all; named, it leaves as soon as it may.
    """
    if bool(ids) is every:
        raise click.UsageError("Give the numbers of some reminders, or --all.")
    shop = session.shop
    if every:
        said = list(await shop.reminders.approve_all())
    else:
        said = [await shop.reminders.approve(ReminderId(one)) for one in dict.fromkeys(ids)]
    done, now = sum(not one.why_not for one in said), shop.clock.now()
    session.out.result(
        {"approved": done, "reminders": [said_json(one, now) for one in said]},
        [
            *(said_line(one, reveal=reveal) for one in said),
            f"{done} of {len(said)} in the outbox. Delivered by shopbell run, or the screen.",
        ],
    )
    return Exit.DONE if done or not said else Exit.REFUSED


@reminders.command("drop")
@click.argument("ids", type=int, nargs=-1, required=True)
@with_shop()
async def drop(session: Session, ids: tuple[int, ...]) -> Exit:
    """Want no reminder for these appointments; what waits in the outbox is taken back."""
    shop = session.shop
    dropped = [await shop.reminders.drop(ReminderId(one)) for one in dict.fromkeys(ids)]
    now, zone = shop.clock.now(), shop.profile.zone
    session.out.result(
        {"reminders": [reminder_json(one, now) for one in dropped]},
        [reminder_line(one, now, zone) for one in dropped],
    )
    return Exit.DONE
