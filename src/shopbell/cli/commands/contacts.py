"""Finding, showing, adding, changing, tagging and exporting contacts."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Literal

import click

from shopbell.cli.commands import contact_links
from shopbell.cli.exits import Exit
from shopbell.cli.fields import WORDS
from shopbell.cli.filtering import filter_options, people_filter
from shopbell.cli.moments import spoken
from shopbell.cli.people import contact_json, row_json, row_line, sheet_json, sheet_lines
from shopbell.cli.reconfirming import reconfirm_json, reconfirm_line
from shopbell.cli.session import Session, with_shop
from shopbell.cli.settings import Group
from shopbell.cli.texts import number_shown
from shopbell.cli.wishing import wish_options
from shopbell.domain.people import ContactDraft
from shopbell.domain.promises import Frequency
from shopbell.domain.telling import counted
from shopbell.domain.wish_changes import WishChange
from shopbell.domain.wishes import Channel
from shopbell.errors import BadInput

_REVEAL = click.option("--reveal", is_flag=True, help="Show whole numbers.")


@click.group(cls=Group)
def contacts() -> None:
    """Find, show, add and change contacts."""


@contacts.command("list")
@filter_options
@click.option("--limit", default=100, type=click.IntRange(1, 100_000), help="At most so many.")
@click.option("--from", "first", default=0, type=click.IntRange(0), help="Leave out so many first.")
@_REVEAL
@with_shop()
async def list_(
    session: Session,
    find: str,
    consented: str | None,
    not_asked: bool,
    not_texted_for: int | None,
    tag: str | None,
    birthday_month: int | None,
    limit: int,
    first: int,
    reveal: bool,
) -> Exit:
    """List contacts in name order."""
    wanted = people_filter(consented, not_asked, not_texted_for, tag, birthday_month)
    page = await session.shop.people.find(find, first=first, count=limit, filter=wanted)
    zone = session.shop.profile.zone
    left = page.total - first - len(page.rows)
    lines = [row_line(row, zone, reveal=reveal) for row in page.rows]
    narrowed = bool(find) or not wanted.asks_for_nothing
    if not page.total:
        lines = ["Nobody matches." if narrowed else "No contacts yet. Next: shopbell import FILE."]
    elif left > 0:
        lines.append(f"{left:,} more. See them with --from {first + len(page.rows)}.")
    session.out.result(
        {"contacts": [row_json(row) for row in page.rows], "total": page.total}, lines
    )
    return Exit.DONE


@contacts.command("export")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="The CSV to write.")
@filter_options
@click.option("--force", is_flag=True, help="Replace the file if it is there.")
@with_shop()
async def export(
    session: Session,
    out: Path,
    find: str,
    consented: str | None,
    not_asked: bool,
    not_texted_for: int | None,
    tag: str | None,
    birthday_month: int | None,
    force: bool,
) -> Exit:
    """Write contacts to a file for a spreadsheet; no cell of it is a formula."""
    wanted = people_filter(consented, not_asked, not_texted_for, tag, birthday_month)
    done = await session.shop.exports.people(out, words=find, filter=wanted, replace=force)
    session.out.result(
        {"file": str(done.file), "people": done.people, "columns": list(done.columns)},
        [
            f"Wrote {counted(done.people, 'contact')} to “{done.file}”.",
            "That file is not encrypted. Delete it when you are done with it.",
        ],
    )
    return Exit.DONE


@contacts.command("reconfirm")
@click.option(
    "--within", default=60, metavar="DAYS", type=click.IntRange(0, 3650), help="Look so far ahead."
)
@_REVEAL
@with_shop()
async def reconfirm(session: Session, within: int, reveal: bool) -> Exit:
    """List whose yes has run out or soon will: who, why, until when."""
    due = await session.shop.reconfirming.due(timedelta(days=within))
    zone = session.shop.profile.zone
    lines = [reconfirm_line(one, zone, reveal=reveal) for one in due]
    session.out.result(
        {"reconfirm": [reconfirm_json(one) for one in due], "total": len(due)},
        lines or ["Nobody needs to be asked again."],
    )
    return Exit.DONE


@contacts.command("show")
@click.argument("number", type=WORDS)
@_REVEAL
@with_shop()
async def show(session: Session, number: str, reveal: bool) -> Exit:
    """Show everything about one number: what it agreed to, and when it may be texted."""
    shop = session.shop
    sheet = await shop.people.sheet(shop.people.read_number(number))
    lines = sheet_lines(sheet, shop.profile.zone, shop.clock.now(), reveal=reveal)
    session.out.result(sheet_json(sheet), lines)
    return Exit.DONE


@contacts.command("add")
@click.argument("number", type=WORDS)
@click.option("--name", default="", type=WORDS)
@click.option("--note", default="", type=WORDS)
@click.option("--email", default="", type=WORDS)
@click.option("--tag", "tags", multiple=True, type=WORDS, help="May be given several times.")
@click.option("--timezone", type=WORDS, help="Where the person is: Europe/London.")
@click.option("--region", type=WORDS, help="The person's country or state: GB, US-FL.")
@click.option("--household", is_flag=True, help="The number is shared: keep every name on it.")
@with_shop()
async def add(
    session: Session,
    number: str,
    name: str,
    note: str,
    email: str,
    tags: tuple[str, ...],
    timezone: str | None,
    region: str | None,
    household: bool,
) -> Exit:
    """Add a contact. A yes is recorded apart from this, with opt-in."""
    people, e164 = session.shop.people, session.number(number)
    if household and await people.by_number(e164) is not None:
        contact = await people.add_name(e164, name)
    else:
        contact = await people.add(
            ContactDraft(
                number=e164,
                name=name,
                note=note,
                email=email,
                tags=tags,
                zone=timezone,
                region=region,
            )
        )
    who = contact.name or number_shown(contact.number, reveal=False)
    session.out.result(contact_json(contact), [f"Added {who}."])
    return Exit.DONE


@contacts.command("edit")
@click.argument("number", type=WORDS)
@click.option("--name", type=WORDS)
@click.option("--note", type=WORDS)
@click.option("--email", type=WORDS)
@click.option(
    "--timezone", type=WORDS, help='Where the person is: a zone or a city; "" forgets it.'
)
@click.option("--region", type=WORDS, help='The person\'s country or state; "" forgets it.')
@click.option("--birthday", type=WORDS, help='1985-03-09, or --03-09; "" forgets it.')
@wish_options
@with_shop()
async def edit(
    session: Session,
    number: str,
    name: str | None,
    note: str | None,
    email: str | None,
    timezone: str | None,
    region: str | None,
    birthday: str | None,
    channel: Channel | Literal[""] | None,
    pause_until: date | Literal[""] | None,
    language: str | None,
    hours: str | None,
    at_most: Frequency | Literal[""] | None,
) -> Exit:
    """Change a contact; what is not given stays."""
    contact = await session.shop.people.edit(
        session.number(number),
        name=name,
        note=note,
        email=email,
        zone=timezone,
        region=region,
        birthday=birthday,
        wishes=WishChange(
            channel=channel,
            paused_until=pause_until,
            language=language,
            hours=hours,
            most=at_most,
        ),
    )
    who = contact.name or number_shown(contact.number, reveal=False)
    when = spoken(contact.updated_at, session.shop.profile.zone)
    session.out.result(contact_json(contact), [f"Changed {who}, {when}."])
    return Exit.DONE


@contacts.command("tag")
@click.argument("number", type=WORDS)
@click.argument("tags", nargs=-1, required=True, type=WORDS)
@click.option("--remove", is_flag=True, help="Take the tags away.")
@with_shop()
async def tag(session: Session, number: str, tags: tuple[str, ...], remove: bool) -> Exit:
    """Put tags on a contact, or take them away."""
    e164 = session.number(number)
    contact = await session.shop.people.by_number(e164)
    if contact is None:
        raise BadInput("There is no contact with this number.", "Add it first.", code="no_contact")
    kept = tuple(one for one in contact.tags if one not in tags)
    contact = await session.shop.people.edit(e164, tags=kept if remove else kept + tags)
    shown_tags = ", ".join(contact.tags) or "none"
    session.out.result(contact_json(contact), [f"Tags now: {shown_tags}."])
    return Exit.DONE


for _command in contact_links.COMMANDS:
    contacts.add_command(_command)
