"""Looking back: what was sent and what it led to, and every text with all that is known of it."""

from __future__ import annotations

from datetime import date, timedelta

import click

from shopbell.cli.chapters import HISTORY, chapter_cells, chapter_json, chapter_lines
from shopbell.cli.exits import Exit
from shopbell.cli.fields import WORDS, OneOf
from shopbell.cli.reporting import report_csv, report_json
from shopbell.cli.session import Session, with_shop
from shopbell.cli.settings import Command
from shopbell.cli.sheets import csv_lines
from shopbell.domain.ids import CampaignId
from shopbell.domain.report_words import Table, report_lines
from shopbell.domain.text_search import Search
from shopbell.domain.texts import State
from shopbell.errors import BadInput


class Day(click.ParamType[date]):
    """A day, written like 2026-11-24."""

    name = "day"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        """Read it."""
        if isinstance(value, date):
            return value
        try:
            day = date.fromisoformat(str(value).strip())
        except ValueError:
            day = date.min
        if not 1970 < day.year < 9000:
            shown = str(value)[:20]
            self.fail(f"“{shown}” is not a day. Write it like 2026-11-24.", param, ctx)
        return day


_FROM = click.option("--from", "first", type=Day(), metavar="DAY", help="From this day on.")
_TO = click.option("--to", "last", type=Day(), metavar="DAY", help="To this day, itself included.")
_CSV = click.option("--csv", "as_csv", is_flag=True, help="Print it for a spreadsheet.")
_REVEAL = click.option("--reveal", is_flag=True, help="Show whole numbers.")


@click.command(cls=Command)
@_FROM
@_TO
@click.option("--by", "table", type=OneOf(Table), help="Only this table.")
@click.option("--most", default=10, type=click.IntRange(1, 10_000), help="How many people to list.")
@_CSV
@_REVEAL
@with_shop()
async def report(
    session: Session,
    first: date | None,
    last: date | None,
    table: Table | None,
    most: int,
    as_csv: bool,
    reveal: bool,
) -> Exit:
    """Say what was sent, arrived, was answered, stopped and paid: by day and by campaign.

    The last 30 days unless told otherwise. Says also who has heard from the shop most, and why
    texts did not arrive.
    """
    shop, zone = session.shop, session.shop.profile.zone
    made = await shop.reports.report(first, last, most=most)
    if as_csv:
        _refuse_both(session)
        session.out.result({}, report_csv(made, table or Table.DAY, zone))
        return Exit.DONE
    tables = tuple(Table) if table is None else (table,)
    session.out.result(report_json(made), report_lines(made, tables, zone, reveal=reveal))
    return Exit.DONE


@click.command(cls=Command)
@click.argument("words", default="", type=WORDS)
@click.option("--number", type=WORDS, help="Only to this number.")
@click.option("--state", "states", multiple=True, type=OneOf(State), help="Only in this state.")
@click.option("--campaign", "campaign_id", type=int, help="Only of this campaign.")
@_FROM
@_TO
@click.option("--limit", default=50, type=click.IntRange(1, 100_000), help="At most so many.")
@click.option("--skip", default=0, type=click.IntRange(0), help="Leave out so many first.")
@_CSV
@_REVEAL
@with_shop()
async def history(
    session: Session,
    words: str,
    number: str | None,
    states: tuple[State, ...],
    campaign_id: int | None,
    first: date | None,
    last: date | None,
    limit: int,
    skip: int,
    as_csv: bool,
    reveal: bool,
) -> Exit:
    """Search every text ever written, each with its decision, its price and its receipts.

    WORDS stand in the text or in the person's name; four digits or more are those of a number.
    """
    shop, zone = session.shop, session.shop.profile.zone
    if campaign_id is not None:
        await shop.campaigns.get(CampaignId(campaign_id))
    page = await shop.reports.history(
        Search(
            words=words,
            number=None if number is None else session.number(number),
            states=states,
            campaign_id=None if campaign_id is None else CampaignId(campaign_id),
            since=None if first is None else shop.reports.day_begins(first),
            until=None if last is None else shop.reports.day_begins(last + timedelta(days=1)),
        ),
        first=skip,
        count=limit,
    )
    if as_csv:
        _refuse_both(session)
        cells = [chapter_cells(chapter, zone) for chapter in page.rows]
        session.out.result({}, csv_lines([HISTORY, *cells]))
        return Exit.DONE
    lines = [line for chapter in page.rows for line in chapter_lines(chapter, zone, reveal=reveal)]
    if page.total > skip + len(page.rows):
        lines.append(f"{page.total:,} texts in all; see more with --skip {skip + len(page.rows)}.")
    session.out.result(
        {"messages": [chapter_json(chapter) for chapter in page.rows], "total": page.total},
        lines or ["No texts."],
    )
    return Exit.DONE


def _refuse_both(session: Session) -> None:
    if session.out.as_json:
        raise BadInput("--csv and --json can't both be had.", "Leave one away.", code="usage")
